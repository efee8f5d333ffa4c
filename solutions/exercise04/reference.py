"""Rectifiers, their derivatives, and what a stack of activations does to a gradient.

x is a floating tensor of any shape, slope and alpha are Python numbers. Every function returns a new tensor of the
shape and dtype of x.
"""

from __future__ import annotations

from collections.abc import Callable

import torch

Elementwise = Callable[[torch.Tensor], torch.Tensor]


def relu(x: torch.Tensor) -> torch.Tensor:
    """x where x > 0, else 0.

    x: floats of any shape. Returns: the same shape. Autograd goes through it.
    """
    ### BEGIN SOLUTION
    return torch.where(x > 0, x, 0)
    ### END SOLUTION


def relu_grad(x: torch.Tensor) -> torch.Tensor:
    """The derivative of relu at each element of x, which is the input; 0 at 0.

    x: floats of any shape. Returns: the same shape and dtype, not bool.
    """
    ### BEGIN SOLUTION
    return (x > 0).to(x.dtype)
    ### END SOLUTION


def leaky_relu(x: torch.Tensor, slope: float) -> torch.Tensor:
    """x where x > 0, else slope·x.

    x: floats of any shape. slope: any number, also above 1 or negative. Returns: the same shape. Autograd goes
    through it.
    """
    ### BEGIN SOLUTION
    return torch.where(x > 0, x, slope * x)
    ### END SOLUTION


def leaky_relu_grad(x: torch.Tensor, slope: float) -> torch.Tensor:
    """The derivative of leaky_relu at each element of x, which is the input; slope at 0.

    x: floats of any shape. slope: any number. Returns: the same shape and dtype.
    """
    ### BEGIN SOLUTION
    return torch.where(x > 0, torch.ones_like(x), slope)
    ### END SOLUTION


def elu(x: torch.Tensor, alpha: float) -> torch.Tensor:
    """x where x > 0, else alpha·(eˣ − 1).

    x: floats of any shape. alpha: a positive number. Returns: the same shape. Autograd goes through it and gives a
    finite gradient even at x = 1000.
    """
    ### BEGIN SOLUTION
    bend = torch.expm1(torch.clamp(x, max=0))  # where differentiates both branches: neither may overflow
    return torch.where(x > 0, x, alpha * bend)
    ### END SOLUTION


def elu_grad(x: torch.Tensor, alpha: float) -> torch.Tensor:
    """The derivative of elu at each element of x, which is the input; alpha at 0.

    x: floats of any shape. alpha: a positive number. Returns: the same shape and dtype; exactly 1 at 1000.
    """
    ### BEGIN SOLUTION
    return torch.where(x > 0, 1, alpha * torch.exp(x))
    ### END SOLUTION


def gradient_through_depth(f: Elementwise, f_grad: Elementwise, depth: int, x: torch.Tensor) -> torch.Tensor:
    """The derivative, at each element of x, of f applied `depth` times: the product of the derivatives on the way.

    f, f_grad: any elementwise function and its derivative; both map a tensor to one of the same shape. depth: 0 or
    more. x: floats of any shape. Returns: f_grad(h₀)·f_grad(h₁)·…, `depth` factors, where h₀ = x and hₖ₊₁ = f(hₖ);
    the same shape and dtype as x; ones where depth is 0.
    """
    ### BEGIN SOLUTION
    product, h = torch.ones_like(x), x
    for _ in range(depth):
        product = product * f_grad(h)
        h = f(h)
    return product
    ### END SOLUTION
