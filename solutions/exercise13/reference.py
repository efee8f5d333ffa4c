"""Autograd, used with care: gradients that leave no trace, gradients that add up, and tensors without a history.

[*] is any shape. Functions and modules are handed in; nothing here knows what is inside them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import torch

ScalarFunction = Callable[[torch.Tensor], torch.Tensor]


def grad_of(f: ScalarFunction, x: torch.Tensor) -> torch.Tensor:
    """The gradient of f at x.

    f: gives a 0-d tensor. x: [*]; may require gradients or not, may be a leaf or the result of a computation.
    Returns: [*], a new tensor. x, its .grad and its graph stay as they are.
    """
    ### BEGIN SOLUTION
    x = x.detach().requires_grad_()
    return torch.autograd.grad(f(x), x)[0]
    ### END SOLUTION


def accumulate(f: Callable[[torch.Tensor, Any], torch.Tensor], w: torch.Tensor, batches: Iterable[Any]) -> torch.Tensor:
    """The gradient of f(w, batch) with respect to w, summed over the batches, with a backward pass for each.

    f: gives a 0-d tensor. w: a leaf that requires gradients. batches: at least one; can be walked through once.
    Returns: the sum, like w, in memory of its own. w.grad holds the same sum, and nothing of what it held before.
    """
    ### BEGIN SOLUTION
    w.grad = None
    for batch in batches:
        f(w, batch).backward()
    return w.grad.clone()
    ### END SOLUTION


def vjp(f: Callable[[torch.Tensor], torch.Tensor], x: torch.Tensor, v: torch.Tensor) -> torch.Tensor:
    """The vector-Jacobian product: for each entry of x, the sum over the entries of f(x) of v·∂f(x)/∂x.

    f: gives a tensor of any shape. x: as for `grad_of`. v: like f(x). Returns: like x. x stays as it is.
    """
    ### BEGIN SOLUTION
    x = x.detach().requires_grad_()
    return torch.autograd.grad((f(x) * v).sum(), x)[0]
    ### END SOLUTION


def freeze(module: torch.nn.Module) -> torch.nn.Module:
    """Stop a module from learning: afterwards none of its parameters requires gradients, however deep it lies.

    Returns: the module itself. Its values, buffers and modes stay, and gradients still pass through it.
    """
    ### BEGIN SOLUTION
    for parameter in module.parameters():
        parameter.requires_grad_(False)
    return module
    ### END SOLUTION


def detached_copy(x: torch.Tensor) -> torch.Tensor:
    """The values of x in memory of their own, without a history and without requiring gradients.

    x: [*]. Returns: [*], same dtype. Whatever is written to the copy, x and its graph stay as they are.
    """
    ### BEGIN SOLUTION
    return x.detach().clone()
    ### END SOLUTION


def numerical_gradient(f: ScalarFunction, x: torch.Tensor, eps: float) -> torch.Tensor:
    """The gradient of f at x from central differences: (f(x + eps·e) − f(x − eps·e)) / 2eps for each unit vector e.

    f: gives a 0-d tensor for float64 tensors of x's shape; may compute outside of autograd, in NumPy, say.
    x: [*], float32 or float64. Returns: [*], x's dtype, computed in float64. x stays as it is.
    """
    ### BEGIN SOLUTION
    point = x.detach().double()
    gradient = torch.zeros_like(point)
    for index in np.ndindex(*x.shape):
        step = torch.zeros_like(point)
        step[index] = eps
        gradient[index] = (f(point + step) - f(point - step)) / (2 * eps)
    return gradient.to(x.dtype)
    ### END SOLUTION
