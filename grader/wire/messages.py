"""The headers that cross the wire, as tagged structs: the only shapes that either side will decode.

A value is a tree of nodes. None, bool and str stand for themselves; numbers are text, because JSON has no NaN and
no large integers; a tensor or array names its part of the payload by offset.
"""

from __future__ import annotations

from typing import Union

import msgspec

from grader.wire.values import Effects, Facts, Raised


class IntNode(msgspec.Struct, frozen=True, tag="int"):
    v: str


class FloatNode(msgspec.Struct, frozen=True, tag="float"):
    v: str  # float.hex, exact, with nan and inf


class ComplexNode(msgspec.Struct, frozen=True, tag="complex"):
    re: str
    im: str


class SequenceNode(msgspec.Struct, frozen=True, tag="seq"):
    kind: str  # "list" or "tuple"
    items: list[Node]


class DictNode(msgspec.Struct, frozen=True, tag="dict"):
    keys: list[Node]
    values: list[Node]


class ArrayNode(msgspec.Struct, frozen=True, tag="array"):
    """A tensor, NumPy array or NumPy scalar. `stride` (in elements) is only given towards the worker; an
    array's may be negative."""

    kind: str  # "tensor", "ndarray" or "scalar"
    dtype: str
    shape: list[int]
    offset: int
    nbytes: int
    stride: list[int] | None = None
    facts: Facts | None = None


class RemoteNode(msgspec.Struct, frozen=True, tag="remote"):
    handle: int
    type_name: str


class OpaqueNode(msgspec.Struct, frozen=True, tag="opaque"):
    type_name: str
    is_tensor: bool = False


class ProbeNode(msgspec.Struct, frozen=True, tag="probe"):
    name: str
    args: list[Node]
    build: bool


class CallbackNode(msgspec.Struct, frozen=True, tag="callback"):
    number: int


NumberNode = Union[IntNode, FloatNode, ComplexNode]
Node = Union[
    None, bool, str, NumberNode, SequenceNode, DictNode, ArrayNode, RemoteNode, OpaqueNode, ProbeNode, CallbackNode
]


class ChunkHeader(msgspec.Struct, frozen=True):
    """A piece of source: the whole file, or one cell of a notebook (`label`). size: its bytes of the payload, where
    the pieces lie one behind the other."""

    label: str | None
    size: int


class Piece(msgspec.Struct, frozen=True):
    """Top-level statements of a chunk that are run as one. lines: the first of each; end: the first behind them."""

    chunk: int
    lines: list[int]
    end: int


class LoadRequest(msgspec.Struct, frozen=True, tag="load"):
    """Run these pieces of the submission's chunks, in their order, in a fresh module. real: packages of which the
    library itself is wanted, where a stand-in would do for others. Answer: Running for each piece but the first, then
    Loaded."""

    id: int
    name: str
    filename: str
    chunks: list[ChunkHeader]
    probes: str | None
    pieces: list[Piece]
    real: list[str] = []
    device: str = "cpu"


class CallRequest(msgspec.Struct, frozen=True, tag="call"):
    id: int
    target: Node
    args: list[Node]
    kwargs: dict[str, Node]
    requires_grad: list[int]
    upstream: list[Node] | None
    replace: dict[str, Node]
    twin: bool = False
    counted: bool = False
    effects: bool = False
    identity: bool = False


class CallbackAnswer(msgspec.Struct, frozen=True, tag="answer"):
    """The trusted side's answer to a callback: a value, or the name and text of what it raised."""

    id: int
    value: Node = None
    error: Raised | None = None


Request = Union[LoadRequest, CallRequest, CallbackAnswer]


class Running(msgspec.Struct, frozen=True, tag="running"):
    """A piece of the load is run now, by its number."""

    id: int
    piece: int


class Lost(msgspec.Struct, frozen=True):
    """A top-level statement that raised; the others were run. line: its first, in its chunk."""

    chunk: int
    line: int
    error: Raised


class Loaded(msgspec.Struct, frozen=True, tag="loaded"):
    """names: what the module defines. absent: modules that are not installed, for which there are stand-ins.

    broken: why nothing came of the load as a whole.
    """

    id: int
    names: list[str]
    lost: list[Lost]
    state: list[str]  # global state that the submission changed; see worker/state.py
    absent: list[str] = []
    broken: Raised | None = None


class Returned(msgspec.Struct, frozen=True, tag="returned"):
    id: int
    value: Node = None
    gradients: list[Node] | None = None
    modified: list[int] = []
    error: Raised | None = None
    state: list[str] = []
    operations: int = 0
    same_as: list[int] | None = None
    effects: Effects | None = None


class Broken(msgspec.Struct, frozen=True, tag="broken"):
    """Our own code failed in the worker: nothing follows for the submission. reason: for whoever fixes it."""

    id: int
    reason: str


class CallbackRequest(msgspec.Struct, frozen=True, tag="callback_request"):
    """The submission called a function that lives on the trusted side."""

    id: int
    number: int
    args: list[Node]


Reply = Union[Running, Loaded, Returned, Broken, CallbackRequest]
