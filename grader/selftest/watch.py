"""Watches a run from outside: what its processes use, and which are left afterwards."""

from __future__ import annotations

import ctypes
import os
import signal
import threading
import time
from contextlib import suppress
from pathlib import Path

import msgspec

_PR_SET_CHILD_SUBREAPER = 36
_PAGE = os.sysconf("SC_PAGE_SIZE")
SECONDS = 0.25


class Measured(msgspec.Struct, frozen=True):
    """What a run used at most: memory (MiB) of one process, files (MiB) of all submissions; by how many descriptors
    a grading process grew."""

    memory_mb: int
    disk_mb: int
    descriptors: int


class Watch:
    """Looks at this process's descendants, and at a folder, a few times a second."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._memory = 0
        self._disk = 0
        self._descriptors: dict[int, list[int]] = {}
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        # Whoever outlives its parent becomes a child of this process, and is found.
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
        self._thread.start()

    def end(self) -> Measured:
        """Stop watching."""
        self._ended.set()
        self._thread.join()
        growth = max(map(_growth, self._descriptors.values()), default=0)
        return Measured(self._memory >> 20, self._disk >> 20, growth)

    def _watch(self) -> None:
        while not self._ended.wait(SECONDS):
            for pid in descendants(os.getpid()):
                with suppress(OSError, ValueError, IndexError):
                    self._look_at(pid)
            self._disk = max(self._disk, _size(self._folder))

    def _look_at(self, pid: int) -> None:
        resident = int(Path(f"/proc/{pid}/statm").read_bytes().split()[1]) * _PAGE
        self._memory = max(self._memory, resident)
        if b"grader.scorers.scorer" in Path(f"/proc/{pid}/cmdline").read_bytes():
            self._descriptors.setdefault(pid, []).append(len(os.listdir(f"/proc/{pid}/fd")))


def descendants(root: int) -> set[int]:
    """The processes below `root`."""
    parents: dict[int, int] = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            with suppress(OSError):
                fields = Path(f"/proc/{entry}/stat").read_bytes().rpartition(b")")[2].split()
                if fields[0] != b"Z":
                    parents[int(entry)] = int(fields[1])
    found: set[int] = set()
    while more := {pid for pid, parent in parents.items() if parent in found | {root}} - found:
        found |= more
    return found


def end_survivors(known: set[int]) -> int:
    """End this process's descendants but the `known`, having given them a moment; how many there were."""
    end = time.monotonic() + 3
    while (left := descendants(os.getpid()) - known) and time.monotonic() < end:
        time.sleep(0.05)
    for pid in left:
        with suppress(OSError):
            os.kill(pid, signal.SIGKILL)
    return len(left)


def _growth(counts: list[int]) -> int:
    """From the lowest of a run's second quarter to the lowest of its last."""
    quarter = len(counts) // 4
    return min(counts[-quarter:]) - min(counts[quarter : 2 * quarter]) if quarter else 0


def _size(folder: Path) -> int:
    """Bytes that files take below a folder. What is removed meanwhile counts nothing, nor do deep folders."""
    total, places = 0, [(str(folder), 0)]
    while places:
        place, depth = places.pop()
        try:
            with os.scandir(place) as entries:
                for entry in entries:
                    total += entry.stat(follow_symlinks=False).st_blocks * 512
                    if entry.is_dir(follow_symlinks=False) and depth < 3:
                        places.append((entry.path, depth + 1))
        except OSError:
            continue
    return total
