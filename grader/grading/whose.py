"""Whether a submission belongs to the course that it is to be graded with."""

from __future__ import annotations

from grader.course.model import Course, Exercise
from grader.errors import SubmissionError
from grader.text import say


def expect_course(found: str | None, course: Course, exercise: Exercise, file: str) -> None:
    """Raises SubmissionError if a file says that it was made for another course: the same number or name is another
    exercise there.

    found: the id that the file carries; None if it carries none, which is nobody's fault. file: its name, printable.
    """
    if found is None or found == course.id:
        return
    raise SubmissionError(
        say(
            "{file} was handed out by the course {other}, and {exercise} of that course is not the one of the course "
            "{ours} ({title}). It was not graded. With its own course: grade {exercise} {file} --course DIR, where "
            "DIR is the folder of that course's course.toml.",
            file=file,
            other=found,
            exercise=exercise.id,
            ours=course.id,
            title=course.title,
        )
    )
