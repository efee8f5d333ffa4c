"""The trial of `grade doctor`: a reference and an untouched stub, graded as anybody's submission is."""

from __future__ import annotations

import tempfile
from pathlib import Path

from grader.cli.finding import Finding
from grader.course.find import find_course
from grader.course.model import Course, Exercise
from grader.course.stub import cut_stub
from grader.errors import GradeError
from grader.grading.grade import grade_files
from grader.result import Result
from grader.text import Message, render, say

_NAME = say("trial")


def trial(option: Path | None) -> Finding | None:
    """Grade both for the first exercise of the course that asks for nothing special; None where there is none."""
    try:
        course = find_course(option)
    except GradeError:
        return None  # said elsewhere
    simple = [exercise for exercise in course.exercises if not exercise.warm]
    exercise = next(iter([*simple, *course.exercises]), None)
    return None if exercise is None else _tried(course, exercise)


def _tried(course: Course, exercise: Exercise) -> Finding:
    try:
        with tempfile.TemporaryDirectory(prefix="grade-trial-") as folder:
            stub = Path(folder, f"{exercise.slug}.py")
            stub.write_text(cut_stub(exercise, exercise.languages[:1]), "utf-8")
            right, untouched = grade_files(course, [(exercise, exercise.folder / "reference.py"), (exercise, stub)])
    except GradeError as error:
        return _failed(exercise, error.message)
    except Exception as error:  # whatever it is, this machine can't grade, and here is where that is told
        return _failed(exercise, f"{type(error).__name__}: {error}")
    value = say(
        "{exercise} graded for real ({tier}): the reference {right} of {most}, the untouched stub {stub}",
        exercise=exercise.id,
        tier=right.confinement,
        right=f"{right.score:g}",
        most=f"{right.max_score:g}",
        stub=f"{untouched.score:g}",
    )
    if not right.passed:
        return _failed(exercise, _reason(right), value)
    if untouched.score or untouched.status == "grader_error":
        return _failed(exercise, _reason(untouched), value)
    return Finding(name=_NAME, value=value)


def _reason(result: Result) -> str:
    """What the result says first of all; the same in every language, for a report."""
    told = [result.message, *(check.message for check in result.checks if not check.passed)]
    return next((render(text, "en") for text in told if text is not None), f"{result.score:g} of {result.max_score:g}")


def _failed(exercise: Exercise, reason: Message | str, value: Message | None = None) -> Finding:
    command = f"grade {exercise.id} {exercise.folder / 'reference.py'} -v"
    return Finding(
        name=_NAME,
        value=value or say("{exercise} could not be graded", exercise=exercise.id),
        fault=say(
            "Grading a right answer and an untouched stub does not come out as it should: {reason}", reason=reason
        ),
        mend=command,
        blocking=True,
    )
