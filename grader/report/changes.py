"""What changed between two results of the same exercise."""

from __future__ import annotations

import msgspec

from grader.report.wording import points
from grader.result import Result
from grader.text import Message, Text, say

#: As many checks are named for each of the two.
_SHOWN = 4


class Changes(msgspec.Struct, frozen=True):
    """mended, broken: titles of the checks that pass now and did not, and the other way round."""

    before: Result
    after: Result
    mended: tuple[Text, ...]
    broken: tuple[Text, ...]


def changes(before: Result, after: Result) -> Changes:
    """Compare two results, of which both were graded."""
    passed = {check.id: check.passed for check in before.checks}
    mended = tuple(check.title for check in after.checks if check.passed and not passed.get(check.id, False))
    broken = tuple(check.title for check in after.checks if not check.passed and passed.get(check.id, False))
    return Changes(before, after, mended, broken)


def change_lines(found: Changes) -> list[Message]:
    """The changes in words; one line says so where there is none."""
    was, now = points(found.before.score), points(found.after.score)
    if not found.mended and not found.broken:
        return [say("Since the last run: no change, {points} points", points=now)]
    lines = [say("Since the last run: {after} points, before {before}", before=was, after=now)]
    lines += _some([say("  now passes: {title}", title=title) for title in found.mended])
    return lines + _some([say("  passes no more: {title}", title=title) for title in found.broken])


def _some(lines: list[Message]) -> list[Message]:
    """The first few, and how many more there are."""
    if len(lines) <= _SHOWN:
        return lines
    return [*lines[: _SHOWN - 1], say("  and {count} more", count=len(lines) - _SHOWN + 1)]
