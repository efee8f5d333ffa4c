"""`judge`: `grade serve --stdio` beside `grade score` on the same submissions, in turn."""

from __future__ import annotations

import csv
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

import msgspec

from benchmarks.classes import Submitted, exercises, make_class, pool
from benchmarks.cold import COURSE, grade, ratios
from benchmarks.measure import Cost, expect, run
from benchmarks.show import Table, spread

EXERCISE = "exercise03"
SCORE, SERVE, SEEDS = "grade score -j 1", "grade serve -j 1", "grade serve -j 1, a seed for each request"


class Counts(msgspec.Struct, frozen=True):
    """Submissions, and how often they are graded in each way."""

    submissions: int
    rounds: int


FULL, QUICK = Counts(200, 3), Counts(4, 1)


class Round(msgspec.Struct, frozen=True):
    """One run of a command; as_meant: how many of the submissions it judged as it should."""

    cost: Cost
    as_meant: int


def measure(*, quick: bool) -> list[Table]:
    """The table of `judge`."""
    counts = QUICK if quick else FULL
    found: dict[str, list[Round]] = {way: [] for way in ((SCORE, SERVE) if quick else (SCORE, SERVE, SEEDS))}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        submitted = make_class(folder / "class", [pool(one) for one in exercises([EXERCISE])], counts.submissions)
        for way in (SERVE, SEEDS):
            _write_requests(folder / way, submitted, seeds=way == SEEDS)
        for number in range(counts.rounds):
            for way, rounds in found.items():
                rounds.append(_score(folder, number, submitted) if way == SCORE else _serve(folder, way, submitted))
    return [_table(found, len(submitted))]


def _write_requests(path: Path, submitted: Sequence[Submitted], *, seeds: bool) -> None:
    with path.open("w", encoding="utf-8") as file:
        for number, one in enumerate(submitted):
            asked = {"id": number, "exercise": one.exercise, "text": one.path.read_text("utf-8")}
            file.write(json.dumps(asked | ({"seed": number} if seeds else {})) + "\n")


def _score(folder: Path, number: int, submitted: Sequence[Submitted]) -> Round:
    out = folder / f"out{number}"
    words = ("score", str(folder / "class"), "--out", str(out), "-j", "1", "--seed", "1", *COURSE)
    cost = expect(run(grade(*words), cwd=folder), 0, SCORE)
    with (out / "scores.csv").open(encoding="utf-8", newline="") as file:
        passed = {row["student"]: row["passed"] == "true" for row in csv.DictReader(file)}
    return Round(cost, sum(passed[one.student] == one.right for one in submitted))


def _serve(folder: Path, way: str, submitted: Sequence[Submitted]) -> Round:
    command = grade("serve", "--stdio", EXERCISE, "-j", "1", "--seed", "1", *COURSE)
    streams = ["bash", "-c", 'exec "$@" < "$0" > answers', str(folder / way)]
    cost = expect(run([*streams, *command], cwd=folder), 0, way)
    with (folder / "answers").open(encoding="utf-8") as file:
        passed = {answer["id"]: answer["result"]["passed"] for answer in map(json.loads, file)}
    return Round(cost, sum(passed[number] == one.right for number, one in enumerate(submitted)))


def _table(found: dict[str, list[Round]], count: int) -> Table:
    base = [one.cost for one in found[SCORE]]
    rows, values = [], {}
    for way, rounds in found.items():
        costs = [one.cost for one in rounds]
        each = [cost.cpu / count for cost in costs]
        of_score = ratios(costs, base, lambda cost: cost.cpu)
        as_meant = min(one.as_meant for one in rounds)
        wall = spread([cost.wall for cost in costs], 1)
        rows.append((way, wall, spread(each, 4), spread(of_score), f"{as_meant} of {count}"))
        values[way] = {
            "wall_s": [cost.wall for cost in costs],
            "cpu_s_each": each,
            "cpu_ratio": of_score,
            "as_meant": as_meant,
        }
    header = ("command", "wall, s", "CPU s each", "× grade score, CPU", "as meant")
    return Table(f"{count} submissions of exercise 03, {len(base)} rounds", header, rows, values)
