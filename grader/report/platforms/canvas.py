"""One exercise's scores as Canvas's gradebook imports them.

Canvas finds the student by its own number (`ID`), else by the school's id, the login or the name, and the assignment by
the heading of its column (lib/gradebook_importer.rb in Canvas's source).
"""

from __future__ import annotations

from collections.abc import Sequence

from grader.report.graded_work import GradedWork, number_on
from grader.report.layout import visible
from grader.table import to_table

_HEADER = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
#: What stands in the first cell of the row that holds the points of the assignment.
_POINTS_POSSIBLE = "    Points Possible"


def to_canvas(exercise: str, works: Sequence[GradedWork]) -> bytes:
    """A column called `exercise` with a row for each work; UTF-8 CSV. Works whose score is no grade are left out:
    an empty cell would erase what Canvas has."""
    graded = [work for work in works if work.counts]
    most = max((work.row.max_score for work in works), default=0.0)
    points = (_POINTS_POSSIBLE, *[""] * (len(_HEADER) - 1), f"{most:g}")
    return to_table([(*_HEADER, exercise), points, *(_row(work) for work in graded)])


def _row(work: GradedWork) -> tuple[str, ...]:
    number = number_on("canvas", work.ids)
    # Where neither Canvas's number nor the school's id is known, the id that the class was graded under is one.
    sid = work.ids.get("sid") or ("" if number else work.row.student)
    who = (work.called, number, sid, work.ids.get("login", ""), "")
    return (*map(visible, who), f"{work.row.score:g}")
