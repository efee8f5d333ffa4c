"""Courses that were read before, for processes forked from this one: reading one takes ten times as long as a look at
whether any of its files is another one now."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from grader.course.model import Course
from grader.course.read import read_course
from grader.errors import GradeError

#: Path of a file, and its times of change, size and number; of one of which only the name matters, nothing else.
_Fact = tuple[str, tuple[int, ...]]
_ONLY_NAMED = (".py", ".md")
#: Seconds. A file that was written less long ago may be written again and look the same: the system's clock is coarse.
_SETTLED = 2.0

_known: dict[Path, tuple[list[_Fact], Course]] = {}


def read_ahead(folder: Path) -> None:
    """Read the course in a folder for later, unless it can't be read or was written to just now."""
    with suppress(GradeError, OSError):  # whoever asks for it is told
        before = _facts(folder)
        course = read_course(folder)
        newest = max((times[0] for _, times in before if times), default=0)
        if newest < (time.time() - _SETTLED) * 1e9:
            _known[folder] = before, course


def course_at(folder: Path) -> Course:
    """The course in a folder. Raises what `read_course` does."""
    if folder in _known:
        before, course = _known[folder]
        with suppress(OSError):
            if _facts(folder) == before:
                return course
    return read_course(folder)


def _facts(folder: Path) -> list[_Fact]:
    """All that reading a course depends on. Raises OSError."""
    found = [fact for fact in _below(str(folder)) if fact[0].endswith(".toml")]
    with os.scandir(folder / "solutions") as entries:
        for entry in entries:
            found += _below(entry.path) if entry.is_dir() else []
    return sorted(found)


def _below(folder: str) -> Iterator[_Fact]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(_ONLY_NAMED) or not entry.is_file():
                yield f"{entry.path}{'' if entry.is_file() else os.sep}", ()
            else:
                status = entry.stat()
                yield entry.path, (status.st_ctime_ns, status.st_mtime_ns, status.st_size, status.st_ino)
