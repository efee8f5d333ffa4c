"""Activations that no learner has seen before, to be handed to `gradient_through_depth`; one scenario."""

from __future__ import annotations

import types

import torch


def wave(a: float, b: float, c: float, x: torch.Tensor) -> torch.Tensor:
    """a·x + b·sin x + c."""
    return a * x + b * torch.sin(x) + c


def wave_grad(a: float, b: float, x: torch.Tensor) -> torch.Tensor:
    """Its derivative: it has both signs where b is larger than |a|, and lies between a−b and a+b."""
    return a + b * torch.cos(x)


def for_slopes(module: types.ModuleType, x: torch.Tensor, slopes: tuple[float, ...]) -> dict[str, torch.Tensor]:
    """`leaky_relu` at the same x for each slope."""
    return {f"slope {slope:.3g}": module.leaky_relu(x, slope) for slope in slopes}


def result_doubled(
    module: types.ModuleType, x: torch.Tensor, name: str, numbers: tuple[float, ...]
) -> dict[str, torch.Tensor]:
    """What the function returns, and x once the result has been doubled in place: a new tensor has its own memory."""
    result = getattr(module, name)(x, *numbers)
    returned = result.clone()
    result *= 2
    return {"result": returned, "x afterwards": x}


# What a picture hands to `gradient_through_depth`.


def right_sigmoid(x: torch.Tensor) -> torch.Tensor:
    """1/(1 + e⁻ˣ)."""
    return torch.sigmoid(x)


def right_sigmoid_grad(x: torch.Tensor) -> torch.Tensor:
    """Its derivative."""
    return torch.sigmoid(x) * torch.sigmoid(-x)


def right_tanh(x: torch.Tensor) -> torch.Tensor:
    """tanh x."""
    return torch.tanh(x)


def right_tanh_grad(x: torch.Tensor) -> torch.Tensor:
    """Its derivative."""
    return 1 - torch.tanh(x) ** 2


def right_relu(x: torch.Tensor) -> torch.Tensor:
    """max(x, 0)."""
    return x.clamp(min=0)


def right_relu_grad(x: torch.Tensor) -> torch.Tensor:
    """Its derivative."""
    return (x > 0).to(x)
