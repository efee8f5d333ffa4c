"""What stands in for a function of the submission while another one is checked, and a scenario that runs beside it.

Whoever gives a stand-in something else than tensors has an agreement with the own function, and gets that.
"""

from __future__ import annotations

import types
from typing import Any

import torch

Pair = tuple[torch.Tensor, torch.Tensor]


def right_predict_proba(original: Any, X: torch.Tensor, w: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """A right `predict_proba`, so that an error in the submission's is not counted again."""
    return torch.sigmoid(X @ w + b) if _tensors(X, w) else original(X, w, b)


def right_predict_proba_multilabel(original: Any, X: torch.Tensor, W: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """A right `predict_proba_multilabel`."""
    return torch.sigmoid(X @ W.T + b) if _tensors(X, W) else original(X, W, b)


def right_fit(
    original: Any, X: torch.Tensor, y: torch.Tensor, lr: float, steps: int, pos_weight: float = 1.0, l2: float = 0.0
) -> Pair:
    """A right `fit`."""
    if not _tensors(X, y):
        return original(X, y, lr, steps, pos_weight, l2)
    w, b = X.new_zeros(X.shape[1]), X.new_zeros(())
    for _ in range(steps):
        p = torch.sigmoid(X @ w + b)
        error = torch.where(y == 1, pos_weight * (p - 1), p) / len(y)
        w, b = w - lr * (error @ X + l2 * w), b - lr * error.sum()
    return w, b


def right_fit_multilabel(original: Any, X: torch.Tensor, Y: torch.Tensor, lr: float, steps: int) -> Pair:
    """A right `fit_multilabel`: each label is learned by itself, at a rate of which L are one."""
    if not _tensors(X, Y):
        return original(X, Y, lr, steps)
    found = [right_fit(None, X, y, lr / Y.shape[1], steps) for y in Y.T]
    return torch.stack([w for w, _ in found]), torch.stack([b for _, b in found])


def after_each_step(
    module: types.ModuleType, name: str, X: torch.Tensor, y: torch.Tensor, lr: float, steps: int
) -> list[torch.Tensor]:
    """The weights after 1 step, after 2 steps, and so on, each time from the beginning."""
    return [getattr(module, name)(X.clone(), y.clone(), lr, count)[0] for count in range(1, steps + 1)]


def _tensors(*values: Any) -> bool:
    return all(isinstance(value, torch.Tensor) for value in values)
