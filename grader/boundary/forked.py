"""A process that a zygote forked and that confined itself: Linux."""

from __future__ import annotations

import os
import signal
import socket
import sys
import time
from contextlib import suppress
from typing import Any

import msgspec

from grader.boundary.limit_reached import LimitKind, LimitReached
from grader.boundary.process import UntrustedProcess
from grader.boundary.zygote import Zygote
from grader.wire.channel import Channel, DeadlineExceeded, readable
from grader.worker.zygote import CANNOT_CONFINE, CONFINED, Fork

#: Seconds between looks at what no rlimit bounds: the number of threads, the files of the scratch folder and, on CUDA,
#: which reserves address space by the terabyte, memory.
WATCH_SECONDS = 0.1
MAX_THREADS = 256
MAX_SCRATCH_BYTES = 64 << 20
BLOCK = 4096
#: What a worker may hold beyond its limit: a context of CUDA's keeps some hundred MB on this side.
MEMORY_SLACK_MB = 1024
#: A request that fits any socket buffer is written before the process exists.
EARLY_BYTES = 64 * 1024
POST_SECONDS = 60.0


class ForkedProcess(UntrustedProcess):
    """A child of the zygote. It is asked for at once and may start later: `channel` waits for it."""

    def __init__(self, zygote: Zygote, order: Fork, *, output_kb: int) -> None:
        super().__init__(output_kb=output_kb)
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        self._output_fd, output = os.pipe()
        os.set_blocking(self._output_fd, False)
        self._output_open = True
        self._zygote = zygote
        self._order = order
        self._channel = Channel(ours)
        self._theirs: tuple[socket.socket, int] | None = (theirs, output)
        self._confined = False
        self._pid = 0
        self._pidfd = -1
        zygote.post_fork(order, theirs, output)

    @property
    def channel(self) -> Channel:
        if self._theirs is not None:
            theirs, output = self._theirs
            self._theirs = None
            try:
                self._pid, self._pidfd = self._zygote.forked(self._order, theirs, output)
            finally:
                theirs.close()
                os.close(output)
        return self._channel

    def post(self, request: Any, buffers: list[memoryview]) -> None:
        size = len(msgspec.json.encode(request)) + sum(buffer.nbytes for buffer in buffers)
        channel = self._channel if size < EARLY_BYTES else self.channel
        channel.send(request, buffers, time.monotonic() + POST_SECONDS)

    def _await_reply(self, deadline: float) -> None:
        channel = self._channel.fileno()
        looked = time.monotonic()
        while True:
            # A submission may close its standard output: polling that pipe would then report its end for ever.
            pipes = [self._output_fd] if self._output_open else []
            ready = readable([channel, *pipes], min(deadline, time.monotonic() + WATCH_SECONDS))
            self.drain()
            if channel in ready and (self._confined or not self._now_confined()):
                return
            now = time.monotonic()
            if now >= deadline:
                raise DeadlineExceeded
            if now - looked >= WATCH_SECONDS:
                looked = now
                self._watch()

    def _now_confined(self) -> bool:
        """Read what a worker sends before it runs anything of a submission's; False if it has hung up."""
        with suppress(OSError):
            self._confined = os.read(self._channel.fileno(), 1) == CONFINED
        return self._confined

    def _watch(self) -> None:
        """End a worker that starts threads or fills its folder without end, or that nobody waits for any more."""
        if self.abandoned():
            raise self.end("not_run")
        if _threads(self._pid) > MAX_THREADS:
            raise self.end("threads", amount=MAX_THREADS)
        if _size(self._order.scratch) > MAX_SCRATCH_BYTES:
            raise self.end("disk", amount=MAX_SCRATCH_BYTES >> 20)
        if _own_mb(self._pid) > self._order.memory_mb + MEMORY_SLACK_MB:
            raise self.end("memory", amount=self._order.memory_mb)

    def drain(self) -> None:
        while self._output_open:
            try:
                chunk = os.read(self._output_fd, 1 << 16)
            except BlockingIOError:
                return
            if not chunk:
                self._output_open = False
                return
            self._printed(chunk)

    def _ended(self) -> LimitReached:
        if not readable([self._pidfd], time.monotonic() + 0.5):
            return self.end("protocol", detail="it closed its channel")
        self.drain()
        status = self._reap()
        if status is None:
            return LimitReached("lost")
        if os.WIFSIGNALED(status):
            number = os.WTERMSIG(status)
            kind: LimitKind = "time" if number == signal.SIGXCPU else "crash"
            return LimitReached(kind, amount=self._order.cpu_seconds, signal=signal.Signals(number).name)
        code = os.WEXITSTATUS(status)
        if code == CANNOT_CONFINE and not self._confined:
            return LimitReached("lost", detail=bytes(self.output).decode(errors="replace"))
        return self._left(code)

    def stop(self) -> None:
        if self.alive and self._pidfd >= 0:
            self._signal()

    def _signal(self) -> None:
        if sys.platform != "linux":
            raise OSError("only Linux has this")
        signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)

    def _kill(self) -> None:
        try:
            _ = self.channel  # one that was asked for and never used must start before it can be ended
        except Exception:
            self.alive = False  # it never did
        else:
            self._reap()

    def _reap(self) -> int | None:
        if not self.alive:
            return None
        self.alive = False
        os.close(self._output_fd)
        if self._pidfd < 0:
            return None  # it never started
        self._signal()
        reaped = self._zygote.reap(self._pid)
        os.close(self._pidfd)
        self._output_open = False
        self._channel.close()
        if reaped is None:
            return None
        self.cpu_seconds, self.peak_kb = reaped.seconds, reaped.peak_kb
        return reaped.status


def _threads(pid: int) -> int:
    try:
        with open(f"/proc/{pid}/stat", "rb") as file:
            return int(file.read().rpartition(b")")[2].split()[17])
    except OSError:
        return 0  # it has just ended; the channel will say so


def _own_mb(pid: int) -> int:
    """Memory that the process has for itself, without what it maps of files."""
    try:
        with open(f"/proc/{pid}/status", "rb") as file:
            fields = dict(line.split(b":", 1) for line in file if line.startswith((b"RssAnon", b"RssShmem")))
    except OSError:
        return 0  # it has just ended
    return sum(int(value.split()[0]) for value in fields.values()) >> 10


def _size(folder: str) -> int:
    """Bytes in a folder, every file and folder counted as a block at least; what is removed meanwhile counts nothing.

    A folder that can't be looked into, being locked or too deep for a path, counts as too much.
    """
    total, folders = 0, [folder]
    while folders and total <= MAX_SCRATCH_BYTES:
        try:
            with os.scandir(folders.pop()) as entries:
                for entry in entries:
                    total += BLOCK
                    with suppress(FileNotFoundError):
                        total += entry.stat(follow_symlinks=False).st_size
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(entry.path)
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError:
            return MAX_SCRATCH_BYTES + 1
    return total
