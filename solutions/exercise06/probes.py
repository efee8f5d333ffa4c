"""Scenarios: write to one thing and read another, draw and look at what was drawn.

Every scenario in which a submission draws first seeds the global generator, so that one that uses it instead of its
own gives the same numbers on both sides; afterwards the global generator is as it was.
"""

from __future__ import annotations

import types
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import torch

Pair = tuple[float, float]


def generator(seed: int) -> torch.Generator:
    """A generator of its own, on the CPU."""
    return torch.Generator().manual_seed(seed)


def dtype(name: str) -> torch.dtype:
    """torch's dtype of this name."""
    return getattr(torch, name)


@contextmanager
def global_seed(seed: int) -> Iterator[None]:
    """The global generator, seeded for the moment."""
    before = torch.get_rng_state()
    torch.manual_seed(seed)
    try:
        yield
    finally:
        torch.set_rng_state(before)


def saved(value: Any) -> Any:
    """What stands there now, whatever is written later."""
    if isinstance(value, torch.Tensor):
        return value.detach().clone()
    return value.copy() if isinstance(value, np.ndarray) else value


# --- memory


def write_to_both(
    module: types.ModuleType, function: str, a: np.ndarray, later: np.ndarray, transposed: bool = False
) -> dict[str, Any]:
    """The tensor made of `a` (or of its transpose); again, after `a` took the numbers of `later`; and `a`, after
    the tensor was filled with ones."""
    tensor = getattr(module, function)(a.T if transposed else a)
    first = saved(tensor)
    a[...] = later
    then = saved(tensor)
    if isinstance(tensor, torch.Tensor):
        tensor.fill_(1)
    return {"tensor": first, "tensor after writing to a": then, "a after writing to the tensor": a}


def fill(module: types.ModuleType, kind: str, shape: tuple[int, ...], dtype: torch.dtype) -> dict[str, Any]:
    """The new tensor, unless its numbers may be any; and when every element has been set to 1."""
    tensor = module.filled(kind, shape, dtype)
    first = None if kind == "empty" else saved(tensor)
    if isinstance(tensor, torch.Tensor):
        tensor.fill_(1)
    return {"tensor": first, "tensor filled with ones": tensor}


def convert(module: types.ModuleType, x: torch.Tensor, dtype: torch.dtype) -> dict[str, Any]:
    """The converted tensor; and again, after x was set to 0."""
    converted = module.convert(x, dtype)
    first = saved(converted)
    x.zero_()
    return {"converted": first, "converted, after writing to x": converted}


@torch.enable_grad()
def from_a_graph(module: types.ModuleType, x: torch.Tensor) -> dict[str, Any]:
    """The array made of y = eˣ; and x's gradient of Σy, after zeros were written to the array."""
    leaf = x.clone().requires_grad_()
    y = leaf.exp()
    array = module.to_numpy(y)
    first = saved(array)
    if isinstance(array, np.ndarray):
        array[...] = 0
    y.sum().backward()
    return {"array": first, "gradient of x, after writing to the array": leaf.grad}


@torch.enable_grad()
def item_of_a_graph(module: types.ModuleType, x: torch.Tensor) -> Any:
    """`item` of Σx², which has a graph."""
    return module.item(x.clone().requires_grad_().square().sum())


# --- chance


def minus_itself(
    module: types.ModuleType, function: str, shape: tuple[int, ...], between: Pair, seed: int
) -> torch.Tensor:
    """What was drawn, less the same: zeros of the dtype and shape that were drawn."""
    with global_seed(seed):
        found = getattr(module, function)(shape, *between, generator(seed))
    return found - found


def draw(
    module: types.ModuleType, function: str, shape: tuple[int, ...], between: Pair, seeds: list[int]
) -> list[torch.Tensor]:
    """What is drawn with a generator for each seed, and once more with the last one, all as float64."""
    with global_seed(seeds[0] + 1):
        generators = [generator(seed) for seed in seeds]
        found = [getattr(module, function)(shape, *between, gen) for gen in [*generators, generators[-1]]]
    return [tensor.double() for tensor in found]


def outside(draws: list[torch.Tensor], low: float, high: float, step: int) -> dict[str, float]:
    """By how much the smallest and the largest number leave low … high−step."""
    below, above = low - float(draws[0].min()), float(draws[0].max()) - (high - step)
    return {"furthest below the range": max(below, 0.0), "furthest above the range": max(above, 0.0)}


def shares(draws: list[torch.Tensor], low: float, high: float, parts: int) -> list[float]:
    """Which share of the numbers is in each of so many equal parts of [low, high)."""
    part = ((draws[0] - low) / (high - low) * parts).floor()
    return [float((part == number).double().mean()) for number in range(parts)]


def moments(draws: list[torch.Tensor], mean: float, std: float) -> dict[str, float]:
    """Mean and standard deviation of the numbers."""
    return {"mean": float(draws[0].mean()), "standard deviation": float(draws[0].std())}


def near_the_mean(draws: list[torch.Tensor], mean: float, std: float) -> float:
    """Which share of the numbers is nearer to the mean than one standard deviation."""
    return float(((draws[0] - mean).abs() < std).double().mean())


def repeated(draws: list[torch.Tensor], low: float, high: float) -> dict[str, float]:
    """Which shares of the numbers are drawn again: with another seed, with the same one, and with the same generator."""
    other, _, again, further = (float((numbers == draws[1]).double().mean()) for numbers in draws)
    return {"another seed": other, "the same seed": again, "the same generator again": further}


SUMMARIES = {
    "outside": outside, "shares": shares, "moments": moments, "near the mean": near_the_mean, "repeated": repeated,
}  # fmt: skip


def summarise(module: types.ModuleType, summary: str, draws: list[torch.Tensor], between: Pair, more: list[int]) -> Any:
    """A summary of numbers that are there already; the submission has no part in it."""
    return SUMMARIES[summary](draws, *between, *more)


def draw_and_summarise(
    module: types.ModuleType, summary: str, function: str, shape: tuple[int, ...], between: Pair, seeds: list[int],
    more: list[int],
) -> Any:
    """The summary of what the submission draws."""
    return SUMMARIES[summary](draw(module, function, shape, between, seeds), *between, *more)


def draw_globally_after(
    module: types.ModuleType, function: str, shape: tuple[int, ...], between: Pair, seed: int
) -> torch.Tensor:
    """What the global generator, seeded before, gives after the submission has drawn."""
    with global_seed(seed):
        getattr(module, function)(shape, *between, generator(seed + 1))
        return torch.rand(6, dtype=torch.float64)
