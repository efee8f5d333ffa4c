"""`hostile`: `grade score` on a class of 300, every second one hostile, beside the honest half alone.

Hostile are the programs of tests/submissions that cost time, memory, disk or a process, and the self-test's sources
that are made to take minutes or gigabytes to read.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path

from benchmarks.classes import ROOT, Submitted, exercises, make_class, pool
from benchmarks.cold import grade
from benchmarks.measure import Cost, expect, run
from benchmarks.scale import HOSTILE, JOBS
from benchmarks.show import Table
from grader.course.find import course_in, find_exercise
from grader.selftest.sources import HOSTILE as SOURCES

CLASS, QUICK = 300, 8
SIZES = (100_000, 1_000_000)
SEED = 1


def measure(*, quick: bool) -> list[Table]:
    """The table of `hostile`."""
    pools = [pool(exercise) for exercise in exercises(["exercise03"])]
    jobs = 1 if quick else JOBS
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        submitted = make_class(folder / "class", pools, QUICK if quick else CLASS)
        hostile = {one.student for one in submitted[1::2]}
        shutil.copytree(folder / "class", folder / "honest", ignore=lambda _, names: hostile & set(names))
        for number, one in enumerate(submitted[1::2]):
            _make_hostile(one, number)
        alone = _score(folder, "honest", jobs)
        both = _score(folder, "class", jobs)
        changed = sum(_kept(folder, "honest", one) != _kept(folder, "class", one) for one in submitted[::2])
    seconds = find_exercise(course_in(ROOT), "exercise03").limits.total_seconds
    most = alone.wall + len(hostile) * seconds / jobs
    times = (f"{alone.wall:.1f}", f"{both.wall:.1f}", f"{most:.0f}")
    row = (str(len(submitted)), str(len(hostile)), *times, str(changed))
    header = ("submissions", "hostile", "honest alone, s", "all, s", "all may take, s", "honest results changed")
    values = {"honest_s": alone.wall, "all_s": both.wall, "budget_s": most, "changed": float(changed)}
    return [Table(f"grade score -j {jobs}, exercise 03, half of the class hostile", header, [row], values)]


def _make_hostile(one: Submitted, number: int) -> None:
    """By turns a program that runs amok and a source that takes long to read."""
    if number % 2:
        name = HOSTILE[number // 2 % len(HOSTILE)]
        shutil.copy(ROOT / "tests/submissions/exercise03" / f"{name}.py", one.path)
        return
    shape = SOURCES[number // 2 % len(SOURCES)]
    files = shape.render(SIZES[number // 2 % len(SIZES)])
    one.path.unlink()
    one.path.with_suffix(Path(files.name).suffix).write_bytes(files.content)
    for companion, content in files.companions.items():
        (one.path.parent / companion).write_bytes(content)


def _score(folder: Path, name: str, jobs: int) -> Cost:
    words = ("score", str(folder / name), "--out", str(folder / f"{name}-out"), "-j", str(jobs), "--seed", str(SEED))
    return expect(run(grade(*words, "--course", str(ROOT)), cwd=folder), 0, "grade score")


def _kept(folder: Path, name: str, one: Submitted) -> object:
    """A result without its duration."""
    found = json.loads((folder / f"{name}-out/results" / one.student / "exercise03.json").read_bytes())
    return found | {"seconds": 0}
