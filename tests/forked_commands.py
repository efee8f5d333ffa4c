"""What a process does from which commands are forked (forked.py), and what is done in them before they run."""

from __future__ import annotations

import ctypes
import fcntl
import functools
import importlib
import os
import random
import resource
import signal
import socket
import subprocess
import sys
import time
import types
from collections.abc import Mapping, Sequence
from importlib import metadata
from io import FileIO, TextIOWrapper
from typing import Any, NoReturn

from grader.boundary import launch
from tests import zygotes

_SCORER = "grader.scorers.scorer"


def become_ready(controls: Mapping[str, int]) -> None:
    """Import what grading takes. controls: the descriptors of the control sockets of its zygotes."""
    zygotes.adopt(controls)
    sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]  # see conftest.py
    from grader.server import _get_warm

    _get_warm()
    for name in (_SCORER, "grader.scorers.process"):
        importlib.import_module(name)
    launch.start_early = lambda: None
    launch.take = zygotes.take_beside_others
    scorers = importlib.import_module("grader.scorers.process")
    found = {name: getattr(subprocess, name) for name in ("PIPE", "TimeoutExpired")}
    scorers.subprocess = types.SimpleNamespace(Popen=ForkedScorer, **found)  # type: ignore[attr-defined]


def take_place(asked: Mapping[str, Any]) -> None:
    """In a process just forked: have folder, environment, words and streams of this command."""
    os.chdir(asked["cwd"])
    os.environ.clear()
    os.environ.update(asked["env"])
    if asked.get("session"):
        os.setsid()
        signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs the tests in the background ignores it
    os.dup2(os.open(asked["in"], os.O_RDONLY), 0)
    for number, name in ((1, "out"), (2, "err")):
        os.dup2(os.open(asked[name], os.O_WRONLY | os.O_CREAT), number)
    encoding, _, errors = asked["env"].get("PYTHONIOENCODING", "utf-8:surrogateescape").partition(":")
    sys.stdin, sys.stdout = _text(0, "r", encoding, errors), _text(1, "w", encoding, errors)
    sys.stderr = _text(2, "w", encoding, "backslashreplace")
    sys.argv = asked["words"]
    _forget()
    if asked["env"].get("PYTHONPROFILEIMPORTTIME"):  # which Python reads as it starts
        _tell_imports()
    if asked.get("file_bytes"):
        resource.setrlimit(resource.RLIMIT_FSIZE, (asked["file_bytes"],) * 2)
    if asked.get("without"):
        _give_up(asked["without"])
    if asked.get("package") is not None:
        _use_package(asked["package"])
    if asked["module"] == "pytest":
        # pytest would rewrite plugins' modules as they are imported, and warns of those that it can't.
        plugins = {point.module.partition(".")[0] for point in metadata.entry_points(group="pytest11")}
        for name in [name for name in sys.modules if name.partition(".")[0] in plugins]:
            sys.modules[name].__doc__ = f"{sys.modules[name].__doc__} PYTEST_DONT_REWRITE"


def _text(descriptor: int, mode: str, encoding: str = "utf-8", errors: str = "surrogateescape") -> TextIOWrapper:
    file = open(descriptor, mode, encoding=encoding, errors=errors or "strict", closefd=False)  # noqa: SIM115
    assert isinstance(file, TextIOWrapper)
    return file


def _forget() -> None:
    from grader.server import _forget_the_server

    _forget_the_server()


def _tell_imports() -> None:
    """Print as a cold start does which modules are imported: those that are there, and each that is asked for."""
    print(*(f"import time: 0 | 0 | {name}" for name in sys.modules), sep="\n", file=sys.stderr, flush=True)

    def tell(event: str, args: tuple[object, ...]) -> None:
        if event == "import":
            os.write(2, f"import time: 0 | 0 | {args[0]}\n".encode())

    sys.addaudithook(tell)


def _give_up(capabilities: Sequence[int]) -> None:
    """As a program has it that was started with these left out of its bounding set."""
    libc = ctypes.CDLL(None, use_errno=True)
    header, sets = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
    libc.capget(header, sets)
    for capability in capabilities:
        libc.prctl(24, capability, 0, 0, 0)
        for kind in range(3):  # effective, permitted, inheritable
            sets[kind] &= ~(1 << capability)
    if libc.capset(header, sets) != 0:
        raise OSError(ctypes.get_errno(), "capset")


def _use_package(folder: str) -> None:
    """Have `grader` be another one from here on, of which nothing is imported yet."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "grader"]:
        del sys.modules[name]
    sys.path.insert(0, folder)
    other = importlib.import_module("grader.boundary.launch")
    assert str(other.__file__).startswith(folder)
    other.spawn = functools.partial(_spawn, other)


def _spawn(other: types.ModuleType, *kinds: str) -> dict[str, tuple[int, socket.socket]]:
    """In the place of this module's `spawn`: zygotes are forked, and need not import PyTorch."""
    pairs = {kind: socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET) for kind in kinds}
    pid = os.fork()
    if pid == 0:
        try:
            high = {kind: fcntl.fcntl(theirs, fcntl.F_DUPFD, 64) for kind, (_, theirs) in pairs.items()}
            os.closerange(3, 64)
            for kind, descriptor in high.items():
                os.dup2(descriptor, other.CONTROL[kind])
            os.dup2(os.open(os.devnull, os.O_RDWR), 0)
            os.dup2(0, 1)
            os.setpgid(0, 0)
            os.environ.clear()
            os.environ.update(other.ENVIRONMENT)
            sys.argv = ["-c", "grader.untrusted", *kinds]
            importlib.import_module("grader.untrusted").main(list(kinds))
        finally:
            os._exit(1)
    for _, theirs in pairs.values():
        theirs.close()
    return {kind: (pid if kind == kinds[0] else other.NOT_OURS, ours) for kind, (ours, _) in pairs.items()}


class ForkedScorer:
    """As much of a subprocess.Popen as a ScorerProcess asks of one."""

    def __init__(self, args: Sequence[str], *, env: Mapping[str, str], process_group: int | None, **_: object) -> None:
        assert args[-1] == _SCORER, args
        self.args, self.returncode = args, None
        tasks, answers = os.pipe(), os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            _be_scorer(tasks[0], answers[1], env, process_group)
        os.close(tasks[0])
        os.close(answers[1])
        self.stdin, self.stdout = FileIO(tasks[1], "w"), FileIO(answers[0], "r")

    def poll(self) -> int | None:
        if self.returncode is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            self.returncode = os.waitstatus_to_exitcode(status) if pid else None
        return self.returncode

    def wait(self, timeout: float = 1e9) -> int:
        end = time.monotonic() + timeout
        while (status := self.poll()) is None:
            if time.monotonic() > end:
                raise subprocess.TimeoutExpired(list(self.args), timeout)
            time.sleep(0.005)
        return status

    def kill(self) -> None:
        if self.poll() is None:
            os.kill(self.pid, signal.SIGKILL)


def _be_scorer(tasks: int, answers: int, env: Mapping[str, str], process_group: int | None) -> NoReturn:
    try:
        os.dup2(tasks, 0)
        os.dup2(answers, 1)
        first = 3
        for kept in sorted(zygotes.descriptors()):
            os.closerange(first, kept)
            first = kept + 1
        os.closerange(first, 1 << 16)
        if process_group is not None:
            os.setpgid(0, process_group)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        os.environ.clear()
        os.environ.update(env)
        random.seed()
        sys.argv = ["-c", _SCORER]
        sys.stdin, sys.stdout, sys.stderr = _text(0, "r"), _text(1, "w"), _text(2, "w")
        sys.modules[_SCORER].main()
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        os._exit(1)
