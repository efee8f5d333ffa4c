"""Reads regular files that nobody has looked at, and nothing else: no pipe, device or link by surprise."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from grader.course.suffixes import code_kind
from grader.errors import GradeError, SubmissionError, UsageError
from grader.text import Message, say

#: The largest notebook that is read, in bytes. Nearly all of such a file is outputs.
MAX_NOTEBOOK = 256 << 20


def shown(path: Path | str) -> str:
    """A path as it may be printed: what is not printable, or not text, is replaced."""
    return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in str(path))


def read_regular(path: Path, limit: int, *, follow_links: bool, folder: int | None = None) -> bytes:
    """The content of a regular file of at most `limit` bytes.

    folder: the open directory that holds the file, by which alone it is then found; `path` is for messages and the
    name. Raises UsageError if there is no such file or it is a folder, SubmissionError for all else that isn't one.
    """
    try:
        expect_regular(path, limit, follow_links=follow_links, folder=folder)

        def opened(name: str, flags: int) -> int:
            return _open(name, flags, follow_links, folder)

        with open(_name(path, folder), "rb", opener=opened) as file:
            # The file may have been swapped since.
            status = os.fstat(file.fileno())
            _judge(status, path, limit)
            # One byte more, should it have grown since; what is asked for is allocated at once.
            size = min(status.st_size, limit)
            content = file.read(size + 1)
    except (OSError, ValueError) as error:
        raise _unreadable(error, path, folder) from None
    if len(content) > limit:
        raise _too_large(path, len(content), limit)
    return content


def expect_regular(path: Path, limit: int | None, *, follow_links: bool, folder: int | None = None) -> None:
    """Raises as `read_regular` does, without opening anything: opening alone can block, or make a device act.

    With no limit, the size is not looked at.
    """
    try:
        status = os.stat(_name(path, folder), dir_fd=folder, follow_symlinks=follow_links)
    except (OSError, ValueError) as error:
        raise _unreadable(error, path, folder) from None
    _judge(status, path, limit)


def _name(path: Path, folder: int | None) -> str:
    return str(path) if folder is None else path.name


def _open(name: str, flags: int, follow_links: bool, folder: int | None) -> int:
    flags |= getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
    return os.open(name, flags if follow_links else flags | getattr(os, "O_NOFOLLOW", 0), dir_fd=folder)


def _judge(status: os.stat_result, path: Path, limit: int | None) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise UsageError(say("{file} is a folder; give the file in it", file=shown(path)))
    if stat.S_ISLNK(status.st_mode):
        raise SubmissionError(say("{file} is a link to another file; hand in the file itself", file=shown(path)))
    if not stat.S_ISREG(status.st_mode):
        kind = _kind(status.st_mode)
        raise SubmissionError(say("{file} is {kind}, not a file with code in it", file=shown(path), kind=kind))
    if limit is not None and status.st_size > limit:
        raise _too_large(path, status.st_size, limit)


def _kind(mode: int) -> Message:
    if stat.S_ISFIFO(mode):
        return say("a pipe")
    if stat.S_ISSOCK(mode):
        return say("a socket")
    return say("a device")


def _unreadable(error: OSError | ValueError, path: Path, folder: int | None) -> GradeError:
    if isinstance(error, PermissionError):
        return unreadable(error, path)
    if path_is_link(path, folder):
        return UsageError(say("{file} is a link that leads to no file", file=shown(path)))
    if isinstance(error, (FileNotFoundError, NotADirectoryError, ValueError)):
        return UsageError(say("there is no file {file}; check the spelling and the folder", file=shown(path)))
    return unreadable(error, path)


def unreadable(error: OSError, path: Path) -> SubmissionError:
    """What is said of a file or folder that is there and can't be read."""
    if isinstance(error, PermissionError):
        return SubmissionError(say("{file} may not be read; check its permissions", file=shown(path)))
    reason = error.strerror or type(error).__name__
    return SubmissionError(say("{file} can't be read: {reason}", file=shown(path), reason=reason))


def path_is_link(path: Path, folder: int | None = None) -> bool:
    """Whether the path itself is a symbolic link; False where it can't even be looked up. folder: as above."""
    try:
        return stat.S_ISLNK(os.stat(_name(path, folder), dir_fd=folder, follow_symlinks=False).st_mode)
    except (OSError, ValueError):
        return False


def _too_large(path: Path, size: int, limit: int) -> SubmissionError:
    fields = {"file": shown(path), "size": size / (1 << 20), "limit": limit / (1 << 20)}
    if code_kind(path.name) == ".ipynb":
        return SubmissionError(
            say(
                "{file} is {size:.1f} MiB, most of it outputs; at most {limit:.0f} MiB are read. In Jupyter choose "
                "Edit, Clear Outputs of All Cells, and save it again",
                **fields,
            )
        )
    return SubmissionError(
        say("{file} is {size:.1f} MiB; at most {limit:.0f} MiB are graded. Is it the right file?", **fields)
    )
