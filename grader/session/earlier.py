"""The grade that an earlier run left, for where what was handed in can't be read any more."""

from __future__ import annotations

from pathlib import Path

import msgspec

from grader.errors import GradeError
from grader.result import Result
from grader.session.results import Graded
from grader.submission.files import MAX_NOTEBOOK, read_regular
from grader.submission.folder import read_below

#: Bytes of a result: far more than one with all that a submission may print.
_MOST = 64 << 20


def earlier_result(path: Path, frame: Graded) -> Result | None:
    """The result in this file if it is a grade of this run: the same exercise, seed and device."""
    try:
        result = msgspec.json.decode(read_regular(path, _MOST, follow_links=False), type=Result)
    except (GradeError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    facts = (result.course, result.exercise, result.seed, result.device)
    same = facts == (frame.digest, frame.exercise.id, frame.seed, frame.device)
    return result if same and result.submission_sha256 and result.status != "grader_error" else None


def is_there(root: Path, path: Path) -> bool:
    """Whether the file can be read, whatever is in it."""
    try:
        read_below(root, path, MAX_NOTEBOOK)
    except GradeError:
        return False
    return True
