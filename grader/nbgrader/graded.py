"""A submission as the notebook that nbgrader keeps in autograded/: what was handed in, and a grade cell that shows
the report and the points. nbgrader makes its feedback page from it, and its formgrader shows it."""

from __future__ import annotations

import re
from collections.abc import Container

import msgspec

from grader.assignments.cells import Cell, Cells
from grader.nbgrader.notebook import cells_for_nbgrader, code_cell, grade_outputs, notebook_of
from grader.nbgrader.shown import plain_cells
from grader.submission.model import HandedInCell


def graded_notebook(
    content: bytes, *, notebook: bool, cells: Cells, names: tuple[str, ...], report: str, score: float | None
) -> bytes:
    """The .ipynb, valid for nbformat 4.5 and for nbgrader's metadata schema 3; the same bytes for the same input.

    content: the file as it was handed in; notebook: whether it is an .ipynb. What can't be read as one is shown as
    text. names: the functions that the exercise asks for; a code cell that defines one is taken for the solution
    where nbgrader's metadata were lost. score: None where there is none.
    """
    text = content.decode("utf-8", "backslashreplace")
    read = cells_for_nbgrader(content) if notebook else (HandedInCell("code", text),)
    handed_in = [cell for cell in read if cell.name != cells.grade.name]
    made = plain_cells(handed_in)
    first, *others = cells.solutions
    places = {_named(handed_in, cell): cell for cell in (cells.statement, *others)}
    places[_solution(handed_in, first, names, places)] = first
    for place, cell in places.items():
        if place is not None:
            made[place] |= {"id": cell.name, "metadata": {"nbgrader": cell.metadata()}}
    if not any(cell["id"] == first.name for cell in made):
        made.append(code_cell("", first.name, {"nbgrader": first.metadata()}))
    grade = code_cell(cells.grade.source, cells.grade.name, {"nbgrader": cells.grade.metadata()})
    made.append(grade | {"execution_count": 1, "outputs": grade_outputs(report, score)})
    return msgspec.json.format(msgspec.json.encode(notebook_of(made)), indent=1) + b"\n"


def _named(cells: list[HandedInCell], wanted: Cell) -> int | None:
    """The position of the first cell of this name and kind."""
    key = (wanted.name, wanted.kind)
    return next((place for place, cell in enumerate(cells) if (cell.name, cell.cell_type) == key), None)


def _solution(
    cells: list[HandedInCell], solution: Cell, names: tuple[str, ...], used: Container[int | None]
) -> int | None:
    """The position of the code cell that comments belong to; None if no code cell is left."""
    code = [place for place, cell in enumerate(cells) if cell.cell_type == "code" and place not in used]
    named = [place for place in code if cells[place].name == solution.name]
    defines = re.compile(rf"^(?:def|class)\s+(?:{'|'.join(map(re.escape, names))})\b", re.MULTILINE)
    defining = [place for place in code if names and defines.search(cells[place].text)]
    return next(iter([*named, *defining, *code]), None)
