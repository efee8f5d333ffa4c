"""The table of a class: scores.csv, one line per submission."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self

import msgspec

from grader.report.layout import visible
from grader.report.timing import COLUMNS, Timing, columns
from grader.table import to_table
from grader.text import Message, in_every_language


class Row(msgspec.Struct, frozen=True):
    """One submission's line. `note` holds the reason or remark in English, for an instructor.

    counts: whether the score is a grade: of work that was graded, or of none by somebody who is on the list. Where it
    is not, nothing is known of the work, and no other program is given a number. score: what counts, after the
    penalty in `timing`.
    """

    student: str
    exercise: str
    score: float
    max_score: float
    status: str
    passed: bool
    checks_passed: int
    checks: int
    mistakes: str
    note: str
    submission: str
    sha256: str
    counts: bool = True
    timing: Timing = Timing()

    @classmethod
    def of(cls, student: str, exercise: str, submission: str, done: Any, note: Message | None) -> Self:
        """From a result's summary (scorers.scorer.Done)."""
        texts = (done.message, in_every_language(note) if note else None)
        notes = "; ".join(text["en"] for text in texts if text)
        counts = done.status != "grader_error" and bool(done.sha256)
        outcome = (done.score, done.max_score, done.status, done.passed, done.checks_passed, done.checks)
        return cls(student, exercise, *outcome, " ".join(done.mistakes), notes, submission, done.sha256, counts)

    def timed(self, timing: Timing) -> Self:
        """With its timing, and the points that are left."""
        return msgspec.structs.replace(self, score=timing.points, timing=timing)

    @classmethod
    def missing(cls, student: str, exercise: str, problem: Message) -> Self:
        """For what is no submission of this course at all."""
        text = in_every_language(problem)["en"]
        return cls(student, exercise, 0.0, 0.0, "error", False, 0, 0, "", text, "", "", False)


def to_csv(rows: Iterable[Row]) -> bytes:
    """UTF-8, a header, then the rows in order; no text in it is a formula to a spreadsheet (table.py).

    Control characters are spelled out; not so in the student's name, which says where the result lies.
    """
    shown = (msgspec.structs.replace(row, note=visible(row.note), submission=visible(row.submission)) for row in rows)
    table = [[_cell(value) for value in (*msgspec.structs.astuple(row)[:-1], *columns(row.timing))] for row in shown]
    return to_table([(*Row.__struct_fields__[:-1], *COLUMNS), *table])


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:g}"
    return str(value).lower() if isinstance(value, bool) else str(value)
