"""Labels as one-hot rows; the area from the signs of all differences; results in float32."""

import torch
from torch.nn.functional import one_hot


def confusion_matrix(y, pred, C):
    return torch.einsum("ni,nj->ij", one_hot(y, C), one_hot(pred, C))


def precision(y, pred, C, average):
    t, p = one_hot(y, C).float(), one_hot(pred, C).float()
    if average == "micro":
        t, p = t.reshape(-1, 1), p.reshape(-1, 1)
    ratio = torch.nan_to_num((t * p).sum(0) / p.sum(0))
    return ratio if average == "none" else ratio.mean()


def recall(y, pred, C, average):
    return precision(pred, y, C, average)


def f1(y, pred, C, average):
    p, r = (g(y, pred, C, "micro" if average == "micro" else "none") for g in (precision, recall))
    ratio = torch.where(p + r > 0, 2 * p * r / (p + r), 0)
    return ratio.mean() if average == "macro" else ratio


def roc_auc(y, score):
    y = y.bool()
    difference = score[y].unsqueeze(1) - score[~y].unsqueeze(0)
    return ((difference.sign().float() + 1) / 2).mean().item()


def mse(pred, y):
    error = pred - y
    return error.dot(error).item() / len(error)


def ndcg(relevance, score, k):
    place = (score[None] > score[:, None]).sum(1)  # how many are higher: 0 for the first
    ideal_place = torch.empty_like(place)
    ideal_place[relevance.argsort(descending=True)] = torch.arange(len(place))
    gain = (2**relevance - 1).float()
    dcg, best = ((gain / torch.log2(2.0 + r))[r < k].sum().item() for r in (place, ideal_place))
    return 0.0 if best == 0 else dcg / best
