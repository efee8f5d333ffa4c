"""An exercise's notebook, cell by cell: the statement, the code to fill in, and the cell that grades."""

from __future__ import annotations

import ast
from itertools import pairwise
from typing import Any, NamedTuple

import msgspec

from grader.course.handout import handed_out
from grader.course.mark import mark
from grader.course.model import BUILT_IN, Exercise
from grader.course.readme import statement
from grader.course.stub import translated_reference
from grader.text import render, say


class Cell(msgspec.Struct, frozen=True):
    """A named cell as it is handed out.

    kind: nbformat's cell_type. locked: nobody's to edit but the instructor's. points: of a grade or task cell, None of
    others. checksum: nbgrader's, where it has recorded one.
    """

    name: str
    kind: str
    source: str
    grade: bool = False
    solution: bool = False
    locked: bool = False
    task: bool = False
    points: float | None = None
    checksum: str | None = None

    @property
    def written_by_learner(self) -> bool:
        """Whether its content is the learner's: it is never replaced."""
        return self.solution or self.task

    def metadata(self) -> dict[str, Any]:
        """nbgrader's own metadata of this cell, schema 3."""
        flags = {"grade": self.grade, "solution": self.solution, "locked": self.locked, "task": self.task}
        points = {} if self.points is None else {"points": self.points}
        checksum = {"checksum": self.checksum} if self.checksum else {}
        return {"schema_version": 3, "grade_id": self.name, **flags, "cell_type": self.kind, **points, **checksum}


class Cells(NamedTuple):
    """An exercise's named cells, in their order."""

    statement: Cell
    solutions: tuple[Cell, ...]
    grade: Cell

    @property
    def all(self) -> tuple[Cell, ...]:
        """Every cell, in order."""
        return (self.statement, *self.solutions, self.grade)


def named_cells(
    exercise: Exercise, language: str, *, course: str = BUILT_IN, solved: bool = False, points: float | None = None
) -> Cells:
    """The cells in one language. Their names are the same in every language.

    course: the id of the exercise's course, which the cell that grades carries if it is not the built-in one: the
    kernel knows nothing of the notebook's metadata. solved: the solutions hold the reference, with its BEGIN SOLUTION
    and END SOLUTION marks. points: of the cell that grades, the exercise's if None. Raises CourseError.
    """
    text = (translated_reference if solved else handed_out)(exercise, (language,))
    solutions = tuple(
        Cell(f"{exercise.id}-solution" + (f"-{number}" if number > 1 else ""), "code", source, solution=True)
        for number, source in enumerate(split_definitions(text), start=1)
    )
    task = Cell(f"{exercise.id}-statement", "markdown", statement(exercise, language).strip(), locked=True)
    source = _grade_source(exercise, language, course)
    grade = Cell(
        f"{exercise.id}-grade",
        "code",
        source,
        grade=True,
        locked=True,
        points=exercise.points if points is None else points,
    )
    return Cells(task, solutions, grade)


def split_definitions(text: str) -> tuple[str, ...]:
    """Python code in pieces: what comes first, then each top-level function or class with all that follows it.

    Comments straight above a definition go with it. Without a head of its own, the first definition comes first.
    """
    lines = text.split("\n")
    starts = [_start(node, lines) for node in ast.parse(text).body if isinstance(node, _Definition)]
    bounds = pairwise((0, *starts, len(lines)))
    pieces = ("\n".join(lines[start:end]).strip("\n").rstrip() for start, end in bounds)
    return tuple(filter(None, pieces))


_Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def _start(node: _Definition, lines: list[str]) -> int:
    """The position of a definition's first line, decorators and comments above it included."""
    start = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)]) - 1
    while start and lines[start - 1].startswith("#"):
        start -= 1
    return start


def _grade_source(exercise: Exercise, language: str, course: str) -> str:
    marked = "" if course == BUILT_IN else f"{mark(course)}\n"
    remark = render(say("Run the cells above, then this one: it grades what they define."), language)
    option = "" if language == "en" else f" --lang {language}"
    return f"# {remark}\n{marked}%reload_ext grader\n%grade {exercise.id}{option}"
