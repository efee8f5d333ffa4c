"""Results as an external grader hands them to PrairieLearn: results.json.

The format: "Grading results" in docs/externalGrading.md of PrairieLearn's source; what a learner then sees:
pl-external-grader-results.py there.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from grader.report.feedback import explanation, overview, shown_title
from grader.report.views import learner_view
from grader.report.wording import checks_ran
from grader.result import CheckResult, Result
from grader.text import render, say

#: PrairieLearn takes no larger file.
MOST_BYTES = 1_000_000
#: Of all texts of a document that is too large: in UTF-8, a character takes up to four bytes.
_MOST_CHARACTERS = MOST_BYTES // 5


def to_prairielearn(results: Sequence[Result], language: str) -> bytes:
    """One document for all results of one submission, in the learner's view; UTF-8 JSON.

    PrairieLearn counts no attempt where the work could not be read, or the grader failed.
    """
    seen = [learner_view(result) for result in results]
    data = _encoded(seen, language, None)
    if len(data) <= MOST_BYTES:
        return data
    return _encoded(seen, language, _MOST_CHARACTERS // sum(1 + len(result.checks) for result in seen))


def _encoded(seen: Sequence[Result], language: str, most: int | None) -> bytes:
    """most: characters of one text."""
    several = len(seen) > 1
    heads = [
        (f"{result.exercise}\n" if several else "") + _cut(overview(result, language), most, language)
        for result in seen
    ]
    tests = [
        _test(f"{result.exercise}: " if several else "", check, language, most)
        for result in seen
        for check in result.checks
    ]
    document = _score(seen, heads) | {"message": "\n\n".join(heads), "tests": tests}
    return msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n"


def _score(seen: Sequence[Result], heads: list[str]) -> dict[str, Any]:
    failed = any(result.status == "grader_error" for result in seen)
    if failed or all(result.status == "error" and not checks_ran(result) for result in seen):
        return {"gradable": False, "format_errors": heads}
    most = sum(result.max_score for result in seen)
    return {"gradable": True, "score": round(sum(result.score for result in seen) / most, 6) if most else 0.0}


def _test(place: str, check: CheckResult, language: str, most: int | None) -> dict[str, Any]:
    return {
        "name": place + shown_title(check, language),
        "points": check.points,
        "max_points": check.max_points,
        "message": _cut(explanation(check, language), most, language),
    }


def _cut(text: str, most: int | None, language: str) -> str:
    if most is None or len(text) <= most:
        return text
    return f"{text[:most]}\n{render(say('The rest is left out: PrairieLearn takes 1 MB.'), language)}"
