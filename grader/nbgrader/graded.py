"""A submission as the notebook that nbgrader keeps in autograded/: what was handed in, and a grade cell that shows
the report and the points. nbgrader makes its feedback page from it, and its formgrader shows it."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from types import MappingProxyType
from typing import Any

import msgspec

from grader.assignments.cells import Cell, Cells
from grader.nbgrader.notebook import code_cell, grade_outputs, notebook_of, shown_cells
from grader.nbgrader.shown import plain_cells
from grader.submission.model import HandedInCell


def graded_notebook(
    content: bytes,
    *,
    notebook: bool,
    cells: Cells,
    names: tuple[str, ...],
    report: str,
    score: float | None,
    shares: Mapping[str, tuple[str, float | None]] = MappingProxyType({}),
) -> bytes:
    """The .ipynb, valid for nbformat 4.5 and for nbgrader's metadata schema 3; the same bytes for the same input.

    content: the file as it was handed in; notebook: whether it is an .ipynb. What can't be read as one is shown as
    text. names: the functions that the exercise asks for; a code cell that defines one is taken for the solution
    where nbgrader's metadata were lost. score: None where there is none.
    """
    text = content.decode("utf-8", "backslashreplace")
    read = shown_cells(content) if notebook else (HandedInCell("code", text),)
    graded = {cell.name for cell in cells.grades}
    handed_in = [cell for cell in read if cell.name not in graded]
    made = plain_cells(handed_in)
    first, *others = cells.solutions
    places = {_named(handed_in, cell): cell for cell in (cells.statement, *others)}
    places[_solution(handed_in, first, names, places)] = first
    for place, cell in places.items():
        if place is not None:
            made[place] |= {"id": cell.name, "metadata": {"nbgrader": cell.metadata()}}
    if not any(cell["id"] == first.name for cell in made):
        made.append(code_cell("", first.name, {"nbgrader": first.metadata()}))
    made += [_grade_cell(cell, *shares[name]) for name, cell in cells.functions.items()]
    made.append(_grade_cell(cells.grade, report, score))
    return msgspec.json.format(msgspec.json.encode(notebook_of(made)), indent=1) + b"\n"


def _grade_cell(cell: Cell, report: str, score: float | None) -> dict[str, Any]:
    made = code_cell(cell.source, cell.name, {"nbgrader": cell.metadata()})
    return made | {"execution_count": 1, "outputs": grade_outputs(report, score)}


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
