"""Logistic regression: the probability of a click, learned from a log of what was shown and what was clicked.

N samples, D inputs, L labels. But for predicted labels and the numbers of adverts, all tensors are floating, float32 or
float64, and those of one call have the same dtype, which the results keep. No function changes its arguments.
"""

from __future__ import annotations

import torch


def features(rows: list[dict], categories: dict[str, list[str]], numeric: list[str]) -> torch.Tensor:
    """A table of numbers: for each category a one-hot block with a column for each of its values, then the numbers.

    rows: one dict per sample; other keys in it do not matter. categories: name → its values, in the columns' order; any
    other value, or none, gives zeros. numeric: names of numbers; one that is absent or None counts as 0.
    Returns: [N, F], float32.
    """
    ### BEGIN SOLUTION
    columns = [(name, value) for name, values in categories.items() for value in values]
    table = [
        [row.get(name) == value for name, value in columns] + [row.get(name) or 0 for name in numeric] for row in rows
    ]
    return torch.tensor(table, dtype=torch.float32).reshape(len(rows), len(columns) + len(numeric))
    ### END SOLUTION


def predict_proba(X: torch.Tensor, w: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """The probability of the label 1 for each sample: the sigmoid of Xw + b.

    X: [N, D]. w: [D]. b: []. Returns: [N].
    """
    ### BEGIN SOLUTION
    return torch.sigmoid(X @ w + b)
    ### END SOLUTION


def predict(X: torch.Tensor, w: torch.Tensor, b: torch.Tensor, threshold: float) -> torch.Tensor:
    """The label of each sample: 1 where its probability is at least the threshold, else 0.

    X: [N, D]. w: [D]. b: []. threshold: between 0 and 1. Returns: [N], int64.
    """
    ### BEGIN SOLUTION
    return (predict_proba(X, w, b) >= threshold).long()
    ### END SOLUTION


def fit(
    X: torch.Tensor, y: torch.Tensor, lr: float, steps: int, pos_weight: float = 1.0, l2: float = 0.0
) -> tuple[torch.Tensor, torch.Tensor]:
    """Gradient descent from zeros, with all samples in every step, on the mean of
    −[pos_weight·y·log p + (1−y)·log(1−p)], plus l2/2 times the sum of the squares of w.

    X: [N, D]. y: [N], 0. or 1. Returns: (w, b), of the shapes [D] and [].
    """
    ### BEGIN SOLUTION
    w, b = X.new_zeros(X.shape[1]), X.new_zeros(())
    for _ in range(steps):
        p = predict_proba(X, w, b)
        dz = ((1 - y) * p - pos_weight * y * (1 - p)) / len(y)
        w, b = w - lr * (X.T @ dz + l2 * w), b - lr * dz.sum()
    return w, b
    ### END SOLUTION


def fit_multilabel(X: torch.Tensor, Y: torch.Tensor, lr: float, steps: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Gradient descent from zeros, with all samples in every step, on the mean, over all N·L entries of Y, of
    −[y·log p + (1−y)·log(1−p)].

    X: [N, D]. Y: [N, L], 0. or 1.; a row may hold any number of ones. Returns: (W, b), of the shapes [L, D] and [L].
    """
    ### BEGIN SOLUTION
    W, b = X.new_zeros(Y.shape[1], X.shape[1]), X.new_zeros(Y.shape[1])
    for _ in range(steps):
        dZ = (predict_proba_multilabel(X, W, b) - Y) / Y.numel()
        W, b = W - lr * dZ.T @ X, b - lr * dZ.sum(dim=0)
    return W, b
    ### END SOLUTION


def predict_proba_multilabel(X: torch.Tensor, W: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """The probability of each label for each sample, each label by itself.

    X: [N, D]. W: [L, D]. b: [L]. Returns: [N, L].
    """
    ### BEGIN SOLUTION
    return torch.sigmoid(X @ W.T + b)
    ### END SOLUTION


def rank(p: torch.Tensor, bid: torch.Tensor, k: int) -> torch.Tensor:
    """Which k of M adverts to show: those with the largest p·bid, the largest first.

    p: [M], probabilities. bid: [M], what a click pays, above 0. No two products are equal.
    Returns: [k], int64, numbers of adverts; all M where k is larger.
    """
    ### BEGIN SOLUTION
    return torch.argsort(p * bid, descending=True)[:k]
    ### END SOLUTION
