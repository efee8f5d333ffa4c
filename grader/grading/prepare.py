"""Whether a submission belongs to its course, what an exercise asks of it, and what of this machine it may not see.

Needs no PyTorch.
"""

from __future__ import annotations

import ast
from functools import lru_cache
from pathlib import Path

import grader
from grader.course.bundle import reference_file
from grader.course.faults import CourseError, fault
from grader.course.model import Course, Exercise
from grader.course.packages import import_names
from grader.errors import SubmissionError
from grader.packages import is_packages
from grader.submission.model import Demands, Parser, Prepared, Submission
from grader.text import say


def prepare(exercise: Exercise, submission: Submission, parser: Parser) -> Prepared:
    """Parse a submission that was read. Raises SubmissionError with the sentence for the learner."""
    return parser.examine(submission, Demands(required_names(exercise), exercise.forbidden, exercise.allowed))


def expect_course(own: str | None, course: Course, exercise: Exercise, file: str) -> None:
    """Raises SubmissionError if a file says that it was made for another course: the same number or name is another
    exercise there.

    own: the id that the file carries; None if it carries none, which is nobody's fault. file: its name, printable.
    """
    if own in (None, course.id):
        return
    raise SubmissionError(
        say(
            "{file} was handed out by the course {other}, and {exercise} of that course is not the one of the course "
            "{ours} ({title}). It was not graded. With its own course: grade {exercise} {file} --course DIR, where "
            "DIR is the folder of that course's course.toml.",
            file=file,
            other=own,
            exercise=exercise.id,
            ours=course.id,
            title=course.title,
        )
    )


def required_names(exercise: Exercise) -> tuple[str, ...]:
    """The functions and classes that a submission must define: those of the reference, but its private ones.

    Raises CourseError if reference.py is not Python.
    """
    path = reference_file(exercise.folder)
    return _public_names(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=200)
def _public_names(path: Path, written: int) -> tuple[str, ...]:
    """Of the reference as it was written at this moment."""
    try:
        tree = ast.parse(path.read_bytes())
    except SyntaxError as error:
        reason = say("not valid Python: {reason}", reason=error.msg)
        raise CourseError((fault(path, error.lineno or 1, reason),)) from None
    defined = (ast.FunctionDef, ast.ClassDef)
    return tuple(node.name for node in tree.body if isinstance(node, defined) and not node.name.startswith("_"))


def hidden_folders(course: Course) -> tuple[str, ...]:
    """What no worker may read: the course, this package, and, where it is installed from a checkout, all of that."""
    package = Path(grader.__file__).resolve().parent
    hidden = [str(course.folder.resolve()), str(package)]
    if not is_packages(str(package.parent)):
        hidden.append(str(package.parent))
    return tuple(dict.fromkeys(hidden))


def real_names(course: Course) -> tuple[str, ...]:
    """The modules of the packages that a course declares: submissions get the libraries themselves."""
    return tuple(name for package in course.packages for name in import_names(package))
