"""`scale`: `grade score` on ever larger classes of exercise 03, each hundredth submission hostile."""

from __future__ import annotations

import csv
import json
import tempfile
from pathlib import Path

import msgspec

from benchmarks.classes import ROOT, Submitted, exercises, make_class, pool
from benchmarks.cold import grade
from benchmarks.measure import Cost, expect, run
from benchmarks.show import Table, megabytes

SIZES = (100, 1_000, 2_000, 10_000)
QUICK = (4,)
JOBS = 2
SAMPLE_SECONDS = 1.0
HOSTILE_EACH = 100
#: What tests/submissions/exercise03 has of the kinds that cost time, memory, disk or a process. The first one, which is
#: all that a quick run has, takes no CPU time.
HOSTILE = (
    "sleeps", "loops_in_python", "loops_in_c", "two_endless_loops", "swallows_every_exception", "allocates_without_end",
    "prints_without_end", "fills_the_disk", "threads_without_end", "forks", "os_exit", "segfault", "writes_garbage",
    "kills_itself", "loops_while_loading", "huge_list", "patches_torch", "closes_every_descriptor",
)  # fmt: skip


class Scaled(msgspec.Struct, frozen=True):
    """One run. hostile_s: what the hostile ones took of a scorer's time, by their results; disk_mb: of all results."""

    graded: int
    hostile: int
    hostile_s: float
    cost: Cost
    disk_mb: float
    as_meant: int

    @property
    def wall_for_others(self) -> float:
        """Seconds that the others took: the hostile ones kept one scorer of `JOBS` busy at a time."""
        return self.cost.wall - self.hostile_s / JOBS


def measure(*, quick: bool) -> list[Table]:
    """The table of `scale`."""
    pools = [pool(exercise) for exercise in exercises(["exercise03"])]
    runs = []
    for size in QUICK if quick else SIZES:
        with tempfile.TemporaryDirectory() as name:
            submitted = make_class(Path(name, "class"), pools, size)
            runs.append(_score(Path(name), submitted, _plant(submitted)))
    return [_table(runs)]


def _plant(submitted: list[Submitted]) -> set[str]:
    """Put a hostile file in the place of every hundredth one, at least of one; these students."""
    places = submitted[HOSTILE_EACH // 2 :: HOSTILE_EACH] or submitted[:1]
    for number, one in enumerate(places):
        source = ROOT / "tests/submissions/exercise03" / f"{HOSTILE[number % len(HOSTILE)]}.py"
        one.path.write_bytes(source.read_bytes())
    return {one.student for one in places}


def _score(folder: Path, submitted: list[Submitted], hostile: set[str]) -> Scaled:
    out = folder / "out"
    command = grade("score", str(folder / "class"), "--out", str(out), "-j", str(JOBS), "--course", str(ROOT))
    cost = expect(run(command, cwd=folder, sample_seconds=SAMPLE_SECONDS), 0, "grade score")
    right = {one.student: one.right for one in submitted}
    with (out / "scores.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    honest = [row for row in rows if row["student"] not in hostile]
    results = {path.parent.name: path for path in out.glob("results/*/exercise03.json")}
    seconds = sum(json.loads(results[student].read_bytes())["seconds"] for student in hostile)
    disk = sum(path.stat().st_size for path in results.values())
    as_meant = sum(right[row["student"]] == (row["passed"] == "true") for row in honest)
    return Scaled(len(rows), len(hostile), seconds, cost, disk / 1e6, as_meant)


def _table(runs: list[Scaled]) -> Table:
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
    return Table(f"grade score -j {JOBS}, exercise 03, one in {HOSTILE_EACH} hostile", header, rows, values)
