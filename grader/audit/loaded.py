"""An exercise's own code, run in the audit's process."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from typing import TYPE_CHECKING

from grader.course.faults import CourseError, fault
from grader.course.model import Exercise
from grader.text import say

if TYPE_CHECKING:
    from grader.checks.exercise import Mistake

#: While mistakes.py runs, `import reference` means its exercise's: one exercise at a time.
_RUNNING = threading.Lock()


@contextmanager
def running_own_code(exercise: Exercise) -> Iterator[None]:
    """What runs reference.py or mistakes.py does it in here. Raises CourseError where one of them exits.

    What these files print goes to standard error: on standard output an audit may be answering JSON.
    """
    with _RUNNING, redirect_stdout(sys.stderr):
        try:
            yield
        except SystemExit as error:
            problem = say("running this file failed: {reason}", reason=f"SystemExit: {error}")
            raise CourseError((fault(exercise.folder / "mistakes.py", 1, problem),)) from error


def loaded_mistakes(exercise: Exercise) -> tuple[Mistake, ...]:
    """The exercise's mistakes, as running its files makes them. Imports PyTorch. Raises CourseError."""
    from grader.checks.exercise import LoadedExercise

    with running_own_code(exercise):
        return LoadedExercise(exercise.folder, id=exercise.id).mistakes
