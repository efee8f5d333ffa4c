"""What an export holds, as data: entries that nobody has opened yet, and who handed them in."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from grader.intake.identity import as_text, sameness
from grader.intake.names import clipped, path_fault, split_path
from grader.intake.when import When
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


#: Kind of id and the id: equal for one person.
Identity = tuple[str, str]


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
    space: what kind of thing `own` is, the id as it was spelled (the key if empty). A number and a name that reads like
    it are not the same. exact: ids of this kind differ in every character; else spellings of one name are one person.
    """

    key: str
    called: str
    name: str = ""
    known: tuple[Known, ...] = ()
    platform: bool = True
    space: str = "name"
    own: str = ""
    exact: bool = False

    @property
    def spelled(self) -> str:
        """The id, letter by letter."""
        return self.own or self.key

    @property
    def identity(self) -> Identity:
        """What two files must share to be the same person's."""
        return self.space, self.spelled if self.exact else sameness(self.spelled)


#: The platforms that number students. Such a kind of id is also a column of rosters (roster.py) and of students.csv.
NUMBERED_BY = ("moodle", "canvas")
#: Ids that are no platform's own: the school's, the login, the address.
_OTHERS = ("sid", "login", "email")
#: All by which platforms know a student, in the order of students.csv.
KNOWN_BY = (*NUMBERED_BY, *_OTHERS)


def numbered(platform: str, name: str, number: str) -> Person:
    """Who has this number on a platform, one of NUMBERED_BY; a roster's own column for ids may hold it, too."""
    known = (Known(platform, number), Known("student", number, False), Known("id", number, False))
    return Person(number, f"{name}_{number}", name, known, space="number", exact=True)


class HandedIn(msgspec.Struct, frozen=True):
    """One file of one person. parts: its path in what they handed in. problem: why it can't be graded.

    note: what the export says of it, for the instructor. certain: whether it is this person's, or could be another's.
    when: what the export says of its time.
    """

    person: Person
    parts: tuple[str, ...]
    entry: Entry
    problem: Message | None = None
    note: Message | None = None
    certain: bool = True
    when: When = When()


def folder_person(name: str) -> Person:
    """The student whose folder in the plain layout has this name."""
    text = as_text(name)
    kinds = ("student", "id", *_OTHERS, *NUMBERED_BY)
    # A name that is not text can't be anybody's in a roster.
    known = tuple(Known(kind, name) for kind in kinds) if text == name else ()
    key = f"_{text[1:]}" if text.startswith(".") else text  # `..` may be left of a longer name
    return Person(key, text, text if known else "", known, False, "folder", name)
