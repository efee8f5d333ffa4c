"""Results as an external grader hands them to PrairieLearn: results.json.

The format: "Grading results" in docs/externalGrading.md of PrairieLearn's source; what a learner then sees:
pl-external-grader-results.py there.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from grader.report.feedback import explanation, overview, shown_title
from grader.report.layout import visible
from grader.report.views import learner_view
from grader.report.wording import checks_ran, in_one_line
from grader.result import CheckResult, Result
from grader.text import render, say

#: PrairieLearn takes no larger file.
MOST_BYTES = 1_000_000


def to_prairielearn(results: Sequence[Result], language: str) -> bytes:
    """One document for all results of one submission, in the learner's view; UTF-8 JSON.

    PrairieLearn counts no attempt where the work could not be read, or the grader failed.
    """
    seen = [learner_view(result) for result in results]
    several = len(seen) > 1
    heads = [(f"{result.exercise}\n" if several else "") + overview(result, language) for result in seen]
    verdict = _graded(seen, language) if _is_gradable(seen) else _not_graded(seen, language)
    document = verdict | {"message": "\n\n".join(heads)}
    data = _encoded(document)
    return data if len(data) <= MOST_BYTES else _encoded(_shortened(document, language))


def _is_gradable(seen: Sequence[Result]) -> bool:
    if any(result.status == "grader_error" for result in seen):
        return False
    return any(result.status != "error" or checks_ran(result) for result in seen)


def _not_graded(seen: Sequence[Result], language: str) -> dict[str, Any]:
    reasons = (render(result.message or in_one_line(result), language) for result in seen)
    return {"gradable": False, "format_errors": [" ".join(visible(reason).split()) for reason in reasons], "tests": []}


def _graded(seen: Sequence[Result], language: str) -> dict[str, Any]:
    score, most = sum(result.score for result in seen), sum(result.max_score for result in seen)
    places = [f"{result.exercise}: " if len(seen) > 1 else "" for result in seen]
    tests = [
        _test(place, check, language) for place, result in zip(places, seen, strict=True) for check in result.checks
    ]
    return {"gradable": True, "score": round(score / most, 6) if most else 0.0, "tests": tests}


def _test(place: str, check: CheckResult, language: str) -> dict[str, Any]:
    return {
        "name": place + shown_title(check, language),
        "points": check.points,
        "max_points": check.max_points,
        "message": explanation(check, language),
    }


def _encoded(document: dict[str, Any]) -> bytes:
    return msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n"


def _shortened(document: dict[str, Any], language: str) -> dict[str, Any]:
    """The document with its texts cut: each gets the same room, since in UTF-8 a character takes up to four bytes."""
    errors = document.get("format_errors", [])
    most = MOST_BYTES // 5 // (1 + len(document["tests"]) + len(errors))
    note = render(say("The rest is left out: PrairieLearn takes 1 MB."), language)

    def cut(text: str) -> str:
        return text if len(text) <= most else f"{text[:most]}\n{note}"

    tests = [test | {"message": cut(test["message"])} for test in document["tests"]]
    shorter = {"message": cut(document["message"]), "tests": tests}
    return document | shorter | ({"format_errors": [*map(cut, errors)]} if errors else {})
