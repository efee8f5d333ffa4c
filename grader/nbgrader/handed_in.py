"""The time at which something was handed in: nbgrader's timestamp.txt, in folders that students may have made."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from grader.atomic import write_whole
from grader.errors import GradeError
from grader.submission.files import path_is_link
from grader.submission.folder import read_below

_NAME = "timestamp.txt"
_MOST_BYTES = 200


def handed_in_at(folder: Path) -> datetime | None:
    """The time in a submission's folder, in UTC and without a time zone; None if there is none that can be read."""
    from nbgrader.utils import parse_utc

    student = folder.parent
    try:
        text = read_below(student.parent, Path(student.name, folder.name, _NAME), _MOST_BYTES).decode().strip()
        time = parse_utc(text) if text else None
    except (GradeError, UnicodeDecodeError, ValueError, OverflowError):
        return None
    assert time is None or isinstance(time, datetime)
    return time


def note_time(course: Path, student: str, assignment: str, time: datetime) -> None:
    """Write the time into autograded/, and into submitted/ where none is noted.

    formgrader shows a score only if the time in submitted/ is the gradebook's; `nbgrader generate_feedback` makes a
    page anew only if the time in autograded/ is later than the page's.
    """
    text = f"{time:%Y-%m-%d %H:%M:%S.%f} UTC\n".encode()
    write_whole(course / "autograded" / student / assignment / _NAME, text)
    folder = course / "submitted" / student / assignment
    place = folder / _NAME
    if not any(map(path_is_link, (folder.parent, folder, place))) and not place.exists():
        write_whole(place, text)
