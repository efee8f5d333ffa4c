"""Patterns are found where they are, and never where they are not."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.checks.diagnose import pattern_of_shape, pattern_of_values
from grader.text import Message, render

N, D = 7, 3


def random(*shape: int, seed: int = 0, dtype: torch.dtype = torch.float64) -> torch.Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed), dtype=dtype)


def found(got: torch.Tensor, expected: torch.Tensor, **inputs: torch.Tensor) -> str:
    """The whole explanation, with the inputs that it names; empty where nothing is said."""
    look = pattern_of_values if got.shape == expected.shape else pattern_of_shape
    message: Message | None = look(got, expected, inputs)
    return render(message, "en") if message else ""


X = random(N, D, seed=1)
Y = random(N, seed=2)
E = random(N, D, seed=3)
S = random(4, 4, seed=4)
#: Numbers so near each other that a small error reads as another order.
NEARLY_EVEN = torch.tensor([[0.5, 0.2, 0.3], [0.2, 0.3, 0.5]])
LARGE = torch.tensor([-800.0, -3.0, 0.5, 2.0, 720.0], dtype=torch.float64)


@pytest.mark.parametrize(
    ("got", "expected", "part"),
    [
        (E * 2, E, "twice"),
        (E / 2, E, "half"),
        (-E, E, "Every sign is the opposite"),
        (E * N, E, "7 is the length of axis 0 of x"),
        (E / N, E, "divided by 7"),
        (E / (N * D), E, "21 is the number of elements of x"),
        (E * 1.0323, E, "1.032 times"),
        (E.float() * N, E.float(), "7 times"),
        ((E + 1j * E) * 2, E + 1j * E, "twice"),
        (torch.tensor([2, 4, 10]), torch.tensor([1, 2, 5]), "twice"),
        (S.T, S, "transpose"),
        (E.T, E, "transpose"),
        (random(2, 4, 4).transpose(1, 2), random(2, 4, 4), "Axes 1 and 2 are swapped"),
        (Y.flip(0), Y, "order along axis 0 is reversed"),
        (E.flip(1), E, "order along axis 1 is reversed"),
        (Y.roll(1), Y, "one place off"),
        (Y[[2, 0, 1, 6, 4, 3, 5]], Y, "in another order"),
        (Y + 0.25, Y, "too large by the same amount, 0.25"),
        (Y - 0.25, Y, "too small by the same amount, 0.25"),
        (Y.abs(), Y, "some signs are not"),
        (torch.zeros_like(Y), Y, "entry of it is 0"),
        (torch.full_like(Y, 0.3), Y, "same number"),
        (X, E, "x itself, unchanged"),
        (Y > 0, Y <= 0, "should be False"),
        ((Y * 1000).float().double(), Y * 1000, "float32"),
        ((E.float() @ S[:3].float()).double(), E @ S[:3], "float32"),
        (X.sum(1)[:3], X.sum(1)[:3] * 2, "half"),
        (Y[:, None], Y, "axis of length 1 is too many"),
        (Y, Y[:, None], "axis of length 1 is missing"),
        (X.reshape(-1), X, "only the shape is not"),
        (Y[:, None].expand(N, 4), Y[:, None], "several times"),
        (torch.cat([E, E[:1] + 1]), E, "Too many: ["),
        (E[:5], E, "Missing: ["),
        (torch.cat([Y[:2], Y[3:]]), Y, f"Missing: {float(Y[2]):.6g}. All others are right."),
        (X, X.sum(0), "a sum is missing"),
        (X, X.mean(0, keepdim=True), "a mean is missing"),
        (X.sum(1), X.sum(0), "runs over axis 1 of x"),
        (torch.exp(LARGE) / torch.exp(LARGE), torch.ones(5, dtype=torch.float64), "large is large"),
    ],
)
def test_true_patterns(got: torch.Tensor, expected: torch.Tensor, part: str) -> None:
    assert part in found(got, expected, x=X, large=LARGE)


def test_a_mean_over_the_wrong_axis_of_a_square() -> None:
    assert "runs over axis 1 of s" in found(S.mean(1), S.mean(0), s=S)


def test_every_pair_made_by_broadcasting() -> None:
    column = Y[:, None]
    text = found((column - Y) ** 2, (column - column) ** 2, pred=column, y=Y)
    assert "A [7, 1] combined with a [7]" in text


def test_a_row_with_one_large_logit_is_nan() -> None:
    logits = random(5, 3)
    logits[2, 1] = 1000.0
    naive = logits.exp() / logits.exp().sum(1, keepdim=True)
    assert "logits is large (from 1000 on)" in found(naive, logits.softmax(1), logits=logits)


@pytest.mark.parametrize(
    ("got", "expected"),
    [
        (torch.tensor(7.0), torch.tensor(1.0)),
        (torch.tensor([7.0]), torch.tensor([1.0])),
        (torch.tensor([7.0, 7.0]), torch.tensor([1.0, 1.0])),
        (torch.tensor([2.0, 0.0]), torch.tensor([1.0, 0.0])),
        (torch.tensor([2.0, -2.0]), torch.tensor([1.0, -1.0])),
        (torch.empty(0), torch.empty(0)),
        (torch.zeros(7), torch.ones(7)),
        (Y < 99, Y > 99),
        (torch.tensor([math.nan] * 7), torch.arange(7.0)),
        (Y.half() * 2, Y.half()),
        (torch.cat([Y[:3] * 2, Y[3:]]), Y),
        (Y * (1 + 3e-7), Y),
        (Y.float() * (1 + 5e-6), Y.float()),
        (NEARLY_EVEN * torch.tensor([1 + 5e-6, 1 - 5e-6, 1]), NEARLY_EVEN),
    ],
)
def test_nothing_is_said_of_too_little(got: torch.Tensor, expected: torch.Tensor) -> None:
    assert found(got, expected, x=X) == ""


@settings(max_examples=150, deadline=None)
@given(
    st.integers(0, 2**31),
    st.sampled_from([torch.float64, torch.float32, torch.complex128]),
    st.sampled_from([(2,), (7,), (7, 1), (3, 3), (2, 3, 3)]),
)
def test_nothing_is_said_of_unrelated_numbers(seed: int, dtype: torch.dtype, shape: tuple[int, ...]) -> None:
    got, expected = random(*shape, seed=seed, dtype=dtype), random(*shape, seed=seed + 1, dtype=dtype)
    inputs = {"x": random(7, 3, seed=seed + 2, dtype=dtype), "y": random(*shape, seed=seed + 3, dtype=dtype)}
    assert found(got, expected, **inputs) == ""
    assert found(got[..., None].expand(*shape, 5) * random(5, dtype=dtype), expected, **inputs) == ""


WRONG_FORMULAS: list[Callable[[torch.Tensor], torch.Tensor]] = [
    lambda x: torch.sigmoid(x) * (1 + torch.sigmoid(x)),
    lambda x: x * (1 - x),
    lambda x: torch.tanh(x),
    lambda x: torch.sigmoid(x) + 1e-7 * x,
    lambda x: torch.sigmoid(x) / (1 + 1e-7 * x.abs()),
]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**31), st.sampled_from(WRONG_FORMULAS), st.integers(2, 40))
def test_nothing_is_said_of_another_formula(seed: int, wrong: Callable[[torch.Tensor], torch.Tensor], n: int) -> None:
    x = random(n, seed=seed)
    assert found(wrong(x), torch.sigmoid(x) * (1 - torch.sigmoid(x)), x=x) == ""


def test_a_large_difference_is_not_searched() -> None:
    big = torch.rand(2000, 1000)
    assert found(big * 2, big) == ""
