"""`grade EXERCISE [FILE]` as a function: what the command line, notebooks and tests call."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from grader.course.find import find_course, find_exercise, find_file
from grader.course.model import Course, Exercise
from grader.errors import GraderFault
from grader.grading.device import device_for, has_device
from grader.grading.grader import Grader
from grader.result import Result
from grader.seed import fresh_seed
from grader.text import say

if TYPE_CHECKING:
    from grader.checks.runner import Checks


def grade_exercise(
    exercise_name: str,
    file: Path | None = None,
    *,
    course: Path | None = None,
    seed: int | None = None,
    device: str = "auto",
) -> Result:
    """Grade one submission.

    exercise_name: `exercise03`, `3`, `03` or the slug. file: a `.py` or `.ipynb`; sought where learners keep it if
    None. seed: repeats a run exactly; fresh if None. device: "auto" means the CPU, unless the exercise asks for
    another one that is there.
    Raises UsageError (no such exercise, file or device) and GraderFault. A submission that can't be graded is a
    result with status "error".
    """
    found_course = find_course(course)
    exercise = find_exercise(found_course, exercise_name)
    path = find_file(found_course, exercise, file)
    seed = fresh_seed() if seed is None else seed
    place = device_for(device, exercise, has_device)
    results: list[Result] = []
    with Grader(found_course, [exercise], seed=seed, device=place) as grader:
        prepared = grader.read(exercise, path)
        if isinstance(prepared, Result):
            return prepared
        run = grader.open(exercise, prepared)
        # Imported only now: the worker loads the submission in the meantime.
        from grader.checks.runner import with_checks

        def body(checks: Checks) -> None:
            grader.begin(checks)
            results.append(grader.grade(exercise, str(path), prepared, run))

        _with_checks(with_checks, grader, body)
    return results[0]


def _with_checks(with_checks: Callable[..., None], grader: Grader, body: Callable[[Checks], None]) -> None:
    try:
        with_checks(grader.check_files(), body)
    except RuntimeError as error:
        raise GraderFault(say("The exercise's checks could not be loaded: {reason}", reason=str(error))) from error


def grade_files(course: Course, files: Sequence[tuple[Exercise, Path]], *, seed: int | None = None) -> list[Result]:
    """Grade several exercises' files on the CPU, one after another, with PyTorch and the checks loaded once.

    Raises as `grade_exercise` does.
    """
    seed = fresh_seed() if seed is None else seed
    results: list[Result] = []
    with Grader(course, [exercise for exercise, _ in files], seed=seed) as grader:
        from grader.checks.runner import with_checks

        def body(checks: Checks) -> None:
            grader.begin(checks)
            for exercise, path in files:
                prepared = grader.read(exercise, path)
                results.append(
                    prepared if isinstance(prepared, Result) else grader.grade(exercise, str(path), prepared)
                )

        _with_checks(with_checks, grader, body)
    return results
