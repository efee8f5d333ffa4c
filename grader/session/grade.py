"""`grade EXERCISE [FILE]` as a function: what the command line, notebooks and tests call."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from grader.course.find import find_course, find_exercise, find_file
from grader.course.model import Course, Exercise
from grader.errors import GraderFault, SubmissionError
from grader.result import Result
from grader.session.device import device_for, has_device
from grader.session.grader import Grader
from grader.session.prepare import prepare
from grader.session.results import Frames, ungradable
from grader.session.whose import expect_course
from grader.submission.read import read_submission
from grader.text import say

if TYPE_CHECKING:
    from grader.checks.runner import Checks


def grade_exercise(
    exercise_name: str, file: Path | None = None, *, course: Path | None = None, seed: int | None = None,
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
    frame = Frames(found_course, seed=seed, device=place).frame(exercise, str(path))
    try:
        submission = read_submission(path, slug=exercise.slug)
        frame = msgspec.structs.replace(frame, sha256=submission.sha256)
        expect_course(submission.course, found_course, exercise, submission.name)
        prepared = prepare(exercise, submission)
    except SubmissionError as error:
        return ungradable(frame, error)
    results: list[Result] = []
    with Grader(found_course, [exercise], seed=seed, device=place) as grader:
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
                try:
                    submission = read_submission(path, slug=exercise.slug)
                    expect_course(submission.course, course, exercise, submission.name)
                    prepared = prepare(exercise, submission)
                except SubmissionError as error:
                    results.append(ungradable(grader.frames.frame(exercise, str(path)), error))
                else:
                    results.append(grader.grade(exercise, str(path), prepared))

        _with_checks(with_checks, grader, body)
    return results


def fresh_seed() -> int:
    """As checks.seeds.fresh_seed, whose module imports PyTorch."""
    return int.from_bytes(os.urandom(8), "big") >> 11
