"""Zygotes for many commands or tests: whoever takes one gets a clone of one that has run nothing, as under the warm
server, and not another import of PyTorch."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress

import msgspec

from grader.boundary import launch
from grader.worker.zygote import MAX_PACKET, Answer, Clone, Forked

#: The descriptors of their control sockets: an object would warn that nobody closed it.
_parents: dict[str, int] = {}
_cold = launch.take


def start() -> None:
    """Start those that are cloned. They end with this process and those that it forks."""
    if not _parents:
        for kind, (_, control) in launch.spawn(launch.WORKER, launch.READER).items():
            _parents[kind] = control.detach()


def adopt(controls: Mapping[str, int]) -> None:
    """Clone those that another process has started, whose control sockets these are."""
    _parents.update(controls)


def descriptors() -> list[int]:
    """What a forked process must not close."""
    return list(_parents.values())


def take(kind: str) -> tuple[int, socket.socket]:
    """In the place of launch.take."""
    start()
    ours, control = _clone(kind)
    with control:
        answer = msgspec.json.decode(control.recv(MAX_PACKET), type=Answer)
    assert isinstance(answer, Forked), answer
    return answer.pid, ours


def take_beside_others(kind: str) -> tuple[int, socket.socket]:
    """In the place of launch.take where processes share these zygotes: the answers may be another one's."""
    ours, control = _clone(kind)
    with control, suppress(BlockingIOError):  # nobody needs the answers, but they must not fill the socket
        while control.recv(MAX_PACKET, socket.MSG_DONTWAIT):
            pass
    return launch.NOT_OURS, ours


def _clone(kind: str) -> tuple[socket.socket, socket.socket]:
    """The control sockets of a new zygote and of the one that was asked for it."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    control = socket.socket(fileno=os.dup(_parents[kind]))
    with theirs:
        socket.send_fds(control, [msgspec.json.encode(Clone())], [theirs.fileno()])
    return ours, control


@contextmanager
def shared() -> Iterator[None]:
    """In here whoever takes a zygote gets a clone."""
    launch.take = take
    try:
        yield
    finally:
        launch.take = _cold


@contextmanager
def cold() -> Iterator[None]:
    """In here a zygote is a process of its own, whose id is known: for tests of its start and its end."""
    before, launch.take = launch.take, _cold
    try:
        yield
    finally:
        launch.take = before
