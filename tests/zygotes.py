"""Zygotes for many commands or tests: whoever takes one gets a clone of one that has run nothing, as under the warm
server, and not another import of PyTorch."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import msgspec

from grader.boundary import launch
from grader.worker.zygote import MAX_PACKET, Clone

#: The descriptors of their control sockets: an object would warn that nobody closed it.
_parents: dict[str, int] = {}
_cold = launch.take


def start() -> None:
    """Start those that are cloned. They end with this process and those that it forks."""
    if not _parents:
        for kind, (_, control) in launch.spawn(launch.WORKER, launch.READER).items():
            _parents[kind] = control.detach()


def descriptors() -> list[int]:
    """What a forked process must not close."""
    return list(_parents.values())


def take(kind: str) -> tuple[int, socket.socket]:
    """In the place of launch.take."""
    start()
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs, socket.socket(fileno=os.dup(_parents[kind])) as control:
        socket.send_fds(control, [msgspec.json.encode(Clone())], [theirs.fileno()])
        with suppress(BlockingIOError):  # the answers to earlier orders, which nobody needs, must not fill the socket
            while control.recv(MAX_PACKET, socket.MSG_DONTWAIT):
                pass
    return launch.NOT_OURS, ours


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
