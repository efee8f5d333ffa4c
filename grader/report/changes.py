"""What changed between two results of the same exercise, in words."""

from __future__ import annotations

from grader.report.wording import points
from grader.result import CheckResult, Result
from grader.text import Message, say

#: As many checks are named for each kind of change.
_SHOWN = 4


def change_lines(before: Result, after: Result) -> list[Message]:
    """Compare two results, of which both were graded; one line says so where the same checks pass as before.

    Inputs are new in each run, so the words of two reasons differ even where nothing did: those are not compared.
    """
    old = {check.id: check for check in before.checks}
    known = [(old[check.id], check) for check in after.checks if check.id in old]
    fixed = [say("  now passes: {title}", title=now.title) for was, now in known if now.passed > was.passed]
    broken = [say("  passes no more: {title}", title=now.title) for was, now in known if now.passed < was.passed]
    other = [say("  fails in another way: {title}", title=now.title) for was, now in known if _differs(was, now)]
    if not fixed and not broken:
        return [_same(before, after, bool(other)), *_some(other)]
    head = say(
        "Since the last run: {after} points, before {before}", before=points(before.score), after=points(after.score)
    )
    return [head, *_some(broken), *_some(fixed), *_some(other)]


def _same(before: Result, after: Result, other: bool) -> Message:
    """The same checks pass. other: some of those that do not fail in another way."""
    now = points(after.score)
    if before.submission_sha256 == after.submission_sha256 and not other:
        return say("Since the last run: no change, the file is the same, {points} points", points=now)
    return say("Since the last run: the same checks pass, {points} points", points=now)


def _differs(was: CheckResult, now: CheckResult) -> bool:
    """Whether a check that passes in neither fails in a way that can be told from the other."""
    return not was.passed and not now.passed and (was.verdict, was.mistakes) != (now.verdict, now.mistakes)


def _some(lines: list[Message]) -> list[Message]:
    """The first few, and how many more there are."""
    if len(lines) <= _SHOWN:
        return lines
    return [*lines[: _SHOWN - 1], say("  and {count} more", count=len(lines) - _SHOWN + 1)]
