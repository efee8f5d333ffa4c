"""The exit status of `grade EXERCISE`."""

from __future__ import annotations

from grader.result import Result


def exit_status(result: Result) -> int:
    """0 all passed, 1 some check failed, 3 the submission could not be graded, 4 the grader failed."""
    if result.status == "grader_error" or any(check.verdict == "grader_error" for check in result.checks):
        return 4
    if result.status in ("error", "limit"):
        return 3
    return 0 if result.passed else 1
