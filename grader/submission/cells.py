"""The cells of a handed-in notebook as nbgrader is to see them: plain text and metadata, whatever is in the file."""

from __future__ import annotations

from collections.abc import Iterator

from grader.errors import GradeError
from grader.submission.ipynb import RawCell, cells_of, with_numbers
from grader.submission.model import HandedInCell, Plain
from grader.text import render, say

_KINDS = frozenset({"code", "markdown", "raw"})
#: What is no notebook is shown as text, as far as a person may want to read it; of a cell's text, so much.
_MOST_TEXT = 100_000
_LONGEST_CELL = 1 << 20
#: Of a notebook, so many cells and so much text: far more than a person writes.
_MOST_CELLS, _MOST_IN_ALL = 2_000, 16 << 20
#: Of a cell's metadata, so many entries and characters in each.
_MOST_ENTRIES, _LONGEST_ENTRY = 12, 200


def handed_in_cells(content: bytes) -> tuple[HandedInCell, ...]:
    """A notebook's cells of known kinds; one raw cell with the file's text if its cells can't be told apart.

    content: whatever was handed in. Time and memory grow with its size alone; what comes back has at most 2,000
    cells and 16 MiB of text. Never raises over what is in it.
    """
    try:
        cells = cells_of(with_numbers(content), "")
    except GradeError:
        return (HandedInCell("raw", content[:_MOST_TEXT].decode("utf-8", "backslashreplace")),)
    if len(cells) <= _MOST_CELLS:
        return tuple(_plain(cells))
    told = say("This notebook has {count} cells; at most {most} are shown here.", count=len(cells), most=_MOST_CELLS)
    return (HandedInCell("raw", render(told, "en")), *_plain(cells[: _MOST_CELLS - 1]))


def _plain(cells: list[RawCell]) -> Iterator[HandedInCell]:
    left = _MOST_IN_ALL
    for cell in cells:
        kind = cell.kind
        if kind not in _KINDS:
            continue
        # Of JSON, a character may take six bytes.
        text = cell.text() or "" if cell.size <= min(left, 6 * _LONGEST_CELL) else ""
        left -= len(text)
        yield HandedInCell(kind, text, _plain_metadata(cell.nbgrader))


def _plain_metadata(found: object) -> dict[str, Plain] | None:
    """What nbgrader wrote is one level of names and plain values; nothing else is kept."""
    if not isinstance(found, dict) or len(found) > _MOST_ENTRIES:
        return None
    return {
        name: value
        for name, value in found.items()
        if len(name) <= _LONGEST_ENTRY
        and isinstance(value, str | int | float | bool | None)
        and not (isinstance(value, str) and len(value) > _LONGEST_ENTRY)
        and not (isinstance(value, int) and abs(value) >= 1 << 63)
    }
