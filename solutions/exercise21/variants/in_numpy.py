"""Everything in NumPy: the area from mean ranks, NDCG with natural logarithms, whose base cancels."""

import numpy as np
import torch


def confusion_matrix(y, pred, C):
    counts = np.zeros((C, C), dtype=np.int64)
    np.add.at(counts, (y.numpy(), pred.numpy()), 1)
    return torch.from_numpy(counts)


def quotient(above, below):
    above, below = np.asarray(above, dtype=float), np.asarray(below, dtype=float)
    return np.divide(above, below, out=np.zeros_like(above), where=below > 0)


def back(ratio, average):
    return torch.tensor(np.mean(ratio) if average == "macro" else ratio, dtype=torch.float32)


def counts_of(y, pred, C, average):
    counts = confusion_matrix(y, pred, C).numpy()
    all_three = np.diag(counts), counts.sum(axis=0), counts.sum(axis=1)
    return [each.sum() for each in all_three] if average == "micro" else all_three


def precision(y, pred, C, average):
    right, claimed, _ = counts_of(y, pred, C, average)
    return back(quotient(right, claimed), average)


def recall(y, pred, C, average):
    right, _, actual = counts_of(y, pred, C, average)
    return back(quotient(right, actual), average)


def f1(y, pred, C, average):
    right, claimed, actual = counts_of(y, pred, C, average)
    false_positive, false_negative = claimed - right, actual - right
    return back(quotient(2 * right, 2 * right + false_positive + false_negative), average)


def roc_auc(y, score):
    y, score = y.numpy(), score.numpy()
    positives = int(y.sum())
    if positives in (0, len(y)):
        return np.nan
    _, group, sizes = np.unique(score, return_inverse=True, return_counts=True)
    last = np.cumsum(sizes)
    mean_rank = (last - (sizes - 1) / 2)[group]
    return (mean_rank[y == 1].sum() - positives * (positives + 1) / 2) / (positives * (len(y) - positives))


def mse(pred, y):
    return np.square(pred.numpy() - y.numpy()).mean()


def ndcg(relevance, score, k):
    relevance, score = relevance.numpy(), score.numpy()

    def dcg(order):
        gain = np.exp2(relevance[order][:k]) - 1
        return np.sum(gain / np.log(np.arange(len(gain)) + 2))

    best = dcg(np.argsort(-relevance))
    return float(dcg(np.argsort(score)[::-1]) / best) if best else 0.0
