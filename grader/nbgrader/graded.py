"""A submission as the notebook that nbgrader keeps in autograded/: what was handed in, and a grade cell that shows
the report and the points. nbgrader makes its feedback page from it, and its formgrader shows it."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from grader.nbgrader.cells import Cell, Cells

_KINDS = frozenset({"code", "markdown", "raw"})


class _Metadata(msgspec.Struct):
    nbgrader: Any = None


class _Cell(msgspec.Struct):
    # Outputs are left where they are, unread: nothing that a student put there is a result of this run.
    cell_type: str
    source: str | list[str] = ""
    metadata: _Metadata = msgspec.field(default_factory=_Metadata)

    @property
    def name(self) -> str | None:
        """The name that nbgrader gave it."""
        found = self.metadata.nbgrader
        name = found.get("grade_id") if isinstance(found, dict) else None
        return name if isinstance(name, str) else None

    @property
    def text(self) -> str:
        return self.source if isinstance(self.source, str) else "".join(self.source)


class _Notebook(msgspec.Struct):
    cells: list[_Cell]


def graded_notebook(
    content: bytes, *, notebook: bool, cells: Cells, names: tuple[str, ...], report: str, score: float | None,
    points: float,
) -> bytes:
    """The .ipynb, valid for nbformat 4.5 and for nbgrader's metadata schema 3; the same bytes for the same input.

    content: the file as it was handed in; notebook: whether it is an .ipynb. What can't be read as one is shown as
    text. names: the functions that the exercise asks for; a code cell that defines one is taken for the solution
    where nbgrader's metadata were lost. score, points: what it got, and of how many.
    """
    read = _cells_of(content) if notebook else [_Cell("code", content.decode("utf-8", "backslashreplace"))]
    if read is None:
        read = [_Cell("raw", content.decode("utf-8", "backslashreplace"))]
    handed_in = [cell for cell in read if cell.name != cells.grade.name]
    made = [_plain(cell, number) for number, cell in enumerate(handed_in)]
    for place, cell in ((_statement(handed_in, cells.statement), cells.statement),
                        (_solution(handed_in, cells.solution, names), cells.solution)):
        if place is not None:
            made[place] |= {"id": cell.name, "metadata": {"nbgrader": cell.metadata(points)}}
    if not any(cell["id"] == cells.solution.name for cell in made):
        made.append(_code("", cells.solution.name, {"nbgrader": cells.solution.metadata(points)}))
    made.append(_grade_cell(cells.grade, report, score, points))
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    whole = {"cells": made, "metadata": {"kernelspec": kernel, "language_info": {"name": "python"}},
             "nbformat": 4, "nbformat_minor": 5}
    return msgspec.json.format(msgspec.json.encode(whole), indent=1) + b"\n"


def _cells_of(content: bytes) -> list[_Cell] | None:
    """A notebook's cells; None if it is none that can be read."""
    try:
        cells = msgspec.json.decode(content.removeprefix(b"\xef\xbb\xbf"), type=_Notebook).cells
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    return [cell for cell in cells if cell.cell_type in _KINDS]


def _plain(cell: _Cell, number: int) -> dict[str, Any]:
    name = f"cell-{number}"
    if cell.cell_type == "code":
        return _code(cell.text, name, {})
    return {"cell_type": cell.cell_type, "id": name, "metadata": {}, "source": cell.text}


def _code(source: str, name: str, metadata: dict[str, Any]) -> dict[str, Any]:
    return {"cell_type": "code", "execution_count": None, "id": name, "metadata": metadata, "outputs": [],
            "source": source}


def _statement(cells: list[_Cell], statement: Cell) -> int | None:
    """The position of the first cell of the statement's name and kind."""
    places = (place for place, cell in enumerate(cells) if cell.name == statement.name)
    return next((place for place in places if cells[place].cell_type == statement.kind), None)


def _solution(cells: list[_Cell], solution: Cell, names: tuple[str, ...]) -> int | None:
    """The position of the code cell that comments belong to; None if there is no code cell."""
    code = [place for place, cell in enumerate(cells) if cell.cell_type == "code"]
    named = [place for place in code if cells[place].name == solution.name]
    defines = re.compile(rf"^(?:def|class)\s+(?:{'|'.join(map(re.escape, names))})\b", re.MULTILINE)
    defining = [place for place in code if names and defines.search(cells[place].text)]
    return next(iter([*named, *defining, *code]), None)


def _grade_cell(cell: Cell, report: str, score: float | None, points: float) -> dict[str, Any]:
    outputs: list[dict[str, Any]] = [{"output_type": "stream", "name": "stdout", "text": report + "\n"}]
    if score is not None:
        outputs.append({"output_type": "execute_result", "execution_count": 1, "metadata": {},
                        "data": {"text/plain": repr(score)}})
    made = _code(cell.source, cell.name, {"nbgrader": cell.metadata(points)})
    return made | {"execution_count": 1, "outputs": outputs}
