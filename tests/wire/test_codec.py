"""Every kind of value goes over the wire and comes back as it was."""

from __future__ import annotations

import math
from collections import OrderedDict, defaultdict
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.wire.channel import PREFIX, WireError, pack
from grader.wire.codec import DTYPES, MAX_DEPTH, Decoder, Encoder, Inputs, TooLarge
from grader.wire.messages import Node, OpaqueNode, Reply, Returned
from grader.wire.values import Opaque, Probe, Remote


def kept(value: Any) -> Node:
    return OpaqueNode(type(value).__name__)


def refused(node: Node, _: Decoder) -> Any:
    raise WireError(f"unexpected {node}")


def carried(value: Any, *, strided: bool = False) -> Any:
    """The value after one crossing, through real bytes."""
    import msgspec

    encoder = Encoder(keep=kept, strided=strided)
    frame = b"".join(pack(Returned(1, encoder.encode(value)), encoder.buffers))
    _, length, _ = PREFIX.unpack(frame[: PREFIX.size])
    header = msgspec.json.decode(frame[PREFIX.size : PREFIX.size + length], type=Reply)
    return Decoder(memoryview(frame[PREFIX.size + length :]), refused).decode(header.value)


def same(a: Any, b: Any) -> bool:
    if type(a) is not type(b):
        return False
    if isinstance(a, torch.Tensor):
        return a.dtype == b.dtype and a.shape == b.shape and _bytes(a) == _bytes(b)
    if isinstance(a, (np.ndarray, np.generic)):
        return a.dtype == b.dtype and a.shape == b.shape and a.tobytes() == b.tobytes()
    if isinstance(a, (list, tuple)):
        return len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, dict):
        return list(a) == list(b) and all(same(a[key], b[key]) for key in a)
    if isinstance(a, float):
        return a.hex() == b.hex()
    if isinstance(a, complex):
        return same(a.real, b.real) and same(a.imag, b.imag)
    return bool(a == b)


def _bytes(tensor: torch.Tensor) -> list[int]:
    return tensor.clone(memory_format=torch.contiguous_format).reshape(-1).view(torch.uint8).tolist()


@st.composite
def tensors(draw: st.DrawFn) -> torch.Tensor:
    shape = draw(st.lists(st.integers(0, 4), max_size=4))
    dtype = draw(st.sampled_from(list(DTYPES.values())))
    generator = torch.Generator().manual_seed(draw(st.integers(0, 1000)))
    numbers = torch.randint(0, 2 if dtype is torch.bool else 100, shape, generator=generator).to(dtype)
    if draw(st.booleans()) and len(shape) > 1:
        numbers = numbers.transpose(0, -1)
    if draw(st.booleans()) and shape and numbers.shape[0] > 1:
        numbers = numbers[::2]
    return numbers


arrays = tensors().filter(lambda t: t.dtype is not torch.bfloat16).map(lambda t: t.numpy())
leaves = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(-(10**300), 10**300)
    | st.floats()
    | st.complex_numbers()
    | st.text()
    | tensors()
    | arrays
)
keys = st.text(max_size=5) | st.integers() | st.booleans() | st.none()
values = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=4) | st.lists(inner, max_size=4).map(tuple) | st.dictionaries(keys, inner, max_size=4)
    ),
    max_leaves=12,
)


@settings(max_examples=300, deadline=None)
@given(values)
def test_round_trip(value: Any) -> None:
    assert same(carried(value), value)


@settings(max_examples=100, deadline=None)
@given(tensors())
def test_towards_the_worker_the_strides_come_along(tensor: torch.Tensor) -> None:
    there = carried(tensor, strided=True)
    assert same(there, tensor)
    if tensor.numel():
        steps = zip(tensor.shape, tensor.stride(), there.stride(), strict=True)
        assert all(size == 1 or step == its_step for size, step, its_step in steps)


@pytest.mark.parametrize(
    "value",
    [
        math.nan,
        math.inf,
        -math.inf,
        -0.0,
        5e-324,
        np.float32("nan"),
        np.float64(-0.0),
        np.int8(-3),
        np.bool_(True),
        10**1000,
        -(2**63),
        complex(math.nan, -math.inf),
    ],
    ids=range(12),
)
def test_numbers(value: Any) -> None:
    assert same(carried(value), value)


@pytest.mark.parametrize("dtype", DTYPES.values())
def test_every_dtype_in_every_shape(dtype: torch.dtype) -> None:
    for shape in ((), (0,), (1,), (2, 0, 3), (3, 4)):
        tensor = torch.ones(shape).to(dtype)
        assert same(carried(tensor), tensor) and carried(tensor).is_contiguous()


def test_special_floats_in_tensors() -> None:
    for dtype in (torch.float16, torch.bfloat16, torch.float32, torch.float64):
        tensor = torch.tensor([math.nan, math.inf, -math.inf, -0.0]).to(dtype)
        assert same(carried(tensor), tensor)


def test_conjugates_negatives_and_gradients_arrive_resolved() -> None:
    z = torch.tensor([1 + 2j, 3 - 4j])
    assert same(carried(z.conj()), z.conj().resolve_conj())
    assert same(carried(z.conj().imag), torch.tensor([-2.0, 4.0]))
    x = torch.ones(2, requires_grad=True)
    assert same(carried(x * 2), torch.full((2,), 2.0))


@pytest.mark.parametrize(
    "array",
    [
        np.arange(12.0).reshape(3, 4).T,
        np.asfortranarray(np.arange(24).reshape(2, 3, 4)),
        np.arange(12, dtype=np.int16)[::-1],
        np.arange(20.0).reshape(4, 5)[::-2, 1::2],
        np.arange(8).reshape(2, 4)[:, ::-1].T,
        np.broadcast_to(np.arange(3.0), (4, 3)),
        np.arange(6) % 2 == np.zeros((2, 1)),
        np.arange(4.0)[1:3],
        np.zeros((0, 3))[:, ::-1],
    ],
)
def test_towards_the_worker_an_arrays_strides_come_along(array: Any) -> None:
    there = carried(array, strided=True)
    assert same(there, array) and there.flags.writeable
    assert [b for a, b in zip(array.shape, there.strides, strict=True) if a > 1] == [
        b for a, b in zip(array.shape, array.strides, strict=True) if a > 1
    ] or 0 in array.shape
    back = carried(there)
    assert same(back, array) and back.flags.c_contiguous


def test_an_array_between_other_data_arrives_in_one_piece() -> None:
    records = np.zeros(4, dtype=[("a", "f8"), ("b", "i2")])
    records["a"] = range(4)
    assert same(carried(records["a"], strided=True), np.arange(4.0))


def test_arrays_and_tensors_in_one_memory() -> None:
    x, a = torch.ones(2, 3), np.ones(4)
    encoder = Encoder(keep=kept, inputs=[x, a])
    node = encoder.encode([x.numpy()[1], torch.from_numpy(a)[2:], a[::-1], np.ones(4)])
    decoder = Decoder(memoryview(b"".join(_padded(encoder))), refused)
    decoder.decode(node)
    assert [decoder.facts[(i,)].shares for i in range(4)] == [(0,), (1,), (1,), ()]


def test_an_argument_that_holds_itself_by_now() -> None:
    x, loop = torch.ones(2), [1]
    loop += [loop, {"x": (x, loop)}]  # type: ignore[list-item]
    assert Inputs([loop, 3]).sharing(x[1:]) == (0,) and Inputs([loop]).sharing(torch.ones(2)) == ()


def test_big_endian_arrays_arrive_native() -> None:
    assert same(carried(np.arange(3, dtype=">i4")), np.arange(3, dtype="<i4"))


def test_facts() -> None:
    x = torch.ones(2, 3)
    encoder = Encoder(keep=kept, inputs=[torch.ones(1), [{"x": x}]])
    node = encoder.encode([x.T, torch.nn.Parameter(torch.ones(1))])
    decoder = Decoder(memoryview(b"".join(_padded(encoder))), refused)
    decoder.decode(node)
    assert decoder.facts[(0,)].shares == (1,) and decoder.facts[(0,)].stride == (1, 3)
    assert decoder.facts[(1,)].is_parameter and decoder.facts[(1,)].requires_grad


def _padded(encoder: Encoder) -> list[bytes]:
    return [bytes(buffer) + bytes(-buffer.nbytes % 16) for buffer in encoder.buffers]


class Text(str):
    pass


@pytest.mark.parametrize(
    ("value", "type_name"),
    [
        (object(), "object"),
        (Text("x"), "Text"),
        (torch.ones(2).to_sparse(), "Tensor (torch.sparse_coo"),
        (torch.empty(2, device="meta"), "Tensor (torch.strided"),
        (np.array(["a"]), "numpy ndarray of"),
        (np.array([None]), "numpy ndarray of object"),
        (10**5000, "int"),
        (torch.float32, "dtype"),
    ],
    ids=range(8),
)
def test_what_is_no_data_crosses_by_its_types_name(value: Any, type_name: str) -> None:
    there = carried([value])[0]
    assert isinstance(there, Opaque) and there.type_name.startswith(type_name)


def test_lone_surrogates_are_replaced() -> None:
    assert carried(["a\ud800b", {"\udfff": 1}]) == ["a?b", {"?": 1}]


def test_what_is_too_large_is_said_and_not_sent() -> None:
    loop: list[Any] = []
    loop.append(loop)
    nested: list[Any] = []
    for _ in range(MAX_DEPTH + 1):
        nested = [nested]
    for value in (torch.ones(1).expand(10**12), np.broadcast_to(np.ones(1), (10**12,)), [0] * 30_000, loop, nested):
        with pytest.raises(TooLarge):
            carried(value)


def test_handles_and_probes() -> None:
    encoder = Encoder(keep=kept)
    for value in (Remote(3, "Net"), Probe("p", (1, 2.0), True)):
        node = encoder.encode(value)
        assert Decoder(memoryview(b""), lambda found, _: found).decode(node) == node


@pytest.mark.parametrize(
    ("value", "base"),
    [
        (torch.Size([2, 3]), (2, 3)),
        (torch.tensor([1.0, 3.0, 2.0]).max(0), (torch.tensor(3.0), torch.tensor(1))),
        (OrderedDict(a=[1]), {"a": [1]}),
        (defaultdict(list, b=2), {"b": 2}),
    ],
)
def test_what_torch_and_python_derive_goes_as_its_base(value: Any, base: Any) -> None:
    assert same(carried(value), base)


def test_a_derived_type_can_not_change_what_is_sent() -> None:
    class Sly(list[int]):
        def __iter__(self) -> Any:
            raise AssertionError("asked")

        def __len__(self) -> int:
            raise AssertionError("asked")

    assert carried(Sly([1, 2])) == [1, 2]
