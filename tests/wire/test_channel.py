"""The reader takes every byte for hostile: whatever comes, it is a value or one of three exceptions, and cheap."""

from __future__ import annotations

import resource
import socket
import time
from typing import Any

import pytest
import torch

from grader.boundary.worker_handle import _outcome
from grader.wire.channel import (
    MAGIC,
    MAX_HEADER,
    MAX_PAYLOAD,
    PREFIX,
    Channel,
    DeadlineExceeded,
    FrameTooLarge,
    WireClosed,
    WireError,
    pack,
)
from grader.wire.messages import ArrayNode, OpaqueNode, Reply, Returned, SequenceNode
from grader.wire.values import Facts, Outcome
from tests.wire.frames import frame


def read(data: bytes, seconds: float = 5) -> tuple[Any, memoryview]:
    """What the trusted side makes of these bytes."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.setblocking(False)
        sent = theirs.send(data) if data else 0
        assert sent == len(data), "too long for the socket's buffer"
        theirs.shutdown(socket.SHUT_WR)
        return Channel(ours).receive(Reply, time.monotonic() + seconds)


def array(**changes: Any) -> ArrayNode:
    fields = {"kind": "tensor", "dtype": "float32", "shape": [2], "offset": 0, "nbytes": 8}
    return ArrayNode(**(fields | changes))


def decoded(*nodes: Any, payload: bytes = bytes(16)) -> Outcome:
    value = nodes[0] if len(nodes) == 1 else SequenceNode("list", list(nodes))
    return _outcome(Returned(1, value), memoryview(payload))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GRD",
        frame({}),
        frame(b"{"),
        frame(b"\xff"),
        frame(b"[" * 100_000),
        frame(b"null"),
        frame({"type": "x"}),
        PREFIX.pack(b"GRD2", 2, 0) + b"{}",
        PREFIX.pack(MAGIC, MAX_HEADER + 1, 0),
        PREFIX.pack(MAGIC, 2, MAX_PAYLOAD + 1),
        PREFIX.pack(MAGIC, 2**32 - 1, 2**64 - 1),
        PREFIX.pack(MAGIC, 2, 5) + b"{}",
        frame({"type": "returned", "id": 1, "error": {"kind": "values", "type_name": "", "message": ""}}),
        frame({"type": "returned", "id": "1"}),
        frame({"type": "returned", "id": 1, "modified": "all"}),
    ],
)
def test_what_is_no_frame(data: bytes) -> None:
    with pytest.raises(WireError):
        read(data)


def test_announced_memory_is_not_taken() -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in range(20):
        with pytest.raises(WireClosed):
            read(PREFIX.pack(MAGIC, MAX_HEADER, MAX_PAYLOAD))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 30_000


def test_deadlines() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.send(frame({"type": "returned", "id": 1})[:-1])
        start = time.monotonic()
        with pytest.raises(DeadlineExceeded):
            Channel(ours).receive(Reply, start + 0.1)
        with pytest.raises(DeadlineExceeded):
            Channel(ours).send(Returned(1), [memoryview(bytes(8 << 20))], start + 0.3)
        assert time.monotonic() - start < 2


def test_what_is_too_large_is_not_sent() -> None:
    with pytest.raises(FrameTooLarge):
        pack(Returned(1, "x" * (MAX_HEADER + 1)), [])
    with pytest.raises(FrameTooLarge):
        pack(Returned(1), [memoryview(bytes(MAX_PAYLOAD + 1))])


@pytest.mark.parametrize(
    "nodes",
    [
        (array(nbytes=4),),
        (array(nbytes=16, shape=[4], offset=16),),
        (array(offset=-16),),
        (array(offset=8),),
        (array(shape=[2**40]),),
        (array(shape=[-1]),),
        (array(shape=[1] * 100),),
        (array(dtype="object"),),
        (array(dtype="__class__"),),
        (array(kind="pickle"),),
        (array(), array()),
        (array(kind="scalar"),),
        (array(kind="ndarray", dtype="bfloat16", nbytes=4),),
        (array(shape=[2**30, 0, 2**30], nbytes=1),),
        (array(stride=[-1]),),
        (array(stride=[2**60]),),
        (array(stride=[1, 1]),),
        (array(stride=[2]),),
        (array(kind="ndarray", stride=[-2]),),
        (array(kind="ndarray", stride=[-(2**60)]),),
        (array(kind="ndarray", shape=[2, 2], stride=[-1, 1]),),
        (array(kind="scalar", stride=[1]),),
        (SequenceNode("set", []),),
        tuple([None] * 20_001),
    ],
)
def test_arrays_that_lie(nodes: tuple[Any, ...]) -> None:
    with pytest.raises(WireError):
        decoded(*nodes)


def test_arrays_that_do_not() -> None:
    assert decoded(array()).value.tolist() == [0, 0]
    assert decoded(array(shape=[2**20, 0], nbytes=0)).value.shape == (2**20, 0)
    backwards = array(kind="ndarray", dtype="int8", nbytes=2, stride=[-1])
    assert decoded(backwards, payload=b"\x01\x02" + bytes(14)).value.tolist() == [2, 1]
    assert decoded(array(kind="ndarray", shape=[3, 0], stride=[-9, 5], nbytes=0)).value.shape == (3, 0)
    two = array(dtype="bool", nbytes=2)
    assert decoded(two, payload=b"\x02\x00" + bytes(14)).value.view(torch.uint8).tolist() == [1, 0]


def test_an_opaque_value_is_shown_and_no_more() -> None:
    assert decoded(OpaqueNode("x" * 1000)).value.type_name == "x" * 200
    assert Facts((1,), "cpu", False, True).shares == ()
