"""The zygote: a process that has imported PyTorch and nothing of a course, and forks one worker per submission.

Exec'd with an empty environment and a clean argv; descriptor 3 is its control socket. It knows no seed, no
reference and no submission, so a worker that reads all of its memory learns nothing. Never runs backward(): a
deep re-entrant backward would then crash in every child.

Control messages are JSON, one per packet. configure → ready; fork (with two descriptors) → pid (with a pidfd);
reap → the exit status and what the worker used; clone → the pid of a zygote like this one, with its own control.
`serve` is that exchange alone; the readers' zygote (grader/reader) has the same.
"""

from __future__ import annotations

import gc
import importlib
import os
import select
import signal
import socket
import sys
from collections.abc import Callable
from typing import Any, NoReturn

import msgspec

from grader.worker.huge_pages import collapse

CONTROL = 3
MAX_PACKET = 1 << 16
#: After so many forks, or where so long nothing is asked for, memory moves to huge pages.
_FEW_FORKS, _IDLE_SECONDS = 2, 2.0


class Configure(msgspec.Struct, frozen=True, tag="configure"):
    """hidden: folders no worker may read. warm: modules to import before forking. landlock_abi: at most this one."""

    hidden: list[str]
    device: str = "cpu"
    warm: list[str] = []
    landlock_abi: int | None = None


class Fork(msgspec.Struct, frozen=True, tag="fork"):
    """A worker for `scratch`; its channel and its output pipe come as descriptors with the packet."""

    scratch: str
    memory_mb: int
    cpu_seconds: int


class Reap(msgspec.Struct, frozen=True, tag="reap"):
    pid: int


class Clone(msgspec.Struct, frozen=True, tag="clone"):
    """Fork another zygote, which has run nothing yet either; its control socket comes as a descriptor."""


class Ready(msgspec.Struct, frozen=True, tag="ready"):
    """still: nothing that its processes read shows in any access time."""

    confinement: str
    torch: str
    still: bool = False


class Forked(msgspec.Struct, frozen=True, tag="forked"):
    pid: int


class Reaped(msgspec.Struct, frozen=True, tag="reaped"):
    """status: as os.wait4 gives it. seconds: CPU time. peak_kb: largest resident set."""

    status: int
    seconds: float
    peak_kb: int


class Failed(msgspec.Struct, frozen=True, tag="failed"):
    """The zygote could not do it; the text is for an instructor."""

    reason: str


Order = Configure | Fork | Reap | Clone
Answer = Ready | Forked | Reaped | Failed

#: Gets ready as it is told; the answer, and what `Become` needs, None if it can't get ready.
GetReady = Callable[[Configure], tuple[Any, Answer]]
#: In a child just forked: what was made ready, the order, its channel and its output's descriptor, the parent's id.
Become = Callable[[Any, Fork, int, int, int], NoReturn]


def main() -> NoReturn:
    """Import PyTorch, then serve until the trusted side hangs up."""
    gc.disable()
    import torch

    from grader.calls.cuda import full_precision

    torch.set_num_threads(1)
    full_precision()
    torch.nn.Linear(1, 1)  # cpuinfo reads /proc/cpuinfo at the first one
    torch.default_generator.get_state()
    from grader.worker.child import rehearse  # loaded before the fork, because a worker can't read this package

    rehearse()

    serve(_configure, _become_worker)


def serve(get_ready: GetReady, become: Become) -> NoReturn:
    """Answer orders until the trusted side hangs up."""
    control = socket.socket(fileno=CONTROL)
    control.set_inheritable(False)
    plan: Any = None
    forks, is_collapsed = 0, False
    while True:
        # One submission is graded before that pays; whoever grades many, or is kept warm, gains by it soon.
        if not is_collapsed and (forks >= _FEW_FORKS or not select.select([control], [], [], _IDLE_SECONDS)[0]):
            collapse()
            is_collapsed = True
        try:
            packet, descriptors, _, _ = socket.recv_fds(control, MAX_PACKET, 2)
        except ConnectionResetError:  # it has hung up without reading our last answer
            packet = b""
        if not packet:
            os._exit(0)
        order = msgspec.json.decode(packet, type=Order)
        answer: Answer
        passed: list[int] = []
        try:
            if isinstance(order, Configure):
                plan, answer = get_ready(order)
            elif isinstance(order, Fork):
                answer, passed = _fork(order, plan, descriptors, become)
                forks += 1
            elif isinstance(order, Reap):
                answer = _reap(order)
            elif (pid := _clone(descriptors)) == 0:
                continue
            else:
                answer = Forked(pid)
        except Exception as error:
            answer = Failed(f"{type(error).__name__}: {error}"[:1000])
        try:
            socket.send_fds(control, [msgspec.json.encode(answer)], passed)
        except OSError:
            os._exit(0)  # the trusted side has hung up meanwhile
        for descriptor in (*passed, *descriptors):
            os.close(descriptor)


def _configure(order: Configure) -> tuple[Any, Answer]:
    import torch

    from grader.confine import make_plan
    from grader.confine.atime import hold_still

    for module in order.warm:
        importlib.import_module(module)
    from grader.worker.state import PRISTINE

    if order.warm:
        PRISTINE.accept_all()
    PRISTINE.seed()
    plan = make_plan(hidden=tuple(order.hidden), device=order.device, landlock_abi=order.landlock_abi)
    # Frozen objects are left alone by every child's collector: 1 MB of private memory each instead of 41. What is
    # garbage by now is frozen with the rest: collecting it would cost 60 ms of every start to save a megabyte once.
    gc.freeze()
    tasks = len(os.listdir("/proc/self/task"))
    if tasks != 1:
        return None, Failed(f"{tasks} threads before the fork; workers would hang")
    return plan, Ready(plan.tier, str(torch.__version__), hold_still())


def _fork(order: Fork, plan: Any, descriptors: list[int], become: Become) -> tuple[Answer, list[int]]:
    if plan is None:
        return Failed("not configured"), []
    if sys.platform != "linux":
        raise OSError("only Linux has this")
    channel, output = descriptors
    parent = os.getpid()
    pid = os.fork()
    if pid == 0:
        become(plan, order, channel, output, parent)
    return Forked(pid), [os.pidfd_open(pid)]


def _become_worker(plan: Any, order: Fork, channel: int, output: int, parent: int) -> NoReturn:
    """In the child: give up everything but the channel and the output, then serve."""
    try:
        from grader.confine import confine
        from grader.worker.child import enter_scratch, redirect_output, serve_and_exit
        from grader.worker.standins import instead_of_programs

        sock = socket.socket(fileno=channel)  # asks the kernel for its family, which a confined process can't
        redirect_output(output)
        enter_scratch(order.scratch)
        confine(
            plan,
            scratch=order.scratch,
            memory_mb=order.memory_mb,
            cpu_seconds=order.cpu_seconds,
            keep=(0, 1, 2, channel),
            parent=parent,
        )
        sock.send(CONFINED)
        if plan.program:
            instead_of_programs()
        gc.enable()
        serve_and_exit(sock, order.memory_mb)
    except BaseException as error:
        os.write(output, f"grader: worker not started: {type(error).__name__}: {error}\n".encode())
    finally:
        os._exit(CANNOT_CONFINE)


def _clone(descriptors: list[int]) -> int:
    """Fork; 0 in the new zygote, whose control socket has taken this one's place."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for clones
    pid = os.fork()
    if pid == 0:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.dup2(descriptors[0], CONTROL, inheritable=False)
        os.close(descriptors[0])
    return pid


def _reap(order: Reap) -> Answer:
    _, status, usage = os.wait4(order.pid, 0)
    return Reaped(status, usage.ru_utime + usage.ru_stime, usage.ru_maxrss)


#: The exit status of a worker that could not confine itself, and the byte that one sends which could.
CANNOT_CONFINE = 113
CONFINED = b"\x01"
