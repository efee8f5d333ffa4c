"""The sigmoid, tanh, their derivatives, and the bridge between the two functions.

Every function takes a floating tensor of any shape and returns a new tensor of the same shape and dtype.
"""

from __future__ import annotations

import torch


def sigmoid(x: torch.Tensor) -> torch.Tensor:
    """The sigmoid 1/(1 + e⁻ˣ) of each element.

    x: floats of any shape. Returns: the same shape, between 0 and 1; exactly 0 at -1000 and 1 at 1000.
    """
    ### BEGIN SOLUTION
    decay = torch.exp(torch.where(x >= 0, -x, x))  # e^-|x| is at most 1: it can't overflow
    return torch.where(x >= 0, 1, decay) / (1 + decay)
    ### END SOLUTION


def tanh(x: torch.Tensor) -> torch.Tensor:
    """The hyperbolic tangent (eˣ − e⁻ˣ)/(eˣ + e⁻ˣ) of each element.

    x: floats of any shape. Returns: the same shape, between -1 and 1; exactly -1 at -1000 and 1 at 1000.
    """
    ### BEGIN SOLUTION
    decay = torch.exp(torch.where(x >= 0, -2 * x, 2 * x))
    return torch.where(x >= 0, 1 - decay, decay - 1) / (1 + decay)
    ### END SOLUTION


def sigmoid_grad(x: torch.Tensor) -> torch.Tensor:
    """The sigmoid's derivative at each element of x, which is the input, not the sigmoid's value.

    x: floats of any shape. Returns: the same shape; exactly 0 at ±1000.
    """
    ### BEGIN SOLUTION
    s = sigmoid(x)
    return s * (1 - s)
    ### END SOLUTION


def tanh_grad(x: torch.Tensor) -> torch.Tensor:
    """The derivative of tanh at each element of x, which is the input, not the value of tanh.

    x: floats of any shape. Returns: the same shape; exactly 0 at ±1000.
    """
    ### BEGIN SOLUTION
    t = tanh(x)
    return 1 - t * t
    ### END SOLUTION


def tanh_from_sigmoid(x: torch.Tensor) -> torch.Tensor:
    """The hyperbolic tangent of each element, made from this file's `sigmoid`, called by that name.

    x: floats of any shape. Returns: the same shape; exactly -1 at -1000 and 1 at 1000.
    """
    ### BEGIN SOLUTION
    return 2 * sigmoid(2 * x) - 1
    ### END SOLUTION
