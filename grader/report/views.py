"""What each kind of reader may see of a result, and the exit status that tells programs of it."""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from grader.result import CheckResult, Result


def learner_view(result: Result) -> Result:
    """The result with every hidden check reduced to its title, its verdict, its points and its named mistake."""
    checks = tuple(_reduced(check) if check.hidden else check for check in result.checks)
    return msgspec.structs.replace(result, checks=checks)


def opened(result: Result) -> Result:
    """The result with no check hidden: whoever sees it sees all."""
    checks = tuple(msgspec.structs.replace(check, hidden=False) for check in result.checks)
    return msgspec.structs.replace(result, checks=checks)


def _reduced(check: CheckResult) -> CheckResult:
    """Built from the fields that may be seen, so that a field added later stays out until someone decides."""
    return CheckResult(
        id=check.id,
        title=check.title,
        verdict=check.verdict,
        passed=check.passed,
        points=check.points,
        max_points=check.max_points,
        hidden=True,
        mistakes=check.mistakes,
        mistake_texts=check.mistake_texts,
        part=check.part,
    )


def only(result: Result, checks: Collection[str]) -> Result:
    """What the result says of these checks, by id, as if nothing else had been graded.

    A submission that could not be graded at all stays so.
    """
    kept = tuple(check for check in result.checks if check.id in checks)
    return msgspec.structs.replace(
        result,
        checks=kept,
        parts=(),
        score=round(sum(check.points for check in kept), 6),
        max_score=round(sum(check.max_points for check in kept), 6),
        passed=result.status == "graded" and all(check.passed for check in kept),
    )


def exit_status(result: Result) -> int:
    """0 all passed, 1 some check failed, 3 the submission could not be graded, 4 the grader failed."""
    if result.status == "grader_error" or any(check.verdict == "grader_error" for check in result.checks):
        return 4
    if result.status in ("error", "limit"):
        return 3
    return 0 if result.passed else 1
