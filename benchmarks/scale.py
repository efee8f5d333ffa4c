"""`scale`: `grade score` on ever larger classes of some exercises and of all at once.

One in a hundred submissions of exercise 03 is hostile.
"""

from __future__ import annotations

import csv
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

import msgspec

from benchmarks.classes import ROOT, Pool, Submitted, course, exercises, make_class, pools
from benchmarks.cold import grade
from benchmarks.measure import Cost, expect, run
from benchmarks.show import Table, megabytes
from grader.course.model import Exercise

JOBS = 2
SAMPLE_SECONDS = 1.0
HOSTILE_EACH = 100
ATTACKED = "exercise03"
#: A table's title names so many exercises.
MOST_NAMED = 3
#: What tests/submissions/exercise03 has of the kinds that cost time, memory, disk or a process. The first one, which is
#: all that a quick run has, takes no CPU time.
HOSTILE = (
    "sleeps", "loops_in_python", "loops_in_c", "two_endless_loops", "swallows_every_exception", "allocates_without_end",
    "prints_without_end", "fills_the_disk", "threads_without_end", "forks", "os_exit", "segfault", "writes_garbage",
    "kills_itself", "loops_while_loading", "huge_list", "patches_torch", "closes_every_descriptor",
)  # fmt: skip


class Series(msgspec.Struct, frozen=True):
    """Classes of these exercises; of all of the course if there are none. sizes: their submissions."""

    exercises: tuple[str, ...]
    sizes: tuple[int, ...]


#: All together may take three hours on two idle cores. Exercise 36 trains models, so it has no class of 10,000.
SERIES = (
    Series((ATTACKED,), (100, 1_000, 2_000, 10_000)),
    Series(("exercise12",), (100, 1_000, 10_000)),
    Series(("exercise15",), (100, 1_000, 10_000)),
    Series(("exercise28",), (100, 1_000, 10_000)),
    Series(("exercise36",), (100, 1_000)),
    Series((), (100, 1_000, 10_000)),
)
QUICK = (Series((ATTACKED, "exercise12"), (4,)),)


class Scaled(msgspec.Struct, frozen=True):
    """One run. hostile_s: what the hostile ones took of a scorer's time, by their results; disk_mb: of all results."""

    jobs: int
    graded: int
    hostile: int
    hostile_s: float
    cost: Cost
    disk_mb: float
    as_meant: int

    @property
    def wall_for_others(self) -> float:
        """Seconds that the others took: the hostile ones kept one scorer of `jobs` busy at a time."""
        return self.cost.wall - self.hostile_s / self.jobs


def measure(*, quick: bool, most: int) -> Iterator[Table]:
    """The tables of `scale`, one for each series. most: leave out classes that are larger."""
    for series in QUICK if quick else SERIES:
        graded = exercises(series.exercises) if series.exercises else list(course().exercises)
        sizes = [size for size in series.sizes if size <= most]
        if graded and sizes:
            yield _grown(pools(graded), sizes, 1 if quick else JOBS)


def _grown(answers: list[Pool], sizes: list[int], jobs: int) -> Table:
    """A class of each size."""
    runs = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            submitted = make_class(Path(name, "class"), answers, size)
            runs.append(_score(Path(name), submitted, _plant(submitted), jobs))
    return _table(_title([one.exercise for one in answers], jobs), runs)


def _title(graded: list[Exercise], jobs: int) -> str:
    names = [exercise.id.removeprefix("exercise") for exercise in graded]
    many = f"{len(names)} exercises at once" if len(names) > MOST_NAMED else f"exercise {' and '.join(names)}"
    hostile = f", one in {HOSTILE_EACH} of exercise 03 hostile" if ATTACKED in [one.id for one in graded] else ""
    return f"grade score -j {jobs}, {many}{hostile}"


def _plant(submitted: list[Submitted]) -> set[str]:
    """Put a hostile file in the place of every hundredth one of exercise 03, at least of one; these students."""
    open_to_it = [one for one in submitted if one.exercise == ATTACKED]
    places = open_to_it[HOSTILE_EACH // 2 :: HOSTILE_EACH] or open_to_it[:1]
    for number, one in enumerate(places):
        source = ROOT / "tests/submissions" / ATTACKED / f"{HOSTILE[number % len(HOSTILE)]}.py"
        one.path.write_bytes(source.read_bytes())
    return {one.student for one in places}


def _score(folder: Path, submitted: list[Submitted], hostile: set[str], jobs: int) -> Scaled:
    out = folder / "out"
    command = grade("score", str(folder / "class"), "--out", str(out), "-j", str(jobs), "--course", str(ROOT))
    cost = expect(run(command, cwd=folder, sample_seconds=SAMPLE_SECONDS), 0, "grade score")
    right = {(one.student, one.exercise): one.right for one in submitted}
    attackers = {(student, ATTACKED) for student in hostile}
    with (out / "scores.csv").open(encoding="utf-8", newline="") as file:
        passed = {(row["student"], row["exercise"]): row["passed"] == "true" for row in csv.DictReader(file)}
    results = {(path.parent.name, path.stem): path for path in out.glob("results/*/*.json")}
    seconds = sum(json.loads(results[one].read_bytes())["seconds"] for one in attackers)
    disk = sum(path.stat().st_size for path in results.values())
    as_meant = sum(passed.get(one) == right[one] for one in right.keys() - attackers)
    return Scaled(jobs, len(passed), len(hostile), seconds, cost, disk / 1e6, as_meant)


def _table(title: str, runs: list[Scaled]) -> Table:
    rows, values = [], {}
    for one in runs:
        others = one.graded - one.hostile
        rate = others / one.wall_for_others
        rows.append(
            (
                str(one.graded),
                str(one.hostile),
                f"{one.cost.wall:.1f}",
                f"{one.hostile_s:.1f}",
                f"{rate:.1f}",
                f"{one.cost.cpu / one.graded:.4f}",
                megabytes(one.cost.peak_mb, one.cost.unread),
                megabytes(one.cost.usual_mb, one.cost.unread),
                f"{one.disk_mb / one.graded * 1000:.0f}",
                f"{one.as_meant} of {others}",
            )
        )
        values[str(one.graded)] = {
            "hostile": one.hostile,
            "wall_s": one.cost.wall,
            "hostile_s": one.hostile_s,
            "others_per_second": rate,
            "cpu_s_each": one.cost.cpu / one.graded,
            "peak_mb": one.cost.peak_mb,
            "usual_mb": one.cost.usual_mb,
            "disk_mb": one.disk_mb,
            "as_meant": one.as_meant,
        }
    header = (
        "submissions",
        "hostile",
        "wall, s",
        "of that hostile, scorer-s",
        "others a second",
        "CPU s each",
        "peak MB",
        "usual MB",
        "kB each",
        "as meant",
    )
    return Table(title, header, rows, values)
