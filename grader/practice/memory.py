"""What a learner's folder remembers of practice: .grade/practice.jsonl, lines of which each adds to what is known of a
sheet.

It is a file of its own beside record.jsonl, because an older grader drops what it does not know when it folds that one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated

import msgspec

from grader.course.learner import expect_own_memory, journal_path
from grader.errors import reason_of
from grader.learner import journal
from grader.learner.lines import read_lines, repaired
from grader.learner.record import Time
from grader.practice.patch import Count, Hunk
from grader.text import Message, Text, say

_FILE = "practice.jsonl"
Rating = Annotated[int, msgspec.Meta(ge=0, le=4)]


class Sheet(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A practice sheet, or what one line adds to it.

    file: relative to the learner's folder, which is its name. function: where the bug is; together with the exercise,
    what is spaced. bug, why, hunks: as of `Bug`. right: the digest of the right answer in this language. head: the
    lines above it. checks: the digests of the texts that were graded and were not right yet.
    changed: how many lines the learner changed. rating: 1 for given up to 4; 0 while it is open. due: when this
    function comes again.
    """

    file: str
    exercise: str = ""
    function: str = ""
    bug: str = ""
    why: Text | None = None
    hunks: tuple[Hunk, ...] = ()
    right: str = ""
    language: str = ""
    head: tuple[str, ...] = ()
    made_at: Time = 0
    checks: tuple[str, ...] = ()
    ended_at: Time = 0
    changed: Count = 0
    rating: Rating = 0
    due: Time = 0

    @property
    def card(self) -> tuple[str, str]:
        """What is spaced: a function of an exercise."""
        return self.exercise, self.function

    def plus(self, later: Sheet) -> Sheet:
        """The sheet with what a later line adds. It ends once."""
        if self.rating:
            return self
        told = {name: value for name in self.__struct_fields__ if (value := getattr(later, name))}
        checks = tuple(dict.fromkeys((*self.checks, *later.checks)))
        return msgspec.structs.replace(self, **{**told, "checks": checks})


class Memory(msgspec.Struct, frozen=True):
    """The sheets by file, in the order in which they were made. trouble: what went wrong with the file, in a line."""

    sheets: Mapping[str, Sheet] = {}
    trouble: Message | None = None

    @property
    def ended(self) -> list[Sheet]:
        """Those that were fixed or given up, the earliest first."""
        return sorted((sheet for sheet in self.sheets.values() if sheet.rating), key=lambda sheet: sheet.ended_at)

    def due(self) -> dict[tuple[str, str], int]:
        """Card → when it comes again."""
        return {sheet.card: sheet.due for sheet in self.ended}

    def count_due(self, now: int, exercises: Iterable[str]) -> int:
        """How many cards of these exercises are due."""
        known = set(exercises)
        return sum(at <= now for (exercise, _), at in self.due().items() if exercise in known)


def practice_path(folder: Path) -> Path:
    """Where a learner's folder keeps it."""
    return journal_path(folder).with_name(_FILE)


def load_practice(folder: Path) -> Memory:
    """The folder's memory of practice."""
    try:
        expect_own_memory(folder)
        return _folded(read_lines(practice_path(folder), Sheet).entries)
    except OSError as error:
        trouble = say("{file} can't be read: {reason}", file=f".grade/{_FILE}", reason=reason_of(error))
        return Memory(trouble=trouble)


def note_practice(folder: Path, line: Sheet) -> Memory:
    """Remember what the line adds to a sheet."""
    path, lines, trouble = practice_path(folder), [line], None
    try:
        with journal.locked(path.parent) as held:
            read = read_lines(path, Sheet)
            lines = [*read.entries, line]
            trouble = repaired(path, read) if held else None
            journal.add(path, msgspec.json.encode(line), held=held)
    except OSError as error:
        trouble = say("{folder} can't remember this: {reason}", folder=".grade", reason=reason_of(error))
    return msgspec.structs.replace(_folded(lines), trouble=trouble)


def _folded(lines: Iterable[Sheet]) -> Memory:
    sheets: dict[str, Sheet] = {}
    for line in lines:
        known = sheets.get(line.file)
        sheets[line.file] = known.plus(line) if known else line
    # What has no exercise is left of a file that lost the line before it.
    return Memory({file: sheet for file, sheet in sheets.items() if sheet.exercise})
