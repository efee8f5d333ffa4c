"""Dense layers, one upon the other: a multilayer perceptron, its parameters, and what it is without its function.

A layer is a pair (W, b), W of shape [M, D] and b of shape [M]: it takes D numbers and gives M.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import torch

Layer = tuple[torch.Tensor, torch.Tensor]
Function = Callable[[torch.Tensor], torch.Tensor]


def linear(x: torch.Tensor, W: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """One dense layer: xWᵀ + b for each sample.

    x: [*, D], any axes before the last: none for one sample. W: one neuron's weights per row, [M, D]. b: [M].
    Returns: [*, M], of the inputs' dtype.
    """
    ### BEGIN SOLUTION
    return x @ W.T + b
    ### END SOLUTION


def mlp_forward(x: torch.Tensor, params: list[Layer], f: Function) -> torch.Tensor:
    """The output of a stack of dense layers, with f after each of them but the last.

    x: [*, D]. params: at least one layer (W, b), the first to be applied first; each takes as many numbers as the one
    before it gives. f: any function that works element by element. Returns: [*, C], C numbers from the last layer.
    """
    ### BEGIN SOLUTION
    for W, b in params[:-1]:
        x = f(linear(x, W, b))
    return linear(x, *params[-1])
    ### END SOLUTION


def count_parameters(sizes: list[int]) -> int:
    """How many numbers all weights and biases of a stack of dense layers have together.

    sizes: the inputs' number D, then how many numbers each layer gives; [D] alone is a stack without a layer.
    """
    ### BEGIN SOLUTION
    return sum((inputs + 1) * outputs for inputs, outputs in pairwise(sizes))
    ### END SOLUTION


def collapse(params: list[Layer]) -> Layer:
    """The one layer that gives what the whole stack gives where f is the identity.

    params: at least one layer (W, b), as for `mlp_forward`. Returns: (W, b), W of shape [C, D] and b of shape [C].
    """
    ### BEGIN SOLUTION
    W, b = params[0]
    for V, c in params[1:]:
        W, b = V @ W, V @ b + c
    return W, b
    ### END SOLUTION
