"""Runs inside Gradescope's container: grades /autograder/submission and writes /autograder/results/results.json.

Whatever happens, that file is there and valid, and a fault of the grader is told as one.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

import msgspec

from grader.atomic import write_whole
from grader.course.find import course_in
from grader.errors import GradeError
from grader.pack.contents import COURSE, SETTINGS, PackSettings, not_started
from grader.pack.handed_in import grade_handed_in
from grader.report.platforms.gradescope import not_graded, to_gradescope
from grader.result import Result
from grader.text import render


class _Assignment(msgspec.Struct, frozen=True):
    title: str = ""
    total_points: float | str = ""


class _Metadata(msgspec.Struct, frozen=True):
    """What is used of submission_metadata.json."""

    id: int | str = ""
    assignment: _Assignment = _Assignment()


def main(root: Path) -> int:
    """Grade; the exit status is for the instructor's log. What is printed here, learners don't see."""
    language = "en"
    status = 0
    try:
        language = msgspec.json.decode((root / "source" / SETTINGS).read_bytes(), type=PackSettings).language
        results = grade_handed_in(root / "submission", course_in(root / "source" / COURSE))
        _log(results, _metadata(root / "submission_metadata.json"))
        document = to_gradescope(results, language)
    except Exception as error:
        traceback.print_exc()
        if isinstance(error, GradeError):
            print(render(error.message, "en"))
        document, status = not_graded(not_started(), language), 4
    write_whole(root / "results" / "results.json", document)
    return status


def _metadata(path: Path) -> _Metadata:
    """Empty where the file is missing or of another form: no grade depends on it."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=_Metadata, strict=False)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        print(f"submission_metadata.json: {error}")
        return _Metadata()


def _log(results: Sequence[Result], metadata: _Metadata) -> None:
    print(f"submission {metadata.id} of {metadata.assignment.title!r}")
    for result in results:
        print(
            f"{result.exercise}: {result.score:g} of {result.max_score:g}, {result.status}, "
            f"{result.confinement or 'not run'}, seed {result.seed}, {result.submission!r}"
        )
    most = sum(result.max_score for result in results)
    if metadata.assignment.total_points not in ("", most) and str(metadata.assignment.total_points) != f"{most:.1f}":
        print(
            f"The assignment has {metadata.assignment.total_points} points at Gradescope, but these exercises have "
            f"{most:g}: set it to that, or points for manual grading are meant to make up the difference."
        )


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
