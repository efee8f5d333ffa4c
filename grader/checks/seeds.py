"""Inputs that can't be foreseen: every check draws from a generator that only the trusted side can seed."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from typing import Any, TypeVar

import torch

T = TypeVar("T")


def check_seed(seed: int, exercise: str, check: str) -> int:
    """The seed of one check: HMAC-SHA256 of the exercise and the check under the run's seed, 63 bits of it.

    The same for every submission of a run, and unmoved by which other checks run.
    """
    digest = hmac.digest(str(seed).encode(), f"{exercise}/{check}".encode(), hashlib.sha256)
    return int.from_bytes(digest[:8], "big") >> 1


class Sample:
    """Random inputs on the run's device. Calling it draws uniformly; every draw moves the one generator on."""

    def __init__(self, seed: int, device: torch.device) -> None:
        self.generator = torch.Generator().manual_seed(seed)
        self.device = device

    def __call__(
        self, *shape: int, low: float = 0.0, high: float = 1.0, dtype: torch.dtype = torch.float64
    ) -> torch.Tensor:
        """A tensor of `shape`, uniform in [low, high)."""
        unit = torch.rand(shape, generator=self.generator, dtype=torch.float64)
        return (low + (high - low) * unit).to(self.device, dtype)

    def normal(
        self, *shape: int, mean: float = 0.0, std: float = 1.0, dtype: torch.dtype = torch.float64
    ) -> torch.Tensor:
        """A tensor of `shape`, normally distributed."""
        unit = torch.randn(shape, generator=self.generator, dtype=torch.float64)
        return (mean + std * unit).to(self.device, dtype)

    def integers(self, *shape: int, low: int, high: int) -> torch.Tensor:
        """An int64 tensor of `shape`, uniform in low … high−1."""
        return torch.randint(low, high, shape, generator=self.generator).to(self.device)

    def integer(self, low: int, high: int) -> int:
        """A Python int, uniform in low … high−1."""
        return int(torch.randint(low, high, (), generator=self.generator))

    def number(self, low: float, high: float) -> float:
        """A Python float, uniform in [low, high)."""
        return float(self(low=low, high=high))

    def permutation(self, n: int) -> torch.Tensor:
        """A shuffled 0 … n−1, int64."""
        return torch.randperm(n, generator=self.generator).to(self.device)

    def choice(self, options: Sequence[T]) -> T:
        """One of the options."""
        return options[self.integer(0, len(options))]

    def like(self, value: Any) -> torch.Tensor:
        """A normal tensor of the value's shape and dtype, on the CPU: an upstream gradient."""
        unit = torch.randn(value.shape, generator=self.generator, dtype=torch.float64)
        return unit.to(value.dtype)
