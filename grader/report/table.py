"""Tables as CSV files that spreadsheets open and learning platforms import."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

#: What makes a spreadsheet take a cell for a formula, the full-width forms included.
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")
#: Put before such a cell; a spreadsheet then shows it as text.
_GUARD = "'"


def cell(text: str) -> str:
    """The text as a cell that no spreadsheet runs. Numbers, and with them most ids, stay as they are."""
    return _GUARD + text if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def uncell(text: str) -> str:
    """What `cell` made this of."""
    return text[1:] if text.startswith(_GUARD) and _FORMULA.match(text[1:]) else text


def to_table(rows: Iterable[Sequence[str]]) -> bytes:
    """UTF-8 CSV. Names that are not UTF-8 have their bytes spelled out."""
    text = io.StringIO(newline="")
    # The writer quotes what could be taken for its own line's end: so both characters of this one are safe in a cell.
    writer = csv.writer(text, lineterminator="\r\n")
    lines = []
    for row in rows:
        writer.writerow(row)
        lines.append(text.getvalue().removesuffix("\r\n") + "\n")
        text.seek(0)
        text.truncate()
    return "".join(lines).encode("utf-8", "backslashreplace")
