"""Activations that are handed in, a right soft_threshold, parts of what rbm_cd1 returns, and what the pictures show."""

from __future__ import annotations

import types
from typing import Any

import torch


def tanh(z: torch.Tensor) -> torch.Tensor:
    """tanh of each entry."""
    return torch.tanh(z)


def softplus(z: torch.Tensor) -> torch.Tensor:
    """log(1 + eᶻ) of each entry, which grows without limit."""
    return z.clamp(min=0) + torch.log1p(torch.exp(-z.abs()))


def cosine(z: torch.Tensor) -> torch.Tensor:
    """cos z of each entry, which is the same for z and −z."""
    return torch.cos(z)


def right_soft_threshold(original: Any, z: torch.Tensor, t: Any) -> torch.Tensor:
    """A right `soft_threshold`, so that an error in the submission's is not counted again."""
    return (z - t).clamp(min=0) - (-z - t).clamp(min=0)


def weights_part(
    module: types.ModuleType,
    v: torch.Tensor,
    W: torch.Tensor,
    b: torch.Tensor,
    c: torch.Tensor,
    uh: torch.Tensor,
    uv: torch.Tensor,
) -> torch.Tensor:
    """The dW that `rbm_cd1` returns."""
    dW, _, _ = module.rbm_cd1(v, W, b, c, uh, uv)
    return dW


def biases_part(
    module: types.ModuleType,
    v: torch.Tensor,
    W: torch.Tensor,
    b: torch.Tensor,
    c: torch.Tensor,
    uh: torch.Tensor,
    uv: torch.Tensor,
) -> tuple[torch.Tensor, torch.Tensor]:
    """The db and dc that `rbm_cd1` returns."""
    _, db, dc = module.rbm_cd1(v, W, b, c, uh, uv)
    return db, dc


# --- for the pictures


def reconstructions(
    module: types.ModuleType, x: torch.Tensor, start: list[torch.Tensor], lr: float, steps: list[int]
) -> list[Any]:
    """What an autoencoder with tanh makes of x, [N, D], each time after so many steps of descent with momentum on
    `autoencoder_loss`, and the loss there."""
    parameters = [part.clone().requires_grad_() for part in start]
    speeds = [torch.zeros_like(part) for part in start]
    found = []
    for step in range(max(steps) + 1):
        loss = module.autoencoder_loss(x, *parameters, torch.tanh)
        if step in steps:
            W1, b1, W2, b2 = (part.detach() for part in parameters)
            found.append((torch.tanh(x @ W1.T + b1) @ W2.T + b2, loss.detach()))
        slopes = torch.autograd.grad(loss, parameters)
        with torch.no_grad():
            for part, speed, slope in zip(parameters, speeds, slopes, strict=True):
                part -= lr * speed.mul_(0.9).add_(slope)
    return found


def codes(
    module: types.ModuleType, x: torch.Tensor, A: torch.Tensor, lam: float, lr: float, steps: list[int]
) -> list[torch.Tensor]:
    """The codes of x, each time after so many of the submission's `ista_step`, from zeros."""
    z = x.new_zeros(len(x), len(A))
    found = []
    for step in range(1, max(steps) + 1):
        z = module.ista_step(z, x, A, lam, lr)
        if step in steps:
            found.append(z.clone())
    return found


def dreams(
    module: types.ModuleType, v: torch.Tensor, start: list[torch.Tensor], lr: float, steps: list[int], seed: int
) -> list[torch.Tensor]:
    """p(v = 1 | h) for the most likely h of each v, [N, D], each time after so many steps along `rbm_cd1`."""
    W, b, c = start
    draws = torch.Generator().manual_seed(seed)
    found = []
    for step in range(max(steps) + 1):
        if step in steps:
            h = (v @ W.T + c > 0).to(v.dtype)
            found.append(torch.sigmoid(h @ W + b))
        uh, uv = (torch.rand(len(v), n, generator=draws, dtype=v.dtype) for n in (len(c), len(b)))
        W, b, c = (part + lr * up for part, up in zip((W, b, c), module.rbm_cd1(v, W, b, c, uh, uv), strict=True))
    return found
