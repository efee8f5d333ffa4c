"""Right answers pass however they are held; wrong ones fail for the right reason."""

from __future__ import annotations

import math
from functools import partial
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.checks.clues import failed
from grader.checks.findings.call import (
    MissingFunction,
    ModuleAbsent,
    NoGraph,
    NotAFunction,
    NotWritten,
    OutOfMemory,
    RaisedError,
    RaisedNothing,
    RaisedOtherError,
    TooLarge,
    WrongSignature,
)
from grader.checks.findings.effect import InputModified
from grader.checks.findings.finding import Finding
from grader.checks.findings.value import (
    InGradient,
    InResult,
    NoGradient,
    OddTensor,
    ReturnedNone,
    WrongClass,
    WrongDevice,
    WrongDtype,
    WrongKeys,
    WrongKind,
    WrongLength,
    WrongNumber,
    WrongNumbers,
    WrongShape,
    WrongValue,
)
from grader.checks.judge import judge, same
from grader.source_line import SourceLine
from grader.wire.values import Call, Facts, Opaque, Outcome, Raised, RaisedKind, Remote

X = torch.linspace(-2, 3, 21, dtype=torch.float64).reshape(7, 3) ** 3
Y = torch.linspace(-1, 2, 7, dtype=torch.float64) ** 3
CALL = Call(target="f", args=(X, Y), requires_grad=(0,))
NAMES = ("x", "y")
VALUE_ERROR = Raised("exception", "ValueError", "shapes differ")


def verdict(expected: Any, got: Any, **options: Any) -> Finding | None:
    return judge(CALL, Outcome(value=expected), Outcome(value=got), parameter_names=NAMES, **options)


@pytest.mark.parametrize("kind", [float, partial(torch.tensor, dtype=torch.float64), np.array])
def test_numbers_that_are_near_each_other_do_not_look_the_same(kind: Any) -> None:
    found = verdict(kind(1.4420781234), kind(1.4420781244), rtol=1e-12, atol=0.0)
    assert isinstance(found, WrongNumber) and "1.44207812" in found.got
    assert found.got != found.expected


@pytest.mark.parametrize(
    ("expected", "got", "is_right"),
    [
        (torch.tensor([1, 2]), torch.tensor([5, -7]), True),
        (torch.tensor([True, False]), torch.tensor([True, True]), True),
        (np.array([1, 2]), np.array([0, 0]), True),
        ((3, True, "left", 1.5), (4, False, "right", 2.5), True),
        (X, 2 * X + 1, True),
        (torch.tensor([1, 2]), torch.tensor([1, 2, 3]), False),
        (torch.tensor([1, 2]), torch.tensor([1.0, 2.0]), False),
        ((3, True), (4, 5), False),
        (X, X / 0, False),
    ],
)
def test_where_only_the_form_counts_any_number_is_right(expected: Any, got: Any, is_right: bool) -> None:
    assert (verdict(expected, got, form_only=True) is None) == is_right


def kind(expected: Any, got: Any, **options: Any) -> type[Finding] | None:
    finding = verdict(expected, got, **options)
    return type(finding) if finding else None


def numbers(expected: Any, got: Any) -> WrongNumbers:
    finding = verdict(expected, got)
    assert isinstance(finding, WrongNumbers)
    return finding


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
        (Y, None, ReturnedNone),
        (Y.sum(), float(Y.sum()), WrongKind),
        (Y, Y.tolist(), WrongKind),
        (Y, Y.numpy(), WrongKind),
        (Y.numpy(), Y, WrongKind),
        (Y, (Y,), WrongKind),
        (2.0, 2, WrongKind),
        (1, True, WrongKind),
        (1.0, torch.tensor(1.0), WrongKind),
        (None, Y, WrongKind),
        ((Y,), [Y], WrongKind),
        (Y, Opaque("Tensor"), WrongKind),
        (Y, Opaque("Tensor (torch.sparse_coo)", is_tensor=True), OddTensor),
        (Opaque("Figure"), Opaque("Axes"), WrongClass),
        ((Y, Y), (Y,), WrongLength),
        ([1.0], [1.0, 2.0], WrongLength),
        ({"w": Y, "b": Y}, {"w": Y}, WrongKeys),
        ({"w": Y}, {"w": Y, "b": Y}, WrongKeys),
        ({1: Y}, {True: Y}, WrongKeys),
        (Y, Y.float(), WrongDtype),
        (Y.round(), Y.round().long(), WrongDtype),
        (np.float64(1), np.float32(1), WrongDtype),
        (Y.numpy(), Y.float().numpy(), WrongDtype),
        (Y, Y[:, None], WrongShape),
        (Y[:, None], Y, WrongShape),
        (Y, Y[:, None] - Y, WrongShape),
        (torch.zeros(()), torch.zeros(1), WrongShape),
        (torch.empty(0), torch.empty(0, 3), WrongShape),
        (torch.empty(0), torch.zeros(1), WrongShape),
        (torch.tensor([math.nan]), torch.tensor([math.inf]), WrongValue),
        (torch.tensor([math.inf]), torch.tensor([-math.inf]), WrongValue),
        (torch.tensor([1e38]), torch.tensor([math.inf]), WrongValue),
        (Y > 0, Y < 0, WrongValue),
        (torch.tensor([2**62]), torch.tensor([2**62 + 1]), WrongValue),
        (Y + 1j, Y - 1j, WrongValue),
        (3, 4, WrongValue),
        (True, False, WrongValue),
        ("a", "b", WrongValue),
        (2.5, 2.6, WrongValue),
        (np.array(["a"]), np.array(["b"]), WrongValue),
    ],
)
def test_wrong_for_the_right_reason(expected: Any, got: Any, reason: type[Finding]) -> None:
    assert isinstance(verdict(expected, got), reason)
    assert not same(Outcome(value=expected), Outcome(value=got))


@given(st.lists(st.floats(allow_infinity=True) | st.just(math.nan), min_size=1, max_size=6), st.data())
def test_nan_never_equals_by_luck(numbers: list[float], data: st.DataObject) -> None:
    expected = torch.tensor(numbers, dtype=torch.float64)
    position = data.draw(st.integers(0, len(numbers) - 1))
    got = expected.clone()
    got[position] = 1.0 if math.isnan(numbers[position]) else math.nan
    finding = verdict(expected, got)
    assert isinstance(finding, WrongNumbers)
    assert finding.difference.nan == (not math.isnan(numbers[position]))
    assert finding.worst.index == (position,)
    assert isinstance(verdict(float(expected[position]), float(got[position])), WrongValue)


def test_nan_and_infinity_are_counted_apart() -> None:
    got = Y.clone()
    got[1], got[2], got[3] = math.nan, math.inf, 99
    found = numbers(Y, got).difference
    assert (found.differing, found.total, found.nan, found.inf) == (3, 7, 1, 1)


def test_the_worst_entry() -> None:
    got = X.clone()
    got[2, 1] += 0.5
    got[4, 0] += 0.25
    worst = numbers(X, got).worst
    assert worst.index == (2, 1)
    assert worst.abs_error == pytest.approx(0.5)
    assert worst.expected == float(X[2, 1])
    assert worst.rel_error == pytest.approx(0.5 / abs(float(X[2, 1])))


def test_no_type_of_worst_breaks_json() -> None:
    import msgspec

    for expected, got in [(Y > 0, Y < 0), (Y + 1j, Y), (torch.tensor([2**62]), torch.tensor([-(2**63)])), (Y, Y / 0)]:
        assert msgspec.json.encode(numbers(expected, got.to(expected.dtype)).worst)


def test_the_place_inside_a_nested_result_is_named() -> None:
    place = numbers({"layers": [Y, (X, Y)]}, {"layers": [Y, (X, Y + 1)]}).place
    assert isinstance(place, InResult) and place.text == "['layers'][1][1]"


def test_numpy_scalars_for_python_floats_only_on_request() -> None:
    assert kind(2.5, np.float64(2.5)) is WrongKind
    assert kind(2.5, np.float64(2.5), numpy_scalars=True) is None
    assert kind(np.float64(2.5), 2.5, numpy_scalars=True) is None
    assert kind(2.5, np.float64(2.6), numpy_scalars=True) is WrongNumber
    assert kind(2.0, np.int64(2), numpy_scalars=True) is WrongKind


def test_the_authors_tolerance() -> None:
    assert kind(Y, Y + 1e-3) is WrongNumbers
    assert kind(Y, Y + 1e-3, atol=1e-2) is None
    assert kind(torch.tensor([5]), torch.tensor([6]), atol=2.0) is WrongNumbers


def test_the_device_is_a_fact() -> None:
    here, there = (Facts((1,), device, requires_grad=False, is_leaf=True) for device in ("cuda:0", "cpu"))
    finding = judge(CALL, Outcome(value=Y, facts={(): here}), Outcome(value=Y, facts={(): there}))
    assert finding == WrongDevice(InResult(), "cuda:0", "cpu")


def gradient(expected: Any, got: Any) -> Finding | None:
    outcomes = (Outcome(value=Y, gradients=g) for g in (expected, got))
    return judge(CALL, *outcomes, parameter_names=NAMES)


@pytest.mark.parametrize("got", [(None,), None, ()])
def test_no_gradient(got: Any) -> None:
    finding = gradient((X,), got)
    assert isinstance(finding, NoGradient) and finding.name == "x"


@pytest.mark.parametrize(("got", "reason"), [((X.sum(0),), WrongShape), ((X * 7,), WrongNumbers)])
def test_wrong_gradients(got: Any, reason: type[WrongShape | WrongNumbers]) -> None:
    finding = gradient((X,), got)
    assert isinstance(finding, reason) and finding.place == InGradient("x", 0)


def test_a_gradient_wrong_by_n_is_recognised() -> None:
    finding = gradient((X,), (X * 7,))
    assert finding is not None
    outcomes = (Outcome(value=Y, gradients=g) for g in ((X,), (X * 7,)))
    pattern = failed(CALL, finding, *outcomes, parameter_names=NAMES).pattern
    assert pattern is not None and pattern.fields["n"] == 7


def test_no_path_and_a_zero_gradient_are_the_same() -> None:
    zeros = torch.zeros_like(X)
    assert gradient((None,), (zeros,)) is None
    assert gradient((zeros,), (None,)) is None
    assert gradient((None,), (X,)) is not None
    assert gradient((X,), (X,)) is None


def test_a_changed_input_is_said_last() -> None:
    changed = Outcome(value=Y, modified=(1,))
    assert judge(CALL, Outcome(value=Y), changed, parameter_names=NAMES) == InputModified(("y",), "tensor")
    assert judge(CALL, changed, changed) is None
    wrong = judge(CALL, Outcome(value=Y), Outcome(value=Y + 1, modified=(1,)))
    assert isinstance(wrong, WrongNumbers)


@pytest.mark.parametrize(
    ("reason", "finding"),
    [
        ("not_implemented", NotWritten),
        ("signature", WrongSignature),
        ("missing", NotAFunction),
        ("absent", ModuleAbsent),
        ("graph", NoGraph),
        ("memory", OutOfMemory),
        ("too_large", TooLarge),
        ("exception", RaisedError),
    ],
)
def test_every_reason_for_no_value_is_a_finding_of_its_own(reason: RaisedKind, finding: type[Finding]) -> None:
    assert type(judge(CALL, Outcome(value=Y), Outcome(error=Raised(reason, "SomeError", "why")))) is finding


def test_a_colon_in_a_name_is_part_of_it() -> None:
    missing = judge(CALL, Outcome(value=Y), Outcome(error=Raised("missing", "", "f: g")))
    absent = judge(CALL, Outcome(value=Y), Outcome(error=Raised("absent", "ModuleNotFoundError", "f: g")))
    assert missing == MissingFunction("f: g")
    assert isinstance(absent, ModuleAbsent) and absent.module == "f: g"


def test_an_exception_where_one_is_due() -> None:
    def of(got: Outcome) -> type[Finding] | None:
        finding = judge(CALL, Outcome(error=VALUE_ERROR), got)
        return type(finding) if finding else None

    assert of(Outcome(error=Raised("exception", "ValueError", "another text"))) is None
    assert of(Outcome(error=Raised("exception", "UnicodeDecodeError", "a ValueError too"))) is None
    assert of(Outcome(error=Raised("exception", "TypeError", ""))) is RaisedOtherError
    assert of(Outcome(error=Raised("exception", "Mine", ""))) is RaisedOtherError
    assert of(Outcome(value=Y)) is RaisedNothing
    assert of(Outcome(value=None)) is RaisedNothing


def test_an_unwritten_function_never_passes_for_a_runtime_error() -> None:
    wanted = Outcome(error=Raised("exception", "RuntimeError", ""))
    stub = Outcome(error=Raised("not_implemented", "NotImplementedError", "f"))
    assert isinstance(judge(CALL, wanted, stub), NotWritten)


def test_hostile_results_are_only_looked_at() -> None:
    deep: Any = []
    for _ in range(100_000):
        deep = [deep]
    for hostile in (deep, [0.0] * 1_000_000, {i: i for i in range(100_000)}, "\x1b[2J" * 100_000, 10**100_000):
        anything: list[Any] = [Y, [], {}, (), None, 1.5, "a", 3]
        for expected in anything:
            finding = verdict(expected, hostile)
            assert finding is not None
            text = str(failed(CALL, finding, Outcome(value=expected), Outcome(value=hostile)))
            assert len(text) < 2000 and "\x1b" not in text
    while deep:  # freeing it at once would recurse as deeply
        deep = deep.pop()
    frames = (SourceLine(3, "\tx = '\x1b[2J'", "f"),)
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
