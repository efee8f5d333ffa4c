"""Linear regression: data from a line, a model with a weight and a bias, and autograd to find them.

n samples with one input each. w is [1, 1], b is 0-d; both are leaves that require gradients while they are learned.
"""

from __future__ import annotations

from typing import Any

import torch


def make_data(n: int, gen: torch.Generator) -> tuple[torch.Tensor, torch.Tensor]:
    """n samples of the line y = 3x + 0.8, with x drawn uniformly from [0, 1) by the generator.

    Returns: x and y, both [n, 1] and float32.
    """
    ### BEGIN SOLUTION
    x = torch.rand(n, 1, generator=gen)
    return x, 3 * x + 0.8
    ### END SOLUTION


def predict(x: torch.Tensor, w: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """The model's values at x: xw + b.

    x: [n, 1]. w: [1, 1]. b: 0-d. Returns: [n, 1].
    """
    ### BEGIN SOLUTION
    return x @ w + b
    ### END SOLUTION


def loss(pred: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """The mean of the squared errors.

    pred, y: [n, 1]. Returns: a 0-d tensor.
    """
    ### BEGIN SOLUTION
    return ((pred - y) ** 2).mean()
    ### END SOLUTION


def step(w: torch.Tensor, b: torch.Tensor, x: torch.Tensor, y: torch.Tensor, lr: float) -> float:
    """One step of gradient descent: w and b move in place, and stay leaves that require gradients.

    What their .grad held before does not count. Returns: the loss before the step, a Python float.
    """
    ### BEGIN SOLUTION
    w.grad = b.grad = None
    before = loss(predict(x, w, b), y)
    before.backward()
    with torch.no_grad():
        w -= lr * w.grad
        b -= lr * b.grad
    return before.item()
    ### END SOLUTION


def fit(x: torch.Tensor, y: torch.Tensor, lr: float, steps: int) -> tuple[torch.Tensor, torch.Tensor, list[float]]:
    """So many steps from w = 0 and b = 0, each with all samples.

    Returns: w [1, 1] and b 0-d, leaves of x's dtype that require gradients, and a list of every step's loss before it.
    """
    ### BEGIN SOLUTION
    w = x.new_zeros(1, 1, requires_grad=True)
    b = x.new_zeros((), requires_grad=True)
    losses = [step(w, b, x, y, lr) for _ in range(steps)]
    return w, b, losses
    ### END SOLUTION


def plot_fit(ax: Any, x: torch.Tensor, y: torch.Tensor, w: torch.Tensor, b: torch.Tensor) -> None:
    """Draw the samples as points, and the model as one straight line over [min x, max x].

    ax: the Axes of Matplotlib to draw on. x, y: [n, 1], in any order. w, b: as `fit` returns them; they stay leaves.
    """
    ### BEGIN SOLUTION
    ends = torch.stack([x.min(), x.max()]).reshape(2, 1)
    ax.scatter(x, y)
    ax.plot(ends, predict(ends, w, b).detach())
    ### END SOLUTION
