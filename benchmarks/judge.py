"""`judge`: `grade serve --stdio` beside `grade score` on the same submissions, at the same time."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import msgspec

from benchmarks.classes import ROOT, Submitted, exercises, make_class, pool
from benchmarks.cold import COURSE, grade, ratios
from benchmarks.measure import Cost, expect
from benchmarks.show import Table, spread

EXERCISE = "exercise03"
SCORE, SERVE, SEEDS = "grade score -j 1", "grade serve -j 1", "grade serve -j 1, a seed for each request"


class Counts(msgspec.Struct, frozen=True):
    """Submissions, and how often they are graded in each way."""

    submissions: int
    rounds: int


FULL, QUICK = Counts(100, 3), Counts(4, 1)
#: A process that measures a command, so that several can be told apart.
_MEASURE = """
import pathlib, sys
import msgspec
from benchmarks.measure import adopt_orphans, run

adopt_orphans()
sys.stdout.buffer.write(msgspec.json.encode(run(sys.argv[1:], cwd=pathlib.Path())))
"""


class Round(msgspec.Struct, frozen=True):
    """One run of a command; as_meant: how many of the submissions it judged as it should."""

    cost: Cost
    as_meant: int


def measure(*, quick: bool) -> list[Table]:
    """The table of `judge`."""
    counts = QUICK if quick else FULL
    found: dict[str, list[Round]] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        submitted = make_class(folder / "class", [pool(one) for one in exercises([EXERCISE])], counts.submissions)
        for way in (SERVE, SEEDS):
            _write_requests(folder / way, submitted, seeds=way == SEEDS)
        ways = {SERVE: _serve} if quick else {SCORE: _score, SERVE: _serve, SEEDS: _serve}
        for number in range(counts.rounds):
            out = folder / f"out{number}"
            out.mkdir()
            costs = run_together({way: make(folder, out, way) for way, make in ways.items()})
            for way, cost in costs.items():
                expect(cost, 0, way)
                passed = _passed_scores(out) if way == SCORE else _passed_answers(out / way, submitted)
                as_meant = sum(passed[one.student] == one.right for one in submitted)
                found.setdefault(way, []).append(Round(cost, as_meant))
    return [_table(found, len(submitted))]


def run_together(commands: dict[str, list[str]]) -> dict[str, Cost]:
    """What each command takes, all started at once: whatever else loads the machine makes all of them dearer."""
    started = {
        name: subprocess.Popen([sys.executable, "-c", _MEASURE, *command], cwd=ROOT, stdout=subprocess.PIPE)
        for name, command in commands.items()
    }
    return {name: msgspec.json.decode(one.communicate()[0], type=Cost) for name, one in started.items()}


def _write_requests(path: Path, submitted: Sequence[Submitted], *, seeds: bool) -> None:
    with path.open("w", encoding="utf-8") as file:
        for number, one in enumerate(submitted):
            asked = {"id": number, "exercise": one.exercise, "text": one.path.read_text("utf-8")}
            file.write(json.dumps(asked | ({"seed": number} if seeds else {})) + "\n")


def _score(folder: Path, out: Path, way: str) -> list[str]:
    return grade("score", str(folder / "class"), "--out", str(out / way), "-j", "1", "--seed", "1", *COURSE)


def _serve(folder: Path, out: Path, way: str) -> list[str]:
    command = grade("serve", "--stdio", EXERCISE, "-j", "1", "--seed", "1", *COURSE)
    return ["bash", "-c", 'exec "${@:2}" < "$0" > "$1"', str(folder / way), str(out / way), *command]


def _passed_scores(out: Path) -> dict[str, bool]:
    with (out / SCORE / "scores.csv").open(encoding="utf-8", newline="") as file:
        return {row["student"]: row["passed"] == "true" for row in csv.DictReader(file)}


def _passed_answers(answers: Path, submitted: Sequence[Submitted]) -> dict[str, bool]:
    with answers.open(encoding="utf-8") as file:
        return {submitted[answer["id"]].student: answer["result"]["passed"] for answer in map(json.loads, file)}


def _table(found: dict[str, list[Round]], count: int) -> Table:
    base = [one.cost for one in next(iter(found.values()))]
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
