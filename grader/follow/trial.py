"""One try: the learner's file as it is now, graded, or a sentence about why it can't be."""

from __future__ import annotations

from contextlib import suppress

from grader.course.model import Exercise
from grader.errors import GradeError, GraderFault, UsageError, reason_of
from grader.follow.files import Places
from grader.follow.inbox import Inbox
from grader.follow.memory import Memory
from grader.grading.grade_files import RepeatedGrading
from grader.report.views import learner_view
from grader.result import Result
from grader.text import Message, say


def get_ready(again: RepeatedGrading, inbox: Inbox) -> None:
    """Work ahead for the next attempt until something happens."""
    with suppress(GradeError):  # the attempt will tell of it
        again.get_ready(lambda: inbox.waiting)


def attempt(again: RepeatedGrading, places: Places) -> Result | Message | None:
    """The result in the learner's view, or why there is none; None where the file is gone."""
    try:
        return learner_view(again.grade(places.find(again.exercise)))
    except FileNotFoundError:
        return None
    except OSError as error:  # such as of a full disk
        exercise = again.exercise.id
        return say("{exercise} can't be graded now: {reason}", exercise=exercise, reason=reason_of(error))
    except (UsageError, GraderFault) as error:
        return error.message


def absence(exercise: Exercise, places: Places, memory: Memory, *, keys: bool = False) -> Message | None:
    """What to say of a file that is not there; None if it is. keys: whether x puts it back."""
    try:
        places.find(exercise)
        return None
    except UsageError:
        return _missing(exercise, places, memory, keys)
    except OSError:
        return say("The folder that you were in is gone.")


def _missing(exercise: Exercise, places: Places, memory: Memory, keys: bool) -> Message:
    name = f"{exercise.slug}.py"
    if memory.folder() is None:
        folder = str(places.folders(exercise)[0])
        return say("There is no {file} in {folder}. Once it is saved there, it is graded.", file=name, folder=folder)
    if keys:
        return say("{file} is missing. x puts it back as it was handed out (grade reset).", file=name)
    return say(
        "{file} is missing. To have it again as it was handed out: grade reset {exercise}",
        file=name,
        exercise=exercise.id,
    )
