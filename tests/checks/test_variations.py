"""Further calls: what each kind changes, and what it leaves as it is."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch

from grader.checks.variations import Kind, variations
from grader.wire.values import Call, Callback, Probe, Remote

X = torch.tensor([[0.5, -1.25, 0.0], [2.5, 0.75, -0.125]], dtype=torch.float64)
LABELS = torch.tensor([2, 0])


def varied(kind: Kind, *args: Any, target: str | Probe = "f", **more: Any) -> list[Call]:
    call = Call(target=target, args=args, **more)
    return [call for _, call in variations(call, torch.Generator().manual_seed(1), (kind,))]


def test_values_keep_their_signs_zeros_and_bounds() -> None:
    (call,) = varied("values", X, 0.9, LABELS, 3, "sum", True)
    drawn, rate, *rest = call.args
    assert torch.equal(drawn.sign(), X.sign()) and bool((drawn.abs() <= X.abs()).all()) and not torch.equal(drawn, X)
    assert 0 < rate < 0.9 and rest == [LABELS, 3, "sum", True] and rest[0] is LABELS


def test_whole_numbers_are_counts_or_labels_and_stay() -> None:
    assert varied("values", torch.tensor([0.0, 1.0, 2.0]), LABELS, 2, np.arange(3)) == []


def test_dtype_and_layout_stay() -> None:
    strided, array = X.float().T, np.array([0.5, 1.5], dtype=np.float32)
    (call,) = varied("values", strided, array)
    assert call.args[0].dtype == torch.float32 and call.args[0].stride() == strided.stride()
    assert call.args[1].dtype == np.float32


def test_more_rows_reach_everything_that_counts_them() -> None:
    (call,) = varied("rows", X, LABELS, 2, 3)
    x, labels, rows, columns = call.args
    assert (x.shape, labels.tolist(), rows, columns) == ((4, 3), [2, 0, 2, 0], 4, 3)


def test_larger_sizes_stay_apart_and_equal_ones_equal() -> None:
    (call,) = varied("sizes", X, torch.eye(3) * 0.5, [np.ones((3, 2)) * 0.5])
    x, square, (other,) = call.args
    assert x.shape == (3, 5) and square.shape == (5, 5) and other.shape == (5, 3)


@pytest.mark.parametrize(
    ("kind", "args", "expected"),
    [
        ("shorter", ([5, 3, 2], 0.5), ([5, 3], 0.5)),
        ("longer", ([5, 3, 2],), ([5, 3, 2, 6],)),
        ("counts", (0.5, 3, True), (0.5, 4, True)),
        ("negated", (0.5, 2.0), (-0.5, 2.0)),
        ("larger", (0.5,), (1.5,)),
    ],
)
def test_kinds(kind: Kind, args: tuple[Any, ...], expected: tuple[Any, ...]) -> None:
    (call,) = varied(kind, *args)
    assert call.args == expected


def test_what_is_bound_to_a_probe_is_varied_too() -> None:
    (call,) = varied("counts", 0.5, target=Probe("trained", (3,)))
    assert call.target == Probe("trained", (4,)) and call.args == (0.5,)


def test_upstream_gradients_are_left_out_where_shapes_change() -> None:
    more = {"requires_grad": (0,), "upstream": (X,)}
    assert varied("values", X, **more)[0].upstream == (X,)
    assert varied("rows", X, **more)[0].upstream is None


@pytest.mark.parametrize("held", [Remote(0, "Module"), [Callback(print)]])
def test_calls_with_objects_that_a_call_may_change_are_not_varied(held: Any) -> None:
    assert varied("values", X, held) == []
