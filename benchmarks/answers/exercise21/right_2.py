# %% exact_fractions
# Exact fractions from the standard library, with heapq and bisect.
import bisect
import heapq
import math
from collections import Counter
from fractions import Fraction

import torch


def confusion_matrix(y, pred, C):
    pairs = Counter(zip(y.tolist(), pred.tolist()))
    return torch.tensor([[pairs[i, j] for j in range(C)] for i in range(C)], dtype=torch.int64)


def fraction(a, b):
    return Fraction(a, b) if b else Fraction(0)


def averaged(tops, bottoms, average):
    if average == "micro":
        return torch.tensor(float(fraction(sum(tops), sum(bottoms))), dtype=torch.float32)
    each = [fraction(a, b) for a, b in zip(tops, bottoms)]
    if average == "macro":
        return torch.tensor(float(sum(each) / len(each)), dtype=torch.float32)
    return torch.tensor([float(x) for x in each], dtype=torch.float32)


def triple(y, pred, C):
    m = confusion_matrix(y, pred, C).tolist()
    return [m[c][c] for c in range(C)], [sum(col) for col in zip(*m)], [sum(row) for row in m]


def precision(y, pred, C, average):
    hit, given, _ = triple(y, pred, C)
    return averaged(hit, given, average)


def recall(y, pred, C, average):
    hit, _, there = triple(y, pred, C)
    return averaged(hit, there, average)


def f1(y, pred, C, average):
    hit, given, there = triple(y, pred, C)
    return averaged([2 * h for h in hit], [g + t for g, t in zip(given, there)], average)


def roc_auc(y, score):
    pairs = list(zip(score.tolist(), y.tolist()))
    neg = sorted(s for s, t in pairs if t == 0)
    pos = [s for s, t in pairs if t == 1]
    if not neg or not pos:
        return math.nan
    twice = sum(bisect.bisect_left(neg, s) + bisect.bisect_right(neg, s) for s in pos)
    return twice / (2 * len(neg) * len(pos))


def mse(pred, y):
    return math.fsum((a - b) ** 2 for a, b in zip(pred.tolist(), y.tolist())) / len(y)


def ndcg(relevance, score, k):
    rel = relevance.tolist()
    top = [r for _, r in heapq.nlargest(k, zip(score.tolist(), rel))]
    ideal = heapq.nlargest(k, rel)
    total = [math.fsum((2.0**r - 1) / math.log2(2 + i) for i, r in enumerate(rs)) for rs in (top, ideal)]
    return total[0] / total[1] if total[1] else 0.0

# %% comparison_table
# Boolean tables of samples by classes and einsum.
# like: bincount
def confusion_matrix(y, pred, C):
    classes = torch.arange(C)
    a = (y[:, None] == classes).long()
    b = (pred[:, None] == classes).long()
    return torch.einsum("ni,nj->ij", a, b)

def precision(y, pred, C, average):
    return _share(confusion_matrix(y, pred, C), 0, average)

def recall(y, pred, C, average):
    return _share(confusion_matrix(y, pred, C), 1, average)

def _share(m, axis, average):
    hit, all_ = m.diag(), m.sum(axis)
    match average:
        case "micro":
            return hit.sum() / all_.sum().clamp(min=1)
        case "macro":
            return (hit / all_.clamp(min=1)).mean()
        case "none":
            return hit / all_.clamp(min=1)

def roc_auc(y, score):
    sign = torch.sign(score[y == 1].double()[:, None] - score[y == 0].double())
    return float("nan") if sign.numel() == 0 else (0.5 + sign.mean() / 2).item()

# %% ranks_by_comparison
# Mid-ranks by comparing every score with every other; ranks of the samples for NDCG.
# like: onehot
def roc_auc(y, score):
    n1 = int((y == 1).sum())
    n0 = int((y == 0).sum())
    if not n1 * n0:
        return float("nan")
    less = (score[None, :] < score[:, None]).sum(1)
    same = (score[None, :] == score[:, None]).sum(1)
    rank = less.double() + (same.double() + 1) / 2
    u = rank[y == 1].sum().item() - n1 * (n1 + 1) / 2
    return u / (n1 * n0)

def ndcg(relevance, score, k):
    rank = score.argsort(descending=True).argsort() + 1
    best_rank = relevance.argsort(descending=True).argsort() + 1
    gain = 2.0 ** relevance.double() - 1

    def dcg(r):
        return (gain / torch.log2(1 + r.double()) * (r <= k)).sum().item()

    return dcg(rank) / dcg(best_rank) if relevance.max() > 0 else 0.0

def f1(y, pred, C, average):
    if average != "none":
        if average == "macro":
            return torch.stack([f1(y, pred, C, "none")[c] for c in range(C)]).mean()
        return (y == pred).float().sum() / max(1, len(y))
    p, r = precision(y, pred, C, "none"), recall(y, pred, C, "none")
    f = torch.zeros(C)
    some = p + r > 0
    f[some] = 2 / (1 / p[some] + 1 / r[some])
    return torch.where(p * r > 0, f, 0)

# %% numpy_histogram
# NumPy: bincount reshaped, errstate with nan_to_num, interpolation-free trapezoids.
import numpy as np
import torch


def confusion_matrix(y, pred, C):
    flat = np.bincount(y.numpy() * C + pred.numpy(), minlength=C * C)
    return torch.from_numpy(flat.reshape(C, C).astype(np.int64))


def _mean_of(ratio, average):
    return torch.tensor(ratio.mean() if average == "macro" else ratio, dtype=torch.float32)


def _of(top, bottom):
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.nan_to_num(np.asarray(top, dtype=float) / bottom, nan=0.0)


def precision(y, pred, C, average):
    cm = confusion_matrix(y, pred, C).numpy()
    if average == "micro":
        return _mean_of(_of(np.trace(cm), cm.sum()), average)
    return _mean_of(_of(cm.diagonal(), cm.sum(0)), average)


def recall(y, pred, C, average):
    return precision(pred, y, C, average)


def f1(y, pred, C, average):
    mode = "none" if average == "macro" else average
    p, r = precision(y, pred, C, mode).numpy(), recall(y, pred, C, mode).numpy()
    return _mean_of(_of(2 * p * r, p + r), average)


def roc_auc(y, score):
    y, s = y.numpy() == 1, score.numpy()
    if y.all() or not y.any():
        return float("nan")
    steps = np.unique(s)[::-1]
    tpr = np.array([0.0] + [np.mean(s[y] >= t) for t in steps])
    fpr = np.array([0.0] + [np.mean(s[~y] >= t) for t in steps])
    return float(np.sum(np.diff(fpr) * (tpr[1:] + tpr[:-1])) / 2)


def mse(pred, y):
    return float(np.average((pred.numpy() - y.numpy()) ** 2))


def ndcg(relevance, score, k):
    r, s = relevance.numpy().astype(float), score.numpy()
    k = min(k, r.size)
    d = np.log2(np.arange(1, k + 1) + 1)
    g = 2**r - 1
    ideal = (-np.sort(-g))[:k] @ (1 / d)
    return float(g[np.lexsort((s,))[::-1]][:k] @ (1 / d) / ideal) if ideal > 0 else 0.0

# %% one_class_at_a_time
# Each class by its own pass, recursion for the averages.
# like: loops
def _per_class(y, pred, c):
    tp = int(torch.logical_and(y == c, pred == c).sum())
    return tp, int((pred == c).sum()), int((y == c).sum())

def precision(y, pred, C, average):
    if average == "macro":
        return torch.mean(precision(y, pred, C, "none"))
    triples = [_per_class(y, pred, c) for c in range(C)]
    if average == "micro":
        return torch.tensor(_safe(sum(t[0] for t in triples), sum(t[1] for t in triples)))
    return torch.tensor([_safe(tp, n) for tp, n, _ in triples])

def recall(y, pred, C, average):
    if average == "macro":
        return torch.mean(recall(y, pred, C, "none"))
    triples = [_per_class(y, pred, c) for c in range(C)]
    if average == "micro":
        return torch.tensor(_safe(sum(t[0] for t in triples), sum(t[2] for t in triples)))
    return torch.tensor([_safe(tp, n) for tp, _, n in triples])

def mse(pred, y):
    return (pred - y).dot(pred - y).item() / len(y)
