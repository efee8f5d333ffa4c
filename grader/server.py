"""The warm server: has PyTorch, pytest and the grader imported, and runs each command line that it is asked for in a
child forked for it, on its caller's own terminal, in its caller's folder and environment.

It is one user's, and lives for one state of the program and of the environment. It holds no course, no seed and no
submission: a child reads the course as a cold run does. Of submissions' processes it has two zygotes, forked anew for
every command, so that nothing a submission does outlives it.
"""

from __future__ import annotations

import fcntl
import functools
import gc
import importlib
import os
import selectors
import signal
import socket
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from io import BufferedWriter, FileIO, TextIOWrapper
from pathlib import Path
from typing import NoReturn

import msgspec

from grader.boundary import launch
from grader.cli.health import memory_gib
from grader.confine.system import PR_SET_PDEATHSIG, prctl
from grader.warm.client import MAX_PACKET, READY, STALE, STATE, STOP, STOPPING, hash_of, same_user
from grader.warm.key import key
from grader.warm.place import folder, socket_path
from grader.worker.zygote import Clone

IDLE_SECONDS = 600.0
#: Below this much free memory (GiB) the server leaves it to others.
LEAST_GIB = 2.0
LOOK_SECONDS = 20.0
#: How long a client may take over what it has to say.
CLIENT_SECONDS = 0.5
#: How long a command may take to end after its caller is gone.
GRACE_SECONDS = 3.0

#: What grading imports, PyTorch first.
MODULES = (
    "torch", "pytest", "_pytest.helpconfig", "_pytest.skipping", "_pytest._argcomplete", "tomllib",
    "encodings.utf_8_sig", "click", "rich.console", "grader.cli.main", "grader.cli.verbs.grade",
    "grader.grading.grade", "grader.grading.suite", "grader.checks.context", "grader.checks.exercise",
    "grader.report.terminal", "grader.report.status", "grader.report.views", "grader.boundary.submission_run",
    "grader.boundary.forked", "grader.learner.record", "grader.learner.progress", "grader.cli.closing",
)  # fmt: skip


class Call(msgspec.Struct):
    """A command that runs. ends: when it is killed, its caller having gone."""

    pid: int
    pidfd: int
    connection: socket.socket
    ends: float = float("inf")


def main(expected: str) -> NoReturn:
    """Serve until idle, short of memory, or out of date. expected: the short form of the key of whoever left us."""
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    os.chdir("/")
    place = folder()
    if place is None or str(hash_of(key())) != expected or not _enough_memory():
        os._exit(0)
    path = socket_path(place)
    lock = os.open(f"{path}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os._exit(0)  # another one serves, or is about to
    Server(path).run()
    os._exit(0)


class Server:
    """The listening socket, the zygotes that are cloned for every command, and the commands that run."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.key = key()
        self.started = self.used = time.monotonic()
        self.runs = 0
        self.calls: dict[int, Call] = {}
        self.over = False

    def run(self) -> None:
        """Get warm, then answer."""
        zygotes = launch.spawn(launch.WORKER, launch.READER)
        self.zygotes = {kind: control for kind, (_, control) in zygotes.items()}
        _get_warm()
        if len(os.listdir("/proc/self/task")) != 1 or key() != self.key:
            return  # a fork would hang, or what was imported is neither the old nor the new
        self.selector = selectors.DefaultSelector()
        for control in self.zygotes.values():
            self.selector.register(control, selectors.EVENT_READ, functools.partial(self._zygote_spoke, control))
        self._listen()
        signal.signal(signal.SIGTERM, lambda *_: setattr(self, "over", True))
        try:
            while self._go_on():
                for found, _ in self.selector.select(self._patience()):
                    act: Callable[[], None] = found.data
                    act()
        finally:
            self._unlink()
            for call in self.calls.values():
                os.kill(call.pid, signal.SIGKILL)

    # -- to be or not to be --------------------------------------------------------------------------------------

    def _go_on(self) -> bool:
        now = time.monotonic()
        for call in self.calls.values():
            if now > call.ends:
                os.kill(call.pid, signal.SIGKILL)
        if self.calls:
            return True
        return not self.over and now - self.used < IDLE_SECONDS and _enough_memory() and self._has_its_place()

    def _patience(self) -> float:
        return 0.5 if any(call.ends != float("inf") for call in self.calls.values()) else LOOK_SECONDS

    def _listen(self) -> None:
        """The socket appears at its place only once somebody listens."""
        self.listener = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        fresh = f"{self.path}.new"
        Path(fresh).unlink(missing_ok=True)
        before = os.umask(0o077)
        self.listener.bind(fresh)
        os.umask(before)
        self.listener.listen(8)
        self.listener.setblocking(False)
        self._inode = os.stat(fresh).st_ino
        os.rename(fresh, self.path)
        self.selector.register(self.listener, selectors.EVENT_READ, self._accept)

    def _has_its_place(self) -> bool:
        try:
            return os.stat(self.path).st_ino == self._inode
        except OSError:
            return False

    def _unlink(self) -> None:
        if self._has_its_place():
            os.unlink(self.path)

    # -- clients -------------------------------------------------------------------------------------------------

    def _accept(self) -> None:
        try:
            connection, _ = self.listener.accept()
        except OSError:
            return
        connection.settimeout(CLIENT_SECONDS)
        try:
            kept = self._converse(connection)
        except (OSError, ValueError):
            kept = False
        if not kept:
            connection.close()

    def _converse(self, connection: socket.socket) -> bool:
        """Answer a client; True if its command runs now, and its connection is to be kept."""
        pid = same_user(connection)
        if pid is None or not _as_free(pid):
            return False
        hello = connection.recv(MAX_PACKET)
        if hello == STATE:
            facts = {"pid": os.getpid(), "seconds": int(time.monotonic() - self.started), "runs": self.runs}
            connection.send("\n".join(f"{name}={value}" for name, value in facts.items()).encode())
            return False
        if hello == STOP or hello != self.key or self.over:
            self.over = True
            self._unlink()
            connection.send(STOPPING if hello == STOP else STALE)
            return False
        connection.send(READY)
        request, descriptors, _, _ = socket.recv_fds(connection, MAX_PACKET, 4)
        try:
            if request and len(descriptors) == 4:
                self._start(connection, request, descriptors)
                return True
        finally:
            for descriptor in descriptors:
                os.close(descriptor)
        return False

    def _start(self, connection: socket.socket, request: bytes, descriptors: list[int]) -> None:
        if sys.platform != "linux":
            raise OSError("only Linux has this")
        clones = {kind: _clone(control) for kind, control in self.zygotes.items()}
        parent = os.getpid()
        pid = os.fork()
        if pid == 0:
            try:
                self._let_go(connection)
                _become(request, descriptors, clones, parent)
            finally:
                os._exit(4)
        for clone in clones.values():
            clone.close()
        self.used = time.monotonic()
        self.runs += 1
        call = self.calls[pid] = Call(pid, os.pidfd_open(pid), connection)
        connection.setblocking(False)
        self.selector.register(call.pidfd, selectors.EVENT_READ, lambda: self._ended(call))
        self.selector.register(connection, selectors.EVENT_READ, lambda: self._client_spoke(call))

    def _let_go(self, connection: socket.socket) -> None:
        """In the child: close what is the server's."""
        self.selector.close()
        others = (call.connection for call in self.calls.values())
        for each in (self.listener, *self.zygotes.values(), connection, *others):
            each.close()
        for call in self.calls.values():
            os.close(call.pidfd)

    def _client_spoke(self, call: Call) -> None:
        if call.pid not in self.calls:
            return  # it has ended at this very moment
        try:
            packet = call.connection.recv(MAX_PACKET)
        except BlockingIOError:
            return
        except OSError:
            packet = b""
        number = signal.SIGTERM
        if packet.isdigit() and int(packet) in (signal.SIGINT, signal.SIGTERM):
            number = signal.Signals(int(packet))
        if not packet:
            self.selector.unregister(call.connection)
            call.ends = time.monotonic() + GRACE_SECONDS
        os.kill(call.pid, number)

    def _ended(self, call: Call) -> None:
        _, status = os.waitpid(call.pid, 0)
        del self.calls[call.pid]
        self.selector.unregister(call.pidfd)
        os.close(call.pidfd)
        if call.ends == float("inf"):
            self.selector.unregister(call.connection)
        self.used = time.monotonic()
        try:
            # One that a signal ended told nobody how it went: its caller then runs cold.
            if os.WIFEXITED(status):
                call.connection.send(str(os.WEXITSTATUS(status)).encode())
        except OSError:
            pass
        call.connection.close()

    def _zygote_spoke(self, control: socket.socket) -> None:
        try:
            ended = not control.recv(MAX_PACKET)
        except OSError:
            ended = True
        if ended:
            self.over = True
            self.selector.unregister(control)
            self._unlink()


def _clone(control: socket.socket) -> socket.socket:
    """The control socket of a zygote that is forked from this one."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    socket.send_fds(control, [msgspec.json.encode(Clone())], [theirs.fileno()])
    theirs.close()
    return ours


def _get_warm() -> None:
    """Import what a graded run imports. Nothing is computed: threads, and gradients above all, begin in children."""
    gc.disable()
    for name in MODULES:
        importlib.import_module(name)
    import torch

    torch.set_num_threads(1)
    torch.nn.Linear(1, 1)
    gc.freeze()


def _enough_memory() -> bool:
    _, free = memory_gib()
    return free is not None and free >= LEAST_GIB


def _as_free(pid: int) -> bool:
    """Whether a client is confined no more than we are: what runs for it has our freedom."""
    return _confinement(pid) == _confinement(os.getpid())


def _confinement(pid: int) -> list[bytes] | None:
    try:
        lines = Path(f"/proc/{pid}/status").read_bytes().splitlines()
    except OSError:
        return None
    return [line for line in lines if line.startswith((b"NoNewPrivs:", b"Seccomp:", b"CapEff:"))]


def _become(request: bytes, descriptors: list[int], zygotes: dict[str, socket.socket], parent: int) -> NoReturn:
    """In the child: be what the caller's own process would have become."""
    # Without the server the caller runs its command itself.
    prctl("PR_SET_PDEATHSIG", PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(4)
    for number in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    os.setpgid(0, 0)
    for place, descriptor in enumerate(descriptors[:3]):
        os.dup2(descriptor, place)
    os.fchdir(descriptors[3])
    for descriptor in descriptors:
        os.close(descriptor)
    parts = [os.fsdecode(part) for part in request.split(b"\0")]
    count = int(parts[0])
    words, (mask, out, err), variables = parts[1 : count + 1], parts[count + 1 : count + 4], parts[count + 4 :]
    os.umask(int(mask))
    os.environ.clear()
    for variable in variables:
        name, _, value = variable.partition("=")
        os.environ[name] = value
    sys.argv[1:] = words
    sys.stdin = TextIOWrapper(FileIO(0, closefd=False), encoding="utf-8", errors="surrogateescape")
    sys.stdout, sys.stderr = _stream(1, out), _stream(2, err)
    _forget_the_server()
    for kind, control in zygotes.items():
        launch.adopt(kind, control)
    from grader.cli.main import main as command

    signal.signal(signal.SIGINT, signal.default_int_handler)
    command()


def _stream(descriptor: int, facts: str) -> TextIOWrapper:
    encoding, errors, line_buffering, write_through = facts.split(" ")
    raw = BufferedWriter(FileIO(descriptor, "w", closefd=False))
    return TextIOWrapper(
        raw,
        encoding=encoding,
        errors=errors,
        newline="\n",
        line_buffering=line_buffering == "True",
        write_through=write_through == "True",
    )


def _forget_the_server() -> None:
    """What modules noted of the server's environment, or drew for it, is another one's now."""
    import locale
    import random
    import tempfile

    tempfile.tempdir = None
    random.seed()
    time.tzset()
    with suppress(locale.Error):  # as at Python's own start
        locale.setlocale(locale.LC_CTYPE, "")
