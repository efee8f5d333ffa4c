"""The checks of exercise 00. The file that is handed out fails all of them: none has two numbers only."""

from __future__ import annotations

import torch

from grader.checks import check


@check(points=0.5, title="mean: of three numbers")
def test_three(compare, sample):
    compare("mean", sample.integers(3, low=1, high=10).double())
    compare("mean", sample(3, low=1, high=9))


@check(points=0.5, title="mean: of 4 to 30 numbers, of either sign")
def test_many(compare, sample):
    for count, low, high in ((4, 1, 9), (5, -9, -1), (30, -3, 9)):
        compare("mean", sample(count, low=low, high=high), rtol=1e-10, atol=1e-12)


@check(points=0.5, title="mean: a single number is its own mean")
def test_one(compare, sample):
    compare("mean", sample(1, low=2, high=9))
    compare("mean", sample(1, low=-9, high=-2))


@check(points=0.5, hidden=True, title="mean: float32 in, float32 out")
def test_dtype(compare, sample):
    for count in (6, 11):
        compare("mean", sample(count, low=1, high=9, dtype=torch.float32), effects=True)
    # A column, whose numbers are not next to each other in memory.
    compare("mean", sample(8, 3, low=750, high=1000, dtype=torch.float32)[:, 1])
