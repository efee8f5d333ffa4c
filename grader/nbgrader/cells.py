"""The cells of an exercise's notebook that nbgrader knows by name: statement, solution and grade."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from grader.course.faults import read_text
from grader.course.model import Exercise
from grader.course.stub import cut_stub
from grader.text import render, say


class Cell(msgspec.Struct, frozen=True):
    """A named cell as it was handed out. kind: nbformat's cell_type. locked: nobody's to edit but the instructor's."""

    name: str
    kind: str
    source: str
    grade: bool = False
    solution: bool = False
    locked: bool = False

    def metadata(self, points: float) -> dict[str, object]:
        """nbgrader's own metadata of this cell, schema 3."""
        graded = {"points": points} if self.grade else {}
        return {"schema_version": 3, "grade_id": self.name, "grade": self.grade, "solution": self.solution,
                "locked": self.locked, "task": False, "cell_type": self.kind} | graded


class Cells(NamedTuple):
    """An exercise's named cells, in their order."""

    statement: Cell
    solution: Cell
    grade: Cell


def named_cells(exercise: Exercise, language: str) -> Cells:
    """The cells in one language. Their names are the same in every language. Raises CourseError."""
    name = "statement.md" if language == "en" else f"statement.{language}.md"
    return Cells(
        Cell(f"{exercise.id}-statement", "markdown", read_text(exercise.folder / name).strip(), locked=True),
        Cell(f"{exercise.id}-solution", "code", cut_stub(exercise, (language,)).strip(), solution=True),
        Cell(f"{exercise.id}-grade", "code", _grade_source(language), grade=True, locked=True),
    )


def _grade_source(language: str) -> str:
    return "# " + render(say("Graded by `grade`: below are the report and the points."), language)
