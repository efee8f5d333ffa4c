"""The perceptron: a neuron that answers 0 or 1, and the rule by which it learns from its mistakes."""

from __future__ import annotations

import torch


def predict(X: torch.Tensor, w: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """The answer to each row: 1 where Xw + b > 0, else 0.

    X: one sample per row, [N, D]. w: the weights, [D]. b: the bias, 0-d. Returns: [N], int64; exactly 0 gives 0.
    """
    ### BEGIN SOLUTION
    return (X @ w + b > 0).long()
    ### END SOLUTION


def update(w: torch.Tensor, b: torch.Tensor, x: torch.Tensor, y: int, lr: float) -> tuple[torch.Tensor, torch.Tensor]:
    """What one row teaches: w + lr·(y − ŷ)·x and b + lr·(y − ŷ), with ŷ by the w and b that are handed in.

    w: [D]. b: 0-d. x: the row, [D]. y: its label, 0 or 1. Returns: the new w and the new b.
    """
    ### BEGIN SOLUTION
    error = y - predict(x[None], w, b).item()  # 1, 0 or -1
    return w + lr * error * x, b + lr * error
    ### END SOLUTION


def fit(X: torch.Tensor, y: torch.Tensor, lr: float, max_epochs: int) -> tuple[torch.Tensor, torch.Tensor, int, bool]:
    """Learn from zeros, an update for every row in order, epoch after epoch, up to the first epoch without mistakes.

    X: [N, D]. y: the labels, [N], int64, 0 or 1. max_epochs: at least 1.
    Returns: w, b, the number of epochs gone through (the one without mistakes counts), and whether there was such one.
    """
    ### BEGIN SOLUTION
    w, b = X.new_zeros(X.shape[1]), X.new_zeros(())
    for epoch in range(1, max_epochs + 1):
        mistakes = 0
        for x, label in zip(X, y.tolist(), strict=True):
            mistakes += predict(x[None], w, b).item() != label
            w, b = update(w, b, x, label, lr)
        if mistakes == 0:
            return w, b, epoch, True
    return w, b, max_epochs, False
    ### END SOLUTION
