"""Tables of what libraries say → what it means. Plain parts of text are sought, in linear time: what a submission
raises is hostile."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from grader.text import Message


class Row(msgspec.Struct, frozen=True):
    """The sentence for an exception whose text has all of `parts`.

    types: names that the exception's type may have; any if none are given. unless: what the text may not have.
    """

    parts: tuple[str, ...]
    sentence: Message
    types: tuple[str, ...] = ()
    unless: str | None = None


def find(rows: Iterable[Row], type_name: str, text: str) -> Message | None:
    """The sentence of the first row that fits; None if none does."""
    return next((row.sentence for row in rows if _fits(row, type_name, text)), None)


def _fits(row: Row, type_name: str, text: str) -> bool:
    if (row.types and type_name not in row.types) or (row.unless is not None and row.unless in text):
        return False
    return all(part in text for part in row.parts)
