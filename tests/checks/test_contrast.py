"""What separates wrong entries from right ones is said where it is so, and nothing where it is not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.checks.contrast import contrast
from grader.checks.diagnose import pattern_of_values
from grader.text import render


def random(*shape: int, seed: int = 0) -> torch.Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


def said(wrong: torch.Tensor, *, is_series: bool = False, **inputs: torch.Tensor) -> str:
    message = contrast(wrong, inputs, is_series=is_series)
    return "" if message is None else render(message, "en")


X = random(40, seed=1)
#: With exact zeros, as a check of a kink has.
KINK = torch.where(torch.arange(40) % 4 == 0, 0.0, X)
ENDS_IN_0 = torch.cat([X, torch.zeros(1)])
Y = torch.arange(40) % 3
SQUARE = torch.zeros(5, 5, dtype=torch.bool)


def marks(*places: int, of: int = 6) -> torch.Tensor:
    found = torch.zeros(of, dtype=torch.bool)
    found[list(places)] = True
    return found


def rows(*wrong: int, columns: bool = False) -> torch.Tensor:
    block = marks(*wrong, of=5)[:, None].expand(5, 4)
    return block.T if columns else block


@pytest.mark.parametrize(
    ("wrong", "inputs", "text"),
    [
        (X < 0, {"x": X}, "Exactly those entries are wrong where x is negative."),
        (X > 0, {"x": X}, "Exactly those entries are wrong where x is positive."),
        (KINK <= 0, {"x": KINK}, "Exactly those entries are right where x is positive."),
        (KINK >= 0, {"x": KINK}, "Exactly those entries are right where x is negative."),
        (KINK == 0, {"x": KINK}, "Exactly those entries are wrong where x is 0."),
        (KINK != 0, {"x": KINK}, "Exactly those entries are right where x is 0."),
        (ENDS_IN_0 != 0, {"x": ENDS_IN_0}, "Exactly those entries are right where x is 0."),  # not "the last"
        (Y == 2, {"y": Y}, "Exactly those entries are wrong where y is 2."),
        ((Y == 2)[:, None].expand(40, 3), {"y": Y}, "Exactly those entries are wrong where y is 2."),
        (X > 0.5, {"x": X}, "Every entry is right where x is at most 0.4"),
        (X.abs() > 1, {"x": X}, "Every entry is right where |x| is at most 0.9"),
        (X.abs() < 1, {"x": X}, "Every entry is wrong where |x| is at most 0.9"),
        (marks(5), {}, "Only the last entry is wrong."),
        (marks(0), {}, "Only the first entry is wrong."),
        (marks(1, 2, 3, 4, 5), {}, "Only the first entry is right."),
        (marks(0, 1, 2, 3, 4), {}, "Only the last entry is right."),
        (rows(4), {}, "Only the last row is wrong (index 4 of axis 0)."),
        (rows(1), {}, "Only row 1 is wrong (axis 0)."),
        (rows(0, 1, 3, 4), {}, "Only row 2 is right (axis 0)."),
        (rows(4, columns=True), {}, "Only the last column is wrong (index 4 of axis 1)."),
        (rows(0, columns=True), {}, "Only column 0 is wrong (axis 1)."),
        (torch.eye(5, dtype=torch.bool), {}, "Only the diagonal is wrong."),
        (~torch.eye(5, dtype=torch.bool), {}, "Only the diagonal is right."),
        (torch.ones_like(SQUARE).triu(1), {}, "Exactly the entries above the diagonal are wrong."),
        (torch.ones_like(SQUARE).tril(-1), {}, "Exactly the entries below the diagonal are wrong."),
    ],
)
def test_what_separates_them(wrong: torch.Tensor, inputs: dict[str, torch.Tensor], text: str) -> None:
    assert said(wrong, **inputs).startswith(text)


def test_a_series_that_is_right_at_first() -> None:
    wrong = marks(2, 3, 4, 5)
    assert said(wrong, is_series=True) == "The first 2 are right, and all after them are wrong."
    assert said(wrong) == ""
    assert said(marks(2, 4, 5), is_series=True) == ""


@pytest.mark.parametrize("wrong", [marks(), marks(*range(6)), marks(1, 3), marks(0, of=3)])
def test_nothing_is_said_where_nothing_separates_them(wrong: torch.Tensor) -> None:
    assert said(wrong, x=random(len(wrong))) == ""


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 2**31), st.integers(8, 40))
def test_no_input_explains_marks_that_have_nothing_to_do_with_it(seed: int, count: int) -> None:
    wrong = random(count, seed=seed) > 0
    text = said(wrong, x=random(count, seed=seed + 1), y=random(count, seed=seed + 2))
    assert " x" not in text and " y" not in text


# By the numbers


def whole(got: torch.Tensor, expected: torch.Tensor, **inputs: torch.Tensor) -> str:
    message = pattern_of_values(got, expected, inputs)
    return "" if message is None else render(message, "en")


def test_rows_that_are_right_but_for_a_factor() -> None:
    z, factors = random(4, 5), torch.tensor([[1.0], [2.0], [0.5], [3.0]])
    assert whole(z * factors, z) == "Each row is right but for a factor of its own: 1, 2, 0.5, 3."
    assert whole((z * factors).T, z.T) == "Each column is right but for a factor of its own: 1, 2, 0.5, 3."


def test_a_softmax_along_another_axis_or_over_everything() -> None:
    z = random(4, 5)
    assert whole(z.softmax(0), z.softmax(1)) == "Each row should add up to 1, and here each column does."
    assert whole(z.softmax(1), z.softmax(0)) == "Each column should add up to 1, and here each row does."
    everything = z.exp() / z.exp().sum()
    assert whole(everything, z.softmax(1)) == "Each row should add up to 1, and here all entries together do."
    assert whole(everything.float(), z.float().softmax(0)).startswith("Each column should add up to 1, and here all")


def test_a_logarithm_of_it_is_right_but_for_an_amount() -> None:
    z = random(4, 5)
    assert whole(z - z.exp().sum().log(), z.log_softmax(1)).startswith("Each row is right but for an amount of its own")


def test_rows_of_one_number_each_tell_nothing() -> None:
    row = random(4, 1)
    assert whole(row.expand(4, 5) ** 3, row.expand(4, 5)) == ""


Function = Callable[[torch.Tensor], torch.Tensor]


@pytest.mark.parametrize("f", [torch.sigmoid, torch.tanh, torch.exp, lambda x: x**3])
@pytest.mark.parametrize("h", [1e-4, 1e-5, 1e-6, 1e-8])
@pytest.mark.parametrize("central", [False, True])
def test_a_difference_quotient_is_known_by_its_digits(f: Function, h: float, central: bool) -> None:
    x = (random(64) * 3).requires_grad_()
    (exact,) = torch.autograd.grad(f(x).sum(), x)
    with torch.no_grad():
        got = (f(x + h) - f(x - h)) / (2 * h) if central else (f(x + h) - f(x)) / h
    # A step as wide as 1e-4 leaves some functions too few digits; then nothing is said.
    assert "difference quotient" in whole(got, exact) or h == 1e-4


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 2**31), st.integers(4, 64), st.sampled_from([0.0, 1e-3, 1e-5, 1e-8]))
def test_other_errors_are_no_difference_quotients(seed: int, count: int, size: float) -> None:
    exact = torch.sigmoid(random(count, seed=seed))
    for got in (exact.float().double(), exact + size, exact * (1 + size * random(count, seed=seed + 1))):
        assert "difference quotient" not in whole(got, exact)


def test_half_precision_is_left_alone() -> None:
    z = random(4, 5).half()
    assert whole(z * torch.arange(1.0, 5.0)[:, None].half(), z) == ""
