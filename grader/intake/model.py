"""What an export holds, as data: entries that nobody has opened yet, and who handed them in."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from grader.intake.names import clipped, path_fault, safe_key, split_path
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


class Known(msgspec.Struct, frozen=True):
    """A value by which a roster may know a person.

    kind: the roster's column (roster.py). sure: that column has just these values; where it may hold other numbers
    that happen to be equal, the name must agree too.
    """

    kind: str
    value: str
    sure: bool = True


class Person(msgspec.Struct, frozen=True):
    """One who handed in. key: the export's own id, also a folder's name. called: how the export spells them.

    platform: whether a platform says what is `known`; of a folder's name, it is a guess.
    """

    key: str
    called: str
    name: str = ""
    known: tuple[Known, ...] = ()
    platform: bool = True


class HandedIn(msgspec.Struct, frozen=True):
    """One file of one person. parts: its path in what they handed in. problem: why it can't be graded.

    note: what the export says of it, for the instructor.
    """

    person: Person
    parts: tuple[str, ...]
    entry: Entry
    problem: Message | None = None
    note: Message | None = None


def folder_person(name: str) -> Person:
    """The student whose folder in the plain layout has this name."""
    kinds = ("student", "id", "sid", "login", "email", "moodle", "canvas")
    return Person(safe_key(name), name, name, tuple(Known(kind, name) for kind in kinds), False)
