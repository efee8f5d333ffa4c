"""Tensors changed in place, and tensors on the device where they belong.

[*] is any shape. PyTorch's own habit: a function whose name ends in _ writes into its first argument.
"""

from __future__ import annotations

from typing import Any

import torch


def add(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """x + y. x: [*]. y: [*], the same shape and dtype. Returns: a new tensor, [*]; x and y stay as they are."""
    ### BEGIN SOLUTION
    return x + y
    ### END SOLUTION


def affine(x: torch.Tensor, a: float, c: float) -> torch.Tensor:
    """a·x + c. x: [*]. a, c: Python numbers. Returns: a new tensor, [*], of x's dtype; x stays as it is."""
    ### BEGIN SOLUTION
    return a * x + c
    ### END SOLUTION


def add_(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """x + y, written into x. x: [*], perhaps a view of a larger tensor. y: [*]. Returns: x itself."""
    ### BEGIN SOLUTION
    return x.add_(y)
    ### END SOLUTION


def affine_(x: torch.Tensor, a: float, c: float) -> torch.Tensor:
    """a·x + c, written into x. x: [*], perhaps a view of a larger tensor. a, c: Python numbers. Returns: x itself."""
    ### BEGIN SOLUTION
    return x.mul_(a).add_(c)
    ### END SOLUTION


def pick_device(name: str = "auto") -> torch.device:
    """The device to compute on.

    name: "auto", or a device's name such as "cpu" or "cuda:1", which is taken as it is. "auto": cuda where
    torch.cuda.is_available() says so, else mps where torch.backends.mps.is_available() does, else cpu.
    """
    ### BEGIN SOLUTION
    if name != "auto":
        return torch.device(name)
    if torch.cuda.is_available():
        return torch.device("cuda")
    return torch.device("mps" if torch.backends.mps.is_available() else "cpu")
    ### END SOLUTION


def to_device(batch: Any, device: torch.device) -> Any:
    """The batch with every tensor in it on `device`.

    batch: a tensor, or a dict, list or tuple of batches; anything else counts as a batch without tensors.
    Returns: the same nesting in new containers; what is no tensor is kept as it is. `batch` stays as it is.
    """
    ### BEGIN SOLUTION
    if isinstance(batch, torch.Tensor):
        return batch.to(device)
    if isinstance(batch, dict):
        return {key: to_device(item, device) for key, item in batch.items()}
    if isinstance(batch, (list, tuple)):
        return type(batch)(to_device(item, device) for item in batch)
    return batch
    ### END SOLUTION


def run_on(module: torch.nn.Module, x: torch.Tensor, device: torch.device) -> torch.Tensor:
    """module(x), computed on `device`, whatever device each of them comes from.

    Returns: the output, on `device`, from which gradients can go back. The module itself is on `device` afterwards;
    x stays where it is.
    """
    ### BEGIN SOLUTION
    module.to(device)
    return module(x.to(device))
    ### END SOLUTION


def append_ones(x: torch.Tensor) -> torch.Tensor:
    """x with a column of ones at its right. x: [N, D]. Returns: a new tensor, [N, D+1], of x's dtype and device."""
    ### BEGIN SOLUTION
    return torch.cat([x, x.new_ones(len(x), 1)], dim=1)
    ### END SOLUTION


def one_hot(y: torch.Tensor, C: int) -> torch.Tensor:
    """A row for each label: 1 in the label's column, 0 elsewhere.

    y: [N], int64, 0 … C−1. Returns: [N, C], float32, on y's device.
    """
    ### BEGIN SOLUTION
    return (y[:, None] == torch.arange(C, device=y.device)).float()
    ### END SOLUTION
