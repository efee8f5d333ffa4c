"""Functions built on each other: recall as the precision of exchanged arguments, f1 from both, micro as accuracy."""

import torch


def confusion_matrix(y, pred, C):
    return torch.histogramdd(torch.stack([y, pred], 1).double(), bins=C, range=[-0.5, C - 0.5] * 2).hist.long()


def summed_up(ratio, average):
    return {"none": ratio, "macro": ratio.sum() / len(ratio)}[average]


def precision(y, pred, C, average):
    if average == "micro":
        return (y == pred).float().sum() / max(len(y), 1)
    table = confusion_matrix(y, pred, C).float()
    shares = table / table.sum(dim=0, keepdim=True)
    shares[shares.isnan()] = 0
    return summed_up(shares.diagonal().clone(), average)


def recall(y, pred, C, average="none"):
    return precision(pred, y, C, average=average)


def f1(y, pred, C, average):
    if average == "micro":
        return recall(y, pred, C, "micro")
    p, r = precision(y, pred, C, "none"), recall(y, pred, C)
    return summed_up(2 / (1 / p + 1 / r), average)  # a ratio of 0 makes 1/0 = inf, and 2/inf is 0


def roc_auc(y, score):
    levels, group = torch.unique(score, return_inverse=True)
    positive = torch.zeros(len(levels), dtype=torch.float64).index_add_(0, group, y.double())
    negative = torch.zeros(len(levels), dtype=torch.float64).index_add_(0, group, 1.0 - y.double())
    below = negative.cumsum(0) - negative / 2
    return (positive @ below / (positive.sum() * negative.sum())).item()


def mse(pred, y):
    return float(sum((pred - y) ** 2) / len(y))


def ndcg(relevance, score, k):
    order = sorted(range(len(score)), key=lambda i: -score[i].item())
    best = sorted(range(len(score)), key=lambda i: -relevance[i].item())
    total = {}
    for name, indices in (("found", order[:k]), ("ideal", best[:k])):
        ranks = torch.arange(1, len(indices) + 1, dtype=torch.float64)
        gains = 2.0 ** relevance[indices].double() - 1
        total[name] = (gains * torch.log2(1 + ranks).reciprocal()).sum().item()
    return total["found"] / total["ideal"] if total["ideal"] else 0.0
