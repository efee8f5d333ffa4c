"""Right answers pass however they are held; wrong ones fail for the right reason."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.checks.failure import Failure
from grader.checks.judge import judge, same
from grader.wire.values import Call, Facts, Frame, Opaque, Outcome, Raised, Remote

X = torch.linspace(-2, 3, 21, dtype=torch.float64).reshape(7, 3) ** 3
Y = torch.linspace(-1, 2, 7, dtype=torch.float64) ** 3
CALL = Call(target="f", args=(X, Y), requires_grad=(0,))
NAMES = ("x", "y")
VALUE_ERROR = Raised("exception", "ValueError", "shapes differ")


def verdict(expected: Any, got: Any, **options: Any) -> Failure | None:
    return judge(CALL, Outcome(value=expected), Outcome(value=got), parameter_names=NAMES, **options)


def kind(expected: Any, got: Any, **options: Any) -> str | None:
    failure = verdict(expected, got, **options)
    return failure.kind if failure else None


@pytest.mark.parametrize(
    "value",
    [
        Y,
        X,
        torch.tensor(1.0),
        torch.empty(0),
        torch.empty(0, 3),
        Y > 0,
        torch.tensor([1, 2]),
        Y + 1j,
        Y.float(),
        Y.half(),
        torch.tensor([math.nan, math.inf, -math.inf]),
        None,
        True,
        3,
        2.5,
        math.nan,
        1j,
        "word",
        b"bytes",
        [1.0, 2.0],
        [],
        (Y, [X, {"w": Y, 3: None}]),
        {},
        Y.numpy(),
        np.array(3.0),
        np.array([1, 2]),
        np.float32(1.5),
        np.array(["a", "b"]),
        np.arange(6.0).astype(">f8"),
        np.arange(3).astype(np.longdouble),
        Opaque("Figure"),
        Remote(1, "Linear"),
    ],
    ids=repr,
)
def test_the_same_value_passes(value: Any) -> None:
    assert verdict(value, value) is None
    assert same(Outcome(value=value), Outcome(value=value))


@pytest.mark.parametrize(
    ("expected", "got"),
    [
        (Y, Y + 1e-9),
        (Y, torch.nn.Parameter(Y.clone())),
        (X, X.T.contiguous().T),
        (torch.tensor([0.0]), torch.tensor([-0.0])),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
        (Remote(1, "MLP"), Remote(9, "Sequential")),
        ([0.5, 1.5], [0.5 + 1e-9, 1.5]),
    ],
)
def test_right_however_it_is_held(expected: Any, got: Any) -> None:
    assert verdict(expected, got) is None


@pytest.mark.parametrize(
    ("expected", "got", "reason"),
    [
        (Y, None, "none"),
        (Y.sum(), float(Y.sum()), "kind"),
        (Y, Y.tolist(), "kind"),
        (Y, Y.numpy(), "kind"),
        (Y.numpy(), Y, "kind"),
        (Y, (Y,), "kind"),
        (2.0, 2, "kind"),
        (1, True, "kind"),
        (1.0, torch.tensor(1.0), "kind"),
        (None, Y, "kind"),
        ((Y,), [Y], "kind"),
        (Y, Opaque("Tensor"), "kind"),
        (Opaque("Figure"), Opaque("Axes"), "class"),
        ((Y, Y), (Y,), "length"),
        ([1.0], [1.0, 2.0], "length"),
        ({"w": Y, "b": Y}, {"w": Y}, "keys"),
        ({"w": Y}, {"w": Y, "b": Y}, "keys"),
        ({1: Y}, {True: Y}, "keys"),
        (Y, Y.float(), "dtype"),
        (Y.round(), Y.round().long(), "dtype"),
        (np.float64(1), np.float32(1), "dtype"),
        (Y.numpy(), Y.float().numpy(), "dtype"),
        (Y, Y[:, None], "shape"),
        (Y[:, None], Y, "shape"),
        (Y, Y[:, None] - Y, "shape"),
        (torch.zeros(()), torch.zeros(1), "shape"),
        (torch.empty(0), torch.empty(0, 3), "shape"),
        (torch.empty(0), torch.zeros(1), "shape"),
        (torch.tensor([math.nan]), torch.tensor([math.inf]), "values"),
        (torch.tensor([math.inf]), torch.tensor([-math.inf]), "values"),
        (torch.tensor([1e38]), torch.tensor([math.inf]), "values"),
        (Y > 0, Y < 0, "values"),
        (torch.tensor([2**62]), torch.tensor([2**62 + 1]), "values"),
        (Y + 1j, Y - 1j, "values"),
        (3, 4, "values"),
        (True, False, "values"),
        ("a", "b", "values"),
        (2.5, 2.6, "values"),
        (np.array(["a"]), np.array(["b"]), "values"),
    ],
)
def test_wrong_for_the_right_reason(expected: Any, got: Any, reason: str) -> None:
    assert kind(expected, got) == reason
    assert not same(Outcome(value=expected), Outcome(value=got))


@given(st.lists(st.floats(allow_infinity=True) | st.just(math.nan), min_size=1, max_size=6), st.data())
def test_nan_never_equals_by_luck(numbers: list[float], data: st.DataObject) -> None:
    expected = torch.tensor(numbers, dtype=torch.float64)
    position = data.draw(st.integers(0, len(numbers) - 1))
    got = expected.clone()
    got[position] = 1.0 if math.isnan(numbers[position]) else math.nan
    failure = verdict(expected, got)
    assert failure is not None and failure.kind == "values"
    assert failure.nan == (not math.isnan(numbers[position]))
    assert failure.worst is not None and failure.worst.index == (position,)
    assert kind(float(expected[position]), float(got[position])) == "values"


def test_nan_and_infinity_are_counted_apart() -> None:
    got = Y.clone()
    got[1], got[2], got[3] = math.nan, math.inf, 99
    failure = verdict(Y, got)
    assert failure is not None
    assert (failure.differing, failure.total, failure.nan, failure.inf) == (3, 7, 1, 1)


def test_the_worst_entry() -> None:
    got = X.clone()
    got[2, 1] += 0.5
    got[4, 0] += 0.25
    failure = verdict(X, got)
    assert failure is not None and failure.worst is not None
    assert failure.worst.index == (2, 1)
    assert failure.worst.abs_error == pytest.approx(0.5)
    assert failure.worst.expected == float(X[2, 1])
    assert failure.worst.rel_error == pytest.approx(0.5 / abs(float(X[2, 1])))


def test_no_type_of_worst_breaks_json() -> None:
    import msgspec

    for expected, got in [(Y > 0, Y < 0), (Y + 1j, Y), (torch.tensor([2**62]), torch.tensor([-(2**63)])), (Y, Y / 0)]:
        failure = verdict(expected, got.to(expected.dtype))
        assert failure is not None
        assert msgspec.json.encode(failure.worst)


def test_the_place_inside_a_nested_result_is_named() -> None:
    failure = verdict({"layers": [Y, (X, Y)]}, {"layers": [Y, (X, Y + 1)]})
    assert failure is not None and failure.where == "['layers'][1][1]"


def test_numpy_scalars_for_python_floats_only_on_request() -> None:
    assert kind(2.5, np.float64(2.5)) == "kind"
    assert kind(2.5, np.float64(2.5), numpy_scalars=True) is None
    assert kind(np.float64(2.5), 2.5, numpy_scalars=True) is None
    assert kind(2.5, np.float64(2.6), numpy_scalars=True) == "values"
    assert kind(2.0, np.int64(2), numpy_scalars=True) == "kind"


def test_the_authors_tolerance() -> None:
    assert kind(Y, Y + 1e-3) == "values"
    assert kind(Y, Y + 1e-3, atol=1e-2) is None
    assert kind(torch.tensor([5]), torch.tensor([6]), atol=2.0) == "values"


def test_the_device_is_a_fact() -> None:
    here, there = (Facts((1,), device, requires_grad=False, is_leaf=True) for device in ("cuda:0", "cpu"))
    failure = judge(CALL, Outcome(value=Y, facts={(): here}), Outcome(value=Y, facts={(): there}))
    assert failure is not None and (failure.kind, failure.expected, failure.got) == ("device", "cuda:0", "cpu")


def gradient(expected: Any, got: Any) -> Failure | None:
    outcomes = (Outcome(value=Y, gradients=g) for g in (expected, got))
    return judge(CALL, *outcomes, parameter_names=NAMES)


@pytest.mark.parametrize(
    ("got", "aspect"), [((None,), "none"), (None, "none"), ((), "none"), ((X.sum(0),), "shape"), ((X * 7,), "values")]
)
def test_wrong_gradients(got: Any, aspect: str) -> None:
    failure = gradient((X,), got)
    assert failure is not None
    assert (failure.kind, failure.aspect, failure.respect_to) == ("gradient", aspect, "x")


def test_a_gradient_wrong_by_n_is_recognised() -> None:
    failure = gradient((X,), (X * 7,))
    assert failure is not None and failure.pattern is not None
    assert failure.pattern.fields["n"] == 7


def test_no_path_and_a_zero_gradient_are_the_same() -> None:
    zeros = torch.zeros_like(X)
    assert gradient((None,), (zeros,)) is None
    assert gradient((zeros,), (None,)) is None
    assert gradient((None,), (X,)) is not None
    assert gradient((X,), (X,)) is None


def test_a_changed_input_is_said_last() -> None:
    changed = Outcome(value=Y, modified=(1,))
    failure = judge(CALL, Outcome(value=Y), changed, parameter_names=NAMES)
    assert failure is not None and (failure.kind, failure.got) == ("modified", "y")
    assert judge(CALL, changed, changed) is None
    wrong = judge(CALL, Outcome(value=Y), Outcome(value=Y + 1, modified=(1,)))
    assert wrong is not None and wrong.kind == "values"


@pytest.mark.parametrize("reason", ["not_implemented", "signature", "missing", "graph", "memory"])
def test_errors_keep_their_kind(reason: str) -> None:
    failure = judge(CALL, Outcome(value=Y), Outcome(error=Raised(reason, "SomeError", "why")))
    assert failure is not None and failure.kind == reason


def test_an_exception_where_one_is_due() -> None:
    def of(got: Outcome) -> str | None:
        failure = judge(CALL, Outcome(error=VALUE_ERROR), got)
        return failure.kind if failure else None

    assert of(Outcome(error=Raised("exception", "ValueError", "another text"))) is None
    assert of(Outcome(error=Raised("exception", "UnicodeDecodeError", "a ValueError too"))) is None
    assert of(Outcome(error=Raised("exception", "TypeError", ""))) == "raised"
    assert of(Outcome(error=Raised("exception", "Mine", ""))) == "raised"
    assert of(Outcome(value=Y)) == "raised"
    assert of(Outcome(value=None)) == "raised"


def test_an_unwritten_function_never_passes_for_a_runtime_error() -> None:
    wanted = Outcome(error=Raised("exception", "RuntimeError", ""))
    stub = Outcome(error=Raised("not_implemented", "NotImplementedError", "f"))
    failure = judge(CALL, wanted, stub)
    assert failure is not None and failure.kind == "not_implemented"


def test_hostile_results_are_only_looked_at() -> None:
    deep: Any = []
    for _ in range(100_000):
        deep = [deep]
    for hostile in (deep, [0.0] * 1_000_000, {i: i for i in range(100_000)}, "\x1b[2J" * 100_000, 10**100_000):
        anything: list[Any] = [Y, [], {}, (), None, 1.5, "a", 3]
        for expected in anything:
            failure = verdict(expected, hostile)
            assert failure is not None
            assert len(failure.got) < 400 and "\x1b" not in failure.got
    while deep:  # freeing it at once would recurse as deeply
        deep = deep.pop()
    frames = (Frame(3, "\tx = '\x1b[2J'", "f"),)
    raised = judge(CALL, Outcome(value=Y), Outcome(error=Raised("exception", "E\n", "\x1b" * 10**6, frames)))
    assert raised is not None and "\x1b" not in repr(raised)


def test_same_tells_mistakes_apart_that_a_check_would_blur() -> None:
    assert verdict(Y, Y * (1 + 5e-8)) is None
    assert not same(Outcome(value=Y), Outcome(value=Y * (1 + 5e-8)))
    assert same(Outcome(value=Y), Outcome(value=Y * (1 + 1e-14)))
    assert same(Outcome(value=2.5), Outcome(value=np.float64(2.5)))


def test_same_looks_at_all_of_an_outcome() -> None:
    first = Outcome(value=Y, gradients=(X, None))
    assert same(first, Outcome(value=Y, gradients=(X.clone(), None)))
    others: list[dict[str, Any]] = [
        {"gradients": (X * 2, None)},
        {"gradients": (X, X)},
        {},
        {"gradients": (X, None), "modified": (0,)},
    ]
    assert not any(same(first, Outcome(value=Y, **other)) for other in others)
    error = Outcome(error=VALUE_ERROR)
    assert same(error, Outcome(error=VALUE_ERROR))
    assert not same(error, Outcome(error=Raised("exception", "ValueError", "in other words")))
    assert not same(error, Outcome(error=Raised("exception", "TypeError", "")))
    assert not same(error, first) and not same(first, error)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**31), st.sampled_from([torch.float64, torch.float32]), st.integers(1, 9))
def test_right_answers_pass_whatever_the_order_of_summation(seed: int, dtype: torch.dtype, n: int) -> None:
    rows = torch.rand(n, 5, generator=torch.Generator().manual_seed(seed), dtype=dtype)
    one_by_one = torch.stack([sum(row.flip(0), torch.zeros((), dtype=dtype)) for row in rows])
    assert verdict(rows.sum(1), one_by_one) is None
