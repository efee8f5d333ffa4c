"""The functions that a check hands to the submission as f, and what stands in for its functions while another one is
checked."""

from __future__ import annotations

from typing import Any

import torch


def relu(z: torch.Tensor) -> torch.Tensor:
    """max(z, 0)."""
    return z.clamp(min=0)


def square_plus_one(z: torch.Tensor) -> torch.Tensor:
    """z² + 1: not 0 at 0, and applied twice it is another function."""
    return z * z + 1


def right_linear(original: Any, x: torch.Tensor, W: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """A right `linear`, so that an error in the submission's is not counted again."""
    return x @ W.T + b


def right_mlp_forward(original: Any, x: torch.Tensor, params: Any, f: Any) -> torch.Tensor:
    """A right `mlp_forward`."""
    *hidden, (V, c) = params
    for W, b in hidden:
        x = f(x @ W.T + b)
    return x @ V.T + c


def identity(z: torch.Tensor) -> torch.Tensor:
    """z itself: f where there is none."""
    return z


def tanh(z: torch.Tensor) -> torch.Tensor:
    """tanh z."""
    return torch.tanh(z)
