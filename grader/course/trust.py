"""Which courses this user trusts. A course is code that runs as whoever grades, so none is used because it lies there.

A record for each, in this user's own state folder, by the course's real path: what of it runs, file by file. Nothing of
a course is read before its record is found; nothing is executed before its files are those of the record.
"""

from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path

import msgspec

from grader.course.model import Course
from grader.course.regular import read_bounded
from grader.course.state import state_folder
from grader.course.trusted_files import Print, differing, may_change_unseen, prints, saved_here
from grader.errors import UsageError, reason_of
from grader.text import Message, Text, say

_COURSES = "courses"
_MOST_BYTES = 16 << 20
_MOST_RECORDS = 10_000


class Trusted(msgspec.Struct, frozen=True, kw_only=True):
    """A record. path: real, and printable; at_ns: when its files were looked at; exercises: how many.

    edited_here: the user's own work, whose edits are accepted as `trusted_files.saved_here` tells them.
    """

    path: str
    id: str
    title: Text
    exercises: int
    edited_here: bool
    at_ns: int
    files: dict[str, Print]


class Standing(msgspec.Struct, frozen=True):
    """A trusted course today. changed: files that are not as they were trusted, nor their author's own edit."""

    changed: tuple[str, ...]
    edited_here: bool


def trust(course: Course, *, edited_here: bool | None = None) -> Trusted:
    """Record a course as it is now. edited_here: as the earlier record says if None, else no.

    Raises UsageError where no record can be kept, or the folder is no course's.
    """
    folder = course.folder.resolve()
    before = _read(folder)
    if edited_here is None:
        edited_here = before is not None and before.edited_here
    at_ns = time.time_ns()
    try:
        record = Trusted(
            path=_printable(folder),
            id=course.id,
            title=course.title,
            exercises=len(course.exercises),
            edited_here=edited_here,
            at_ns=at_ns,
            files=prints(folder, {}, at_ns),
        )
        _write(folder, record)
    except OSError as error:
        problem = say(
            "That {folder} is trusted can't be remembered: {file}: {reason}",
            folder=str(folder),
            file=str(error.filename),
            reason=reason_of(error),
        )
        raise UsageError(problem) from None
    return record


def why_not_trusted(course: Course, *, edited_here: bool | None = None) -> Message | None:
    """Record a course as `trust` does; why that failed, if so."""
    try:
        trust(course, edited_here=edited_here)
    except UsageError as error:
        return error.message
    return None


def distrust(folder: Path) -> bool:
    """Forget a course; whether it was trusted. Raises UsageError, OSError."""
    with suppress(FileNotFoundError):
        if place := _place(folder.resolve()):
            place.unlink()
            return True
    return False


def trusted_courses() -> list[Trusted]:
    """Every record that can be read, by path. Raises UsageError where the state folder is not this user's own."""
    state = state_folder()
    if state is None:
        return []
    places = sorted((state / _COURSES).glob("*.json"))[:_MOST_RECORDS]
    return sorted(filter(None, map(_decoded, places)), key=lambda record: record.path)


def standing(folder: Path) -> Standing | None:
    """How a course stands; None if it is not trusted.

    Raises UsageError where the state folder is not this user's own, or the course's folder is none any more.
    """
    folder = folder.resolve()
    record = _read(folder)
    if record is None:
        return None
    at_ns = time.time_ns()
    try:
        now = prints(folder, record.files, record.at_ns)
    except OSError as error:
        return Standing((_printable(Path(error.filename or folder)),), record.edited_here)
    changed = differing(record.files, now)
    refused = tuple(name for name in changed if not (record.edited_here and saved_here(folder, name)))
    if not refused and _is_stale(record, now):
        with suppress(OSError):  # it is looked at again next time
            _write(folder, msgspec.structs.replace(record, files=now, at_ns=at_ns))
    return Standing(refused, record.edited_here)


def trust_again(folder: Path) -> None:
    """Bring a record up to date, where there is one: its course was named on the command line or in the environment.

    What fails here changes nothing for who named the course.
    """
    with suppress(OSError, UsageError):
        folder = folder.resolve()
        record, at_ns = _read(folder), time.time_ns()
        if record is not None and _is_stale(record, now := prints(folder, record.files, record.at_ns)):
            _write(folder, msgspec.structs.replace(record, files=now, at_ns=at_ns))


def _is_stale(record: Trusted, now: dict[str, Print]) -> bool:
    """Whether looking at the course would be quicker, or say more, with a new record."""
    return now != record.files or any(may_change_unseen(file, record.at_ns) for file in now.values())


def _place(folder: Path, *, make: bool = False) -> Path | None:
    import hashlib

    state = state_folder(make=make)
    if state is None:
        return None
    return state / _COURSES / f"{hashlib.sha256(os.fsencode(folder)).hexdigest()[:32]}.json"


def _read(folder: Path) -> Trusted | None:
    place = _place(folder)
    record = _decoded(place) if place else None
    return record if record and record.path == _printable(folder) else None


def _decoded(place: Path) -> Trusted | None:
    try:
        return msgspec.json.decode(read_bounded(place, _MOST_BYTES), type=Trusted)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None  # damaged, it says nothing


def _write(folder: Path, record: Trusted) -> None:
    """Raises UsageError, OSError."""
    from grader.atomic import write_whole

    place = _place(folder, make=True)
    assert place is not None
    write_whole(place, msgspec.json.encode(record))


def _printable(folder: Path) -> str:
    return os.fsencode(folder).decode("utf-8", "backslashreplace")
