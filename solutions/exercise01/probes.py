"""The functions that a check hands to the submission as f."""

from __future__ import annotations

import torch


def identity(z: torch.Tensor) -> torch.Tensor:
    """z itself."""
    return z


def square_plus_one(z: torch.Tensor) -> torch.Tensor:
    """z² + 1: not linear, and not 0 at 0."""
    return z * z + 1


def absolute(z: torch.Tensor) -> torch.Tensor:
    """|z|, by a method that only a tensor has."""
    return z.abs()


def relu(z: torch.Tensor) -> torch.Tensor:
    """max(z, 0)."""
    return z.clamp(min=0)
