"""A worker that answers anything at all: the trusted side has an outcome or a limit of it, soon, and goes on.

GRADE_FUZZ says how many replies, GRADE_FUZZ_SEED which.
"""

from __future__ import annotations

import copy
import math
import os
import random
import resource
import socket
import time
from typing import Any

import msgspec
import numpy as np
import pytest
import torch

from grader.boundary.limit_reached import LimitReached
from grader.boundary.process import UntrustedProcess
from grader.boundary.worker_handle import WorkerHandle
from grader.checks.clues import failed
from grader.checks.judge import judge
from grader.source_line import SourceLine
from grader.wire.channel import PREFIX, Channel, pack
from grader.wire.codec import Encoder
from grader.wire.messages import CallbackRequest, Loaded, Lost, RemoteNode, Returned, Running
from grader.wire.values import Call, Callback, Outcome, Raised
from tests.wire.frames import frame

COUNT = int(os.environ.get("GRADE_FUZZ", "20000"))
SEED = int(os.environ.get("GRADE_FUZZ_SEED", "1"))
SECONDS = 5
X = torch.linspace(0, 1, 6, dtype=torch.float64).reshape(2, 3)
CALL = Call(target="f", args=(X, Callback(lambda *given: given)), requires_grad=(0,))
EXPECTED = [Outcome(value=X, gradients=(X,)), Outcome(value={"n": [X, 1.5, "a"]}), Outcome(value=None)]


class Answering(UntrustedProcess):
    """A process's place, taken by whoever is at the other end of a socket."""

    def __init__(self, ours: socket.socket) -> None:
        super().__init__(output_kb=64)
        self._channel = Channel(ours)

    @property
    def channel(self) -> Channel:
        return self._channel

    def _await_reply(self, deadline: float) -> None:
        """The reply is there already."""

    def drain(self) -> None:
        """It prints nothing."""

    def stop(self) -> None:
        raise NotImplementedError

    def _kill(self) -> None:
        self.alive = False

    def _ended(self) -> LimitReached:
        self.alive = False
        return self._left(0)

    def post(self, request: Any, buffers: list[memoryview]) -> None:
        """Nobody reads it."""


def replies() -> list[bytes]:
    """Frames as an honest worker writes them."""
    facts = {"nested": [X, X[0].clone(), {"w": (1, 2.5, None, "text", True)}], "n": np.arange(3), "s": np.float32(1)}
    frames = []
    for value in (X, facts, [1.5, 2.5], 3, None, "text", torch.ones(0), (X, X + 1), object()):
        encoder = Encoder(keep=lambda kept: RemoteNode(0, type(kept).__name__))
        reply = Returned(1, encoder.encode(value), [encoder.encode(X)], [0], None, ["seed"])
        frames.append(b"".join(pack(reply, encoder.buffers)))
    raised = Raised("exception", "ValueError", "no", (SourceLine(3, "f(x)", "f"),))
    frames.append(b"".join(pack(Returned(1, error=raised), [])))
    encoder = Encoder(keep=lambda kept: RemoteNode(0, type(kept).__name__))
    asked = CallbackRequest(1, 0, [encoder.encode(X), encoder.encode(1.5)])
    frames.append(b"".join(pack(asked, encoder.buffers)))
    frames.append(b"".join(pack(Running(1, 1), [])))
    frames.append(b"".join(pack(Loaded(1, ["f"], [Lost(0, 1, raised)], []), [])))
    return frames


ATOMS: tuple[Any, ...] = (
    None,
    True,
    0,
    1,
    -1,
    15,
    16,
    2**31,
    2**63,
    2**70,
    1e308,
    "",
    "x",
    "nan",
    "inf",
    "0x1p9999999999",
    "9" * 5000,
    "float64",
    "bool",
    "tensor",
    "ndarray",
    "scalar",
    "list",
    "returned",
    "loaded",
    "memory",
    "too_large",
    "signature",
    "missing",
    [],
    {},
    [0],
    [-1],
    [2**40, 2**40],
    {"type": "array"},
    {"type": "int", "v": "1_0"},
    {"type": "float", "v": "nan"},
    {"type": "opaque", "type_name": "Tensor ("},
    {"type": "remote", "handle": -1, "type_name": "\u202e\n"},
    {"type": "dict", "keys": ["a", "a"], "values": [1, 2]},
    {"type": "seq", "kind": "tuple", "items": [{"type": "int", "v": "7"}]},
    {"type": "dict", "keys": [{"type": "float", "v": "nan"}], "values": [None]},
    {"type": "complex", "re": "inf", "im": "nan"},
)


def node(dice: random.Random, depth: int) -> Any:
    """A value in the form that the wire has for it, at the edges of what it may say."""
    kind = dice.choice(("none", "int", "float", "complex", "array", "array", "remote", "opaque", "seq", "dict"))
    if kind == "int":
        return {"type": "int", "v": dice.choice(("0", "-1", "7", "9" * 400, "1_0", " 1"))}
    if kind == "float":
        return {"type": "float", "v": dice.choice(("0x0p0", "nan", "-inf", "0x1p1023", "0x1p-1074", "1e400"))}
    if kind == "complex":
        return {"type": "complex", "re": dice.choice(("0x1p0", "nan")), "im": dice.choice(("0x1p0", "inf", "i"))}
    if kind == "array":
        dtype, size = dice.choice(
            (("float32", 4), ("float64", 8), ("int64", 8), ("bool", 1), ("bfloat16", 2), ("complex64", 8), ("uint8", 1))
        )
        shape = [dice.choice((0, 1, 1, 2, 3)) for _ in range(dice.randrange(5))]
        nbytes = size * math.prod(shape) + dice.choice((0, 0, 0, 0, 1, -1))
        facts = {
            "stride": shape,
            "device": dice.choice(("cpu", "\u202e")),
            "requires_grad": True,
            "is_leaf": False,
            "is_parameter": True,
            "shares": dice.choice(([], [0], [-1, 2**40])),
        }
        return {
            "type": "array",
            "kind": dice.choice(("tensor", "tensor", "ndarray", "scalar")),
            "dtype": dtype,
            "shape": shape,
            "offset": dice.choice((0, 0, 16, 48)),
            "nbytes": nbytes,
            "facts": dice.choice((None, facts)),
        }
    if kind in ("remote", "opaque"):
        return {"type": kind, "type_name": dice.choice(("Tensor", "x" * 300, "\x1b[2J")), "handle": 0}
    if kind == "none" or depth == 0:
        return dice.choice((None, True, "text"))
    items = [node(dice, depth - 1) for _ in range(dice.randrange(4))]
    if kind == "seq":
        return {"type": "seq", "kind": dice.choice(("list", "tuple")), "items": items}
    keys = [dice.choice(("w", "b", {"type": "int", "v": "7"}, node(dice, 0))) for _ in items]
    return {"type": "dict", "keys": keys, "values": items}


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
    for _ in range(dice.choice((1, 1, 2, 4))):
        container, key = dice.choice(places(tree))
        kind = dice.random()
        if kind < 0.3:
            container[key] = copy.deepcopy(dice.choice(ATOMS))
        elif kind < 0.4:
            other, its_key = dice.choice(places(tree))
            container[key] = msgspec.json.decode(msgspec.json.encode(other[its_key]))
        elif isinstance(container[key], dict) and "type" in container[key]:
            container[key] = node(dice, 3)
        elif "value" in tree:
            tree["value"] = node(dice, 3)
    if dice.random() < 0.8:
        tree["id"] = 1
    if dice.random() < 0.3:
        payload = dice.randbytes(dice.choice((0, 1, 16, 48, 64, 1000)))
    return frame(tree, payload)


def told(data: bytes, loading: bool, dice: random.Random) -> str:
    """What the trusted side says of this reply to a call, or to the request to run the file."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.setblocking(False)
        assert not data or theirs.send(data) == len(data), "too long for the socket's buffer"
        theirs.shutdown(socket.SHUT_WR)
        worker = WorkerHandle(Answering(ours))
        try:
            if loading:
                worker.post_load(name="f", filename="f.py", chunks=[], probes=None, pieces=[], device="cpu")
                return f"loaded {worker.finish_load(SECONDS)}"
            outcome, _ = worker.call(CALL, SECONDS)
        except LimitReached as limit:
            assert limit.kind in ("protocol", "exit") and not worker.process.alive
            return limit.kind
    expected = dice.choice(EXPECTED)
    finding = judge(CALL, expected, outcome, parameter_names=("x",))
    if finding is None:
        return "right"
    msgspec.json.encode(finding)
    return f"wrong {failed(CALL, finding, expected, outcome, parameter_names=('x',))}"


@pytest.mark.slow
def test_every_reply_is_an_outcome_or_a_limit() -> None:
    """Also judged and explained: a reply that decodes must not break what reads it."""
    dice = random.Random(SEED)
    starts = replies()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    kinds = dict.fromkeys(("loaded", "protocol", "exit", "right", "wrong"), 0)
    longest = 0.0
    for number in range(COUNT):
        loading = dice.random() < 0.2
        data = mutated(dice.choice(starts[-2:] if loading else starts), dice)
        start = time.thread_time()
        try:
            said = told(data, loading, dice)
            said.encode()
        except Exception as error:
            raise AssertionError(f"reply {number} of seed {SEED}: {data!r}") from error
        kinds[said.split()[0]] += 1
        longest = max(longest, time.thread_time() - start)
    assert sum(kinds.values()) == COUNT
    assert min(kinds["loaded"], kinds["exit"], kinds["wrong"] / 10) > COUNT / 200, kinds
    assert longest < SECONDS, f"one reply took {longest:.1f} s of the processor"
    growth = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert growth < 200_000, f"{growth} KB"
