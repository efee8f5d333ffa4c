"""Who handed something in, as an export tells it."""

from __future__ import annotations

import msgspec

from grader.intake.entries import Entry
from grader.intake.names import safe_key
from grader.text import Message


class Known(msgspec.Struct, frozen=True):
    """A value by which a roster may know a person.

    kind: the roster's column (roster.py). sure: that column has just these values; where it may hold other numbers
    that happen to be equal, the name must agree too.
    """

    kind: str
    value: str
    sure: bool = True


class Person(msgspec.Struct, frozen=True):
    """One who handed in. key: the export's own id, also a folder's name. called: how the export spells them."""

    key: str
    called: str
    name: str = ""
    known: tuple[Known, ...] = ()


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
    return Person(safe_key(name), name, name, tuple(Known(kind, name) for kind in kinds))
