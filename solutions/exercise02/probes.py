"""What stands in for a function of the submission while another one is checked, and views of what fit returns."""

from __future__ import annotations

import types
from typing import Any

import torch


def right_predict(original: Any, X: torch.Tensor, w: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """A right `predict`, so that an error in the submission's is not counted again."""
    return (X @ w + b > 0).long()


def right_update(
    original: Any, w: torch.Tensor, b: torch.Tensor, x: torch.Tensor, y: int, lr: float
) -> tuple[torch.Tensor, torch.Tensor]:
    """A right `update`."""
    x = x.reshape(w.shape)
    error = int(y) - int(x @ w + b > 0)
    return w + lr * error * x, b + lr * error


def learned_weights(module: types.ModuleType, X: torch.Tensor, y: torch.Tensor, lr: float, max_epochs: int) -> Any:
    """`fit`: w and b."""
    return module.fit(X, y, lr, max_epochs)[:2]


def epochs_and_converged(module: types.ModuleType, X: torch.Tensor, y: torch.Tensor, lr: float, max_epochs: int) -> Any:
    """`fit`: how many epochs, and whether the last one was without mistakes."""
    return module.fit(X, y, lr, max_epochs)[2:]
