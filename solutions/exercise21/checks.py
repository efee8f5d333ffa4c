"""The checks of exercise 21.

An error in one function costs its own checks only: where precision, recall or f1 is not right by itself, right ones
stand in for the functions that it may be built on. Inputs on which a typical mistake is right by luck are drawn again.
"""

from __future__ import annotations

import torch

from grader.checks import check

AVERAGED = ("precision", "recall", "f1")

#: Six digits, for counts of pairs or logarithms that are kept in float32.
SIX_DIGITS = {"rtol": 1e-5, "atol": 1e-7, "numpy_scalars": True}
SIX_DIGITS_OF_RATIOS = {"rtol": 5e-6, "atol": 1e-7}
TEN_DIGITS = {"rtol": 1e-10, "atol": 1e-12, "numpy_scalars": True}


def drawn(draw, accept):
    """The first draw that is accepted."""
    for _ in range(10_000):
        values = draw()
        if accept(*values):
            return values
    raise ValueError("none of 10,000 draws tells mistakes apart")


def apart(right, others, least=0.005):
    """Whether every other number is another one."""
    return all(abs(right - other) > least for other in others)


# --- labels and predictions


def counted(y, pred, c):
    """For each class: samples of it that are predicted as it, predictions of it, samples of it."""
    right = torch.bincount(y[y == pred], minlength=c).tolist()
    return right, torch.bincount(pred, minlength=c).tolist(), torch.bincount(y, minlength=c).tolist()


def labels(sample, n, c, copied=0.5):
    """y and pred, each class right at least once; a share of pred is copied from y. For each ratio, pooled counts, the
    mean of the classes, their mean by size and what the averages of the other ratios give differ; so do predictions and
    samples of two classes."""

    def draw():
        y, guess = sample.integers(n, low=0, high=c), sample.integers(n, low=0, high=c)
        return y, torch.where(sample(n) < copied, y, guess)

    def accept(y, pred):
        right, claimed, actual = counted(y, pred, c)
        if min(right) == 0 or sum(p != a for p, a in zip(claimed, actual, strict=True)) < 2:
            return False
        p = [r / m for r, m in zip(right, claimed, strict=True)]
        r = [r / m for r, m in zip(right, actual, strict=True)]
        f = [2 * a * b / (a + b) for a, b in zip(p, r, strict=True)]
        p_mean, r_mean, f_mean = (sum(values) / c for values in (p, r, f))
        pooled = sum(right) / n
        of_means = 2 * p_mean * r_mean / (p_mean + r_mean)
        by_size = [sum(v * m for v, m in zip(values, actual, strict=True)) / n for values in (p, f)]
        return (
            apart(p_mean, (r_mean, f_mean, pooled, by_size[0]))
            and apart(r_mean, (f_mean, pooled))
            and apart(f_mean, (of_means, pooled, (p_mean + r_mean) / 2, by_size[1]))
            and apart(pooled, (*by_size, of_means))
        )

    return drawn(draw, accept)


def crossed(sample, n, c):
    """y and pred with a pair that occurs several times, beside the diagonal as well as on it, and more samples of a
    class predicted as a second one than the other way round."""

    def draw():
        return sample.integers(n, low=0, high=c), sample.integers(n, low=0, high=c)

    def accept(y, pred):
        counts = torch.bincount(c * y + pred, minlength=c * c).reshape(c, c)
        beside = counts - torch.diag(counts.diag())
        return bool(counts.max() > 1 and counts.diag().sum() > 1 and ((beside - beside.T).abs() > 0).sum() >= 4)

    return drawn(draw, accept)


def labels_with_gaps(sample):
    """y, pred and C = 8. Among the classes are two never predicted, one that never occurs, one that does neither, and
    one that occurs and is predicted, but never rightly. The others are right, one of them in a single sample, another
    with precision and recall that add up to less than 1; so do those of all samples."""
    good, single, fair, missed, missed_too, invented, confused, _ = sample.permutation(8).tolist()
    pairs = [(good, good)] * sample.integer(2, 4) + [(fair, fair)] * 2 + [(fair, good)] * sample.integer(3, 4)
    pairs += [(single, single), (missed, good), (missed_too, confused), (good, invented)] + [(confused, fair)] * 2
    y, pred = torch.tensor(pairs, device=sample.device)[sample.permutation(len(pairs))].T.contiguous()
    return y, pred, 8


def judge_averaged(compare, reference, student, probe, name, y, pred, c, average, effects=False):
    """The function by itself if that is right, else with right functions in the place of those it may be built on."""
    right = getattr(reference, name)(y, pred, c, average).double().reshape(-1).cpu()
    found = student(probe("tried"), name, len(right), y, pred, c, average)
    if torch.allclose(found, right, rtol=1e-6, atol=1e-6):
        stand_ins = {}
    else:
        before = ("confusion_matrix", *AVERAGED[: AVERAGED.index(name)])
        stand_ins = {other: probe(f"right_{other}") for other in before}
    compare(name, y, pred, c, average, replace=stand_ins, effects=effects, **SIX_DIGITS_OF_RATIOS)


# --- scores


def pairs_won(positive, negative, tied=0.5):
    """The share of pairs in which the positive score is the higher one; a tie counts as told."""
    won = sum((p > n) + tied * (p == n) for p in positive for n in negative)
    return won / (len(positive) * len(negative))


def auc(y, score, tied=0.5):
    y, score = y.tolist(), score.tolist()
    return pairs_won(*([s for s, label in zip(score, y, strict=True) if label == side] for side in (1, 0)), tied)


def by_position(y, score, descending):
    """What a walk through the sorted scores gives that takes equal ones in the order of the samples."""
    order = torch.argsort(score, descending=descending, stable=True)
    place = torch.empty_like(order)
    place[order] = torch.arange(len(order), device=order.device)
    return auc(y, -place if descending else place)


def average_precision(y, score):
    ranked = y[score.argsort(descending=True, stable=True)].tolist()
    shares = [sum(ranked[: i + 1]) / (i + 1) for i in range(len(ranked)) if ranked[i]]
    return sum(shares) / len(shares)


def scored(sample, positives, negatives, make, above, ties=False):
    """y, shuffled, and scores, for which the area is above ½ or below it, and another number for scores cut at ½ or at
    0, for the share of right answers, for the mean precision, for ties that are not halved, and for a curve that begins
    at its first threshold."""
    y = (sample.permutation(positives + negatives) < positives).long()

    def accept(score):
        area = auc(y, score)
        cut = [(score >= at).double() for at in (0.5, 0.0)]
        others = [auc(y, answers) for answers in cut] + [(answers == y).double().mean().item() for answers in cut]
        others += [0.5, average_precision(y, score)]
        if ties:
            others += [by_position(y, score, down) for down in (True, False)]
            others += [auc(y, score, tied) for tied in (0, 1)]
            top = (score == score.max()).double()
            others += [area - (top[y == 1].mean() * top[y == 0].mean() / 2).item()]
        return (area > 0.5) == above and 0.1 < area < 0.9 and apart(area, others)

    (score,) = drawn(lambda: (make(y),), accept)
    return y, score


def close_pairs(score, y):
    """The same scores, those of three positives brought closely above those of three negatives: nearer than any grid of
    thresholds."""
    score = score.clone()
    score[y.nonzero()[:3, 0]] = score[(1 - y).nonzero()[:3, 0]] + 1e-5
    return score


# --- relevance


def exponential(relevance):
    return 2.0**relevance - 1


def discounted(gains, k, shift=1):
    ranks = torch.arange(1, len(gains[:k]) + 1, dtype=gains.dtype, device=gains.device)
    return (gains[:k] / torch.log2(shift + ranks)).sum().item()


def graded(sample, n, k):
    """relevance, score, k, for which another gain, discount, order or ideal gives another number."""

    ranks = torch.arange(n, device=sample.device)

    def accept(relevance, score):
        order = score.argsort(descending=True)
        gain = exponential(relevance)
        found, best = gain[order], gain.sort(descending=True).values
        top = found[:k].sort(descending=True).values
        if top.sum() == 0:
            return False

        def with_gain(other):
            values = other(relevance)
            return discounted(values[order], k) / discounted(values.sort(descending=True).values, k)

        right = discounted(found, k) / discounted(best, k)
        others = [1.0, with_gain(lambda r: r), with_gain(lambda r: 2.0**r)]
        others += [discounted(each, k) / discounted(best, k) for each in (found.flip(0), gain, gain[order.argsort()])]
        others += [(found[:k].sum() / best[:k].sum()).item(), discounted(found, k, 2) / discounted(best, k, 2)]
        if k < n:
            others += [discounted(each, n) / discounted(best, n) for each in (found, found * (ranks < k))]
            others += [discounted(found, k) / discounted(top, k)]
        return apart(right, others)

    return *drawn(lambda: (sample.integers(n, low=0, high=5).double(), sample.normal(n, std=2)), accept), k


# --- the checks


@check(points=1.5, title="confusion_matrix: rows are the true classes, and a class without samples has its row as well")
def test_confusion_matrix(compare, sample):
    for n, c in ((20, 5), (5, 5), (17, 3)):
        compare("confusion_matrix", *crossed(sample, n, c), c, effects=True)
    y, pred = crossed(sample, 12, 3)
    compare("confusion_matrix", y, pred, 5)


@check(points=1, title="precision and recall: one number for each class")
def test_precision_and_recall(compare, reference, student, sample, probe):
    for name in ("precision", "recall"):
        for n, c in ((20, 4), (16, 2)):
            judge_averaged(compare, reference, student, probe, name, *labels(sample, n, c), c, "none", effects=c == 4)


@check(points=1, title="f1: one number for each class (what is wrong in your precision does not count here)")
def test_f1(compare, reference, student, sample, probe):
    # With few labels copied, precision and recall of a class may add up to less than 1.
    for n, c, copied in ((20, 4, 0.5), (16, 2, 0.5), (24, 4, 0.1)):
        y, pred = labels(sample, n, c, copied)
        judge_averaged(compare, reference, student, probe, "f1", y, pred, c, "none", effects=n == 20)


@check(points=1, title="0/0 counts as 0: classes that are never predicted, never occur, or are never right")
def test_zero(compare, reference, student, sample, probe):
    for name in AVERAGED:
        judge_averaged(compare, reference, student, probe, name, *labels_with_gaps(sample), "none")


@check(points=1, title="macro: the mean over all C classes of their numbers, those with 0/0 included")
def test_macro(compare, reference, student, sample, probe):
    for name in AVERAGED:
        judged = [(*labels(sample, n, c), c) for n, c in ((20, 4), (25, 3))]
        judged += [labels_with_gaps(sample) for _ in range(2)]
        for case in judged:
            judge_averaged(compare, reference, student, probe, name, *case, "macro")


@check(points=1, title="micro: the counts of all classes are added before they are divided")
def test_micro(compare, reference, student, sample, probe):
    for name in AVERAGED:
        for case in ((*labels(sample, 20, 4), 4), (*labels(sample, 25, 3), 3), labels_with_gaps(sample)):
            judge_averaged(compare, reference, student, probe, name, *case, "micro")


@check(points=1, title="roc_auc, all scores different: the share of pairs in the right order")
def test_auc(compare, sample):
    for positives, negatives, above in ((5, 9, True), (6, 6, False), (8, 4, True)):
        y, score = scored(sample, positives, negatives, lambda y: close_pairs(sample(len(y)), y), above)
        compare("roc_auc", y, score, effects=above, **SIX_DIGITS)
    y, score = scored(sample, 7, 9, lambda y: sample.normal(len(y), std=3), True)
    compare("roc_auc", y, score, **SIX_DIGITS)


@check(points=1, title="roc_auc: a positive and a negative sample with the same score count one half")
def test_auc_ties(compare, sample):
    for positives, negatives, above in ((6, 8, True), (7, 7, True), (9, 5, True)):
        y, score = scored(
            sample,
            positives,
            negatives,
            lambda y: sample.integers(len(y), low=1, high=5).double() / 5,
            above,
            ties=True,
        )
        compare("roc_auc", y, score, **SIX_DIGITS)


@check(
    points=0.5, title="roc_auc: nan where all samples are of one class; 1 where every positive one has the higher score"
)
def test_one_class(compare, sample):
    y = (sample.permutation(9) < 4).long()
    compare("roc_auc", y, sample(9) + 2 * y - 1, **SIX_DIGITS)
    for n, label in ((6, 1), (5, 0), (1, 1)):
        compare("roc_auc", torch.full_like(y[:n], label), sample(n), **SIX_DIGITS)


@check(points=0.5, title="mse: the mean of the squared differences")
def test_mse(compare, sample):
    compare("mse", sample.normal(7), sample.normal(7), effects=True, **TEN_DIGITS)
    compare("mse", sample.normal(12, std=3000), sample.normal(12, std=3000), **TEN_DIGITS)
    compare("mse", sample.normal(1), sample.normal(1), **TEN_DIGITS)


@check(points=1, title="ndcg: the k highest scores, compared with the k highest relevances of all")
def test_ndcg(compare, sample):
    for n, k in ((8, 3), (10, 5), (6, 6)):
        compare("ndcg", *graded(sample, n, k), effects=n == k, **SIX_DIGITS)


@check(points=0.5, hidden=True, title="ndcg: k above N counts as N, and it is 0 where no relevance is above 0; k = 1")
def test_ndcg_edges(compare, sample):
    for n, k in ((6, 7), (4, 20)):
        relevance, score, _ = graded(sample, n, n)
        compare("ndcg", relevance, score, k, **SIX_DIGITS)
    relevance, score, _ = graded(sample, 9, 4)
    relevance[score.argmax()] = 1
    compare("ndcg", relevance + (relevance == 0), score, 1, **SIX_DIGITS)
    for n, k in ((5, 2), (7, 9), (1, 1)):
        compare("ndcg", torch.zeros_like(score[:n]), sample.normal(n), k, **SIX_DIGITS)


@check(points=0.5, hidden=True, title="no samples, one sample, one class; views of larger tensors")
def test_few(compare, reference, student, sample, probe):
    y, pred = labels(sample, 20, 4)
    pairs = torch.stack([y, pred], dim=1)
    none, one, same = (y[:0], y[:0], 3), (y[:1] * 0 + 1, y[:1] * 0 + 1, 4), (0 * y, 0 * y, 1)
    for case, averages in (
        ((*pairs.unbind(1), 4), ["none"]),
        (none, ["none", "micro"]),
        (one, ["none"]),
        (same, ["none", "macro", "micro"]),
    ):
        compare("confusion_matrix", *case)
        for name in AVERAGED:
            for average in averages:
                judge_averaged(compare, reference, student, probe, name, *case, average)
    y, score = scored(sample, 6, 8, lambda y: sample(len(y)), True)
    compare("roc_auc", torch.stack([y, y], 1)[:, 0], torch.stack([score, score], 1)[:, 1], **SIX_DIGITS)
    compare("mse", sample.normal(9, 2)[:, 0], sample.normal(18)[::2], **TEN_DIGITS)
    relevance, score, k = graded(sample, 7, 7)
    compare("ndcg", torch.stack([relevance, score], 1)[:, 0], torch.stack([score, score], 1)[:, 1], k, **SIX_DIGITS)


@check(points=0.5, hidden=True, title="scores that are large or differ in the tenth digit alone; numbers in float32")
def test_numbers(compare, sample):
    y, score = scored(sample, 7, 6, lambda y: sample.normal(len(y)), True)
    relevance, ranks, k = graded(sample, 9, 9)
    for far, near in ((0, 1000), (700, 1), (-700, 1), (1, 1e-10)):
        compare("roc_auc", y, far + near * score, **SIX_DIGITS)
        compare("ndcg", relevance, far + near * ranks, k, **SIX_DIGITS)
    compare("roc_auc", y, score.float(), **SIX_DIGITS)
    y, score = scored(sample, 5, 8, lambda y: sample.normal(len(y)), True)
    compare("roc_auc", y, 3 + 1e-9 * score, **SIX_DIGITS)
    compare("ndcg", (relevance + 0.5 * (relevance > 2)).float(), ranks.float(), k, **SIX_DIGITS)
    for scale in (4, 0.03):
        compare("ndcg", scale * relevance, ranks, k, **SIX_DIGITS)
    pred = sample.normal(9, dtype=torch.float32)
    compare("mse", pred, 2 * pred.flip(0) + 1, **SIX_DIGITS)
