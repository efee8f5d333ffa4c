"""What stands in for a function of the submission while another one is judged; and what is asked of `fit`."""

from __future__ import annotations

import types
from typing import Any

import numpy as np
import torch

#: Stands for what is no number, or not there.
NOTHING = 1e300


def right_assign(original: Any, X: torch.Tensor, centers: torch.Tensor) -> torch.Tensor:
    """A right `assign`, so that an error in the submission's is not counted again."""
    return (X[:, None] - centers).square().sum(dim=-1).argmin(dim=1)


def right_update(original: Any, X: torch.Tensor, labels: torch.Tensor, centers: torch.Tensor) -> torch.Tensor:
    """A right `update`."""
    one_hot = (labels[:, None] == torch.arange(len(centers), device=X.device)).to(X)
    counts = one_hot.sum(dim=0)[:, None]
    return torch.where(counts > 0, one_hot.T @ X / counts.clamp(min=1), centers)


def right_kmeans_plus_plus(original: Any, X: torch.Tensor, K: int, u: torch.Tensor) -> torch.Tensor:
    """A right `kmeans_plus_plus`."""
    rows = [int(float(u[0]) * len(X))]
    nearest = (X - X[rows[0]]).square().sum(dim=1)
    for j in range(1, K):
        reached = nearest.cumsum(dim=0)
        rows.append(int((reached <= u[j] * reached[-1]).sum()))
        nearest = torch.minimum(nearest, (X - X[rows[-1]]).square().sum(dim=1))
    return X[rows]


def centers_of_fit(module: types.ModuleType, X: torch.Tensor, K: int, u: torch.Tensor, max_iter: int) -> Any:
    """`fit`: the centers, the first of the three results."""
    return module.fit(X, K, u, max_iter)[0]


def labels_of_fit(module: types.ModuleType, X: torch.Tensor, K: int, u: torch.Tensor, max_iter: int) -> Any:
    """`fit`: the labels, the second of the three results."""
    return module.fit(X, K, u, max_iter)[1]


def inertia_of_fit(module: types.ModuleType, X: torch.Tensor, K: int, u: torch.Tensor, max_iter: int) -> Any:
    """`fit`: the inertia, the third of the three results, as a number."""
    return _number(module.fit(X, K, u, max_iter)[2])


def _number(value: Any) -> Any:
    """A number without axes as a Python float; anything else as it is."""
    if isinstance(value, (torch.Tensor, np.ndarray, np.generic)) and value.ndim == 0:
        return float(value)
    return value


def tried(
    module: types.ModuleType, name: str, shape: list[int], whole: bool, X: torch.Tensor, *args: Any
) -> torch.Tensor:
    """What a scenario or a function of this name gives without stand-ins, in float64. NOTHING, which is never right,
    where it is no float and no tensor of this shape and of int64 or X's dtype: what it was built on may be the reason.
    What is wrong with it is for the call to say that is judged."""
    nothing = torch.full(shape, NOTHING, dtype=torch.float64)
    given = [arg.clone() if isinstance(arg, torch.Tensor) else arg for arg in (X, *args)]
    try:
        scenario = globals().get(name)
        found = scenario(module, *given) if scenario else getattr(module, name)(*given)
        if isinstance(found, float):
            found = torch.tensor(found, dtype=X.dtype)
        if list(found.shape) != shape or found.dtype != (torch.int64 if whole else X.dtype):
            return nothing
        return found.detach().cpu().double().nan_to_num(NOTHING, NOTHING, -NOTHING).clamp(-NOTHING, NOTHING)
    except Exception as error:
        del error
        return nothing
