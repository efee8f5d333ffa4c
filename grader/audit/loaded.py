"""An exercise's own code, run in the audit's process."""

from __future__ import annotations

import sys
import threading
from contextlib import redirect_stdout
from typing import TYPE_CHECKING

from grader.course.faults import CourseError, fault
from grader.course.model import Exercise
from grader.text import say

if TYPE_CHECKING:
    from grader.checks.exercise import Mistake

#: While mistakes.py runs, `import reference` means its exercise's: one exercise at a time.
_RUNNING = threading.Lock()


def loaded_mistakes(exercise: Exercise) -> tuple[Mistake, ...]:
    """The exercise's mistakes, as running reference.py and mistakes.py makes them. Imports PyTorch. Raises CourseError.

    What these files print goes to standard error: on standard output an audit may be answering JSON.
    """
    from grader.checks.exercise import LoadedExercise

    with _RUNNING, redirect_stdout(sys.stderr):
        try:
            return LoadedExercise(exercise.folder, id=exercise.id).mistakes
        except SystemExit as error:
            problem = say("running this file failed: {reason}", reason=f"SystemExit: {error}")
            raise CourseError((fault(exercise.folder / "mistakes.py", 1, problem),)) from error
