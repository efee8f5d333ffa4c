"""The grade that an earlier run left, for where what was handed in can't be read any more."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import msgspec

from grader.errors import GradeError
from grader.grading.results import ResultHeader
from grader.intake.identity import work_id
from grader.report.scores import Row
from grader.result import Result, read_result
from grader.submission.files import MAX_NOTEBOOK, read_regular
from grader.submission.folder import read_below

#: Bytes of a result: far more than one with all that a submission may print.
_MOST = 64 << 20


def grade_in(path: Path) -> Result | None:
    """The result in this file if it is a grade: something was handed in, and the grader did not fail on it."""
    try:
        result = read_result(read_regular(path, _MOST, follow_links=False))
    except (GradeError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    return result if result.submission_sha256 and result.status != "grader_error" else None


def earlier_result(path: Path, header: ResultHeader) -> Result | None:
    """The result in this file if it is a grade of this run: the same exercise, seed and device."""
    result = grade_in(path)
    if result is None:
        return None
    facts = (result.course, result.exercise, result.seed, result.device)
    return result if facts == (header.digest, header.exercise.id, header.seed, header.device) else None


def withdraw(out: Path, rows: Iterable[Row]) -> None:
    """Remove what an earlier run filed under another spelling of a name in `rows`: the two are one line now."""
    listed = {(row.student, row.exercise) for row in rows}
    works = {work_id(student, exercise) for student, exercise in listed}
    for path in (out / "results").glob("*/*.json"):
        student, exercise = path.parent.name, path.stem
        if (student, exercise) not in listed and work_id(student, exercise) in works:
            path.unlink()
            with suppress(OSError):  # it holds other results
                path.parent.rmdir()


def is_there(root: Path, path: Path) -> bool:
    """Whether the file can be read, whatever is in it."""
    try:
        read_below(root, path, MAX_NOTEBOOK)
    except GradeError:
        return False
    return True
