"""Values to nodes and back. The decoder is the one both sides use, and it takes every node for hostile."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

import numpy as np
import torch

from grader.twin import Twin, is_twin
from grader.wire import messages
from grader.wire.channel import MAX_PAYLOAD, WireError, padded
from grader.wire.memory import laid_out, leaves_of, memory_of, reached, span, steps_of
from grader.wire.messages import Node
from grader.wire.values import Facts, Opaque, Probe, Remote

DTYPES: dict[str, torch.dtype] = {
    name: getattr(torch, name)
    for name in (
        "float64", "float32", "float16", "bfloat16", "complex64", "complex128", "bool", "uint8", "int8", "int16",
        "int32", "int64", "uint16", "uint32", "uint64",
    )
}  # fmt: skip
DTYPE_NAMES = {dtype: name for name, dtype in DTYPES.items()}
MAX_DIMS = 16
MAX_NODES = 20_000
MAX_DEPTH = 32
MAX_DIGITS = 4_000


class TooLarge(Exception):
    """A value that would not fit the wire; said instead of sent."""

    grader_means_it = True


def plain(text: str, most: int = 200) -> str:
    """A text of the submission's as it can cross: bounded, and without the lone surrogates that no UTF-8 can carry."""
    return text[:most].encode("utf-8", "replace").decode()


def _contiguous(tensor: torch.Tensor) -> torch.Tensor:
    return tensor.detach().resolve_conj().resolve_neg().cpu().contiguous()


def _bytes_of(tensor: torch.Tensor) -> memoryview:
    """The bytes of a contiguous CPU tensor of any dtype, not copied."""
    if tensor.numel() == 0:
        return memoryview(b"")
    # Not reshape: a single element may keep a stride that no view of its bytes can have.
    return tensor.as_strided((tensor.numel(),), (1,)).view(torch.uint8).numpy().data


class Encoder:
    """Encodes values into nodes and collects their buffers.

    keep: what to do with an object that is not data (the worker keeps it and gives a handle).
    inputs: the call's arguments, whose memory a result may share.
    strided: send the layout in memory too (towards the worker), instead of facts (towards the trusted side).
    """

    def __init__(self, *, keep: Callable[[Any], Node], inputs: Sequence[Any] = (), strided: bool = False) -> None:
        self.keep = keep
        self.inputs = Inputs(inputs)
        self.strided = strided
        self.buffers: list[memoryview] = []
        self.offset = 0
        self.count = 0

    def encode(self, value: Any, depth: int = 0) -> Node:
        """The node of a value. Exact types only: a subclass of str or Tensor may lie about itself.

        A tuple, list or dict of a derived type, such as a torch.Size or what torch.max returns, goes as its base.
        """
        self.count += 1
        if self.count > MAX_NODES or depth > MAX_DEPTH:
            raise TooLarge
        kind = type(value)
        if value is None or kind is bool:
            return value  # type: ignore[no-any-return]
        if kind is str:
            return plain(value, MAX_PAYLOAD)
        if kind is int:
            return messages.IntNode(str(value)) if value.bit_length() < 3 * MAX_DIGITS else messages.OpaqueNode("int")
        if kind is float:
            return messages.FloatNode(value.hex())
        if kind is complex:
            return messages.ComplexNode(value.real.hex(), value.imag.hex())
        for base in (tuple, list):
            if issubclass(kind, base):
                return messages.SequenceNode(base.__name__, self._all(base.__iter__(value), depth))
        if issubclass(kind, dict):
            return messages.DictNode(self._all(dict.__iter__(value), depth), self._all(dict.values(value), depth))
        if kind is torch.Tensor or kind is torch.nn.Parameter or kind is Twin:
            return self._tensor(value)
        if kind is np.ndarray or (isinstance(value, np.generic) and kind.__module__ == "numpy"):
            return self._numpy(value)
        if kind is Probe:
            return messages.ProbeNode(value.name, self._all(value.args, depth), value.build)
        if kind is Remote:
            return messages.RemoteNode(value.handle, value.type_name)
        return self.keep(value)

    def _all(self, values: Iterable[Any], depth: int) -> list[Node]:
        return [self.encode(value, depth + 1) for value in values]

    def _tensor(self, tensor: torch.Tensor) -> Node:
        name = DTYPE_NAMES.get(tensor.dtype)
        if tensor.layout is not torch.strided or name is None or tensor.device.type == "meta" or tensor.is_nested:
            return messages.OpaqueNode(
                f"Tensor ({tensor.layout}, {tensor.dtype}, {tensor.device.type})", is_tensor=True
            )
        shape, stride = tuple(tensor.shape), tuple(tensor.stride())
        if self.strided and not tensor.is_contiguous():
            data = tensor.detach().as_strided((span(shape, stride),), (1,))
            return self._array("tensor", name, shape, data, stride=list(stride))
        if tensor.numel() * tensor.element_size() > MAX_PAYLOAD:
            raise TooLarge
        facts = None if self.strided else facts_of(tensor, self.inputs)
        return self._array("tensor", name, shape, _contiguous(tensor), facts=facts)

    def _numpy(self, array: Any) -> Node:
        kind = "ndarray" if type(array) is np.ndarray else "scalar"
        name = array.dtype.name
        if name not in DTYPES:
            return messages.OpaqueNode(f"numpy {kind} of {name}"[:100])
        if array.size * array.itemsize > MAX_PAYLOAD:
            raise TooLarge
        native = array.astype(array.dtype.newbyteorder("="), copy=False)
        steps = steps_of(native) if self.strided and kind == "ndarray" and not native.flags.c_contiguous else None
        if steps is not None and span(native.shape, steps) * native.itemsize <= MAX_PAYLOAD:
            return self._array(kind, name, native.shape, reached(native, steps), stride=list(steps))
        facts = None
        if kind == "ndarray" and not self.strided:
            facts = facts_of(array, self.inputs)
        return self._array(kind, name, tuple(array.shape), np.ascontiguousarray(native), facts=facts)

    def _array(
        self,
        kind: str,
        dtype: str,
        shape: tuple[int, ...],
        data: Any,
        *,
        stride: list[int] | None = None,
        facts: Facts | None = None,
    ) -> messages.ArrayNode:
        raw = _bytes_of(data) if isinstance(data, torch.Tensor) else memoryview(data.reshape(-1).view(np.uint8))
        node = messages.ArrayNode(kind, dtype, list(shape), self.offset, raw.nbytes, stride, facts)
        self.buffers.append(raw)
        self.offset += padded(raw.nbytes)
        if self.offset > MAX_PAYLOAD:
            raise TooLarge
        return node


class Inputs:
    """The arguments of a call, by the memory that they lie in."""

    def __init__(self, arguments: Sequence[Any]) -> None:
        self._arguments = arguments

    @cached_property
    def _positions(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for position, argument in enumerate(self._arguments):
            for leaf in leaves_of(argument):
                if (start := memory_of(leaf)) and position not in found.setdefault(start, []):
                    found[start].append(position)
        return found

    def sharing(self, value: Any) -> tuple[int, ...]:
        """The positions of the arguments in whose memory the value lies, as a whole or in part."""
        return tuple(self._positions.get(memory_of(value), ()))


def facts_of(tensor: Any, inputs: Inputs) -> Facts:
    """What the bytes of a tensor or array don't say."""
    if isinstance(tensor, np.ndarray):
        return Facts(tuple(tensor.strides), "cpu", False, True, shares=inputs.sharing(tensor))
    return Facts(
        tuple(tensor.stride()),
        str(tensor.device),
        tensor.requires_grad,
        tensor.is_leaf,
        type(tensor) is torch.nn.Parameter or (is_twin(tensor) and isinstance(tensor, torch.nn.Parameter)),
        inputs.sharing(tensor),
    )


class Decoder:
    """Decodes nodes of one frame against its payload.

    resolve: what stands for a remote, probe or callback node on this side; the trusted side takes handles only.
    `facts` collects each tensor's facts by path.
    """

    def __init__(self, payload: memoryview, resolve: Callable[[Node, Decoder], Any]) -> None:
        self.payload = payload
        self.resolve = resolve
        self.facts: dict[tuple[Any, ...], Facts] = {}
        self.count = 0
        self.taken = 0

    def decode(self, node: Node, path: tuple[Any, ...] = ()) -> Any:
        """The value of a node. Raises WireError for whatever no honest encoder writes."""
        self.count += 1
        if self.count > MAX_NODES or len(path) > MAX_DEPTH:
            raise WireError("too many values")
        if node is None or isinstance(node, (bool, str)):
            return node
        if isinstance(node, (messages.IntNode, messages.FloatNode, messages.ComplexNode)):
            return _number(node)
        if isinstance(node, messages.SequenceNode):
            return self._sequence(node, path)
        if isinstance(node, messages.DictNode):
            return self._dict(node, path)
        if isinstance(node, messages.ArrayNode):
            return self._array(node, path)
        if isinstance(node, messages.OpaqueNode):
            return Opaque(node.type_name[:200], node.is_tensor)
        return self.resolve(node, self)

    def _sequence(self, node: messages.SequenceNode, path: tuple[Any, ...]) -> Any:
        if node.kind not in ("list", "tuple"):
            raise WireError("bad sequence")
        items = [self.decode(item, (*path, i)) for i, item in enumerate(node.items)]
        return items if node.kind == "list" else tuple(items)

    def _dict(self, node: messages.DictNode, path: tuple[Any, ...]) -> dict[Any, Any]:
        if len(node.keys) != len(node.values):
            raise WireError("bad dict")
        result: dict[Any, Any] = {}
        for key_node, value in zip(node.keys, node.values, strict=True):
            # What is nested in a key would not count as depth, and Python's own limit is further away.
            nested = isinstance(key_node, (messages.SequenceNode, messages.DictNode))
            key = Opaque("tuple") if nested else self.decode(key_node)
            if type(key) not in (str, int, bool, float, type(None)):
                # A tuple of tensors, say: no exercise returns one, so it is shown and not used.
                key = key if type(key) is Opaque else Opaque(type(key).__name__)
            result[key] = self.decode(value, (*path, key))
        return result

    def _array(self, node: messages.ArrayNode, path: tuple[Any, ...]) -> Any:
        dtype = DTYPES.get(node.dtype)
        if dtype is None or node.kind not in ("tensor", "ndarray", "scalar"):
            raise WireError("bad array")
        shape, stride = _checked_shape(node)
        count = span(shape, stride) if stride is not None else math.prod(shape)
        itemsize = dtype.itemsize
        if node.nbytes != count * itemsize or node.offset % 16 or node.offset < 0:
            raise WireError("bad array length")
        if node.offset + node.nbytes > len(self.payload):
            raise WireError("array beyond the payload")
        self.taken += padded(node.nbytes)
        if self.taken > len(self.payload):
            # Many nodes over the same bytes would be copied many times: 64 MB sent, a terabyte allocated.
            raise WireError("overlapping arrays")
        # Copied: an input must be an ordinary tensor that owns its memory, and a result must not pin the frame.
        raw = bytearray(self.payload[node.offset : node.offset + node.nbytes])
        if node.kind != "tensor":
            return self._numpy(node, raw, shape, path)
        flat = torch.empty(0, dtype=dtype)
        if count and dtype is torch.bool:
            flat = torch.frombuffer(raw, dtype=torch.uint8) != 0  # a byte of 2 would be neither true nor false
        elif count:
            flat = torch.frombuffer(raw, dtype=dtype)
        if node.facts is not None:
            self.facts[path] = node.facts
        flat = flat.clone()
        return flat.reshape(shape) if stride is None else flat.as_strided(shape, stride)

    def _numpy(self, node: messages.ArrayNode, raw: bytearray, shape: tuple[int, ...], path: tuple[Any, ...]) -> Any:
        if node.dtype == "bfloat16" or (node.kind == "scalar" and shape):
            raise WireError("bad numpy value")
        flat = np.frombuffer(raw, dtype=np.uint8) != 0 if node.dtype == "bool" else np.frombuffer(raw, node.dtype)
        array = flat.reshape(shape).copy() if node.stride is None else laid_out(flat.copy(), shape, node.stride)
        if node.kind == "scalar":
            return array[()]
        if node.facts is not None:
            self.facts[path] = node.facts
        return array


def _number(node: messages.NumberNode) -> Any:
    try:
        if isinstance(node, messages.IntNode):
            if len(node.v) > MAX_DIGITS:
                raise WireError("integer too long")
            return int(node.v)
        if isinstance(node, messages.FloatNode):
            return float.fromhex(node.v)
        return complex(float.fromhex(node.re), float.fromhex(node.im))
    except (ValueError, OverflowError) as error:
        raise WireError("bad number") from error


def _checked_shape(node: messages.ArrayNode) -> tuple[tuple[int, ...], tuple[int, ...] | None]:
    """Shape and stride, each bounded so that no product of them can overflow or allocate."""
    if len(node.shape) > MAX_DIMS or any(not 0 <= size <= MAX_PAYLOAD for size in node.shape):
        raise WireError("bad shape")
    if math.prod(max(size, 1) for size in node.shape) > 1 << 48:
        raise WireError("bad shape")
    if node.stride is None:
        return tuple(node.shape), None
    least = -MAX_PAYLOAD if node.kind == "ndarray" else 0  # NumPy counts backwards too
    if len(node.stride) != len(node.shape) or any(not least <= step <= MAX_PAYLOAD for step in node.stride):
        raise WireError("bad stride")
    return tuple(node.shape), tuple(node.stride)


def tensors_in(value: Any) -> Iterator[torch.Tensor]:
    """Every tensor of a value, in order."""
    if isinstance(value, torch.Tensor):
        yield value
    elif isinstance(value, (list, tuple, dict)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from tensors_in(item)
