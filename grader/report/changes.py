"""What changed between two results of the same exercise, in words."""

from __future__ import annotations

from grader.report.wording import points
from grader.result import Result
from grader.text import Message, say

#: As many checks are named for each of the two.
_SHOWN = 4


def change_lines(before: Result, after: Result) -> list[Message]:
    """Compare two results, of which both were graded; one line says so where nothing changed."""
    passed = {check.id for check in before.checks if check.passed}
    changed = [check for check in after.checks if check.passed != (check.id in passed)]
    fixed = [say("  now passes: {title}", title=check.title) for check in changed if check.passed]
    broken = [say("  passes no more: {title}", title=check.title) for check in changed if not check.passed]
    was, now = points(before.score), points(after.score)
    if not changed:
        return [say("Since the last run: no change, {points} points", points=now)]
    head = say("Since the last run: {after} points, before {before}", before=was, after=now)
    return [head, *_some(fixed), *_some(broken)]


def _some(lines: list[Message]) -> list[Message]:
    """The first few, and how many more there are."""
    if len(lines) <= _SHOWN:
        return lines
    return [*lines[: _SHOWN - 1], say("  and {count} more", count=len(lines) - _SHOWN + 1)]
