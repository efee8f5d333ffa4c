"""Where tensors come from (lists, NumPy arrays, constants, chance) and how their numbers get out again.

Floats are float32 and whole numbers int64 unless a function says otherwise. No function changes its arguments,
apart from the generator `gen`, which moves on with every draw.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import torch


def from_list(data: Any) -> torch.Tensor:
    """The tensor of a number or of a (nested) list of numbers.

    Returns: bool for truth values, int64 for whole numbers, float32 as soon as one float is among them.
    """
    ### BEGIN SOLUTION
    return torch.tensor(data)
    ### END SOLUTION


def from_numpy_shared(a: np.ndarray) -> torch.Tensor:
    """A tensor in the memory of `a`: whoever writes to one of them changes both.

    a: any numeric dtype, any shape, also a transposed or strided view. Returns: the same dtype and shape.
    """
    ### BEGIN SOLUTION
    return torch.from_numpy(a)
    ### END SOLUTION


def from_numpy_copied(a: np.ndarray) -> torch.Tensor:
    """A tensor with the numbers of `a` in memory of its own.

    a: any numeric dtype, any shape, also a transposed or strided view. Returns: the same dtype and shape.
    """
    ### BEGIN SOLUTION
    return torch.from_numpy(a.copy())
    ### END SOLUTION


def filled(kind: str, shape: tuple[int, ...], dtype: torch.dtype) -> torch.Tensor:
    """A new tensor of this shape and dtype. kind: "zeros", "ones" or "empty"; in "empty" any numbers may stand."""
    ### BEGIN SOLUTION
    make = {"empty": torch.empty, "zeros": torch.zeros, "ones": torch.ones}[kind]
    return make(shape, dtype=dtype)
    ### END SOLUTION


def convert(x: torch.Tensor, dtype: torch.dtype) -> torch.Tensor:
    """The numbers of `x` in another dtype, in memory of their own, also where `x` has this dtype already.

    Floats become whole numbers by cutting off what is behind the point; as bool, all but 0 is True.
    """
    ### BEGIN SOLUTION
    return x.to(dtype, copy=True)
    ### END SOLUTION


def uniform(shape: tuple[int, ...], low: float, high: float, gen: torch.Generator) -> torch.Tensor:
    """Random numbers, evenly spread over [low, high), all drawn from `gen`. Returns: float32."""
    ### BEGIN SOLUTION
    return low + (high - low) * torch.rand(shape, generator=gen)
    ### END SOLUTION


def normal(shape: tuple[int, ...], mean: float, std: float, gen: torch.Generator) -> torch.Tensor:
    """Normally distributed random numbers, all drawn from `gen`. std: the standard deviation. Returns: float32."""
    ### BEGIN SOLUTION
    return mean + std * torch.randn(shape, generator=gen)
    ### END SOLUTION


def integers(shape: tuple[int, ...], low: int, high: int, gen: torch.Generator) -> torch.Tensor:
    """Random whole numbers, low … high−1, each as likely as the others, all drawn from `gen`. Returns: int64."""
    ### BEGIN SOLUTION
    return torch.randint(low, high, shape, generator=gen)
    ### END SOLUTION


def mean_of_integers(x: torch.Tensor) -> torch.Tensor:
    """The mean of all elements. x: int64, any shape, not empty. Returns: float32, 0-d."""
    ### BEGIN SOLUTION
    return x.float().mean()
    ### END SOLUTION


def divide(a: torch.Tensor, b: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Both kinds of division. a, b: int64 of one shape, no 0 in b.

    Returns: a/b as float32, and ⌊a/b⌋, rounded down exactly, as int64.
    """
    ### BEGIN SOLUTION
    return a / b, a // b
    ### END SOLUTION


def item(x: torch.Tensor) -> bool | int | float:
    """The only element of `x` as a Python number: int, float or bool, as its dtype says.

    x: one element, any number of axes; may be part of a graph.
    """
    ### BEGIN SOLUTION
    return x.item()
    ### END SOLUTION


def to_numpy(x: torch.Tensor) -> np.ndarray:
    """The numbers of `x` as a NumPy array with memory of its own. Same shape and dtype.

    x: any shape; may be part of a graph, or on another device than the CPU.
    """
    ### BEGIN SOLUTION
    return x.detach().cpu().numpy().copy()
    ### END SOLUTION
