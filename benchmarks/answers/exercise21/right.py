# %% loops
# The standard library and loops.
import math

import torch


def confusion_matrix(y, pred, C):
    rows = [[0] * C for _ in range(C)]
    for t, p in zip(y.tolist(), pred.tolist()):
        rows[t][p] += 1
    return torch.tensor(rows, dtype=torch.int64)


def _safe(a, b):
    return a / b if b else 0.0


def _pr(y, pred, C, average, which):
    m = confusion_matrix(y, pred, C).tolist()
    hits = [m[c][c] for c in range(C)]
    if which == "p":
        totals = [sum(m[i][c] for i in range(C)) for c in range(C)]
    else:
        totals = [sum(m[c]) for c in range(C)]
    if average == "micro":
        return torch.tensor(_safe(sum(hits), sum(totals)), dtype=torch.float32)
    each = [_safe(h, t) for h, t in zip(hits, totals)]
    if average == "macro":
        return torch.tensor(sum(each) / C, dtype=torch.float32)
    return torch.tensor(each, dtype=torch.float32)


def precision(y, pred, C, average):
    return _pr(y, pred, C, average, "p")


def recall(y, pred, C, average):
    return _pr(y, pred, C, average, "r")


def f1(y, pred, C, average):
    if average == "micro":
        p = float(precision(y, pred, C, "micro"))
        r = float(recall(y, pred, C, "micro"))
        return torch.tensor(_safe(2 * p * r, p + r), dtype=torch.float32)
    ps = precision(y, pred, C, "none").tolist()
    rs = recall(y, pred, C, "none").tolist()
    fs = [_safe(2 * p * r, p + r) for p, r in zip(ps, rs)]
    if average == "macro":
        return torch.tensor(sum(fs) / len(fs))
    return torch.tensor(fs)


def roc_auc(y, score):
    pos, neg = [], []
    for t, s in zip(y.tolist(), score.tolist()):
        (pos if t == 1 else neg).append(s)
    if not pos or not neg:
        return float("nan")
    won = 0.0
    for a in pos:
        for b in neg:
            if a > b:
                won += 1
            elif a == b:
                won += 0.5
    return won / (len(pos) * len(neg))


def mse(pred, y):
    total = 0.0
    for a, b in zip(pred.tolist(), y.tolist()):
        total += (a - b) ** 2
    return total / len(pred)


def ndcg(relevance, score, k):
    pairs = sorted(zip(score.tolist(), relevance.tolist()), reverse=True)
    got = [rel for _, rel in pairs][:k]
    best = sorted(relevance.tolist(), reverse=True)[:k]

    def dcg(rels):
        return sum((2**rel - 1) / math.log2(r + 2) for r, rel in enumerate(rels))

    ideal = dcg(best)
    return dcg(got) / ideal if ideal > 0 else 0.0

# %% bincount
# bincount, recall by exchanged arguments.
import torch


def confusion_matrix(y: torch.Tensor, pred: torch.Tensor, C: int) -> torch.Tensor:
    return torch.bincount(y * C + pred, minlength=C * C).view(C, C)


def _divide(num, den):
    return torch.where(den > 0, num / den, torch.zeros_like(num))


def precision(y, pred, C, average):
    cm = confusion_matrix(y, pred, C).double()
    tp, n = cm.diagonal(), cm.sum(0)
    if average == "micro":
        return _divide(tp.sum(), n.sum()).float()
    out = _divide(tp, n)
    return (out.mean() if average == "macro" else out).float()


def recall(y, pred, C, average):
    # the same with the roles exchanged
    return precision(pred, y, C, average)


def f1(y, pred, C, average):
    a = "micro" if average == "micro" else "none"
    p, r = precision(y, pred, C, a), recall(y, pred, C, a)
    out = torch.nan_to_num(2 * p * r / (p + r), nan=0.0)
    return out.mean() if average == "macro" else out


def roc_auc(y, score):
    p = score[y == 1]
    n = score[y == 0]
    d = p[:, None] - n[None, :]
    return ((d > 0).double() + 0.5 * (d == 0).double()).mean().item()


def mse(pred, y):
    return (pred - y).pow(2).mean().item()


def ndcg(relevance, score, k):
    k = min(k, relevance.numel())
    discount = torch.log2(torch.arange(2, k + 2, dtype=torch.float64))
    gain = torch.pow(2.0, relevance.double()) - 1
    dcg = (gain[score.topk(k).indices] / discount).sum()
    ideal = (gain.topk(k).values / discount).sum()
    if ideal == 0:
        return 0.0
    return (dcg / ideal).item()

# %% numpy
# NumPy; AUC by mid-ranks.
import numpy as np
import torch


def confusion_matrix(y, pred, C):
    m = np.zeros((C, C), dtype=np.int64)
    np.add.at(m, (y.numpy(), pred.numpy()), 1)
    return torch.from_numpy(m)


def _average(top, bottom, average):
    if average == "micro":
        top, bottom = top.sum(keepdims=True), bottom.sum(keepdims=True)
    out = np.divide(top, bottom, out=np.zeros(len(top)), where=bottom != 0)
    if average != "none":
        out = out.mean()
    return torch.as_tensor(out, dtype=torch.float32)


def precision(y, pred, C, average):
    m = confusion_matrix(y, pred, C).numpy()
    return _average(np.diag(m), m.sum(axis=0), average)


def recall(y, pred, C, average):
    m = confusion_matrix(y, pred, C).numpy()
    return _average(np.diag(m), m.sum(axis=1), average)


def f1(y, pred, C, average):
    # 2 tp / (2 tp + fp + fn)
    m = confusion_matrix(y, pred, C).numpy()
    return _average(2 * np.diag(m), m.sum(axis=0) + m.sum(axis=1), average)


def roc_auc(y, score):
    y, score = y.numpy(), score.numpy()
    pos = int(y.sum())
    neg = len(y) - pos
    if pos == 0 or neg == 0:
        return np.nan
    values, inverse, counts = np.unique(score, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    midrank = last - (counts - 1) / 2
    ranks = midrank[inverse]
    return (ranks[y == 1].sum() - pos * (pos + 1) / 2) / (pos * neg)


def mse(pred, y):
    return np.mean(np.square(pred.numpy() - y.numpy()))


def ndcg(relevance, score, k):
    rel = relevance.numpy().astype(np.float64)
    order = np.argsort(-score.numpy())
    weights = 1 / np.log2(np.arange(len(rel)) + 2)
    weights[k:] = 0
    gains = np.exp2(rel) - 1
    ideal = np.sum(np.sort(gains)[::-1] * weights)
    if ideal == 0:
        return 0.0
    return np.sum(gains[order] * weights) / ideal

# %% onehot
# one_hot products; the curve by thresholds.
import torch
import torch.nn.functional as F


def confusion_matrix(y, pred, C):
    return F.one_hot(y, C).T @ F.one_hot(pred, C)


def precision(y, pred, C, average):
    Y, P = F.one_hot(y, C).float(), F.one_hot(pred, C).float()
    right, given = (Y * P).sum(0), P.sum(0)
    if average == "micro":
        right, given = right.sum(), given.sum()
    share = right / given.clamp(min=1)
    return share.mean() if average == "macro" else share


def recall(y, pred, C, average):
    Y, P = F.one_hot(y, C).float(), F.one_hot(pred, C).float()
    right, there = (Y * P).sum(0), Y.sum(0)
    if average == "micro":
        right, there = right.sum(), there.sum()
    share = right / there.clamp(min=1)
    return share.mean() if average == "macro" else share


def f1(y, pred, C, average):
    if average == "macro":
        return f1(y, pred, C, "none").mean()
    p = precision(y, pred, C, average)
    r = recall(y, pred, C, average)
    return 2 * p * r / (p + r + 1e-12)


def roc_auc(y, score):
    # The curve: lower the threshold through the distinct scores
    thresholds = score.unique().flip(0)
    P, N = (y == 1).sum().item(), (y == 0).sum().item()
    if P * N == 0:
        return float("nan")
    tpr, fpr = [0.0], [0.0]
    for t in thresholds:
        chosen = score >= t
        tpr.append((chosen & (y == 1)).sum().item() / P)
        fpr.append((chosen & (y == 0)).sum().item() / N)
    area = 0.0
    for i in range(1, len(tpr)):
        area += (fpr[i] - fpr[i - 1]) * (tpr[i] + tpr[i - 1]) / 2
    return area


def mse(pred, y):
    d = pred.double() - y.double()
    return float(torch.dot(d, d)) / d.shape[0]


def ndcg(relevance, score, k):
    def dcg(rel):
        rel = rel[:k].double()
        ranks = torch.arange(1, len(rel) + 1)
        return torch.sum((2**rel - 1) / torch.log2(1 + ranks.double())).item()

    best = dcg(relevance.sort(descending=True).values)
    if best == 0:
        return 0.0
    return dcg(relevance[score.argsort(descending=True)]) / best

# %% counts
# Counters, a class, a walk over groups of equal scores.
import math
from collections import Counter

import torch


def confusion_matrix(y, pred, C):
    cm = torch.zeros(C, C, dtype=torch.long)
    cm.index_put_((y, pred), torch.ones_like(y), accumulate=True)
    return cm


class _Counts:
    """The three counts of each class."""

    def __init__(self, y, pred, C):
        t, p = Counter(y.tolist()), Counter(pred.tolist())
        hit = Counter(a for a, b in zip(y.tolist(), pred.tolist()) if a == b)
        self.true = torch.tensor([t[c] for c in range(C)])
        self.given = torch.tensor([p[c] for c in range(C)])
        self.hit = torch.tensor([hit[c] for c in range(C)])


def _ratio(a, b, average):
    if average == "micro":
        a, b = a.sum(), b.sum()
    q = torch.zeros(a.shape)
    q[b > 0] = (a[b > 0] / b[b > 0]).float()
    match average:
        case "macro":
            return q.mean()
        case _:
            return q


def precision(y, pred, C, average):
    n = _Counts(y, pred, C)
    return _ratio(n.hit, n.given, average)


def recall(y, pred, C, average):
    n = _Counts(y, pred, C)
    return _ratio(n.hit, n.true, average)


def f1(y, pred, C, average):
    n = _Counts(y, pred, C)
    return _ratio(2 * n.hit, n.given + n.true, average)


def roc_auc(y, score):
    order = torch.argsort(score)
    s, t = score[order].tolist(), y[order].tolist()
    below = 0  # negatives with a lower score
    wins = 0.0
    i = 0
    while i < len(s):
        j = i
        pos = neg = 0
        while j < len(s) and s[j] == s[i]:
            pos += t[j]
            neg += 1 - t[j]
            j += 1
        wins += pos * (below + neg / 2)
        below += neg
        i = j
    total = below * sum(t)
    return wins / total if total else math.nan


def mse(pred, y):
    return float(((pred - y) ** 2).sum() / len(y))


def ndcg(relevance, score, k):
    rel = relevance.tolist()
    by_score = sorted(range(len(rel)), key=lambda i: -score[i].item())
    by_rel = sorted(range(len(rel)), key=lambda i: -rel[i])
    top = bottom = 0.0
    for r in range(min(k, len(rel))):
        w = 1 / math.log2(r + 2)
        top += w * (math.pow(2, rel[by_score[r]]) - 1)
        bottom += w * (math.pow(2, rel[by_rel[r]]) - 1)
    if bottom == 0:
        return 0.0
    return top / bottom

# %% sorted_curve
# The curve by cumulated counts at the last sample of each score; the discount by the natural logarithm, which cancels.
import torch


def confusion_matrix(y, pred, C):
    out = torch.zeros(C * C, dtype=torch.int64)
    out.scatter_add_(0, y * C + pred, torch.ones(len(y), dtype=torch.int64))
    return out.reshape(C, C)


def safe_divide(a, b):
    return torch.where(b == 0, 0.0, a / torch.where(b == 0, 1, b))


def precision(y, pred, C, average):
    M = confusion_matrix(y, pred, C)
    if average == "micro":
        return safe_divide(M.trace(), M.sum())
    P = safe_divide(M.diag(), M.sum(axis=0))
    return P.mean() if average == "macro" else P


def recall(y, pred, C, average):
    M = confusion_matrix(y, pred, C)
    if average == "micro":
        return safe_divide(M.trace(), M.sum())
    R = safe_divide(M.diag(), M.sum(axis=1))
    return R.mean() if average == "macro" else R


def f1(y, pred, C, average):
    if average == "micro":
        p, r = precision(y, pred, C, "micro"), recall(y, pred, C, "micro")
        return safe_divide(2 * p * r, p + r)
    p, r = precision(y, pred, C, "none"), recall(y, pred, C, "none")
    f = safe_divide(2 * p * r, p + r)
    return f.mean() if average == "macro" else f


def roc_auc(y, score):
    s, order = score.sort(descending=True)
    label = y[order].double()
    tp, fp = label.cumsum(0), (1 - label).cumsum(0)
    if tp[-1] == 0 or fp[-1] == 0:
        return float("nan")
    last = torch.ones(len(s), dtype=torch.bool)
    last[:-1] = s[1:] != s[:-1]
    zero = torch.zeros(1, dtype=torch.double)
    tpr = torch.cat([zero, tp[last] / tp[-1]])
    fpr = torch.cat([zero, fp[last] / fp[-1]])
    return torch.trapezoid(tpr, fpr).item()


def mse(pred, y):
    return (torch.linalg.vector_norm(pred - y) ** 2 / pred.numel()).item()


def ndcg(relevance, score, k):
    gain = torch.expm1(relevance.double() * torch.log(torch.tensor(2.0, dtype=torch.double)))
    weight = 1 / torch.arange(2, len(gain) + 2).double().log()
    best = (gain.sort(descending=True)[0] * weight)[:k].sum().item()
    if best <= 0:
        return 0.0
    return (gain[score.sort(descending=True)[1]] * weight)[:k].sum().item() / best

# %% searching
# AUC by searchsorted among the sorted negatives, the pooled counts for micro.
# like: bincount
import math

import torch


def roc_auc(y, score):
    neg = score[y == 0].sort().values
    pos = score[y == 1].contiguous()
    if len(neg) == 0 or len(pos) == 0:
        return math.nan
    lower = torch.searchsorted(neg, pos)
    upper = torch.searchsorted(neg, pos, right=True)
    return (lower + upper).sum().item() / (2 * len(neg) * len(pos))

def f1(y, pred, C, average):
    tp = torch.stack([((y == c) & (pred == c)).sum() for c in range(C)]).float()
    fp = torch.stack([((y != c) & (pred == c)).sum() for c in range(C)]).float()
    fn = torch.stack([((y == c) & (pred != c)).sum() for c in range(C)]).float()
    if average == "micro":
        tp, fp, fn = tp.sum(), fp.sum(), fn.sum()
    f = tp / (tp + (fp + fn) / 2).clamp(min=0.5)
    return f.mean() if average == "macro" else f

def mse(pred, y):
    return torch.square(torch.sub(pred, y)).sum().div(len(y)).item()
