"""Results in the Common Test Report Format, for what shows tests of a CI run: ctrf.json.

The format: spec/ctrf.md and schema/ctrf.schema.json of github.com's ctrf-io/ctrf. Its readers show it to learners too,
in a workflow's log, summary or comment: so it is the learner's view, and no line of it is a command to a runner.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from grader.report.feedback import explanation, overview, shown_title
from grader.report.platforms.github import harmless
from grader.report.views import learner_view
from grader.report.wording import checks_ran
from grader.result import CheckResult, Result, Status, Verdict
from grader.text import render, say

_STATUSES = ("passed", "failed", "skipped", "pending", "other")
#: A verdict or a result's status as CTRF has it; the others are failures.
_STATUS: dict[Verdict | Status, str] = {"passed": "passed", "skipped": "skipped", "grader_error": "other"}


def to_ctrf(works: Sequence[tuple[str, Result]], language: str) -> bytes:
    """One report with a test for each check of each result, and one for each submission that could not be graded.

    works: the student, "" if there is only one, and the result.
    """
    seen = [(student, learner_view(result)) for student, result in works]
    tests = [test for student, result in seen for test in _tests(student, result, language)]
    results = [result for _, result in seen]
    tool = {"name": "grade"} | ({"version": results[0].grader} if results else {})
    document = {
        "reportFormat": "CTRF",
        "specVersion": "0.0.0",
        "generatedBy": "grade",
        "results": {"tool": tool, "summary": _summary(results, tests), "tests": tests},
    }
    return msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n"


def _summary(results: Sequence[Result], tests: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """A result does not say when it was made, only how long that took: so the run starts at 0."""
    counts = Counter(test["status"] for test in tests)
    took = round(1000 * sum(result.seconds for result in results))
    score, most = sum(result.score for result in results), sum(result.max_score for result in results)
    return {
        "tests": len(tests),
        **{status: counts[status] for status in _STATUSES},
        "suites": len(results),
        "start": 0,
        "stop": took,
        "duration": took,
        "extra": {"score": round(score, 6), "max_score": most},
    }


def _tests(student: str, result: Result, language: str) -> Iterator[dict[str, Any]]:
    suite = [harmless(student), result.exercise] if student else [result.exercise]
    reason = harmless(overview(result, language))
    # Where the whole submission failed, its checks have nothing of their own to say.
    yield from (_test(suite, check, language, "" if checks_ran(result) else reason) for check in result.checks)
    if result.status != "graded":
        yield {
            "name": render(say("the submission can be graded"), language),
            "status": _STATUS.get(result.status, "failed"),
            "duration": 0,
            "suite": suite,
            "message": reason,
            "rawStatus": result.status,
        }


def _test(suite: list[str], check: CheckResult, language: str, whole: str) -> dict[str, Any]:
    message = harmless(explanation(check, language)) or ("" if check.passed else whole)
    return {
        "name": harmless(shown_title(check, language)),
        "status": _STATUS.get(check.verdict, "failed"),
        "duration": 0,  # nobody measured a check by itself
        "suite": suite,
        **({"message": message} if message else {}),
        "rawStatus": check.verdict,
        "extra": {"check": check.id, "points": check.points, "max_points": check.max_points},
    }
