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
    torch.default_generator.manual_seed(seed)  # torch.manual_seed would seed GPUs as well, a millisecond each time
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

PARTS = {"a": lambda a: a, "a.T": lambda a: a.T, "a[:, ::2]": lambda a: a[:, ::2]}
FLAT_PARTS = {"a": lambda a: a, "a[::2]": lambda a: a[::2]}


def each_list(module: types.ModuleType, lists: list[Any]) -> list[torch.Tensor]:
    """The tensor of each of them."""
    return [module.from_list(data) for data in lists]


def write_to_both(module: types.ModuleType, function: str, a: np.ndarray, later: np.ndarray) -> dict[str, Any]:
    """For the array as it is, its transpose, and every other column (or entry) of it: the tensor; again, after the
    array took the numbers of `later`; and the array, after the tensor was filled with ones."""
    found = {}
    for name, part in PARTS.items() if a.ndim > 1 else FLAT_PARTS.items():
        whole = a.copy()
        tensor = getattr(module, function)(part(whole))
        first = saved(tensor)
        whole[...] = later
        then = saved(tensor)
        if isinstance(tensor, torch.Tensor):
            tensor.fill_(1)
        found[f"of {name}"] = {
            "tensor": first,
            "tensor after writing to a": then,
            "a after writing to the tensor": whole,
        }
    return found


def fill(module: types.ModuleType, kind: str, shape: tuple[int, ...], dtype: torch.dtype) -> dict[str, Any]:
    """The new tensor, unless its numbers may be any; and when 0, 1, 2, ... were written into it, and then zeros into
    another one."""
    tensor, other = (module.filled(kind, shape, dtype) for _ in range(2))
    first = None if kind == "empty" else saved(tensor)
    if isinstance(tensor, torch.Tensor) and isinstance(other, torch.Tensor):
        tensor.copy_(torch.arange(tensor.numel()).reshape(tensor.shape))
        other.zero_()
    return {"tensor": first, "tensor after writing to it": tensor}


def convert(module: types.ModuleType, x: torch.Tensor, dtype: torch.dtype) -> dict[str, Any]:
    """The converted tensor; and again, after x was set to 0."""
    converted = module.convert(x, dtype)
    first = saved(converted)
    x.zero_()
    return {"converted": first, "converted, once x is 0": converted}


def write_to_x_and_array(module: types.ModuleType, x: torch.Tensor) -> dict[str, Any]:
    """The array; x, after the array was filled with ones; and the array, after x was set to 0."""
    array = module.to_numpy(x)
    first = saved(array)
    if isinstance(array, np.ndarray):
        array[...] = 1
    then = saved(x)
    x.zero_()
    return {"array": first, "x, once array is 1": then, "array, once x is 0": array}


@torch.enable_grad()
def from_a_graph(module: types.ModuleType, x: torch.Tensor) -> dict[str, Any]:
    """The array made of y = eˣ; and x's gradient of Σy, after zeros were written to the array and x was made one."""
    leaf = x.clone().requires_grad_()
    y = leaf.exp()
    array = module.to_numpy(y)
    module.to_numpy(leaf)
    first = saved(array)
    if isinstance(array, np.ndarray):
        array[...] = 0
    y.sum().backward()
    return {"array": first, "gradient, once array is 0": leaf.grad}


@torch.enable_grad()
def item_of_a_graph(module: types.ModuleType, x: torch.Tensor) -> dict[str, Any]:
    """`item` of y = Σx², which has a graph; and whether y still has it."""
    y = x.clone().requires_grad_().square().sum()
    return {"number": module.item(y), "still in the graph": y.requires_grad}


# --- chance


def rounded(number: float | torch.Tensor) -> float:
    """To four digits behind the point, so that the order of operations does not show."""
    return round(float(number), 4)


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
    """What is drawn with a generator for each seed, then again with the last ones, as float64."""
    with global_seed(seeds[0] + 1):
        generators = [generator(seed) for seed in seeds]
        found = [getattr(module, function)(shape, *between, gen) for gen in [*generators, *generators[:0:-1]]]
    return [tensor.double() for tensor in found]


def spread(draws: list[torch.Tensor], low: float, high: float, parts: int, step: int) -> dict[str, float]:
    """By how much the smallest and the largest number leave low … high−step, which share of the numbers is in each of
    so many equal parts of [low, high), and which is the same as the one before."""
    numbers = draws[0].flatten()
    part = ((numbers - low) / (high - low) * parts).floor()
    return {
        "furthest below the range": rounded(max(low - float(numbers.min()), 0.0)),
        "furthest above the range": rounded(max(float(numbers.max()) - (high - step), 0.0)),
        **{f"share of part {number + 1}": rounded((part == number).double().mean()) for number in range(parts)},
        "same as the one before": rounded((numbers[1:] == numbers[:-1]).double().mean()),
    }


def moments(draws: list[torch.Tensor], mean: float, std: float) -> dict[str, float]:
    """Mean and standard deviation of the numbers, in units of std, and which share of them is nearer to the mean than
    one standard deviation."""
    numbers = (draws[0] - mean) / std
    return {
        "mean, off by": rounded(numbers.mean()),
        "standard deviation": rounded(numbers.std()),
        "share near the mean": rounded((numbers.abs() < 1).double().mean()),
    }


def repeated(draws: list[torch.Tensor], low: float, high: float) -> dict[str, bool]:
    """Whether numbers are drawn again, more of them than chance repeats: with another seed, with the same one (all of
    them), with the same generator, and with the other one of this seed."""
    other, _, again, last, further = (float((numbers == draws[1]).double().mean()) for numbers in draws)
    return {
        "another seed": other > 0.05,
        "the same seed": again == 1,
        "the same generator again": further > 0.05,
        "the other generator again": last > 0.05,
    }


SUMMARIES = {"spread": spread, "moments": moments, "repeated": repeated}


def summarise(module: types.ModuleType, summary: str, draws: list[torch.Tensor], between: Pair, more: list[int]) -> Any:
    """A summary of numbers that are there already; the submission has no part in it."""
    return SUMMARIES[summary](draws, *between, *more)


def draw_and_summarise(
    module: types.ModuleType,
    summary: str,
    function: str,
    shape: tuple[int, ...],
    between: Pair,
    seeds: list[int],
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
