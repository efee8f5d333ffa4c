"""Mistakes in a course's own files: gathered, so that an author sees all of them at once, each with its line."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

from grader.course.regular import read_bounded
from grader.errors import GraderFault, reason_of
from grader.text import Message, join, say

#: The way to a value in a TOML file: keys, and positions in arrays.
Place = tuple[str | int, ...]

#: Bytes of a file of a course that is read as text.
_MOST_BYTES = 16 << 20
_NAME = r'(?:"[^"]*"|[\w-]+)'
_HEADER = re.compile(rf"\s*(\[\[?)\s*({_NAME}(?:\s*\.\s*{_NAME})*)\s*\]")
_KEY = re.compile(rf"\s*({_NAME}(?:\s*\.\s*{_NAME})*)\s*=")


class CourseError(GraderFault):
    """A course's own file is wrong; `faults` are all that were found, each with its file and line."""

    def __init__(self, faults: tuple[Message, ...]) -> None:
        self.faults = _in_order(faults)
        super().__init__(join(list(self.faults), "\n"))


def _in_order(faults: Sequence[Message]) -> tuple[Message, ...]:
    """File by file, as they came; within a file from top to bottom."""
    files = [fault.fields.get("file") for fault in faults]
    return tuple(sorted(faults, key=lambda fault: (files.index(fault.fields.get("file")), fault.fields.get("line", 0))))


def fault(path: Path, line: int, problem: Message) -> Message:
    """One fault, led by its place in a form that editors can jump to."""
    return say("{file}:{line}: {problem}", file=str(path), line=line, problem=problem)


@contextmanager
def running(path: Path) -> Iterator[None]:
    """Within it, a file of the course is run: what that raises becomes a CourseError with the file's own line."""
    try:
        yield
    except CourseError:
        raise
    except Exception as error:
        reason = f"{type(error).__name__}: {getattr(error, 'msg', None) or error}"
        problem = say("running this file failed: {reason}", reason=reason)
        raise CourseError((fault(path, _line_in(path, error), problem),)) from error


def _line_in(path: Path, error: Exception) -> int:
    """The last line of the file that an error passed through, counted from 1; of a syntax error, the line it names."""
    from traceback import walk_tb

    passed = [line for frame, line in walk_tb(error.__traceback__) if frame.f_code.co_filename == str(path)]
    return getattr(error, "lineno", None) or (passed[-1] if passed else 1)


def read_text(path: Path) -> str:
    """A file of the course, with `\\n` line ends. Raises CourseError if it is missing, no file, or not UTF-8."""
    content = b""
    try:
        content = read_bounded(path, _MOST_BYTES, follow_links=True)
        return content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except FileNotFoundError:
        raise CourseError((fault(path, 1, say("this file is missing; the exercise needs it")),)) from None
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise CourseError((fault(path, line, say("this line is not UTF-8; save the file as UTF-8")),)) from None
    except OSError as error:
        raise CourseError(
            (fault(path, 1, say("this file can't be read: {reason}", reason=reason_of(error))),)
        ) from None


def parse_python(path: Path, text: str) -> ast.Module:
    """The syntax tree of a file of the course. Raises CourseError."""
    try:
        return ast.parse(text)
    except SyntaxError as error:
        problem = say("not valid Python: {reason}", reason=error.msg)
        raise CourseError((fault(path, error.lineno or 1, problem),)) from None


def parse_toml(path: Path, text: str) -> dict[str, Any]:
    """The values of a file of the course. Raises CourseError."""
    import tomllib

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"line (\d+)", str(error))
        line = int(at[1]) if at else text.count("\n") + 1
        raise CourseError((fault(path, line, say("not valid TOML: {reason}", reason=str(error))),)) from None


class Faults:
    """The faults of one file, gathered while it is read."""

    def __init__(self, path: Path, text: str = "") -> None:
        self.path = path
        self.found: list[Message] = []
        self._text = text

    def at(self, line: int, problem: Message) -> None:
        """Notes a fault on a line, counted from 1."""
        self.found.append(fault(self.path, line, problem))

    def key(self, place: Place, problem: Message) -> None:
        """Notes a fault of a key of a TOML file."""
        self.at(self.line_of(place), problem)

    def line_of(self, place: Place) -> int:
        """The line on which a key of the file stands, as `line_of` finds it; the file is gone through only once."""
        return _line(self._lines, place)

    @cached_property
    def _lines(self) -> dict[Place, int]:
        return _key_lines(self._text)

    def raise_any(self) -> None:
        """Raises CourseError with all that was noted, if anything was."""
        if self.found:
            raise CourseError(tuple(self.found))


def line_of(toml: str, place: Place) -> int:
    """The line on which a key of a TOML text stands; of what encloses it, if it stands on none of its own."""
    return _line(_key_lines(toml), place)


def _line(lines: dict[Place, int], place: Place) -> int:
    while place and place not in lines:
        place = place[:-1]
    return lines.get(place, 1)


def _key_lines(toml: str) -> dict[Place, int]:
    lines: dict[Place, int] = {}
    counts: dict[Place, int] = {}
    table: Place = ()
    in_string = False
    for number, line in enumerate(toml.split("\n"), start=1):
        outside, in_string = not in_string, in_string ^ ((line.count('"""') + line.count("'''")) % 2 == 1)
        if outside and (header := _HEADER.match(line)):
            table = _table(header, counts)
            lines.setdefault(table, number)
            if isinstance(table[-1], int):
                lines.setdefault(table[:-1], number)  # the array as a whole begins with its first table
        elif outside and (key := _KEY.match(line)):
            lines.setdefault(table + _parts(key[1]), number)
    return lines


def _table(header: re.Match[str], counts: dict[Place, int]) -> Place:
    """The place that a header opens; `counts` holds how many tables each array has had so far."""
    place: Place = ()
    names = _parts(header[2])
    for position, name in enumerate(names):
        place += (name,)
        if header[1] == "[[" and position == len(names) - 1:
            counts[place] = counts.get(place, 0) + 1
        if place in counts:
            place += (counts[place] - 1,)
    return place


def _parts(dotted: str) -> Place:
    return tuple(part.strip('"') for part in re.findall(_NAME, dotted))
