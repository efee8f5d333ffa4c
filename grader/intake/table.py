"""Reads a table that somebody saved from a spreadsheet or a learning platform: CSV, in whatever form they know it."""

from __future__ import annotations

import codecs
import csv
import io
from pathlib import Path

import msgspec

from grader.errors import SubmissionError, UsageError
from grader.intake.names import clipped
from grader.submission.files import read_regular
from grader.table import uncell
from grader.text import Message, say

_MOST_BYTES = 16 << 20
_SEPARATORS = ",;\t"
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
#: How xlsx and xls files begin.
_SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


class Row(msgspec.Struct, frozen=True):
    """One line of the table. line: its number in the file; columns: header as it is spelled → value, stripped."""

    line: int
    columns: dict[str, str]


class Table(msgspec.Struct, frozen=True):
    """A table. line: the header's. problems: lines that were left out. note: what was guessed about the file."""

    line: int
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    problems: tuple[Message, ...]
    note: Message | None


def at_line(file: str, line: int, problem: Message) -> Message:
    """What is wrong, and where."""
    return say("{file}, line {line}: {problem}", file=file, line=line, problem=problem)


def read_table(path: Path) -> Table:
    """The table, its first line the header; empty lines don't count.

    Raises UsageError with file and line if it is no table.
    """
    name = clipped(str(path))
    try:
        content = read_regular(path, _MOST_BYTES, follow_links=True)
    except SubmissionError as error:
        raise UsageError(error.message) from None
    text, note = _decode(content, name)
    lines = _lines(text, name)
    if not lines:
        raise UsageError(say("{file} is empty.", file=name))
    header = tuple(cell.strip() for cell in lines[0][1])
    rows, problems = [], []
    for line, cells in lines[1:]:
        if any(cell.strip() for cell in cells[len(header) :]):
            problem = say(
                "{count} columns, but the header has {wanted}; put a value with a separator in it into quotes",
                count=len(cells),
                wanted=len(header),
            )
            problems.append(at_line(name, line, problem))
            continue
        # A name may carry the guard that the tables of `grade score` put on it.
        padded = [uncell(cell).strip() for cell in cells] + [""] * (len(header) - len(cells))
        rows.append(Row(line, dict(zip(header, padded, strict=False))))
    return Table(lines[0][0], header, tuple(rows), tuple(problems), note)


def _decode(content: bytes, name: str) -> tuple[str, Message | None]:
    """The text, and what was guessed."""
    if content.startswith(_SPREADSHEETS):
        raise UsageError(say("{file} is a spreadsheet; save it as CSV (UTF-8) and give that file.", file=name))
    if content.startswith(_UTF16):
        return _decoded(content, "utf-16", name), None
    try:
        return content.decode("utf-8-sig"), None
    except UnicodeDecodeError:
        text = _decoded(content, "gb18030", name)
        return text, say(
            "{file} is not UTF-8 and was read as GB18030 (GBK). If names look wrong, save it as UTF-8.", file=name
        )


def _decoded(content: bytes, encoding: str, name: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        # In UTF-16, the second byte of a line's end is another one.
        line = content.count(b"\n", 0, error.start) + 1
        problem = say("this is text neither in UTF-8 nor in GB18030 (GBK); save it as CSV (UTF-8).")
        raise UsageError(at_line(name, line, problem)) from None


def _lines(text: str, name: str) -> list[tuple[int, list[str]]]:
    """The lines that are not empty, each with the number at which it begins."""
    before, zero, _ = text.partition("\0")
    if zero:
        problem = say("a character with code 0, so this is no CSV file.")
        raise UsageError(at_line(name, before.count("\n") + 1, problem))
    # A line `sep=;` is Excel's way to name the separator. Here it is what the header has most of; a comma if none.
    shown = (line for line in text.splitlines() if line.strip() and not line.lower().startswith("sep="))
    separator = max(_SEPARATORS, key=next(shown, "").count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    lines: list[tuple[int, list[str]]] = []
    begins = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells) and not cells[0].lower().startswith("sep="):
                lines.append((begins, cells))
            begins = reader.line_num + 1
    except csv.Error as error:
        problem = say("can't be read as CSV ({reason}). Is a quotation mark left open?", reason=str(error))
        raise UsageError(at_line(name, begins, problem)) from None
    return lines
