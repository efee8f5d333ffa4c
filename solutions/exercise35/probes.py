"""The parts of a test's result, one at a time: an error in one of them costs its own checks only."""

from __future__ import annotations

import types
from typing import Any

import torch


def z_alone(module: types.ModuleType, k_a: int, n_a: int, k_b: int, n_b: int) -> Any:
    """The first of the four numbers that `two_proportion_test` gives."""
    return module.two_proportion_test(k_a, n_a, k_b, n_b)[0]


def p_alone(module: types.ModuleType, k_a: int, n_a: int, k_b: int, n_b: int) -> Any:
    """The second of the four numbers that `two_proportion_test` gives."""
    return module.two_proportion_test(k_a, n_a, k_b, n_b)[1]


def interval_alone(module: types.ModuleType, k_a: int, n_a: int, k_b: int, n_b: int) -> Any:
    """The last two of the four numbers that `two_proportion_test` gives."""
    return module.two_proportion_test(k_a, n_a, k_b, n_b)[2:]


def z_and_p_of_each(module: types.ModuleType, cases: list[tuple[int, ...]]) -> torch.Tensor:
    """The first two of the four numbers that `two_proportion_test` gives, a row for each of several counts."""
    rows = [module.two_proportion_test(*counts)[:2] for counts in cases]
    return torch.tensor([[float(number) for number in row] for row in rows], dtype=torch.float64)
