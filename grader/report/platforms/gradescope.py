"""Results as Gradescope's autograder hands them over: results.json.

The format: gradescope-autograders.readthedocs.io, "Autograder Specifications". Every test is visible: a single hidden
one would hide the total from the student. What a hidden check may show, its output alone decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from grader.report.feedback import explanation, overview, shown_title
from grader.report.layout import visible
from grader.report.views import learner_view
from grader.result import CheckResult, Result
from grader.text import Message, render, say


def to_gradescope(results: Sequence[Result], language: str) -> bytes:
    """One document for all results of one submission, in the learner's view; UTF-8 JSON."""
    seen = [learner_view(result) for result in results]
    several = len(seen) > 1
    tests = [
        _test(f"{place}.{number}" if several else str(number), result, check, language, several=several)
        for place, result in enumerate(seen, 1)
        for number, check in enumerate(result.checks, 1)
    ]
    heads = [(f"{result.exercise}\n" if several else "") + overview(result, language) for result in seen]
    score, seconds = sum(result.score for result in seen), sum(result.seconds for result in seen)
    return _document("\n\n".join(heads), round(score, 6), round(seconds, 3), tests, list(map(_run, seen)))


def _run(result: Result) -> dict[str, Any]:
    """What an instructor may want to know of how it was graded."""
    named = {} if result.course_title is None else {"course_id": result.course_id, "course_title": result.course_title}
    return {
        "exercise": result.exercise,
        "status": result.status,
        "seed": result.seed,
        "grader": result.grader,
        "course": result.course,
        **named,
        "confinement": result.confinement,
    }


def not_graded(reason: Message, language: str) -> bytes:
    """The document that says why nothing was graded, for where there is no result."""
    return _document(visible(render(reason, language)), 0.0, 0.0, [], [])


def _document(output: str, score: float, seconds: float, tests: list[Any], runs: list[Any]) -> bytes:
    document = {
        "score": score,
        "execution_time": seconds,
        "output": output,
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": "visible",
        # What the scripts print is for the instructor.
        "stdout_visibility": "hidden",
        "extra_data": {"runs": runs},
        "tests": tests,
    }
    return msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n"


def _test(number: str, result: Result, check: CheckResult, language: str, *, several: bool) -> dict[str, Any]:
    title = shown_title(check, language)
    name = render(say("{exercise}: {title}", exercise=result.exercise, title=title), language) if several else title
    return {
        "name": name,
        "number": number,
        "score": check.points,
        "max_score": check.max_points,
        "status": "passed" if check.passed else "failed",
        "output": explanation(check, language),
        "visibility": "visible",
        "extra_data": {"exercise": result.exercise, "check": check.id, "verdict": check.verdict},
    }
