"""A notebook that was handed in, read for showing it: whatever is in it, its cells come out plain and valid."""

from __future__ import annotations

import atexit
import functools
from typing import Any

from grader.reader.client import Reader
from grader.submission.model import HandedInCell

#: What our notebooks run on, whatever was handed in says.
_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def notebook_of(cells: list[dict[str, Any]]) -> dict[str, Any]:
    """A notebook with these cells, nbformat 4.5."""
    return {"cells": cells, "metadata": _METADATA, "nbformat": 4, "nbformat_minor": 5}


@functools.cache
def _reader() -> Reader:
    """One for as long as this process lives: nbgrader converts notebook after notebook."""
    reader = Reader()
    atexit.register(reader.close)
    return reader


def cells_for_nbgrader(content: bytes) -> tuple[HandedInCell, ...]:
    """A notebook's cells of known kinds; one raw cell that says why if its cells can't be told apart.

    content: whatever was handed in; it is looked into by the confined reader. Raises GraderFault where that can't be
    started, and nothing over what is in the file.
    """
    return _reader().cells(content)


def shown_cells(content: bytes) -> tuple[HandedInCell, ...]:
    """The same, but nothing of a damaged notebook: pages of its JSON would hide the sentence that says what is wrong.

    Raises GraderFault as well.
    """
    cells = cells_for_nbgrader(content)
    return () if len(cells) == 1 and _is_file_itself(cells[0], content) else cells


def _is_file_itself(cell: HandedInCell, content: bytes) -> bool:
    """Whether the cell stands for a damaged notebook, rather than being a raw cell of a sound one."""
    beginning = cell.text[:200]
    is_json = beginning.lstrip("\ufeff \t\r\n").startswith("{")
    return cell.cell_type == "raw" and is_json and content.startswith(beginning.encode())


def code_cell(source: str, name: str, metadata: dict[str, Any]) -> dict[str, Any]:
    """A code cell without outputs. name: its id."""
    cell = {"cell_type": "code", "execution_count": None, "id": name, "metadata": metadata}
    return cell | {"outputs": [], "source": source}


def grade_outputs(report: str, score: float | None) -> list[dict[str, Any]]:
    """A grade cell's outputs, as `nbgrader.utils.determine_grade` reads them. score: None for no automatic one."""
    printed = {"output_type": "stream", "name": "stdout", "text": report + "\n"}
    shown = {"execution_count": 1, "metadata": {}, "data": {"text/plain": repr(score)}}
    return [printed] if score is None else [printed, {"output_type": "execute_result", **shown}]
