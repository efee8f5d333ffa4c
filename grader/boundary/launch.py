"""Starts a zygote as early as possible, so that it imports PyTorch while this process does.

Imports nothing but `os` and `socket`: `grade` calls this before it has parsed its own command line.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
from contextlib import suppress

#: Read by the numeric libraries at import. More than one thread before a fork makes every child hang at a matmul.
ENVIRONMENT = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "2",
    "LANG": "C.UTF-8",
    "PYTORCH_NVML_BASED_CUDA_CHECK": "1",
}
CONTROL = 3
#: In the place of a process id: a zygote that ends by itself once its control socket is closed.
NOT_OURS = 0

_started: tuple[int, socket.socket] | None = None
_killed: list[int] = []


def spawn() -> tuple[int, socket.socket]:
    """Exec a zygote with an empty environment and a clean argv. Returns its process id and the control socket."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    null = os.open(os.devnull, os.O_RDWR)
    # dup2 onto itself would keep close-on-exec, so the child's end must not happen to be descriptor 3 already.
    high = os.dup(theirs.fileno()) if theirs.fileno() == CONTROL else theirs.fileno()
    actions = [
        (os.POSIX_SPAWN_DUP2, null, 0),
        (os.POSIX_SPAWN_DUP2, null, 1),
        (os.POSIX_SPAWN_DUP2, 2, 2),
        (os.POSIX_SPAWN_DUP2, high, CONTROL),
    ]
    argv = [sys.executable, "-I", "-X", "utf8", "-m", "grader.worker.zygote"]
    # A process group of its own: Ctrl-C is for this process, and would have the zygote print a traceback.
    environment = ENVIRONMENT | _devices()
    pid = os.posix_spawn(sys.executable, argv, environment, file_actions=actions, setsigmask=(), setpgroup=0)
    os.close(null)
    if high != theirs.fileno():
        os.close(high)
    theirs.close()
    return pid, ours


def _devices() -> dict[str, str]:
    """Which GPUs this process may use: whoever shares them out says so in its environment."""
    return {name: value for name, value in os.environ.items() if name == "CUDA_VISIBLE_DEVICES"}


def start_early() -> None:
    """Have a zygote ready for whoever asks first. Harmless where none is asked for: it ends with this process."""
    global _started
    if sys.platform == "linux" and os.environ.get("GRADE_WORKER") != "plain" and _started is None:
        _started = spawn()


def adopt(control: socket.socket) -> None:
    """Have a zygote that somebody else started, and whose control socket this is, ready for whoever asks first."""
    global _started
    _started = (NOT_OURS, control)


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


def take() -> tuple[int, socket.socket]:
    """The zygote that was started early, or a new one."""
    global _started
    started, _started = _started, None
    return started or spawn()
