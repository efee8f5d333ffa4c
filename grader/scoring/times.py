"""When each work of a class was handed in, from what lies beside it: nbgrader's timestamp.txt, git, or the roster."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, tzinfo
from pathlib import Path

import msgspec

from grader.errors import GradeError, UsageError
from grader.intake.identity import as_text
from grader.intake.manifest import Work
from grader.intake.names import clipped
from grader.intake.roster import Listed, Roster
from grader.intake.when import When, read_when
from grader.scoring.git_times import GitTimes, git_times
from grader.submission.folder import read_below
from grader.text import join, say

#: nbgrader's file, and bytes that it may have.
_TIMESTAMP, _MOST = "timestamp.txt", 200
#: How many faults are told.
_TOLD = 5


def with_times(works: Sequence[Work], root: Path, roster: Roster | None, zone: tzinfo | None) -> tuple[Work, ...]:
    """The works with their times. A platform's own export says more than a roster, and that more than a folder.

    roster: if its times are for the exercise of these works. zone: of its times, where they name none.
    """
    with git_times() as git:
        return tuple(_timed(work, root, roster, zone, git) for work in works)


def check_roster(roster: Roster, zone: tzinfo | None) -> None:
    """Raises UsageError if it has times that can't be used, with their lines."""
    times = (_in_roster(roster, listed, zone) for listed in roster.students.values() if listed.handed_in)
    faults = [when.fault for when in times if when.fault is not None]
    if faults:
        advice = say(
            "Correct these times, or remove their column. A time without a time zone needs timezone in deadlines.toml."
        )
        more = [say("and {count} more", count=len(faults) - _TOLD)] if len(faults) > _TOLD else []
        raise UsageError(join([*faults[:_TOLD], *more, advice], "\n"))


def _in_roster(roster: Roster, listed: Listed, zone: tzinfo | None) -> When:
    return read_when(listed.handed_in, f"{roster.file}:{listed.line}", zone)


def _timed(work: Work, root: Path, roster: Roster | None, zone: tzinfo | None, git: GitTimes) -> Work:
    if work.path is None or work.when.at is not None or work.when.fault is not None:
        return work
    found = next(_sources(work, Path(work.path), root, roster, zone, git), None)
    if found is None:
        return work
    known = work.when
    when = msgspec.structs.replace(found, late=known.late, attempt=known.attempt)
    return msgspec.structs.replace(work, when=when)


def _sources(
    work: Work, path: Path, root: Path, roster: Roster | None, zone: tzinfo | None, git: GitTimes
) -> Iterator[When]:
    listed = roster.students.get(work.student) if roster else None
    if roster and listed and listed.handed_in:
        when = _in_roster(roster, listed, zone)
        # A roster's columns are not always for us: what is wrong with them is told where there are deadlines.
        yield from [when] if when.fault is None else []
    if (committed := git.of(root, path)) is not None:
        yield committed
    elif (noted := _noted(root, path)) is not None:
        yield noted


def _noted(root: Path, path: Path) -> When | None:
    """What timestamp.txt says, in UTC where it names no time zone, as nbgrader reads it."""
    file = path.parent / _TIMESTAMP
    try:
        text = read_below(root, file, _MOST).decode().strip()
    except (GradeError, UnicodeDecodeError):
        return None
    return read_when(text, clipped(as_text(str(file))), UTC) if text else None
