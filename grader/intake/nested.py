"""A zip that a student handed in: looked into once, and read again from the export for each of its files."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import lru_cache
from pathlib import PurePosixPath

import msgspec

from grader.errors import SubmissionError
from grader.intake.archive import open_zip, zip_entries
from grader.intake.exercises import is_gradable
from grader.intake.model import Entry, HandedIn
from grader.intake.names import clipped, is_hidden
from grader.text import say

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
    suffix, name = PurePosixPath(file.parts[-1]).suffix.lower(), file.entry.path
    if file.problem is not None or suffix not in (".zip", *_OTHERS):
        return [file]
    try:
        if suffix in _OTHERS:
            problem = say(
                "{file} is packed as {suffix}, which is not read; ask for the file itself, or a zip",
                file=name,
                suffix=suffix,
            )
            raise SubmissionError(problem)
        inner = [
            msgspec.structs.replace(
                file, parts=file.parts + entry.parts, entry=_again(file.entry, place, entry), problem=entry.problem
            )
            for place, entry in enumerate(_entries(file.entry))
            if entry.problem or not is_hidden(entry.parts)
        ]
        if not any(is_gradable(item.parts[-1]) or item.problem for item in inner):
            raise SubmissionError(say("no .py or .ipynb file in {folder}", folder=name))
        return inner
    except SubmissionError as error:
        return [msgspec.structs.replace(file, problem=error.message)]


@lru_cache(maxsize=1)
def _entries(outer: Entry) -> list[Entry]:
    """What is in a zip. The last one stays open, since its files are read one after the other."""
    return zip_entries(open_zip(io.BytesIO(outer.read(_MOST_BYTES)), outer.path, _MOST_ENTRIES))


def _again(outer: Entry, place: int, inner: Entry) -> Entry:
    """The entry as one of the export: a class's zips don't all stay in memory."""

    def read(limit: int) -> bytes:
        return _entries(outer)[place].read(limit)

    return Entry(clipped(f"{outer.path}/{inner.path}"), inner.parts, read, inner.problem)
