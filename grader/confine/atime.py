"""Keeps access times still: what one worker reads must not show in the `stat` of a later one.

Most file systems note when a file is read, a folder listed or a link followed, if the time they hold is older than a
day or than the last change (relatime). Any worker can look at these times, so the first to be given a hidden check's
inputs could leave them there for the next. Two remedies: a mount namespace in which no access is noted, for which it
takes a privilege; and `settle`, which has every access noted in advance, so that another changes nothing for a day.
"""

from __future__ import annotations

import ctypes
import itertools
import os
import stat
import sys
import time
from collections.abc import Container, Iterable, Iterator
from contextlib import suppress

from grader.confine import system

#: For how long, at least, settled times stay as they are: of the 24 hours of relatime, what is older is renewed.
SETTLED_SECONDS = 12 * 3600.0

#: Where most links lie that a worker may follow although it may read nothing there: Landlock does not see that.
LINKS = ("/etc", "/usr", sys.prefix)

_CLONE_NEWNS = 0x20000
_MS_REC, _MS_SLAVE = 0x4000, 0x80000
_AT_RECURSIVE = 0x8000
_MOUNT_ATTR_NOATIME, _MOUNT_ATTR_ATIME = 0x10, 0x70
#: Its number is the same on every architecture. Since Linux 5.12; Landlock is younger.
_MOUNT_SETATTR = 442
_CAP_SYS_ADMIN = 21
#: File systems of the kernel's own: reading a file there may do something, and is not noted; listing a folder is.
_KERNELS = ("/proc", "/sys", "/dev")


def may_hold_still() -> bool:
    """Whether this process seems to have the privilege that `hold_still` takes."""
    if sys.platform != "linux" or not system.machine():
        return False
    with open("/proc/self/status", encoding="ascii") as status:
        effective = next((line.split()[1] for line in status if line.startswith("CapEff:")), "0")
    return bool(int(effective, 16) >> _CAP_SYS_ADMIN & 1)


def hold_still() -> bool:
    """Give this process, and what it forks from now on, mounts of its own that note no access; False if it may not.

    What is mounted later outside appears here too, and is not covered. For a process with one thread.
    """
    if not may_hold_still():
        return False
    root, attributes = ctypes.c_char_p(b"/"), (ctypes.c_uint64 * 4)(_MOUNT_ATTR_NOATIME, _MOUNT_ATTR_ATIME, 0, 0)
    if system.library().unshare(_CLONE_NEWNS) != 0:
        return False
    # What is mounted or unmounted outside still reaches these mounts; nothing goes the other way.
    if system.library().mount(None, root, None, ctypes.c_ulong(_MS_REC | _MS_SLAVE), None) != 0:
        return False
    start = ctypes.cast(root, ctypes.c_void_p).value or 0
    size = ctypes.sizeof(attributes)
    return system.attempt(_MOUNT_SETATTR, -1, start, _AT_RECURSIVE, ctypes.addressof(attributes), size) == 0


def settle(paths: Iterable[str], *, links: Iterable[str] = LINKS) -> int:
    """Have an access noted of all that lies at `paths`, and of the links at `links`; how many could have shown one.

    What this process may not read, no worker of its user may either. No help where each access is noted (strictatime).
    """
    old = time.time_ns() - int(SETTLED_SECONDS * 1e9)
    whole = frozenset(paths)
    found = [_below(path) for path in whole] + [_below(path, only_links=True, but=whole) for path in links]
    changed = 0
    for path, status in itertools.chain.from_iterable(found):
        if status.st_atime_ns <= max(status.st_mtime_ns, status.st_ctime_ns, old):
            with suppress(OSError):
                _access(path, status)
                changed += 1
    return changed


def _below(root: str, *, only_links: bool = False, but: Container[str] = ()) -> Iterator[tuple[str, os.stat_result]]:
    """`root` and what lies below it, links as links; not the folders `but` and what they hold."""
    folders = []
    with suppress(OSError):
        yield root, os.lstat(root)
        folders = [root] if os.path.isdir(root) else []
    while folders:
        for entry in _entries(folders.pop()):
            with suppress(OSError):
                if entry.is_dir(follow_symlinks=False) and entry.path not in but:
                    folders.append(entry.path)
                if entry.is_symlink() or not only_links:
                    yield entry.path, entry.stat(follow_symlinks=False)


def _entries(folder: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError:
        return []


def _access(path: str, status: os.stat_result) -> None:
    if stat.S_ISLNK(status.st_mode):
        os.readlink(path)
    elif stat.S_ISDIR(status.st_mode):
        os.listdir(path)
    elif stat.S_ISREG(status.st_mode) and not path.startswith(_KERNELS):
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            os.pread(descriptor, 1, status.st_size)  # an access to no byte: nothing has to come from the disk
            if os.fstat(descriptor).st_atime_ns == status.st_atime_ns:
                os.read(descriptor, 1)
        finally:
            os.close(descriptor)
