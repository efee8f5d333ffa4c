"""Metrics: the confusion matrix and what is read from it, the area under the ROC curve, MSE, NDCG.

No function changes its inputs.
"""

from __future__ import annotations

import torch


def confusion_matrix(y: torch.Tensor, pred: torch.Tensor, C: int) -> torch.Tensor:
    """How many samples of each true class were given each class.

    y, pred: [N], int64, 0 … C−1; N may be 0. Returns: [C, C], int64: at [i, j] the samples of class i predicted as j.
    """
    ### BEGIN SOLUTION
    return torch.bincount(y * C + pred, minlength=C * C).reshape(C, C)
    ### END SOLUTION


def precision(y: torch.Tensor, pred: torch.Tensor, C: int, average: str) -> torch.Tensor:
    """Of what was predicted as a class, the share that is of this class.

    y, pred: [N], int64, 0 … C−1; N may be 0. average: "none", "macro" (the mean over all C classes) or "micro" (the
    counts of all classes are added first). 0/0 counts as 0. Returns: float32, [C] for "none", else [].
    """
    ### BEGIN SOLUTION
    counts = confusion_matrix(y, pred, C)
    right, claimed = counts.diag(), counts.sum(dim=0)
    if average == "micro":
        right, claimed = right.sum(), claimed.sum()
    ratio = right / claimed.clamp(min=1)  # where nothing is claimed, nothing is right: 0/1
    return ratio.mean() if average == "macro" else ratio
    ### END SOLUTION


def recall(y: torch.Tensor, pred: torch.Tensor, C: int, average: str) -> torch.Tensor:
    """Of the samples of a class, the share that was predicted as this class.

    y, pred: [N], int64, 0 … C−1; N may be 0. average: "none", "macro" (the mean over all C classes) or "micro" (the
    counts of all classes are added first). 0/0 counts as 0. Returns: float32, [C] for "none", else [].
    """
    ### BEGIN SOLUTION
    counts = confusion_matrix(y, pred, C)
    right, actual = counts.diag(), counts.sum(dim=1)
    if average == "micro":
        right, actual = right.sum(), actual.sum()
    ratio = right / actual.clamp(min=1)
    return ratio.mean() if average == "macro" else ratio
    ### END SOLUTION


def f1(y: torch.Tensor, pred: torch.Tensor, C: int, average: str) -> torch.Tensor:
    """The harmonic mean 2PR/(P + R) of precision P and recall R.

    y, pred: [N], int64, 0 … C−1; N may be 0. average: "none", "macro" (the mean of the C classes' F1) or "micro" (the
    counts of all classes are added first). 0/0 counts as 0. Returns: float32, [C] for "none", else [].
    """
    ### BEGIN SOLUTION
    counts = confusion_matrix(y, pred, C)
    right, both = counts.diag(), counts.sum(dim=0) + counts.sum(dim=1)  # P = right/claimed, R = right/actual
    if average == "micro":
        right, both = right.sum(), both.sum()
    ratio = 2 * right / both.clamp(min=1)
    return ratio.mean() if average == "macro" else ratio
    ### END SOLUTION


def roc_auc(y: torch.Tensor, score: torch.Tensor) -> float:
    """The probability that a positive sample has a higher score than a negative one; equal scores count one half.

    y: [N], int64, 0 or 1. score: [N], floats; equal ones may occur. Returns: a Python float; nan without a pair of
    both classes.
    """
    ### BEGIN SOLUTION
    positive, negative = score[y == 1, None], score[y == 0]
    ahead, level = positive > negative, positive == negative  # every positive with every negative
    return (ahead.double().mean() + level.double().mean() / 2).item()  # the mean of no pairs is nan
    ### END SOLUTION


def mse(pred: torch.Tensor, y: torch.Tensor) -> float:
    """The mean of the squared differences.

    pred, y: [N], floats, N at least 1. Returns: a Python float.
    """
    ### BEGIN SOLUTION
    return ((pred - y) ** 2).mean().item()
    ### END SOLUTION


def ndcg(relevance: torch.Tensor, score: torch.Tensor, k: int) -> float:
    """The discounted gain of the k highest scores, divided by the highest that k of the samples can have.

    relevance: [N], floats, at least 0. score: [N], floats, no two equal. k: at least 1; above N it counts as N. At rank
    1, 2, … the gain 2^relevance − 1 is divided by log₂(1 + rank). Returns: a Python float; 0.0 if the highest is 0.
    """
    ### BEGIN SOLUTION
    k = min(k, len(score))
    gain = 2**relevance - 1
    rank = gain.new_ones(k).cumsum(dim=0)  # 1, 2, …, k
    discount = torch.log2(1 + rank)
    found = gain[score.argsort(descending=True)[:k]]
    ideal = gain.sort(descending=True).values[:k]
    best = (ideal / discount).sum().item()
    return (found / discount).sum().item() / best if best > 0 else 0.0
    ### END SOLUTION
