"""A notebook that was handed in, read for showing it: whatever is in it, its cells come out plain and valid."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from grader.errors import GradeError
from grader.submission.ipynb import RawCell, cells_of
from grader.text import render, say

_KINDS = frozenset({"code", "markdown", "raw"})
#: What is no notebook is shown as text, as far as a person may want to read it; of a cell's text, so much.
_MOST_TEXT = 100_000
_LONGEST_CELL = 1 << 20
#: Of a notebook, so many cells and so much text: far more than a person writes.
_MOST_CELLS, _MOST_IN_ALL = 5_000, 16 << 20

#: What our notebooks run on, whatever was handed in says.
METADATA = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"}}


class HandedInCell(msgspec.Struct):
    """A cell. Outputs are left where they are, unread: nothing that a student put there is a result of this run.

    nbgrader: the metadata of that name, which may be anything.
    """

    cell_type: str
    text: str = ""
    nbgrader: object = None

    @property
    def name(self) -> str | None:
        """The name that nbgrader gave it."""
        name = self.nbgrader.get("grade_id") if isinstance(self.nbgrader, dict) else None
        return name if isinstance(name, str) else None


def cells_for_nbgrader(content: bytes) -> tuple[HandedInCell, ...]:
    """A notebook's cells of known kinds; one raw cell with the file's text if its cells can't be told apart.

    content: whatever was handed in. Time and memory grow with its size alone; what comes back has at most 5,000
    cells and 16 MiB of text. Never raises over what is in it.
    """
    try:
        cells = cells_of(content, "")
    except GradeError:
        return (HandedInCell("raw", content[:_MOST_TEXT].decode("utf-8", "backslashreplace")),)
    if len(cells) > _MOST_CELLS:
        told = say("This notebook has {count} cells; at most {most} are shown here.", count=len(cells),
                   most=_MOST_CELLS)
        note = HandedInCell("raw", render(told, "en"))
        return (note, *_read(cells[:_MOST_CELLS - 1]))
    return tuple(_read(cells))


def _read(cells: list[RawCell]) -> Iterator[HandedInCell]:
    left = _MOST_IN_ALL
    for cell in cells:
        kind = cell.kind
        if kind not in _KINDS:
            continue
        # Of JSON, a character may take six bytes.
        text = cell.text() or "" if cell.size <= min(left, 6 * _LONGEST_CELL) else ""
        left -= len(text)
        yield HandedInCell(kind, text, _plain_metadata(cell.nbgrader))


def _plain_metadata(found: object) -> object:
    """What nbgrader wrote is one level of names and plain values; nothing else is kept."""
    if not isinstance(found, dict):
        return None
    return {name: value for name, value in found.items() if isinstance(value, str | int | float | bool | None)}


def code_cell(source: str, name: str, metadata: dict[str, Any]) -> dict[str, Any]:
    """A code cell without outputs. name: its id."""
    return {"cell_type": "code", "execution_count": None, "id": name, "metadata": metadata, "outputs": [],
            "source": source}


def grade_outputs(report: str, score: float | None) -> list[dict[str, Any]]:
    """A grade cell's outputs, as `nbgrader.utils.determine_grade` reads them. score: None for no automatic one."""
    outputs: list[dict[str, Any]] = [{"output_type": "stream", "name": "stdout", "text": report + "\n"}]
    if score is not None:
        outputs.append({"output_type": "execute_result", "execution_count": 1, "metadata": {},
                        "data": {"text/plain": repr(score)}})
    return outputs
