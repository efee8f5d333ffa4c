"""An exercise's notebook, cell by cell: the statement, the code to fill in, and the cell that grades."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from itertools import pairwise
from types import MappingProxyType
from typing import Any, NamedTuple

import msgspec

from grader.assignments.functions import points_by_function
from grader.assignments.statement import notebook_statement
from grader.course.handout import handed_out
from grader.course.mark import mark
from grader.course.model import BUILT_IN, Exercise
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
    """An exercise's named cells.

    grade: has all points that no cell of `functions` has. functions: by a function's name, the cell with the points of
    the checks that are about it alone; none where the exercise has its points in one cell.
    """

    statement: Cell
    solutions: tuple[Cell, ...]
    grade: Cell
    functions: Mapping[str, Cell] = MappingProxyType({})

    @property
    def grades(self) -> tuple[Cell, ...]:
        """The cells with points."""
        return (*self.functions.values(), self.grade)

    @property
    def all(self) -> tuple[Cell, ...]:
        """Every cell, in order: what grades comes last, since functions may use others that are defined below them."""
        return (self.statement, *self.solutions, *self.grades)


def named_cells(
    exercise: Exercise,
    language: str,
    *,
    course: str = BUILT_IN,
    solved: bool = False,
    points: float | None = None,
    by_function: bool = False,
) -> Cells:
    """The cells in one language. Their names are the same in every language.

    course: the id of the exercise's course, which the cells that grade carry if it is not the built-in one: the
    kernel knows nothing of the notebook's metadata. solved: the solutions hold the reference, with its BEGIN SOLUTION
    and END SOLUTION marks. points: of all cells that grade, the exercise's if None. by_function: whether functions
    have cells with points. Raises CourseError.
    """
    text = (translated_reference if solved else handed_out)(exercise, (language,))
    solutions = tuple(
        Cell(f"{exercise.id}-solution" + (f"-{number}" if number > 1 else ""), "code", source, solution=True)
        for number, source in enumerate(split_definitions(text), start=1)
    )
    task = Cell(f"{exercise.id}-statement", "markdown", notebook_statement(exercise, language), locked=True)
    shares = points_by_function(exercise) if by_function else {}
    rest = max(0.0, round((exercise.points if points is None else points) - sum(shares.values()), 6))
    grade = _grade_cell(exercise, language, course, rest)
    functions = {name: _grade_cell(exercise, language, course, share, name) for name, share in shares.items()}
    return Cells(task, solutions, grade, functions)


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


def grade_name(exercise: str, function: str = "") -> str:
    """The name of the cell with an exercise's points, or with those of one function."""
    return f"{exercise}-grade" + (f"-{function}" if function else "")


def _grade_cell(exercise: Exercise, language: str, course: str, points: float, function: str = "") -> Cell:
    marked = "" if course == BUILT_IN else f"{mark(course)}\n"
    if function:
        remark = say("Run the cells above, then this one: it grades {name}.", name=function)
    else:
        remark = say("Run the cells above, then this one: it grades what they define.")
    options = (f" --function {function}" if function else "") + ("" if language == "en" else f" --lang {language}")
    source = f"# {render(remark, language)}\n{marked}%reload_ext grader\n%grade {exercise.id}{options}"
    return Cell(grade_name(exercise.id, function), "code", source, grade=True, locked=True, points=points)
