"""Runs a command and tells what it cost, with everything that it started: time, CPU time, memory. Linux only."""

from __future__ import annotations

import ctypes
import os
import resource
import statistics
import subprocess
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

PR_SET_CHILD_SUBREAPER = 36
#: How long what a command left running may take to end by itself.
ORPHAN_SECONDS = 30.0
TAIL = 3000


class Cost(msgspec.Struct, frozen=True):
    """What a command took.

    wall: seconds until it ended. cpu: seconds, user and system, of it and of all its descendants.
    peak_mb, usual_mb: the largest and the median of the samples of its tree's memory, as the sum of the proportional
    set sizes (PSS) in MiB; 0 if it was not sampled. unread: processes whose memory could not be read.
    status: its exit status. tail: the end of what it printed.
    """

    wall: float
    cpu: float
    peak_mb: float
    usual_mb: float
    unread: int
    status: int
    tail: str


def adopt_orphans() -> None:
    """Make this process the parent of every descendant whose own parent ends, so that none ends unaccounted for."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl(PR_SET_CHILD_SUBREAPER)")


def run(
    command: Sequence[str | Path],
    *,
    cwd: Path,
    env: Mapping[str, str] | None = None,
    sample_seconds: float = 0,
    orphans: bool = True,
) -> Cost:
    """Run the command to its end, and to the end of all that it started.

    orphans: whether to wait for what it left running; a warm server stays. sample_seconds: how often to look at its
    memory; 0 for never, because looking takes time from what is measured.
    This process must have adopted its orphans, and have no other child. Raises RuntimeError for one that stays.
    """
    with tempfile.TemporaryFile() as output:
        sampler = Sampler(sample_seconds)
        start = time.monotonic()
        process = subprocess.Popen(
            command, cwd=cwd, env=env, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT
        )
        if sample_seconds:
            sampler.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        cpu = _seconds(usage) + (reap_orphans() if orphans else 0)
        sampler.stop()
        output.seek(max(0, output.seek(0, os.SEEK_END) - TAIL))
        tail = output.read().decode(errors="replace")
    samples = sampler.samples or [0.0]
    return Cost(wall, cpu, max(samples), statistics.median(samples), len(sampler.unread), process.returncode, tail)


def expect(cost: Cost, status: int, what: str) -> Cost:
    """The cost of a command that ended as it should; what did something else was not measured. Raises RuntimeError."""
    if cost.status != status:
        raise RuntimeError(f"{what} ended with status {cost.status}, not {status}:\n{cost.tail}")
    return cost


def _seconds(usage: resource.struct_rusage) -> float:
    return usage.ru_utime + usage.ru_stime


def reap_orphans() -> float:
    """Wait for every adopted descendant; their CPU seconds."""
    total, end = 0.0, time.monotonic() + ORPHAN_SECONDS
    while time.monotonic() < end:
        try:
            pid, _, usage = os.wait4(-1, os.WNOHANG)
        except ChildProcessError:
            return total
        if pid:
            total += _seconds(usage)
        else:
            time.sleep(0.002)
    raise RuntimeError(f"still running after {ORPHAN_SECONDS:g} s: {descendants(os.getpid())}")


class Sampler(threading.Thread):
    """Looks at the memory of this process's descendants again and again."""

    def __init__(self, seconds: float) -> None:
        super().__init__(daemon=True)
        self.seconds = seconds
        self.samples: list[float] = []
        self.unread: set[int] = set()
        self._ended = threading.Event()

    def run(self) -> None:
        while not self._ended.wait(self.seconds):
            self.samples.append(sum(self._megabytes(pid) for pid in descendants(os.getpid())))

    def stop(self) -> None:
        """End it, if it runs."""
        self._ended.set()
        if self.is_alive():
            self.join()

    def _megabytes(self, pid: int) -> float:
        try:
            text = Path(f"/proc/{pid}/smaps_rollup").read_text()
        except (FileNotFoundError, ProcessLookupError):
            return 0.0  # it ended while we looked
        except PermissionError:
            self.unread.add(pid)
            return 0.0
        return next((int(line.split()[1]) / 1024 for line in text.splitlines() if line.startswith("Pss:")), 0.0)


def descendants(ancestor: int) -> list[int]:
    """The ids of all processes below this one, zombies included."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (parent := _parent(entry)) is not None:
            children.setdefault(parent, []).append(int(entry.name))
    found, places = [], [ancestor]
    while places:
        below = children.get(places.pop(), [])
        found += below
        places += below
    return found


def _parent(process: Path) -> int | None:
    try:
        return int((process / "stat").read_bytes().rpartition(b")")[2].split()[1])
    except (FileNotFoundError, ProcessLookupError):
        return None
