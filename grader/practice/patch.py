"""Which lines of a text differ from another's, and one text made of the other."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Annotated

import msgspec

#: Of the characters of two texts, so many stand in both, in one order.
_ALIKE = 0.6

Count = Annotated[int, msgspec.Meta(ge=0)]


class Hunk(msgspec.Struct, frozen=True):
    """Lines of a text, `before`, and what stands in their place in another one, `after`. at: the index of the first."""

    at: Count
    before: tuple[str, ...]
    after: tuple[str, ...]


def hunks_between(one: str, other: str) -> tuple[Hunk, ...]:
    """What makes the other text of this one, from top to bottom."""
    lines, others = one.split("\n"), other.split("\n")
    return tuple(
        Hunk(at=i, before=tuple(lines[i:end]), after=tuple(others[j:last]))
        for _, i, end, j, last in _differences(lines, others)
    )


def patched(text: str, hunks: Sequence[Hunk]) -> str:
    """The text with every hunk's lines in the place of those that it has."""
    lines = text.split("\n")
    for hunk in sorted(hunks, key=lambda hunk: hunk.at, reverse=True):
        lines[hunk.at : hunk.at + len(hunk.before)] = hunk.after
    return "\n".join(lines)


def changed_lines(one: str, other: str) -> int:
    """How many lines have to be changed, added or dropped to come from one text to the other.

    Empty lines, and blanks at the ends of lines, do not count.
    """
    return _size(_differences(_written(one), _written(other)))


def is_alike(hunk: Hunk) -> bool:
    """Whether the lines are much like those that they stand for, and no other answer in their place; lines that are
    only added or dropped are."""
    one, other = (" ".join(" ".join(lines).split()) for lines in (hunk.before, hunk.after))
    return not one or not other or SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE


def size_of(hunks: Sequence[Hunk]) -> int:
    """The number of lines that the hunks change, add or drop."""
    return sum(max(len(hunk.before), len(hunk.after)) for hunk in hunks)


#: What SequenceMatcher calls an opcode.
_Difference = tuple[str, int, int, int, int]


def _differences(one: Sequence[str], other: Sequence[str]) -> list[_Difference]:
    found = SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    return [difference for difference in found if difference[0] != "equal"]


def _size(differences: Sequence[_Difference]) -> int:
    return sum(max(end - i, last - j) for _, i, end, j, last in differences)


def _written(text: str) -> list[str]:
    return [stripped for line in text.splitlines() if (stripped := line.rstrip())]
