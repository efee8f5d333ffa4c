"""`warm`: submissions graded again and again by one process whose checks are collected and whose zygote stands.

`python -m benchmarks.warm EXERCISE FOLDER ROUNDS` is that process: the one that measures imports no PyTorch, whose
pages it would else share with what it measures.
"""

from __future__ import annotations

import gc
import statistics
import sys
import tempfile
import time
from pathlib import Path

import msgspec

from benchmarks.classes import ROOT, course, exercises, pool
from benchmarks.cold import rounds
from benchmarks.measure import expect, run
from benchmarks.show import Table, milliseconds, spread
from grader.course.find import find_exercise
from grader.course.model import Exercise
from grader.grading.grader import Grader
from grader.submission.model import Prepared

EXERCISES = ("exercise03", "exercise12", "exercise15")
ROUNDS = 5
IMPORTS = 5


class Times(msgspec.Struct):
    """Seconds per submission. unexpected: how many right ones failed and wrong ones passed."""

    right: list[float] = []
    wrong: list[float] = []
    unexpected: int = 0


def measure(*, quick: bool) -> list[Table]:
    """The table of `warm`."""
    rows, values, notes = [], {}, []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        unit = _import_torch(folder, 1 if quick else IMPORTS)
        for exercise in exercises(EXERCISES):
            times = _in_a_process(exercise.id, folder, 1 if quick else ROUNDS)
            for kind, seconds in (("right", times.right), ("wrong", times.wrong)):
                label = f"{exercise.id}, {kind}"
                ratio = [one / unit for one in seconds]
                rows.append((label, str(len(seconds)), milliseconds(seconds), spread(ratio, 3)))
                values[label] = {"wall_s": seconds, "wall_ratio": ratio}
            if times.unexpected:
                notes.append(f"{exercise.id}: {times.unexpected} submissions were not judged as they should be.")
    header = ("submission", "graded", "wall, ms", "× import torch")
    return [Table(f"Warm: one process; import torch = {1000 * unit:.0f} ms", header, rows, values, notes)]


def _import_torch(folder: Path, count: int) -> float:
    """Seconds of `python -c "import torch"`: the median."""
    costs = rounds({"import torch": ([sys.executable, "-c", "import torch"], 0)}, count, folder)
    return statistics.median(cost.wall for cost in costs["import torch"])


def _in_a_process(exercise: str, folder: Path, count: int) -> Times:
    place = folder / exercise
    command = [sys.executable, "-m", "benchmarks.warm", exercise, str(place), str(count)]
    expect(run(command, cwd=ROOT), 0, f"warm {exercise}")
    return msgspec.json.decode((place / "times.json").read_bytes(), type=Times)


def grade_again(exercise: Exercise, folder: Path, count: int) -> Times:
    """Grade every right and every wrong answer `count` times, after once that is not counted."""
    files = _write(exercise, folder)
    times = Times()
    with Grader(course(), [exercise], seed=1) as grader:
        grader.workers.wait_ready()
        gc.freeze()  # as `grade score` does: what exists by now lives to the end
        for number in range(count + 1):
            for path, right in files:
                _one(grader, exercise, path, right, times if number else Times())
    return times


def _write(exercise: Exercise, folder: Path) -> list[tuple[Path, bool]]:
    """The exercise's answers as files, and whether each is right."""
    answers = pool(exercise)
    sources = [(source, True) for source in answers.right] + [(source, False) for source in answers.wrong]
    files = []
    for number, (source, right) in enumerate(sources):
        path = folder / str(number) / f"{exercise.slug}.py"
        path.parent.mkdir(parents=True)
        path.write_text(source, "utf-8")
        files.append((path, right))
    return files


def _one(grader: Grader, exercise: Exercise, path: Path, right: bool, times: Times) -> None:
    """Read and grade one file, as for a learner who saved it again."""
    start = time.perf_counter()
    prepared = grader.read(exercise, path)
    assert isinstance(prepared, Prepared), prepared.message
    result = grader.grade(exercise, str(path), prepared)
    (times.right if right else times.wrong).append(time.perf_counter() - start)
    times.unexpected += result.passed != right


if __name__ == "__main__":
    target = Path(sys.argv[2])
    found = grade_again(find_exercise(course(), sys.argv[1]), target, int(sys.argv[3]))
    (target / "times.json").write_bytes(msgspec.json.encode(found))
