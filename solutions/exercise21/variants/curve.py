"""The area under the drawn curve, by trapezoids; counts changed in place; topk."""

import torch


def confusion_matrix(y, pred, C):
    counts = y.new_zeros(C, C)
    return counts.index_put_((y, pred), torch.ones_like(y), accumulate=True)


def precision(y, pred, C, average):
    tp = torch.stack([((y == c) & (pred == c)).sum() for c in range(C)]).double()
    fp = torch.stack([((y != c) & (pred == c)).sum() for c in range(C)]).double()
    return average_of(tp, tp + fp, average)


def recall(y, pred, C, average):
    tp = torch.stack([((y == c) & (pred == c)).sum() for c in range(C)]).double()
    fn = torch.stack([((y == c) & (pred != c)).sum() for c in range(C)]).double()
    return average_of(tp, tp + fn, average)


def f1(y, pred, C, average):
    same = torch.bincount(y[y == pred], minlength=C).double()
    sizes = torch.bincount(torch.cat([y, pred]), minlength=C).double()
    return average_of(2 * same, sizes, average)


def average_of(above, below, average):
    if average == "micro":
        above, below = above.sum(), below.sum()
    ratio = torch.where(below == 0, torch.zeros_like(below), above / below)
    if average == "macro":
        ratio = ratio.mean()
    return ratio.float()


def roc_auc(y, score):
    if not 0 < y.sum() < len(y):
        return float("nan")
    score, order = torch.sort(score, descending=True)
    positives = torch.cumsum(y[order], 0)
    negatives = torch.cumsum(1 - y[order], 0)
    ends = torch.cat([score[1:] != score[:-1], torch.tensor([True])])  # the last one of each threshold
    tpr = torch.cat([torch.zeros(1), positives[ends] / positives[-1]])
    fpr = torch.cat([torch.zeros(1), negatives[ends] / negatives[-1]])
    return float(torch.trapezoid(tpr, fpr))


def mse(pred, y):
    error = pred.clone()
    error -= y
    error *= error
    return float(error.sum() / error.shape[0])


def ndcg(relevance, score, k):
    k = min(k, score.numel())
    weights = 1 / torch.log2(torch.arange(2, k + 2))
    found = relevance[torch.topk(score, k).indices]
    ideal = torch.topk(relevance, k).values
    dcg, idcg = [torch.sum((torch.pow(2.0, r) - 1) * weights) for r in (found, ideal)]
    return (dcg / idcg).item() if idcg > 0 else 0.0
