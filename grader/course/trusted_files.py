"""What of a course runs as trusted code: which files, and whether they are still the ones that were looked at.

A file whose status is as it was is not read again: a change can't keep a file's ctime. So this costs a look at each
file for a course that has not changed, at each start.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from grader.course.state import others_may_write
from grader.errors import UsageError
from grader.text import say

#: No course has more. Bytes are of all files together.
_MOST_FILES = 20_000
_MOST_BYTES = 1 << 30
_DEEPEST = 12
#: Clocks of file systems are coarse: what changed this shortly before it was read may change again unseen.
_COARSE_NS = 2_000_000_000


class Print(msgspec.Struct, frozen=True, array_like=True):
    """A file: its size, times and inode when it was read, and its SHA-256."""

    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int
    sha256: str


def look(folder: Path) -> dict[str, os.stat_result]:
    """course.toml and all below solutions/ that may run, by path relative to the course's folder.

    Left out is what Python neither imports nor runs: statements (.md), caches, and names that begin with a dot. Raises
    UsageError if there is more than a course has, or what stands in the place of a file is none.
    """
    found: dict[str, os.stat_result] = {}
    room = _MOST_BYTES
    for name, path in (("course.toml", folder / "course.toml"), *_walk(folder / "solutions", "solutions", 0, set())):
        if (status := _status(path)) is not None:
            found[name] = status
            room -= status.st_size
        if room < 0 or len(found) > _MOST_FILES:
            raise UsageError(say("{folder} holds more than a course does; is it the right folder?", folder=str(folder)))
    return found


def prints(folder: Path, known: dict[str, Print], at_ns: int) -> dict[str, Print]:
    """The course's files as they are now. known: as they were at `at_ns`; only what differs from it is read.

    Raises UsageError as `look` does, and OSError.
    """
    return {name: _print(folder / name, status, known.get(name), at_ns) for name, status in look(folder).items()}


def differing(before: dict[str, Print], now: dict[str, Print]) -> tuple[str, ...]:
    """The files that are new, gone, or hold something else."""
    old, new = ({name: file.sha256 for name, file in files.items()} for files in (before, now))
    return tuple(sorted({name for name, _ in old.items() ^ new.items()}))


def saved_here(folder: Path, name: str) -> bool:
    """Whether a file is gone, or was written by this user in its place, in folders that nobody else may write to.

    What was unpacked from an archive brings the time of its writing along, or was moved here: then its content is
    older than its place. So says the file system, and it can't be told otherwise from within an archive.
    """
    places = [folder.joinpath(*Path(name).parts[:depth]) for depth in range(len(Path(name).parts))]
    try:
        if not all(_is_own(os.lstat(place), stat.S_ISDIR) for place in places):
            return False
        status = os.lstat(folder / name)
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return _is_own(status, stat.S_ISREG) and abs(status.st_ctime_ns - status.st_mtime_ns) < _COARSE_NS


def _is_own(status: os.stat_result, is_kind: Callable[[int], bool]) -> bool:
    return is_kind(status.st_mode) and status.st_uid == os.geteuid() and not others_may_write(status)


def _walk(folder: Path, name: str, depth: int, above: set[tuple[int, int]]) -> Iterator[tuple[str, Path]]:
    """Files below a folder. A link to a folder is followed, as reading a course does, unless it leads into itself."""
    try:
        status = os.stat(folder)
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except (FileNotFoundError, NotADirectoryError):
        return
    here = (status.st_dev, status.st_ino)
    if here in above or depth > _DEEPEST:
        raise UsageError(
            say("{folder} can't be trusted: its folders lead into one another, or are too deep.", folder=str(folder))
        )
    for entry in entries:
        if entry.name.startswith(".") or entry.name == "__pycache__" or entry.name.endswith(("~", ".md")):
            continue
        if entry.is_dir():
            yield from _walk(folder / entry.name, f"{name}/{entry.name}", depth + 1, above | {here})
        else:
            yield f"{name}/{entry.name}", folder / entry.name


def _status(path: Path) -> os.stat_result | None:
    try:
        status = os.stat(path)
    except FileNotFoundError:
        return None  # a link that leads nowhere
    if not stat.S_ISREG(status.st_mode):
        raise UsageError(say("{file} can't be trusted: it is no file.", file=str(path)))
    return status


def _print(path: Path, status: os.stat_result, known: Print | None, at_ns: int) -> Print:
    facts = (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
    if known and known == Print(*facts, known.sha256) and not may_change_unseen(known, at_ns):
        return known
    return Print(*facts, _sha256(path))


def may_change_unseen(file: Print, at_ns: int) -> bool:
    """Whether a file looked at then may hold something else since, although its status is the same."""
    return file.ctime_ns >= at_ns - _COARSE_NS


def _sha256(path: Path) -> str:
    import hashlib

    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))
    with open(descriptor, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
