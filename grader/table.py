"""Tables as CSV files that spreadsheets open and learning platforms import, none of whose cells is a formula.

Which characters part cells is the reader's choice: a file written with commas may be opened with semicolons, with
another quotation mark or with none. So every text is quoted, and inside one, too, nothing begins as a formula does
behind a character that could be a separator, a quotation mark or a line's end.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

#: What begins a formula, with all that Unicode's compatibility forms make of the four signs, and the minus sign; a
#: tab or carriage return before it is dropped by some readers.
_SIGN = "=+\\-@＝＋－＠﹦﹢﹣﹫⁼⁺⁻₌₊₋−﬩⩵⩶\t\r"
#: Where a cell may begin: separators, quotation and escape marks, line ends.
_EDGE = ",;:|\"'\\\\\t\n\r\x0b\x0c\x1c-\x1f\x85\u2028\u2029"
#: What a reader may pass over at a cell's beginning.
_BLANK = "\x00-\x08\x0e-\x1b \x7f-\x84\x86-\xa0\xad\u1680\u180e\u2000-\u200f\u202a-\u202f\u205f-\u206f\u3000\ufeff"
#: Put before a cell that begins so; a spreadsheet then shows it as text.
_GUARD = "'"
#: Put before a sign inside a text. Not the other one, which some readers take for a quotation mark.
_INNER = "’"

#: A line end behind guards of its own is guarded as well, so that each cell was one text.
_BEGINS = re.compile(rf"[{_BLANK}]*[{_SIGN}]|{_GUARD}*\n")
#: The second alternative: to some readers, a backslash takes a quotation mark its meaning.
_INSIDE = re.compile(rf"((?<=[{_EDGE}])[{_BLANK}]*{_INNER}*(?=[{_SIGN}])|(?<=\\){_INNER}*(?=\"|\Z))")
_GUARDED = re.compile(
    rf"((?<=[{_EDGE}])[{_BLANK}]*{_INNER}*(?={_INNER}[{_SIGN}])"
    rf"|(?<=\\){_INNER}*(?={_INNER}(?:\"|\Z))){_INNER}"
)
_SIGNS = re.compile(rf"(?<=[{_EDGE}])[{_BLANK}{_SIGN}]*[{_SIGN}]")
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")
#: Written without quotation marks.
_BARE = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:e[+-][0-9]+)?")


def cell(text: str) -> str:
    """The text as a cell that no spreadsheet runs. Numbers, and with them most ids, stay as they are."""
    if _NUMBER.fullmatch(text):
        return text
    inside = _INSIDE.sub(rf"\1{_INNER}", text)
    return _GUARD + inside if _BEGINS.match(text) else inside


def uncell(text: str) -> str:
    """What `cell` made this of."""
    if text.startswith(_GUARD) and _BEGINS.match(text[1:]):
        text = text[1:]
    return _GUARDED.sub(r"\1", text)


def html_cell(html: str) -> str:
    """For a cell that is read as HTML: what `cell` would guard is spelled as HTML does, so that nobody sees it."""
    return _SIGNS.sub(lambda found: re.sub(f"[{_SIGN}]", lambda sign: f"&#{ord(sign[0])};", found[0]), html)


def to_table(rows: Iterable[Sequence[str]]) -> bytes:
    """UTF-8 CSV of texts as they are: each becomes a `cell` here, and all but numbers are quoted.

    Names that are not UTF-8 have their bytes spelled out.
    """
    return "".join(",".join(map(_quoted, row)) + "\n" for row in rows).encode("utf-8", "backslashreplace")


def from_table(table: bytes) -> Iterator[dict[str, str]]:
    """The rows of what `to_table` made, by the names in its first one. Raises ValueError.

    A row that is too short lacks the last names.
    """
    try:
        for row in csv.DictReader(io.StringIO(table.decode(), newline=""), strict=True):
            yield {name: uncell(text) for name, text in row.items() if name is not None and text is not None}
    except csv.Error as error:
        raise ValueError(str(error)) from None


def _quoted(text: str) -> str:
    return text if _BARE.fullmatch(text) else '"' + cell(text).replace('"', '""') + '"'
