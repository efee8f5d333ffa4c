"""Reads and writes regular files in folders that nobody has looked at: no pipe that never answers, no link that leads
out of the folder, no more bytes than asked for."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from grader.text import Message, say

_FLAGS = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_CLOEXEC", 0)
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_KINDS = {
    stat.S_IFLNK: say("a link"),
    stat.S_IFDIR: say("a folder"),
    stat.S_IFIFO: say("a pipe"),
    stat.S_IFSOCK: say("a socket"),
}


def read_bounded(path: Path, limit: int, *, follow_links: bool = False) -> bytes:
    """The content of a regular file of at most `limit` bytes.

    Raises FileNotFoundError if there is none, OSError for what is no regular file, and for one that is larger.
    """
    # Looked at before it is opened: opening alone can make a device act.
    _expect_regular(os.stat(path, follow_symlinks=follow_links), limit)
    descriptor = os.open(path, os.O_RDONLY | _FLAGS | (0 if follow_links else _NO_LINK))
    with open(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        _expect_regular(status, limit)
        # One byte more, should it have grown since; what is asked for is allocated at once.
        content = file.read(min(status.st_size, limit) + 1)
    if len(content) > limit:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
    return content


def write_regular(path: Path, data: bytes) -> None:
    """Write a file anew. Raises OSError where a link or anything but a regular file stands in its place."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | _FLAGS | _NO_LINK, 0o666)
    with open(descriptor, "wb") as file:
        _expect_regular(os.fstat(descriptor))
        os.ftruncate(descriptor, 0)
        file.write(data)


def below(folder: Path, name: str) -> Path | None:
    """The path `name` in `folder`; None if it leads out of it: by `..`, from the root, or through a folder that is a
    link. The last part is not looked at."""
    parts = Path(name).parts
    if not parts or Path(name).is_absolute() or ".." in parts:
        return None
    path = folder
    for part in parts[:-1]:
        path = path / part
        if os.path.islink(path):
            return None
    return path / parts[-1]


def kind_of(mode: int) -> Message:
    """What a file of this mode is, where it is not a regular one."""
    return _KINDS.get(stat.S_IFMT(mode), say("a device"))


def _expect_regular(status: os.stat_result, limit: int | None = None) -> None:
    if stat.S_ISLNK(status.st_mode):
        raise OSError(errno.ELOOP, "it is a link")
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.EINVAL, "it is no regular file")
    if limit is not None and status.st_size > limit:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
