"""Puts an exercise's stub back. Nothing is lost: what stood in its place is copied first, under a dated name."""

from __future__ import annotations

import errno
import os
import time
from contextlib import suppress
from pathlib import Path

import msgspec

from grader.atomic import create_whole, write_whole
from grader.course.find import find_file
from grader.course.handout import handed_out
from grader.course.learner import backup_folder, expect_own_memory
from grader.course.mark import marked
from grader.course.model import Course, Exercise
from grader.errors import UsageError, reason_of
from grader.text import say


class Reset(msgspec.Struct, frozen=True):
    """file: where the stub is; written: whether it was not there already. kept: each file that gave way, and its
    backup."""

    file: Path
    written: bool
    kept: tuple[tuple[Path, Path], ...]


def reset(course: Course, exercise: Exercise, folder: Path, language: str) -> Reset:
    """Put the stub where the learner's file is, or where `grade init` would put it; a notebook beside it gives way too.

    Raises UsageError if a backup or the stub can't be written; then every file is where it was. Raises CourseError if
    the stub can't be cut.
    """
    stub = marked(handed_out(exercise, (language,)), course.id).encode()
    home = _home(course, exercise, folder)
    file, notebook = (home / f"{exercise.slug}{suffix}" for suffix in (".py", ".ipynb"))
    try:
        current = file.is_file() and file.read_bytes().replace(b"\r\n", b"\n") == stub
        expect_own_memory(folder)
        giving_way = [path for path in (file, notebook) if path.is_file() and not (path == file and current)]
        kept = tuple((path, _backup(path, backup_folder(folder) / exercise.id)) for path in giving_way)
        if not current:
            write_whole(file, stub)
        for path in giving_way:
            if path != file:
                path.unlink()
    except OSError as error:
        reason = reason_of(error)
        raise UsageError(
            say("{exercise} can't be reset: {reason}. Your file is where it was.", exercise=exercise.id, reason=reason)
        ) from None
    return Reset(file, not current, kept)


def _home(course: Course, exercise: Exercise, folder: Path) -> Path:
    """The folder of the file that `grade EXERCISE` would take, if that is the learner's own."""
    try:
        found = find_file(course, exercise, None).absolute()
    except UsageError:
        return folder / exercise.id
    return found.parent if found.is_relative_to(folder) else folder / exercise.id


def _backup(path: Path, folder: Path) -> Path:
    """Copy a file to `folder`, to the disk itself, under a name that no other has."""
    for parent in (folder.parent, folder):
        if os.path.islink(parent):
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(parent))
    folder.mkdir(parents=True, exist_ok=True)
    data, stamp = path.read_bytes(), time.strftime("%Y-%m-%d_%H%M%S")
    for number in range(1, 1000):
        again = f"-{number}" if number > 1 else ""
        copy = folder / f"{path.stem}.{stamp}{again}{path.suffix}"
        with suppress(FileExistsError):
            create_whole(copy, data)
            return copy
    raise FileExistsError(f"{folder}: too many backups of this second")
