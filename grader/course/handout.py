"""The file that a learner gets: the stub, with what starter.toml puts in the place of a function's solution.

A stub raises NotImplementedError where the solution was. An exercise whose task is to correct code, not to write it,
has a starter.toml beside its reference.py: a function's name, and the lines that stand there instead.
"""

from __future__ import annotations

import textwrap

from grader.course.faults import CourseError, fault, parse_toml, read_text
from grader.course.mark import marked
from grader.course.model import Course, Exercise
from grader.course.stub import cut_stub
from grader.text import say

NAME = "starter.toml"


def handed_out(exercise: Exercise, languages: tuple[str, ...]) -> str:
    """The learner's file, with docstrings in these languages. Raises CourseError with what is wrong in reference.py,
    the docstrings or starter.toml."""
    stub = cut_stub(exercise, languages)
    for function, lines in _starters(exercise).items():
        place = f'raise NotImplementedError("{function}")\n'
        head, found, tail = stub.partition(place)
        if not found or not isinstance(lines, str):
            problem = say("{name} is no function whose solution is cut, or its lines are no text", name=function)
            raise CourseError((fault(exercise.folder / NAME, 1, problem),))
        indent = head[head.rfind("\n") + 1 :]
        stub = head + textwrap.indent(lines.strip("\n"), indent).lstrip() + "\n" + tail
    return stub


def is_as_handed_out(text: str, course: Course, exercise: Exercise) -> bool:
    """Whether a learner's file is what they got, in whichever language. Raises CourseError."""
    languages = [exercise.languages, *((language,) for language in exercise.languages)]
    return any(text == marked(handed_out(exercise, these), course.id) for these in languages)


def _starters(exercise: Exercise) -> dict[str, object]:
    path = exercise.folder / NAME
    return dict(parse_toml(path, read_text(path))) if path.is_file() else {}
