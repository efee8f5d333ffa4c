"""Grades one exercise again and again, as its file is saved: checks collected once, the zygote warm."""

from __future__ import annotations

import gc
from collections.abc import Callable
from pathlib import Path

from grader.course.model import Course, Exercise
from grader.errors import GraderFault
from grader.grading.device import device_for, has_device
from grader.grading.grader import Grader
from grader.result import Result
from grader.seed import fresh_seed
from grader.text import say


class Again:
    """A warm grader for one exercise. companions: names of the files that the last graded one took along."""

    def __init__(self, grader: Grader, exercise: Exercise) -> None:
        self.grader = grader
        self.exercise = exercise
        self.companions: frozenset[str] = frozenset()

    def grade(self, path: Path) -> Result:
        """Grade the file as it is now, on new inputs. Raises UsageError if it is gone, and GraderFault."""
        self.grader.reseed(fresh_seed())
        prepared = self.grader.read(self.exercise, path)
        if isinstance(prepared, Result):
            return prepared
        self.companions = frozenset(prepared.submission.companions)
        return self.grader.grade(self.exercise, str(path), prepared)


def grading_again(
    course: Course, exercise: Exercise, body: Callable[[Again], None], *, abandoned: Callable[[], bool] = bool
) -> None:
    """Run `body` with a warm grader.

    abandoned: asked while a submission runs; once it says yes, the run ends within a tenth of a second and its
    result means nothing. Raises GraderFault, and whatever `body` raises.
    """
    device = device_for("auto", exercise, has_device)
    with Grader(course, [exercise], seed=fresh_seed(), device=device, abandoned=abandoned) as grader:
        from grader.checks.runner import Checks, with_checks

        def begin(checks: Checks) -> None:
            grader.begin(checks)
            # What exists by now lives to the end: the collector need not look at a million objects again and again.
            gc.freeze()
            gc.enable()
            body(Again(grader, exercise))

        try:
            with_checks(grader.check_files(), begin)
        except RuntimeError as error:
            raise GraderFault(say("The exercise's checks could not be loaded: {reason}", reason=str(error))) from error
