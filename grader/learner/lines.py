"""A journal's lines as entries, each of them by itself: a damaged one costs itself alone, and is kept beside."""

from __future__ import annotations

from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

import msgspec

from grader.learner import journal
from grader.text import Message, say

_Entry = TypeVar("_Entry")


class Lines(NamedTuple, Generic[_Entry]):
    """A file's good lines, as they are and as entries, and whether there are others."""

    data: bytes
    good: list[bytes]
    entries: list[_Entry]
    broken: bool


def read_lines(path: Path, kind: type[_Entry]) -> Lines[_Entry]:
    """The lines of a journal; what a newer grader adds to them is passed over. Raises OSError."""
    data = journal.read(path)
    good, entries, broken = [], [], False
    for line in data.removeprefix(b"\xef\xbb\xbf").splitlines():
        try:
            entries.append(msgspec.json.decode(line, type=kind))
            good.append(line)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            broken = broken or bool(line.strip())
    return Lines(data, good, entries, broken)


def repaired(path: Path, lines: Lines[_Entry]) -> Message | None:
    """Set the file aside if it has lines that can't be read, and leave the others in its place; returns what to say of
    it. Only with the lock held. What fails here can wait."""
    if not lines.broken:
        return None
    try:
        aside = journal.set_aside(path, lines.data)
        journal.rewrite(path, lines.good)
    except OSError:
        return None
    return say(
        "Some of {file} could not be read; the file as it was is kept as {aside}",
        file=f".grade/{path.name}",
        aside=f".grade/{aside.name}",
    )
