"""What each kind of reader may see of a result."""

from __future__ import annotations

import msgspec

from grader.result import CheckResult, Result


def learner_view(result: Result) -> Result:
    """The result with every hidden check reduced to its title, its verdict, its points and its named mistake."""
    checks = tuple(_reduced(check) if check.hidden else check for check in result.checks)
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
        mistake=check.mistake,
        mistake_text=check.mistake_text,
    )
