"""Softmax regression: logits, predictions, descent, and classes that belong to groups.

N samples, D inputs, C classes, G groups. Labels and parents are int64, all other tensors floating, float32 or float64.
Every function returns new tensors of its inputs' dtype and leaves its inputs as they are.
"""

from __future__ import annotations

import torch


def logits(X: torch.Tensor, W: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """One number per sample and class: X Wᵀ + b.

    X: [N, D]. W: [C, D]. b: [C]. Returns: [N, C].
    """
    ### BEGIN SOLUTION
    return X @ W.T + b
    ### END SOLUTION


def predict(X: torch.Tensor, W: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """The class with the largest logit, the lowest one of several.

    X: [N, D]. W: [C, D]. b: [C]. Returns: [N], int64, 0 … C−1.
    """
    ### BEGIN SOLUTION
    return logits(X, W, b).argmax(dim=1)
    ### END SOLUTION


def log_sum_exp(z: torch.Tensor) -> torch.Tensor:
    """The logarithm of the sum of eᶻ along the last axis, right for large logits, too; autograd goes through it.

    z: [*, C], finite. Returns: [*].
    """
    ### BEGIN SOLUTION
    largest = z.amax(dim=-1)
    return largest + torch.log(torch.exp(z - largest[..., None]).sum(dim=-1))
    ### END SOLUTION


def fit(X: torch.Tensor, y: torch.Tensor, C: int, lr: float, steps: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Gradient descent on the mean cross-entropy: so many steps with all samples, from zeros.

    X: [N, D]. y: [N], int64, 0 … C−1. lr: the learning rate. Returns: (W, b), [C, D] and [C], without history.
    """
    ### BEGIN SOLUTION
    W, b = X.new_zeros(C, X.shape[1]), X.new_zeros(C)
    for _ in range(steps):
        delta = torch.softmax(logits(X, W, b), dim=1)
        delta[torch.arange(len(y)), y] -= 1
        delta = delta / len(y)
        W, b = W - lr * delta.T @ X, b - lr * delta.sum(dim=0)
    return W, b
    ### END SOLUTION


def hierarchical_log_prob(zg: torch.Tensor, zf: torch.Tensor, parent: torch.Tensor) -> torch.Tensor:
    """log P(class) = log P(its group) + log P(class, given its group), for every class.

    zg: [N, G], logits of the groups. zf: [N, C], logits of the classes; the softmax is among the classes of one group.
    parent: [C], int64, each class's group; every group has a class. Returns: [N, C].
    """
    ### BEGIN SOLUTION
    within = torch.empty_like(zf)
    for group in range(zg.shape[1]):
        siblings = parent == group
        within[:, siblings] = zf[:, siblings] - log_sum_exp(zf[:, siblings])[:, None]
    of_group = zg - log_sum_exp(zg)[:, None]
    return of_group[:, parent] + within
    ### END SOLUTION


def hierarchical_loss(zg: torch.Tensor, zf: torch.Tensor, parent: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """The mean of −log P(right class); autograd goes through it to zg and zf.

    zg: [N, G]. zf: [N, C]. parent: [C], int64. y: [N], int64, 0 … C−1. Returns: [].
    """
    ### BEGIN SOLUTION
    return -hierarchical_log_prob(zg, zf, parent)[torch.arange(len(y)), y].mean()
    ### END SOLUTION
