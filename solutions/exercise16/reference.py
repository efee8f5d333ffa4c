"""A layer and a network as Modules: parameters that optimisers find, counted, saved and loaded."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from os import PathLike

import torch
from torch import nn


class Linear(nn.Module):
    """A fully connected layer, y = xWᵀ + b.

    weight: a parameter, [out_features, in_features]. bias: a parameter, [out_features], or None.
    """

    def __init__(self, in_features: int, out_features: int, bias: bool = True) -> None:
        """Start values, in float32: every entry of weight and bias uniform in (−1/√in_features, 1/√in_features)."""
        ### BEGIN SOLUTION
        super().__init__()
        bound = in_features**-0.5
        self.weight = nn.Parameter(torch.empty(out_features, in_features).uniform_(-bound, bound))
        self.bias = nn.Parameter(torch.empty(out_features).uniform_(-bound, bound)) if bias else None
        ### END SOLUTION

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """x: [*, in_features]. Returns: [*, out_features]."""
        ### BEGIN SOLUTION
        y = x @ self.weight.T
        return y if self.bias is None else y + self.bias
        ### END SOLUTION


class MLP(nn.Module):
    """A multilayer perceptron: layers with biases, and a ReLU between each two, none after the last.

    parameters() gives W1, b1, W2, b2, …, from the input to the output.
    """

    def __init__(self, sizes: Sequence[int]) -> None:
        """sizes: inputs, hidden units of each layer, outputs; at least two numbers, for a single layer."""
        ### BEGIN SOLUTION
        super().__init__()
        self.layers = nn.ModuleList(Linear(inputs, outputs) for inputs, outputs in pairwise(sizes))
        ### END SOLUTION

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """x: [*, sizes[0]]. Returns: [*, sizes[-1]]."""
        ### BEGIN SOLUTION
        *hidden, last = self.layers
        for layer in hidden:
            x = torch.relu(layer(x))
        return last(x)
        ### END SOLUTION


def count_parameters(module: nn.Module) -> int:
    """How many numbers a module learns: the entries of all parameters that require gradients, each counted once.

    Returns: a Python int. A parameter that several parts share is one parameter.
    """
    ### BEGIN SOLUTION
    return sum(parameter.numel() for parameter in module.parameters() if parameter.requires_grad)
    ### END SOLUTION


def save(module: nn.Module, path: str | PathLike[str]) -> None:
    """Write the parameters and buffers of a module to the file `path`."""
    ### BEGIN SOLUTION
    torch.save(module.state_dict(), path)
    ### END SOLUTION


def load(module: nn.Module, path: str | PathLike[str]) -> nn.Module:
    """Put what `save` has written to `path` into a module of the same structure. Runs no code from the file.

    Returns: the module itself.
    """
    ### BEGIN SOLUTION
    module.load_state_dict(torch.load(path, weights_only=True))
    return module
    ### END SOLUTION
