"""One exercise's scores as Moodle's grading worksheet, which an assignment imports.

Moodle finds the student by the number in `Identifier`, and takes `Grade` and the feedback
(mod/assign/feedback/offline in Moodle's source); its gradebook imports the same file by any of the other ids.
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from grader.report.feedback import feedback
from grader.report.graded_work import GradedWork, number_on
from grader.report.layout import visible
from grader.table import html_cell, to_table

_HEADER = (
    *("Identifier", "Full name", "ID number", "Username", "Email address"),
    *("Grade", "Maximum Grade", "Last modified (grade)", "Feedback comments"),
)


def to_moodle(works: Sequence[GradedWork], language: str) -> bytes:
    """A row for each work, with the learner's copy of the report as feedback; UTF-8 CSV.

    Works whose score is no grade are left out: Moodle keeps what it has.
    """
    return to_table([_HEADER, *(_row(work, language) for work in works if work.counts)])


def _row(work: GradedWork, language: str) -> tuple[str, ...]:
    number, sid = number_on("moodle", work.ids), work.ids.get("sid") or work.row.student
    who = (work.called, sid, work.ids.get("login", ""), work.ids.get("email", ""))
    return (
        f"Participant {number}" if number else "",
        *map(visible, who),
        # Nothing was graded by hand: Moodle takes a time that is empty, as its own "-", for never.
        f"{work.row.score:g}",
        f"{work.row.max_score:g}",
        "",
        # Moodle takes feedback for HTML.
        html_cell(Markup("<pre>{}</pre>").format(feedback(work.charged, language))),
    )
