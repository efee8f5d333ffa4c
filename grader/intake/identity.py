"""Who is the same person, and under which id each one is filed: no two ids are one name to anybody.

Two spellings that differ only in case, in blanks around or between words, in marks that nobody sees, or in how the
characters are stored (é as one or as two) are one name: to a reader, and to file systems that ignore case or normalise
Unicode. So results filed under both could end up in one file.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import count

import msgspec

#: In bytes, as long as a file's name may be.
LONGEST = 255
_MARK = 9


class WorkId(msgspec.Struct, frozen=True, order=True):
    """One student's work on one exercise: what a row, a result and a grade are of. Made by `work_id` alone."""

    student: str
    exercise: str


def work_id(student: str, exercise: str) -> WorkId:
    """Equal for two pairs that are one to a reader or to a file system."""
    return WorkId(sameness(student), sameness(exercise))


def sameness(name: str) -> str:
    """What all spellings of a name have in common (Unicode's canonical caseless matching, blanks aside)."""
    seen = "".join(character for character in name if unicodedata.category(character) != "Cf")
    folded = unicodedata.normalize("NFD", unicodedata.normalize("NFD", seen).casefold())
    # A dot at the end is nothing to some file systems.
    return " ".join(folded.split()).rstrip(". ")


def as_text(name: str) -> str:
    """A folder's name as text: bytes that are no UTF-8 are spelled out, since no report could carry them."""
    return name.encode("utf-8", "backslashreplace").decode()


def fitted(name: str) -> str:
    """The name, cut to what a folder may be called; a digest then tells it from others that begin alike."""
    raw = name.encode()
    if len(raw) <= LONGEST:
        return name
    return f"{raw[: LONGEST - _MARK].decode(errors='ignore')}~{hashlib.sha256(raw).hexdigest()[: _MARK - 1]}"


class Ids:
    """Gives out ids. reserved: names that are somebody's already."""

    def __init__(self, reserved: Iterable[str] = ()) -> None:
        self._used = {sameness(name) for name in reserved}

    def give(self, wanted: str, instead: str) -> str:
        """`wanted` if it is free, else `instead`, with a number behind it if need be."""
        free = next(name for name in _tries(wanted, instead) if sameness(name) not in self._used)
        self._used.add(sameness(free))
        return free


def _tries(wanted: str, instead: str) -> Iterator[str]:
    yield fitted(wanted)
    yield fitted(instead)
    yield from (fitted(f"{instead[: LONGEST // 5]}-{number}") for number in count(2))
