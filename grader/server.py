"""The warm server: has PyTorch, pytest and the grader imported, and runs each command line that it is asked for in a
child forked for it, on its caller's own terminal, in its caller's folder and environment.

It serves one user, and ends when the program or the environment changes. It holds no seed, no check and no submission,
and of courses only how the one that comes with the program read: a child that finds any file of it changed reads it
anew. Of submissions' processes it has two zygotes, forked anew for every command, so that nothing a submission does
outlives it.
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
from contextlib import ExitStack, suppress
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
from grader.worker.huge_pages import collapse
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
    "grader.grading.grade_files", "grader.grading.suite", "grader.checks.context", "grader.checks.exercise",
    "grader.report.terminal", "grader.report.views", "grader.report.page", "grader.boundary.submission_run",
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
                # Commands whose callers have gone have their ends.
                hurried = any(call.ends != float("inf") for call in self.calls.values())
                for ready, _ in self.selector.select(0.5 if hurried else LOOK_SECONDS):
                    act: Callable[[], None] = ready.data
                    act()
        finally:
            self._unlink()
            for call in self.calls.values():
                os.kill(call.pid, signal.SIGKILL)

    def _go_on(self) -> bool:
        now = time.monotonic()
        for call in self.calls.values():
            if now > call.ends:
                os.kill(call.pid, signal.SIGKILL)
        if self.calls:
            return True
        return not self.over and now - self.used < IDLE_SECONDS and _enough_memory() and self._has_its_place()

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
        with suppress(OSError):
            return os.stat(self.path).st_ino == self._inode
        return False

    def _unlink(self) -> None:
        if self._has_its_place():
            os.unlink(self.path)

    def _accept(self) -> None:
        with suppress(OSError, ValueError):
            connection, _ = self.listener.accept()
            connection.settimeout(CLIENT_SECONDS)
            with ExitStack() as stack:
                stack.callback(connection.close)
                if self._converse(connection):
                    stack.pop_all()  # it stays open as long as its command runs

    def _converse(self, connection: socket.socket) -> bool:
        """Answer a client; True if its command runs now, and its connection is to be kept."""
        pid = same_user(connection)
        # A client that is confined more than we are gets nothing: what runs for it has our freedom.
        if pid is None or _confinement(pid) != _confinement(os.getpid()):
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
            whole = bool(request) and len(descriptors) == 4
            if whole:
                self._start(connection, request, descriptors)
        finally:
            for descriptor in descriptors:
                os.close(descriptor)
        return whole

    def _start(self, connection: socket.socket, request: bytes, descriptors: list[int]) -> None:
        if sys.platform != "linux":
            raise OSError("only Linux has this")
        clones = {kind: _clone(control) for kind, control in self.zygotes.items()}
        parent = os.getpid()
        pid = os.fork()
        if pid == 0:
            try:
                self._let_go()
                _become(connection, request, descriptors, clones, parent)
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

    def _let_go(self) -> None:
        """In the child: close what is the server's."""
        self.selector.close()
        for sock in (self.listener, *self.zygotes.values()):
            sock.close()
        for call in self.calls.values():
            call.connection.close()
            os.close(call.pidfd)

    def _client_spoke(self, call: Call) -> None:
        if call.pid not in self.calls:
            return  # it ended just now
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
        with call.connection:
            # It has told its caller by itself, unless it ended early. Of one that a signal ended there is no status to
            # tell: its caller then runs cold.
            if os.WIFEXITED(status):
                _tell(call.connection, os.WEXITSTATUS(status))

    def _zygote_spoke(self, control: socket.socket) -> None:
        with suppress(OSError):
            if control.recv(MAX_PACKET):
                return
        self.over = True  # the zygote has ended
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
    from grader.course.find import shipped_course
    from grader.course.known import read_ahead
    from grader.grading.suite import begin_early

    begin_early()
    if (course := shipped_course()) is not None:
        read_ahead(course)
    gc.freeze()
    collapse()  # every command is a fork of this process


def _enough_memory() -> bool:
    _, free = memory_gib()
    return free is not None and free >= LEAST_GIB


def _confinement(pid: int) -> list[bytes] | None:
    with suppress(OSError):
        lines = Path(f"/proc/{pid}/status").read_bytes().splitlines()
        return [line for line in lines if line.startswith((b"NoNewPrivs:", b"Seccomp:", b"CapEff:"))]
    return None


def _tell(caller: socket.socket, status: int) -> None:
    with suppress(OSError):  # it has left
        caller.send(str(status).encode())


def _become(
    caller: socket.socket, request: bytes, descriptors: list[int], zygotes: dict[str, socket.socket], parent: int
) -> NoReturn:
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
    os.environ.update({name: value for name, _, value in (variable.partition("=") for variable in variables)})
    sys.argv[1:] = words
    sys.stdin = TextIOWrapper(FileIO(0, closefd=False), encoding="utf-8", errors="surrogateescape")
    sys.stdout, sys.stderr = _stream(1, out), _stream(2, err)
    _forget_the_server()
    for kind, control in zygotes.items():
        launch.adopt(kind, control)
    from grader.cli.main import main as command

    signal.signal(signal.SIGINT, signal.default_int_handler)
    command(told=functools.partial(_tell, caller))  # the kernel takes 5 ms to take this process apart


def _stream(descriptor: int, facts: str) -> TextIOWrapper:
    encoding, errors, *flags = facts.split(" ")
    raw = BufferedWriter(FileIO(descriptor, "w", closefd=False))
    return TextIOWrapper(raw, encoding, errors, "\n", *(flag == "True" for flag in flags))


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
