"""Starts zygotes as early as possible, so that they import PyTorch, and what reads a submission, while this process
does its own work.

Imports next to nothing: `grade` calls this before it has parsed its own command line.
"""

from __future__ import annotations

import fcntl
import os
import signal
import socket
import sys
from contextlib import suppress

from grader.packages import search_path

#: Read by the numeric libraries at import. More than one thread before a fork makes every child hang at a matmul.
ENVIRONMENT = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "2",
    "LANG": "C.UTF-8",
    "PYTORCH_NVML_BASED_CUDA_CHECK": "1",
}
#: What a zygote forks; the words of grader/untrusted.py.
WORKER, READER = "worker", "reader"
#: The descriptors of their control sockets there.
CONTROL = {WORKER: 3, READER: 4}
#: In the place of a process id: a zygote that ends by itself once its control socket is closed.
NOT_OURS = 0

_started: dict[str, tuple[int, socket.socket]] = {}
_killed: list[int] = []


def spawn(*kinds: str) -> dict[str, tuple[int, socket.socket]]:
    """Exec zygotes of these kinds with an empty environment and a clean argv: kind → process id, control socket."""
    pairs = {kind: socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET) for kind in kinds}
    null = os.open(os.devnull, os.O_RDWR)
    # dup2 onto itself would keep close-on-exec, and one of the ends could stand where another belongs.
    high = {kind: fcntl.fcntl(theirs, fcntl.F_DUPFD_CLOEXEC, 16) for kind, (_, theirs) in pairs.items()}
    actions = [
        (os.POSIX_SPAWN_DUP2, null, 0),
        (os.POSIX_SPAWN_DUP2, null, 1),
        (os.POSIX_SPAWN_DUP2, 2, 2),
        *((os.POSIX_SPAWN_DUP2, descriptor, CONTROL[kind]) for kind, descriptor in high.items()),
    ]
    argv = command("grader.untrusted", *kinds)
    # A process group of its own: Ctrl-C is for this process, and would have the zygote print a traceback.
    environment = dict(ENVIRONMENT)
    if "CUDA_VISIBLE_DEVICES" in os.environ:  # by which whoever shares the GPUs out says whose they are
        environment["CUDA_VISIBLE_DEVICES"] = os.environ["CUDA_VISIBLE_DEVICES"]
    pid = os.posix_spawn(sys.executable, argv, environment, file_actions=actions, setsigmask=(), setpgroup=0)
    for descriptor in (null, *high.values()):
        os.close(descriptor)
    for _, theirs in pairs.values():
        theirs.close()
    # Where there are both, the readers' is a child of the workers', and ends once its control socket is closed.
    owned = kinds[0]
    return {kind: (pid if kind == owned else NOT_OURS, ours) for kind, (ours, _) in pairs.items()}


def command(module: str, *words: str) -> list[str]:
    """The words that run `main` of a module of ours that touches submissions, with `words`: isolated from the
    environment and the working folder, its modules found where this process's packages are, be it in the user's site
    or on PYTHONPATH."""
    path = f"import sys; sys.path[:] = {search_path()!a}"
    program = f"{path}; from {module} import main; main({'sys.argv[2:]' if words else ''})"
    return [sys.executable, "-I", "-X", "utf8", "-c", program, module, *words]


def trusted_command(module: str) -> list[str]:
    """The words that run `main` of a module of ours that never runs a submission, in this process's environment.

    -P: the working folder may hold submissions, and nothing may be imported from there.
    """
    settled = "from grader.packages import settle; settle()"
    return [sys.executable, "-P", "-c", f"{settled}; from {module} import main; main()", module]


def start_early() -> None:
    """Have zygotes ready for whoever asks first. Harmless where none is asked for: they end with this process."""
    if sys.platform == "linux" and os.environ.get("GRADE_WORKER") != "plain" and not _started:
        _started.update(spawn(WORKER, READER))


def adopt(kind: str, control: socket.socket) -> None:
    """Have a zygote that somebody else started, and whose control socket this is, ready for whoever asks first."""
    _started[kind] = (NOT_OURS, control)


def kill(pid: int) -> None:
    """Kill a zygote without waiting for its end: taking 200 MB apart takes the kernel 10 ms, and nobody needs them.

    It is reaped when the next one is killed, or by init when this process ends.
    """
    if pid == NOT_OURS:
        return
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    _killed.append(pid)
    _killed[:] = [other for other in _killed if not _is_reaped(other)]


def _is_reaped(pid: int) -> bool:
    """Reaps an ended child, unless somebody else in this process, who waits for any child, already did."""
    try:
        return os.waitpid(pid, os.WNOHANG) != (0, 0)
    except ChildProcessError:
        return True


def take(kind: str) -> tuple[int, socket.socket]:
    """The zygote of this kind that was started early, or a new one."""
    return _started.pop(kind, None) or spawn(kind)[kind]
