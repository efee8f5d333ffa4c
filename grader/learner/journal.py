"""A file of lines that is only ever added to, by several processes at once, on a disk that may be full.

Whoever writes holds a lock on the file's folder. A line is there whole or not at all. The folder may have come from
anybody: neither it nor the file is followed where it is a link, and nothing but a regular file is read or written.
"""

from __future__ import annotations

import errno
import os
import stat
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from grader.atomic import create_whole, write_whole

#: Seconds to wait for the lock. Who holds it writes one line; one that was stopped in the midst must not stop others.
_PATIENCE = 2.0
#: A larger file is nothing that we wrote.
_MOST_BYTES = 16 * 2**20


@contextmanager
def locked(folder: Path) -> Iterator[bool]:
    """Hold the folder's lock; False where it can't be had, which leaves adding as the one safe thing to do.

    Raises OSError if the folder can't be opened.
    """
    # The folder itself is locked, so that no second file lies about, and replacing the file does no harm.
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC | os.O_NOFOLLOW)
    try:
        yield _lock(descriptor)
    finally:
        os.close(descriptor)


def _lock(descriptor: int) -> bool:
    import fcntl

    end = time.monotonic() + _PATIENCE
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        except BlockingIOError:
            if time.monotonic() > end:
                return False
            time.sleep(0.005)
        except OSError:
            return False  # a file system without locks on folders


def read(path: Path) -> bytes:
    """What is in the file; nothing if there is none. Raises OSError, for what is no file and for one that is too large
    as well."""
    try:
        # What stands in its place may be a pipe that nobody writes to.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOFOLLOW)
    except FileNotFoundError:
        return b""
    with open(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise OSError(errno.EINVAL, "not a file")
        if status.st_size > _MOST_BYTES:
            raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
        return file.read()


def add(path: Path, line: bytes, *, held: bool) -> None:
    """Add a line. held: whether the lock is. Raises OSError, and then no part of the line is left if it is."""
    flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOFOLLOW
    descriptor = os.open(path, flags, 0o644)
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise OSError(errno.EINVAL, "not a file")
        size = status.st_size
        # The line before may lack its end: an editor left it off, or a process was killed.
        begun = size > 0 and os.pread(descriptor, 1, size - 1) != b"\n"
        data = b"\n" * begun + line + b"\n"
        try:
            if os.write(descriptor, data) < len(data):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        except OSError:
            with suppress(OSError):
                if held:
                    os.ftruncate(descriptor, size)
            raise
    finally:
        os.close(descriptor)


def rewrite(path: Path, lines: Sequence[bytes]) -> None:
    """Put these lines in the place of all that is there. Only with the lock held. Raises OSError."""
    write_whole(path, b"".join(line + b"\n" for line in lines))


def set_aside(path: Path, data: bytes) -> Path:
    """Keep a copy of what the file holds beside it; returns where. Raises OSError."""
    aside = path.with_name(f"{path.stem}-broken-{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}{path.suffix}")
    create_whole(aside, data)
    return aside
