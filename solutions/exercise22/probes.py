"""What stands in for rbf_features while kernel_ridge is judged, and a trial without it."""

from __future__ import annotations

import types
from typing import Any

import torch


def right_rbf_features(original: Any, X: torch.Tensor, centers: torch.Tensor, gamma: float) -> torch.Tensor:
    """A right `rbf_features`, so that an error in the submission's is not counted again."""
    return torch.stack([torch.exp(-gamma * (X - center).square().sum(dim=1)) for center in centers], dim=1)


def tried(module: types.ModuleType, size: int, *args: Any) -> torch.Tensor:
    """What `kernel_ridge` of the submission gives by itself, [size], float64; zeros where these are not as many
    numbers: what it was built on may be the reason. What is wrong with them is for the call to say that is judged."""
    nothing = torch.zeros(size, dtype=torch.float64)
    try:
        found = module.kernel_ridge(*[arg.clone() if isinstance(arg, torch.Tensor) else arg for arg in args])
        numbers = found.detach().cpu().double()
    except Exception as error:
        del error
        return nothing
    return numbers if numbers.shape == nothing.shape else nothing
