"""Results as an Autolab autograder prints them: what the learner reads, and the autoresult on the last line.

The format: "Writing Autograders" in docs/lab.md of Autolab's source; how it is read: `saveAutograde` and
`parseAutoresult` in app/helpers/assessment_autograde_core.rb there.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from grader.report.feedback import feedback
from grader.result import Result


def to_autolab(results: Sequence[Result], language: str) -> bytes:
    """The learner's view of each result, then a score for each exercise, which is a problem of the same name; UTF-8.

    There is no score where the grader failed: Autolab then keeps what it has.
    """
    scores = {result.exercise: round(result.score, 6) for result in results if result.status != "grader_error"}
    shown = "\n\n".join(feedback(result, language) for result in results)
    # Autolab takes a line of JSON before the last one for a presentation of its own: it finds an empty one.
    return f"{shown}\n\n".encode() + msgspec.json.encode({"scores": scores}) + b"\n"
