"""The checks of exercise 35.

No function is judged by what another one of the submission gives. Inputs on which a typical mistake is right, or nearly
so, are drawn again.
"""

from __future__ import annotations

import itertools
import math

import torch

from grader.checks import check

TEN_DIGITS = {"rtol": 1e-10, "atol": 1e-12}

#: However small the numbers are.
TEN_DIGITS_OF_EACH = {"rtol": 1e-10, "atol": 0}

#: Of sums of a few float32 numbers.
FOUR_DIGITS = {"rtol": 1e-4, "atol": 1e-5}

#: z and p. A small p has as many digits as z², times z, and both are quotients of differences.
NINE_DIGITS = {"rtol": 1e-9, "atol": 0, "about": "two_proportion_test", "numpy_scalars": True}


def drawn(draw, accept):
    """The first draw that is accepted."""
    for _ in range(100_000):
        values = draw()
        if accept(*values):
            return values
    raise ValueError("none of 100,000 draws tells mistakes apart")


def apart(values, least=0.02):
    """Whether no two of the numbers are nearly the same."""
    values = sorted(values)
    return all(high - low > least * max(1, abs(low)) for low, high in itertools.pairwise(values))


# --- weights


def weights(sample, n):
    """Weights that are neither 1 in the mean nor 1 in sum, for which other measures of their number differ."""

    def accept(w):
        total, squares = w.sum().item(), (w**2).sum().item()
        shares = w / w.sum()
        size = total**2 / squares
        entropy = torch.exp(-(shares * shares.log()).sum()).item()
        others = [size / n, 1 / size, total / squares, 1 / squares, total, n**2 / squares, n, entropy, math.sqrt(size)]
        return abs(total / n - 1) > 0.2 and apart([size, total / w.max().item(), *others], 0.01)

    (w,) = drawn(lambda: ((sample.normal(n, mean=0.3)).exp(),), accept)
    return w


def losses(sample, w):
    """Losses of either sign, for which other sums and means differ."""

    def accept(loss):
        total, n = (w * loss).sum().item(), len(w)
        plain, size = loss.mean().item(), w.sum().item()
        divided = [total / size, total / n, total, total / size / n, plain, plain * size / n]
        return apart([*divided, (torch.softmax(w, 0) * loss).sum().item()])

    (loss,) = drawn(lambda: (sample.normal(len(w), mean=1, std=2),), accept)
    return loss


def weighted(sample, n):
    w = weights(sample, n)
    return losses(sample, w), w


def both_signs(magnitude):
    return torch.cat([-magnitude, magnitude])


# --- counts


def errors(k_a, n_a, k_b, n_b):
    """The two standard errors of the difference, pooled and not."""
    a, b, common = k_a / n_a, k_b / n_b, (k_a + k_b) / (n_a + n_b)
    pooled = common * (1 - common) * (1 / n_a + 1 / n_b)
    return math.sqrt(pooled), math.sqrt(a * (1 - a) / n_a + b * (1 - b) / n_b)


def counts(sample, sizes, sign, low=0.8, high=2.6, a_larger=None):
    """k_a, n_a, k_b, n_b with a z of this sign, between low and high, and with standard errors that differ.

    sizes: from which to which number the smaller of n_a and n_b goes; and by which factor, at least, they differ.
    a_larger: whether n_a is the larger; None: one or the other.
    """
    least, most, factor = sizes
    order = (True, False) if a_larger is None else (a_larger,)

    def draw():
        n = sample.integer(least, most)
        larger = n if factor == 1 else sample.integer(math.ceil(factor * n), 3 * n)
        n_a, n_b = (larger, n) if sample.choice(order) else (n, larger)
        return sample.integer(1, n_a), n_a, sample.integer(1, n_b), n_b

    def accept(k_a, n_a, k_b, n_b):
        pooled, unpooled = errors(k_a, n_a, k_b, n_b)
        z = (k_b / n_b - k_a / n_a) / pooled
        return low < sign * z < high and abs(unpooled / pooled - 1) > 0.02

    return drawn(draw, accept)


def cases(sample):
    """Numbers of trials that differ, that agree, and that differ the other way round; B ahead and A ahead."""
    sizes = (12, 40, 1.5), (20, 50, 1), (30, 60, 2)
    return [counts(sample, size, sign, a_larger=(sign > 0) == (size[0] < 30)) for size in sizes for sign in (1, -1)]


def beyond_one(sample):
    """Two cases with an interval that reaches beyond 1, and two with one that reaches below −1."""

    def draw():
        n_a, n_b = sample.integer(2, 6), sample.integer(2, 6)
        return sample.integer(1, n_a), n_a, sample.integer(1, n_b), n_b

    def accept(k_a, n_a, k_b, n_b):
        error = errors(k_a, n_a, k_b, n_b)[1]
        return k_b / n_b - k_a / n_a + 1.9 * error > 1

    ahead = [drawn(draw, accept) for _ in range(4)]
    return [*ahead[:2], *((k_b, n_b, k_a, n_a) for k_a, n_a, k_b, n_b in ahead[2:])]


def of_interval(case):
    """Four ten-thousandths of the standard error: 1.96 is as good as 1.959964, and 2 is not."""
    return {"rtol": 1e-9, "atol": 4e-4 * errors(*case)[1], "about": "two_proportion_test", "numpy_scalars": True}


@check(points=1, title="importance_weights: the odds of test against training data, by the sizes of both")
def test_weights(compare, sample):
    for n, n_train, n_test in ((5, 70, 20), (6, 6, 6), (4, 30, 900), (7, 9, 4)):
        z = sample(n, low=-3, high=3)
        compare("importance_weights", z, n_train, n_test, effects=n == 5, **TEN_DIGITS)


@check(points=1, title="importance_weights: logits far from 0 give weights that are large or small, and right")
def test_far_logits(compare, sample):
    for low, high in ((40, 60), (60, 300), (690, 702)):
        z = both_signs(torch.cat([sample(2, low=low, high=high), sample(1, low=high, high=high)]))
        compare("importance_weights", z, sample.integer(20, 60), sample.integer(100, 200), **TEN_DIGITS_OF_EACH)
    compare("importance_weights", sample.normal(4), 1_000_003, 7, **TEN_DIGITS_OF_EACH)


@check(points=1, title="weighted_mean, self-normalised: divided by the sum of the weights, however small it is")
def test_self_normalised(compare, sample):
    for n in (6, 3, 9):
        loss, w = weighted(sample, n)
        compare("weighted_mean", loss, w, True, effects=True, **TEN_DIGITS)
        compare("weighted_mean", loss, 1e-6 * w, True, **TEN_DIGITS)


@check(points=1, title="weighted_mean, not self-normalised: divided by the number of samples, those of weight 0 too")
def test_by_number(compare, sample):
    for n in (6, 3, 9):
        loss, w = weighted(sample, n)
        compare("weighted_mean", loss, w, False, **TEN_DIGITS)
        compare("weighted_mean", loss, w * (w < w.max()), False, **TEN_DIGITS)
    compare("weighted_mean", loss, 0 * w, False, **TEN_DIGITS)


@check(points=1, title="weighted_mean: autograd goes through it, to the losses and to the weights")
def test_gradient(compare, sample):
    for n, self_normalised in ((5, True), (4, False), (7, True), (8, False)):
        compare("weighted_mean", *weighted(sample, n), self_normalised, gradient=True, effects=True, **TEN_DIGITS)


@check(points=1, title="effective_sample_size: the square of the sum by the sum of the squares")
def test_effective_sample_size(compare, sample):
    for n in (6, 3, 9):
        w = weights(sample, n)
        compare("effective_sample_size", w, effects=n == 6, **TEN_DIGITS)
        compare("effective_sample_size", 1e-3 * w, **TEN_DIGITS)


@check(points=1, title="two_proportion_test: z, the difference B − A by its pooled standard error")
def test_z(compare, sample, probe):
    for case in cases(sample):
        compare(probe("z_alone"), *case, **NINE_DIGITS)


@check(points=1, title="two_proportion_test: p, of both tails")
def test_p(compare, sample, probe):
    for case in cases(sample):
        compare(probe("p_alone"), *case, **NINE_DIGITS)


@check(points=1, title="two_proportion_test: p keeps its digits where it is very small")
def test_small_p(compare, sample, probe):
    for sign in (1, -1):
        compare(probe("p_alone"), *counts(sample, (20, 40, 1.5), sign, 1, 2), **NINE_DIGITS)
        for size in ((80, 200, 1.5), (90, 240, 1)):
            compare(probe("p_alone"), *counts(sample, size, sign, 9, 14), **NINE_DIGITS)


@check(points=1, title="two_proportion_test: the 95% interval of B − A, with the unpooled standard error")
def test_interval(compare, sample, probe):
    for case in (*cases(sample), *beyond_one(sample)):
        compare(probe("interval_alone"), *case, **of_interval(case))


@check(points=0.5, title="two_proportion_test, where nobody or everybody succeeds: in both groups, or in one of them")
def test_none_and_all(compare, sample, probe):
    n_a, n_b = sample.integer(8, 20), sample.integer(21, 40)
    some = sample.integer(2, 6)
    compare("two_proportion_test", 0, n_a, 0, n_b, effects=True, numpy_scalars=True)
    compare("two_proportion_test", n_a, n_a, n_b, n_b, numpy_scalars=True)
    without_error = [(0, n_b, 0, n_a), (n_b, n_b, n_a, n_a), (0, n_a, 0, n_a), (some, some, some, some)]
    compare(probe("z_and_p_of_each"), without_error, about="two_proportion_test")
    everybody_in_one = [(0, m, n, n) for m, n in ((n_a, n_b), (n_a, n_a), (n_b, n_b))]
    of_one = (0, n_a, some, n_b), (n_a - some, n_a, n_b, n_b)
    for case in (*of_one, *everybody_in_one):
        compare(probe("z_alone"), *case, **NINE_DIGITS)
    for case in ((some, n_a, 0, n_b), (n_a, n_a, n_b - some, n_b)):
        compare(probe("p_alone"), *case, **NINE_DIGITS)
    for case in (*of_one, (0, n_a, n_b, n_b), (n_a, n_a, 0, n_b)):
        compare(probe("interval_alone"), *case, **of_interval(case))


@check(points=0.5, hidden=True, title="one sample, none, weights of 0, equal weights; views of larger tensors")
def test_few(compare, sample):
    loss, w = weighted(sample, 6)
    gaps = w * torch.tensor([1, 0, 1, 1, 0, 1], dtype=w.dtype, device=w.device)
    views = torch.stack([loss, w], dim=1).unbind(1)
    for logits in (views[0], loss[:1], loss[:0]):
        compare("importance_weights", logits, 40, 90, **TEN_DIGITS)
    compare("weighted_mean", loss, gaps, True, **TEN_DIGITS)
    for self_normalised in (True, False):
        for pair in (views, (loss, 0 * w + 3), (loss[:1], w[:1])):
            compare("weighted_mean", *pair, self_normalised, **TEN_DIGITS)
    for only in (gaps, views[1], 0 * w + 3, w[:1], 5 * torch.eye(6, dtype=w.dtype, device=w.device)[2]):
        compare("effective_sample_size", only, **TEN_DIGITS)


@check(points=0.5, hidden=True, title="float32 in, float32 out; tensors of another device")
def test_float32(compare, sample):
    for device in ({}, {"twin": True}):
        loss, w = (values.float() for values in weighted(sample, 8))
        compare("importance_weights", loss.clamp(-3, 3), 50, 20, **FOUR_DIGITS, **device)
        for self_normalised in (True, False):
            compare("weighted_mean", loss, w, self_normalised, **FOUR_DIGITS, **device)
        compare("effective_sample_size", w, **FOUR_DIGITS, **device)


@check(points=0.5, hidden=True, title="large and small numbers: weights, losses, counts; equal proportions")
def test_sizes(compare, sample, probe):
    loss, w = weighted(sample, 7)
    for near, far in ((1, 1e-6), (1000, 1e6), (1e-3, 1)):
        compare("weighted_mean", near * loss, far * w, False, rtol=1e-10, atol=1e-12 * near * far)
        compare("effective_sample_size", far * w, **TEN_DIGITS)
    for near, far in ((1000, 1e6), (1e-3, 1e-3)):
        compare("weighted_mean", near * loss, far * w, True, rtol=1e-10, atol=1e-12 * near)
    for _ in range(2):
        n_a, n_b = sample.integer(1_000_000, 2_000_000), sample.integer(4_000_000, 9_000_000)
        k_a = sample.integer(n_a // 5, n_a // 2)
        many = k_a, n_a, round(n_b * k_a / n_a) + sample.integer(1500, 2500), n_b
        compare(probe("z_alone"), *many, **NINE_DIGITS)
        compare(probe("p_alone"), *many, **NINE_DIGITS)
        times, (k, n) = sample.integer(2, 4), (sample.integer(2, 9), sample.integer(10, 20))
        equal = k, n, times * k, times * n
        compare(probe("z_alone"), *equal, **{**NINE_DIGITS, "atol": 1e-12})
        for case in ((n_a // 5, n_a, n_b // 2, n_b), equal):
            compare(probe("interval_alone"), *case, **of_interval(case))
