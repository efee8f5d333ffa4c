"""What is drawn of a wrong value: the kind by the shapes, few numbers, the worst one among them."""

from __future__ import annotations

import math

import pytest
import torch

from grader.checks.picture import picture
from grader.result import ErrorMap, FunctionPlot, PointsPlot, SeriesPlot

X = torch.linspace(-3, 3, 1000, dtype=torch.float64)


def test_a_function_over_its_input_from_left_to_right() -> None:
    x = X.flip(0)
    made = picture(x.sin(), x.sin() + (x > 2) * 0.5 + (x == 3) * 0.5, [x], (0,))
    assert isinstance(made, FunctionPlot)
    assert len(made.x) == len(made.expected) == len(made.got) <= 100
    assert list(made.x) == sorted(made.x) and made.x[made.worst] == 3
    assert made.got[made.worst] - made.expected[made.worst] == pytest.approx(1, abs=1e-5)


def test_losses_one_after_another() -> None:
    made = picture([3.0, 2.0, 1.0], [3.0, 2.5, 1.5], [X], (2,))
    assert made == SeriesPlot((0, 1, 2), (3, 2, 1), (3, 2.5, 1.5), worst=2)


def test_two_columns_are_points() -> None:
    known = torch.rand(5, 2)
    made = picture(known, known.flip(1), [], (3, 1))
    assert isinstance(made, PointsPlot) and made.worst == 3
    assert (made.got_x, made.got_y) == (made.expected_y, made.expected_x)


@pytest.mark.parametrize(("rows", "columns"), [(3, 4), (1, 5), (40, 100), (17, 3)])
def test_a_map_of_errors_keeps_the_largest(rows: int, columns: int) -> None:
    known, answer = torch.zeros(rows, columns), torch.zeros(rows, columns)
    answer[rows // 2, columns - 1] = -7
    made = picture(known, answer, [], (rows // 2, columns - 1))
    assert isinstance(made, ErrorMap) and (made.rows, made.columns) == (rows, columns)
    assert len(made.errors) == min(rows, 16) and {len(row) for row in made.errors} == {min(columns, 16)}
    row, column = made.worst
    assert made.errors[row][column] == 7 and sum(map(sum, made.errors)) == 7


def test_what_is_not_finite_or_far_off_leaves_a_gap() -> None:
    made = picture(torch.zeros(4), torch.tensor([1.0, math.nan, math.inf, 1.0]), [], (1,))
    assert isinstance(made, SeriesPlot) and made.got == (1, None, None, 1)
    far = picture(torch.zeros(3, dtype=torch.float64), torch.tensor([1, 1e200, 1], dtype=torch.float64), [], (1,))
    assert isinstance(far, SeriesPlot) and far.got == (1, None, 1)


@pytest.mark.parametrize(
    ("expected", "got"),
    [
        (torch.zeros(3), torch.zeros(4)),
        (torch.zeros(2), torch.ones(2)),
        (torch.zeros(2, 2, 2), torch.ones(2, 2, 2)),
        (torch.zeros(3, dtype=torch.complex64), torch.ones(3, dtype=torch.complex64)),
        (torch.tensor([True] * 3), torch.tensor([False] * 3)),
        ("abc", "abd"),
        ([1.0, 2.0, "c"], [1.0, 2.0, "d"]),
        (None, torch.ones(3)),
    ],
)
def test_where_there_is_nothing_to_see(expected: object, got: object) -> None:
    assert picture(expected, got, [], (0,)) is None
