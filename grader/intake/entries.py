"""What an export holds: entries whose names were judged and whose content nobody has read yet."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from grader.intake.names import clipped, path_fault, split_path
from grader.text import Message

#: More entries than any class hands in; listing them takes memory.
MOST_ENTRIES = 200_000


class Entry(msgspec.Struct, frozen=True):
    """One file of an export.

    path: as it may be printed. parts: its components, in the export; they may only be used if there is no `problem`,
    which says why the file can't be graded. read: its content of at most so many bytes, or raises SubmissionError.
    """

    path: str
    parts: tuple[str, ...]
    read: Callable[[int], bytes]
    problem: Message | None = None


def entry(path: str, read: Callable[[int], bytes], problem: Message | None = None) -> Entry:
    """The entry of this path; what is wrong with the path itself comes before other problems."""
    return Entry(clipped(path), split_path(path), read, path_fault(path) or problem)
