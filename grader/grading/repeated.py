"""Grades one exercise again and again, as its file is saved: checks collected once, the zygote warm."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from grader.course.model import Course, Exercise
from grader.grading.device import device_for, has_device
from grader.grading.grader import Grader
from grader.result import Result
from grader.seed import fresh_seed


class RepeatedGrading:
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


@contextmanager
def repeated_grading(
    course: Course, exercise: Exercise, *, abandoned: Callable[[], bool] = bool
) -> Iterator[RepeatedGrading]:
    """A warm grader.

    abandoned: asked while a submission runs; once it says yes, the run ends within a tenth of a second and its
    result means nothing. Raises GraderFault.
    """
    device = device_for("auto", exercise, has_device)
    with Grader(course, [exercise], seed=fresh_seed(), device=device, abandoned=abandoned) as grader:
        grader.settle()
        yield RepeatedGrading(grader, exercise)
