"""The reader takes every byte for hostile: whatever comes, it is a value or one of three exceptions, and cheap."""

from __future__ import annotations

import copy
import os
import random
import resource
import socket
import sys
import time
from typing import Any

import msgspec
import numpy as np
import pytest
import torch

from grader.boundary.worker import _outcome
from grader.checks.failure import CheckFailed
from grader.checks.judge import judge
from grader.worker.codec import Encoder
from grader.worker.messages import ArrayNode, Loaded, OpaqueNode, RemoteNode, Reply, Returned, SequenceNode
from grader.worker.values import Call, Facts, Frame, Outcome, Raised
from grader.worker.wire import (
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

COUNT = int(os.environ.get("GRADE_FUZZ", "20000"))
SEED = int(os.environ.get("GRADE_FUZZ_SEED", "1"))
X = torch.linspace(0, 1, 6, dtype=torch.float64).reshape(2, 3)


def read(data: bytes, seconds: float = 5) -> tuple[Any, memoryview]:
    """What the trusted side makes of these bytes."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.setblocking(False)
        sent = theirs.send(data) if data else 0
        assert sent == len(data), "too long for the socket's buffer"
        theirs.shutdown(socket.SHUT_WR)
        return Channel(ours).receive_any(Reply, time.monotonic() + seconds)


def frame(header: Any, payload: bytes = b"") -> bytes:
    raw = header if isinstance(header, bytes) else msgspec.json.encode(header)
    return PREFIX.pack(MAGIC, len(raw), len(payload)) + raw + payload


def array(**changes: Any) -> ArrayNode:
    fields = {"kind": "tensor", "dtype": "float32", "shape": [2], "offset": 0, "nbytes": 8}
    return ArrayNode(**(fields | changes))


def decoded(*nodes: Any, payload: bytes = bytes(16)) -> Outcome:
    value = nodes[0] if len(nodes) == 1 else SequenceNode("list", list(nodes))
    return _outcome(Returned(1, value), memoryview(payload))


@pytest.mark.parametrize(
    "data",
    [b"", b"GRD", frame({}), frame(b"{"), frame(b"\xff"), frame(b"[" * 100_000), frame(b"null"), frame({"type": "x"}),
     PREFIX.pack(b"GRD2", 2, 0) + b"{}", PREFIX.pack(MAGIC, MAX_HEADER + 1, 0), PREFIX.pack(MAGIC, 2, MAX_PAYLOAD + 1),
     PREFIX.pack(MAGIC, 2**32 - 1, 2**64 - 1), PREFIX.pack(MAGIC, 2, 5) + b"{}",
     frame({"type": "returned", "id": 1, "error": {"kind": "values", "type_name": "", "message": ""}}),
     frame({"type": "returned", "id": "1"}), frame({"type": "returned", "id": 1, "modified": "all"})],
)  # fmt: skip
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
            Channel(ours).receive_any(Reply, start + 0.1)
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
    [(array(nbytes=4),), (array(nbytes=16, shape=[4], offset=16),), (array(offset=-16),), (array(offset=8),),
     (array(shape=[2**40]),), (array(shape=[-1]),), (array(shape=[1] * 100),), (array(dtype="object"),),
     (array(dtype="__class__"),), (array(kind="pickle"),), (array(), array()), (array(kind="scalar"),),
     (array(kind="ndarray", dtype="bfloat16", nbytes=4),), (array(shape=[2**30, 0, 2**30], nbytes=1),),
     (array(stride=[-1]),), (array(stride=[2**60]),), (array(stride=[1, 1]),), (array(stride=[2]),),
     (SequenceNode("set", []),), tuple([None] * 20_001)],
)  # fmt: skip
def test_arrays_that_lie(nodes: tuple[Any, ...]) -> None:
    with pytest.raises(WireError):
        decoded(*nodes)


def test_arrays_that_do_not() -> None:
    assert decoded(array()).value.tolist() == [0, 0]
    assert decoded(array(shape=[2**20, 0], nbytes=0)).value.shape == (2**20, 0)
    two = array(dtype="bool", nbytes=2)
    assert decoded(two, payload=b"\x02\x00" + bytes(14)).value.view(torch.uint8).tolist() == [1, 0]


# -- fuzz --------------------------------------------------------------------------------------------------------------


def seeds() -> list[bytes]:
    """Frames as an honest worker writes them."""
    facts = {"nested": [X, X[0].clone(), {"w": (1, 2.5, None, "text", True)}], "n": np.arange(3), "s": np.float32(1)}
    frames = []
    for value in (X, facts, [1.5, 2.5], 3, None, "text", torch.ones(0), (X, X + 1), object()):
        encoder = Encoder(keep=lambda kept: RemoteNode(0, type(kept).__name__))
        reply = Returned(1, encoder.encode(value), [encoder.encode(X)], [0], None, ["seed"])
        frames.append(b"".join(pack(reply, encoder.buffers)))
    raised = Raised("exception", "ValueError", "no", (Frame(3, "f(x)", "f"),))
    frames.append(b"".join(pack(Returned(1, error=raised), [])))
    frames.append(b"".join(pack(Loaded(1, ["f"], {0: raised}, []), [])))
    return frames


ATOMS: tuple[Any, ...] = (
    None, True, 0, 1, -1, 15, 16, 2**31, 2**63, 2**70, 1e308, "", "x",
    "nan", "inf", "0x1p9999999999", "9" * 5000, "float64",
    "bool", "tensor", "ndarray", "scalar", "list", "returned", "loaded", "memory", "too_large", "signature", "missing",
    [], {}, [0], [-1], [2**40, 2**40], {"type": "array"}, {"type": "int", "v": "1_0"}, {"type": "float", "v": "nan"},
    {"type": "opaque", "type_name": "Tensor ("}, {"type": "remote", "handle": -1, "type_name": "\u202e\n"},
    {"type": "dict", "keys": ["a", "a"], "values": [1, 2]},
    {"type": "seq", "kind": "tuple", "items": [{"type": "int", "v": "7"}]},
    {"type": "dict", "keys": [{"type": "float", "v": "nan"}], "values": [None]},
    {"type": "complex", "re": "inf", "im": "nan"},
)  # fmt: skip


def places(tree: Any) -> list[tuple[Any, Any]]:
    """Every (container, key) of a JSON tree."""
    found = []
    stack = [tree]
    while stack:
        node = stack.pop()
        items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
        for key, item in list(items):
            found.append((node, key))
            stack.append(item)
    return found


def mutated(data: bytes, dice: random.Random) -> bytes:
    """The frame with some bytes, or some parts of its header, changed."""
    if dice.random() < 0.3:
        broken = bytearray(data)
        for _ in range(dice.randint(1, 8)):
            position = dice.randrange(len(broken))
            action = dice.random()
            if action < 0.6:
                broken[position] = dice.randrange(256)
            elif action < 0.8:
                del broken[position : position + dice.randint(1, 20)]
            else:
                broken[position:position] = dice.randbytes(dice.randint(1, 20))
            if not broken:
                return b""
        return bytes(broken)
    _, length, _ = PREFIX.unpack(data[: PREFIX.size])
    tree = msgspec.json.decode(data[PREFIX.size : PREFIX.size + length])
    payload = data[PREFIX.size + length :]
    for _ in range(dice.randint(1, 4)):
        container, key = dice.choice(places(tree))
        if dice.random() < 0.6:
            container[key] = copy.deepcopy(dice.choice(ATOMS))
        else:
            other, its_key = dice.choice(places(tree))
            container[key] = msgspec.json.decode(msgspec.json.encode(other[its_key]))
    if dice.random() < 0.3:
        payload = dice.randbytes(dice.choice((0, 1, 16, 48, 64, 1000)))
    return frame(tree, payload)


def test_fuzz() -> None:
    """Also judged and explained: a reply that decodes must not break what reads it."""
    dice = random.Random(SEED)
    starts = seeds()
    call = Call(target="f", args=(X,), requires_grad=(0,))
    expected = [Outcome(value=X, gradients=(X,)), Outcome(value={"n": [X, 1.5, "a"]}), Outcome(value=None)]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    end = time.monotonic() + float(os.environ.get("GRADE_FUZZ_SECONDS", "25"))
    read_well = done = 0
    while done < COUNT and time.monotonic() < end:
        done += 1
        data = mutated(dice.choice(starts), dice)
        try:
            reply, payload = read(data)
            if not isinstance(reply, Returned):
                continue
            outcome = _outcome(reply, payload)
        except (WireError, DeadlineExceeded):
            continue
        read_well += 1
        failure = judge(call, dice.choice(expected), outcome, parameter_names=("x",))
        if failure is not None:
            str(CheckFailed(failure)).encode()
    assert done == COUNT or done > 2000, f"only {done} in the time there was"
    assert read_well > done / 50
    growth = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert growth < 200_000, f"{growth} KB"
    assert sys.getrecursionlimit() >= 1000


def test_an_opaque_value_is_shown_and_no_more() -> None:
    assert decoded(OpaqueNode("x" * 1000)).value.type_name == "x" * 200
    assert Facts((1,), "cpu", False, True).shares == ()
