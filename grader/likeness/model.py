"""What is compared, and what was found to be alike, as data."""

from __future__ import annotations

import msgspec

from grader.likeness.fingerprints import Span
from grader.result import Result
from grader.text import Text


class Number(msgspec.Struct, frozen=True):
    """A wrong number at one place of one check's output, with inputs that this seed drew; to six digits."""

    seed: int
    check: str
    index: tuple[int, ...]
    got: str


class Mistakes(msgspec.Struct, frozen=True):
    """Two named mistakes in one submission."""

    one: str
    other: str


#: What two submissions can share: a fingerprint of the source, a wrong number, two mistakes.
Mark = int | Number | Mistakes


class Work(msgspec.Struct, frozen=True):
    """A student's submission of an exercise. text: its Python; empty where it can't be read. source: its fingerprints,
    each with the lines where it is."""

    student: str
    result: Result
    text: str
    source: dict[int, tuple[Span, ...]]
    numbers: frozenset[Number]
    mistakes: frozenset[Mistakes]

    @property
    def marks(self) -> frozenset[Mark]:
        """All that it can share with another one."""
        return frozenset[Mark]((*self.source, *self.numbers, *self.mistakes))


class Pair(msgspec.Struct, frozen=True):
    """Two submissions that share what few of the class have. shared: each such mark → how many submissions have it."""

    one: Work
    other: Work
    shared: dict[Mark, int]

    @property
    def is_same_file(self) -> bool:
        """Whether both handed in the same bytes."""
        return self.one.result.submission_sha256 == self.other.result.submission_sha256


class Alike(msgspec.Struct, frozen=True):
    """One exercise of a class. count: its submissions. most: a mark that more of them have is not rare. pairs: those
    with the most and the rarest marks first. left: how many more there are. texts: each student's source, where it
    could be read. stub: what learners got."""

    exercise: str
    title: Text
    count: int
    most: int
    pairs: tuple[Pair, ...]
    left: int
    texts: dict[str, str]
    stub: str
