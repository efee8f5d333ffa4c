"""Scenarios with `fit`, whose components may come with either sign; and what stands in for a function of the submission
while another one is judged.

Whoever gives a stand-in something else than tensors has an agreement with the own function, and gets that.
"""

from __future__ import annotations

import types
from typing import Any

import torch


def directions(module: types.ModuleType, X: torch.Tensor, k: int) -> dict[str, Any]:
    """The mean and the components of `fit(X, k)`, with the signs that make the entry of largest size positive."""
    mean, components, _ = module.fit(X, k)
    return {"mean": mean, "components": _signed(components, k)}


def variances(module: types.ModuleType, X: torch.Tensor, k: int) -> Any:
    """The variances of `fit(X, k)`."""
    return module.fit(X, k)[2]


def _signed(components: Any, k: int) -> Any:
    """Each row with its entry of largest size positive, each column if the components are the columns. Of entries of
    nearly the same size the first one decides."""
    if not isinstance(components, torch.Tensor) or components.ndim != 2 or components.numel() == 0:
        return components
    axis = 1 if len(components) == k else 0
    size = components.abs()
    decides = (size >= 0.99 * size.amax(dim=axis, keepdim=True)).long().argmax(dim=axis, keepdim=True)
    return torch.where(components.gather(axis, decides) < 0, -components, components)


def right_fit(original: Any, X: Any, k: int | None = None) -> Any:
    """A right `fit`, so that an error in the submission's is not counted again."""
    if not isinstance(X, torch.Tensor):
        return original(X, k)
    mean = X.mean(dim=0)
    variance, vectors = torch.linalg.eigh((X - mean).T @ (X - mean) / (len(X) - 1))
    return mean, vectors.T.flip(0)[:k], variance.flip(0)[:k].clamp(min=0)


def right_transform(original: Any, X: Any, mean: Any, components: Any) -> Any:
    """A right `transform`."""
    if not isinstance(X, torch.Tensor):
        return original(X, mean, components)
    return torch.einsum("nd,kd->nk", X - mean, components)


def right_inverse_transform(original: Any, Z: Any, mean: Any, components: Any) -> Any:
    """A right `inverse_transform`."""
    if not isinstance(Z, torch.Tensor):
        return original(Z, mean, components)
    return torch.einsum("nk,kd->nd", Z, components) + mean
