"""A class that holds the counts, and the functions as what it can tell; small numbers added below the line."""

import math

import torch


class Counts:
    def __init__(self, y, pred, C):
        self.matrix = torch.stack([torch.bincount(pred[y == c], minlength=C) for c in range(C)])
        self.right = torch.diagonal(self.matrix)
        self.claimed = self.matrix.sum(0)
        self.actual = self.matrix.sum(1)

    def ratio(self, above, below, average):
        if average == "none":
            return above / (below + 1e-12)
        if average == "macro":
            return self.ratio(above, below, "none").mean()
        return above.sum() / (below.sum() + 1e-12)


def confusion_matrix(y, pred, C):
    return Counts(y, pred, C).matrix


def precision(y, pred, C, average):
    counts = Counts(y, pred, C)
    return counts.ratio(counts.right, counts.claimed, average)


def recall(y, pred, C, average):
    counts = Counts(y, pred, C)
    return counts.ratio(counts.right, counts.actual, average)


def f1(y, pred, C, average):
    if average == "macro":
        return f1(y, pred, C, "none").mean()
    p, r = precision(y, pred, C, average), recall(y, pred, C, average)
    return 2 * p * r / (p + r + 1e-12)


def roc_auc(y, score):
    positive, negative = (score[y == label].sort().values for label in (1, 0))
    pairs = len(positive) * len(negative)
    if pairs == 0:
        return math.nan
    below = torch.searchsorted(negative, positive).sum()
    up_to = torch.searchsorted(negative, positive, right=True).sum()
    return (below + up_to).item() / (2 * pairs)


def mse(pred, y):
    return torch.linalg.vector_norm(pred - y).square().div(pred.numel()).item()


def dcg(relevance):
    return sum((2**rel - 1) / math.log2(1 + rank) for rank, rel in enumerate(relevance.tolist(), start=1))


def ndcg(relevance, score, k):
    ideal = dcg(relevance.sort(descending=True)[0][:k])
    return 0.0 if ideal == 0 else dcg(relevance[torch.argsort(-score)][:k]) / ideal
