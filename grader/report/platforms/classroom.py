"""Results for GitHub Classroom: step outputs that its autograding reporter reads.

Each output is base64 of a JSON document. The reporter computes a runner's points from how many of its tests passed in
one place, and from their scores in another (src/ of autograding-grading-reporter): they agree if each check is a runner
of its own, so there is an output for each besides the one for all.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Any

import msgspec

from grader.report.feedback import explanation, shown_title
from grader.report.platforms.github import harmless
from grader.report.views import learner_view
from grader.result import CheckResult, Result
from grader.text import render


def runner(exercise: str, number: int) -> str:
    """The output's name for an exercise's check, counted from 1."""
    return f"{exercise}_{number}"


def to_classroom(results: Sequence[Result], language: str) -> bytes:
    """Lines for the file $GITHUB_OUTPUT: `result` for everything, `<exercise>_<number>` for each check."""
    seen = [learner_view(result) for result in results]
    tests = {
        runner(result.exercise, number): _test(result, check, language)
        for result in seen
        for number, check in enumerate(result.checks, 1)
    }
    passed = "pass" if all(result.passed for result in seen) else "fail"
    status = passed if all(result.status == "graded" for result in seen) else "error"
    outputs = {"result": _document(list(tests.values()), status)}
    outputs |= {name: _document([test], test["status"]) for name, test in tests.items()}
    return "".join(f"{name}={text}\n" for name, text in outputs.items()).encode()


def _test(result: Result, check: CheckResult, language: str) -> dict[str, Any]:
    message = explanation(check, language)
    if not message and not check.passed and result.message is not None:
        message = render(result.message, language)
    return {
        "name": harmless(shown_title(check, language)),
        "status": "pass" if check.passed else "fail" if check.verdict in ("failed", "not_implemented") else "error",
        "score": check.points,
        "max_score": check.max_points,
        # The reporter prints it in the step's log.
        "message": harmless(message),
        "test_code": "",
        "filename": "",
        "line_no": 0,
        "duration": 0,
    }


def _document(tests: list[dict[str, Any]], status: str) -> str:
    plain = [{name: value for name, value in test.items() if name != "max_score"} for test in tests]
    document = {"version": 1, "status": status, "max_score": sum(test["max_score"] for test in tests), "tests": plain}
    return base64.b64encode(msgspec.json.encode(document)).decode()
