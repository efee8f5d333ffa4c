"""A zip that a student handed in: looked into once, and read again from the export for each of its files."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import PurePosixPath

import msgspec

from grader.errors import SubmissionError
from grader.intake.archive import open_zip, zip_entries
from grader.intake.exercises import is_gradable
from grader.intake.model import Entry, HandedIn
from grader.intake.names import clipped, is_hidden
from grader.text import Message, say

#: A student's zip is held in memory.
_MOST_BYTES = 32 << 20
_MOST_ENTRIES = 2000
_OTHERS = (".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz")


def unpacked(files: Sequence[HandedIn]) -> list[HandedIn]:
    """One student's files; where none of them could be graded, what is in their zips instead. A zip in a zip stays."""
    if any(is_gradable(file.parts[-1]) for file in files):
        return list(files)
    return [inner for file in files for inner in _inside(file)]


def _inside(file: HandedIn) -> list[HandedIn]:
    suffix = PurePosixPath(file.parts[-1]).suffix.lower()
    if suffix in _OTHERS and file.problem is None:
        return [
            _with_problem(
                file,
                say(
                    "{file} is packed as {suffix}, which is not read; ask for the file itself, or a zip",
                    file=file.entry.path,
                    suffix=suffix,
                ),
            )
        ]
    if suffix != ".zip" or file.problem is not None:
        return [file]
    try:
        entries = _entries(file.entry)
    except SubmissionError as error:
        return [_with_problem(file, error.message)]
    inner = [
        HandedIn(file.person, file.parts + entry.parts, _again(file, place, entry), entry.problem, file.note)
        for place, entry in enumerate(entries)
        if entry.problem or not is_hidden(entry.parts)
    ]
    if not any(is_gradable(one.parts[-1]) or one.problem for one in inner):
        return [_with_problem(file, say("no .py or .ipynb file in {folder}", folder=file.entry.path))]
    return inner


def _with_problem(file: HandedIn, problem: Message) -> HandedIn:
    return msgspec.structs.replace(file, problem=problem)


def _entries(outer: Entry) -> list[Entry]:
    with open_zip(io.BytesIO(outer.read(_MOST_BYTES)), outer.path) as archive:
        entries = zip_entries(archive)
    if len(entries) > _MOST_ENTRIES:
        raise SubmissionError(
            say(
                "{file} has {count} entries; at most {most} are read",
                file=outer.path,
                count=len(entries),
                most=_MOST_ENTRIES,
            )
        )
    return entries


class _Last:
    """The zip that was read last, open: its files are taken one after the other."""

    def __init__(self) -> None:
        self._outer: Entry | None = None
        self._entries: list[Entry] = []

    def entries(self, outer: Entry) -> list[Entry]:
        """What is in it. Raises SubmissionError."""
        if self._outer is not outer:
            self._outer, self._entries = None, []
            # Closed once nothing refers to it any more.
            self._entries = zip_entries(open_zip(io.BytesIO(outer.read(_MOST_BYTES)), outer.path))
            self._outer = outer
        return self._entries


_last = _Last()


def _again(file: HandedIn, place: int, inner: Entry) -> Entry:
    """The entry as one of the export: a class's zips don't all stay in memory."""
    outer = file.entry

    def read(limit: int) -> bytes:
        return _last.entries(outer)[place].read(limit)

    return Entry(clipped(f"{outer.path}/{inner.path}"), inner.parts, read, inner.problem)
