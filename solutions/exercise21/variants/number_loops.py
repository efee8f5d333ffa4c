"""One sample after another, in plain Python."""

import math

import torch


def confusion_matrix(y, pred, C):
    counts = torch.zeros(C, C, dtype=torch.long)
    for true, guess in zip(y.tolist(), pred.tolist(), strict=True):
        counts[true][guess] += 1
    return counts


def divided(a, b):
    return a / b if b else 0.0


def averaged(y, pred, C, average, ratio):
    """ratio(right, claimed, actual), for each class or for all together."""
    y, pred = y.tolist(), pred.tolist()
    counts = []
    for c in range(C):
        right = sum(1 for a, b in zip(y, pred, strict=True) if a == b == c)
        counts.append((right, pred.count(c), y.count(c)))
    if average == "micro":
        return torch.tensor(ratio(*[sum(each) for each in zip(*counts, strict=True)]))
    ratios = [ratio(*each) for each in counts]
    return torch.tensor(sum(ratios) / C if average == "macro" else ratios)


def precision(y, pred, C, average):
    return averaged(y, pred, C, average, lambda right, claimed, actual: divided(right, claimed))


def recall(y, pred, C, average):
    return averaged(y, pred, C, average, lambda right, claimed, actual: divided(right, actual))


def f1(y, pred, C, average):
    def harmonic(right, claimed, actual):
        p, r = divided(right, claimed), divided(right, actual)
        return divided(2 * p * r, p + r)

    return averaged(y, pred, C, average, harmonic)


def roc_auc(y, score):
    won = pairs = 0
    for a, s in zip(y.tolist(), score.tolist(), strict=True):
        for b, t in zip(y.tolist(), score.tolist(), strict=True):
            if a == 1 and b == 0:
                pairs += 1
                won += 1 if s > t else 0.5 if s == t else 0
    return won / pairs if pairs else math.nan


def mse(pred, y):
    total = 0.0
    for a, b in zip(pred.tolist(), y.tolist(), strict=True):
        total += (a - b) ** 2
    return total / len(pred)


def ndcg(relevance, score, k):
    pairs = sorted(zip(score.tolist(), relevance.tolist(), strict=True), reverse=True)
    ideal = sorted(relevance.tolist(), reverse=True)
    dcg = sum((2**rel - 1) / math.log2(rank + 2) for rank, (_, rel) in enumerate(pairs[:k]))
    best = sum((2**rel - 1) / math.log2(rank + 2) for rank, rel in enumerate(ideal[:k]))
    return dcg / best if best != 0 else 0.0
