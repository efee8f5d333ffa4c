"""The checks of exercise 20.

What chance decides is judged here, by the numbers that the submission returns; only to explain a failure are they
looked at beside it. A mask is judged by what it does to each entry, so that any way to draw one is right.

False alarms. An entry that is dropped with probability p in [0.3, 0.7] is always or never dropped in 80 draws with
probability 2·0.7⁸⁰ = 8e-13 at most; some 40 entries are judged. Shares are rounded to steps in which right ones come
out the same. A share of n independent flags is off by more than t with probability 2·exp(−nt²/(½ + 2t/3)) at most
(Bernstein): for a share of 30,000 entries, t = 0.025, below 1e-15; for neighbours, of which a share of 0.52, 0.58 or
0.68 is to be nearer than t = 0.03 and whose flags are independent in each of two halves, below 1e-10. Of two masks with
p = ½ 8,000 entries agree in 4,000 ± 500 (1e-27). The part of 7,500 rows that is from the first half is off by more than
0.05 with probability 2·exp(−37) (Hoeffding), and so are the rises in a random order. That 15 of 19 draws of 1,000
entries drop as many as another one, each with a probability below 1/36, happens once in 10¹⁸ runs. Where p = 0 an
honest `torch.rand(…) > p` drops an entry once in 2²⁴ (float32); 19 entries are judged there.
"""

from __future__ import annotations

import math
from functools import partial

import torch

from grader.checks import check, fail

#: Closer than float32's seven digits: what is computed in less than float64 is not right in float64.
TEN_DIGITS = {"rtol": 1e-10, "atol": 1e-12}
TIMES = 80


def seed_of(sample):
    return sample.integer(0, 10**9)


def entries(sample, *shape, size=1, dtype=torch.float64):
    """Entries of either sign, none of them near 0, on the CPU, where their generator is."""
    x = sample(*shape, low=0.5, high=2).cpu() * size
    return (x * (1 - 2 * sample.integers(*shape, low=0, high=2).cpu())).to(dtype)


def rates(sample):
    """A probability below ½ and one above, neither near to the other's opposite."""
    return sample.number(0.3, 0.36), sample.number(0.64, 0.7)


class Draws:
    """What chance has a part in. Each scenario's numbers come from the submission, and are looked at here."""

    def __init__(self, student, reference, expect, probe):
        self.student, self.reference, self.expect, self.probe = student, reference, expect, probe

    def judge(self, scenario, about, *args, equals, known=False, draw=None, **tolerance):
        """What is seen in the numbers drawn must be `equals`. known: that it is tells which mistakes are not made."""
        numbers = self.student(self.probe(f"draw_{draw or scenario}"), *args)
        right = near(self.reference(self.probe(f"look_{scenario}"), numbers), equals, **tolerance)
        if known or not right:
            self.expect(self.probe(scenario), *args, equals=equals, about=about, **tolerance)
        if not right:
            fail("The numbers drawn are not what their summary says.")

    def often(self, x, p, sample, known=False):
        """Each entry becomes 0 or is divided by 1 − p."""
        right = {"where dropped": torch.zeros_like(x), "where kept": x / (1 - p), "other values": 0}
        if x.numel() >= 12:
            right["dropped more often than kept"] = p > 0.5
        args = x, p, seed_of(sample), TIMES
        self.judge("dropped_often", "dropout", *args, equals=right, known=known, **digits_of(x))

    def gradients(self, x, p, sample):
        """The upstream gradient is divided by 1 − p where an entry is kept."""
        v = entries(sample, *x.shape, dtype=x.dtype)
        right = {"where dropped": torch.zeros_like(x), "where kept": v / (1 - p), "other gradients": 0}
        self.judge("gradients", "dropout", x, p, v, seed_of(sample), TIMES, equals=right, **digits_of(x))

    def once(self, x, p, sample):
        """p of all entries are 0, whatever their neighbours are."""
        args = x, p, seed_of(sample)
        right = {"always the same fate along an axis": x.ndim * [False]}
        self.judge("dropped_together", "dropout", *args, equals=right, draw="dropped_once")
        right = {"share dropped": p, "same fate as the next one": x.ndim * [round(p**2 + (1 - p) ** 2, 1)]}
        self.judge("dropped_once", "dropout", *args, equals=right)

    def repeated(self, function, args, seed, chance):
        """The same seed gives the same result. chance: how many of 8,000 entries are the same with another one."""
        other = ("another seed", "the same generator again", "the other generator again")
        right = {"the same seed": 8000.0, **dict.fromkeys(other, chance), "in rising order": False}
        args = function, args, [seed + 7, seed, seed]
        self.judge("repeated", function, *args, equals=right)

    def both_repeated(self, sample):
        x = entries(sample, 8000, dtype=torch.float32)
        self.repeated("dropout", [x, 0.5, True], seed_of(sample), 4000.0)
        self.repeated("split", [8000, 1600, 1200], seed_of(sample), 0.0)


def digits_of(x):
    return TEN_DIGITS if x.dtype == torch.float64 else {"rtol": 1e-5, "atol": 1e-6}


def near(found, expected, **tolerance):
    if isinstance(expected, dict):
        return all(near(found[name], value, **tolerance) for name, value in expected.items())
    numbers, right = (torch.as_tensor(value, dtype=torch.float64) for value in (found, expected))
    return torch.allclose(numbers, right, **tolerance)


@check(points=1.5, title="dropout in training: each entry becomes 0 or x/(1−p)")
def test_dropout(compare, student, reference, expect, sample, probe):
    draws = Draws(student, reference, expect, probe)
    for (shape, size), p in zip((((3, 4), 1), ((4, 4), 1000)), rates(sample)[::-1], strict=True):
        x = entries(sample, *shape, size=size)
        compare(probe("times_zero"), x, p, seed_of(sample), about="dropout", effects=True)
        draws.often(x, p, sample, known=True)


@check(points=1, title="dropout: the share p of all entries is dropped, each independently of its row and its column")
def test_rate(compare, student, reference, expect, sample, probe):
    draws = Draws(student, reference, expect, probe)
    low, high = rates(sample)
    # Here and below: what is wrong besides the numbers is said of dropout, before they are drawn.
    compare(probe("times_zero"), entries(sample, 3, 4, dtype=torch.float32), low, seed_of(sample), about="dropout")
    # First three axes: with two, all that share a first index and all along the last axis are the same entries.
    draws.once(entries(sample, 30, 25, 40, dtype=torch.float32), sample.choice([0.6, 0.7, 0.8]), sample)
    draws.once(entries(sample, 120, 250, dtype=torch.float32), sample.choice([0.2, 0.3, 0.4]), sample)
    args = entries(sample, 20, 50, dtype=torch.float32), [low, high], seed_of(sample), 20
    right = {"most draws drop as many as the first": [False, False]}
    draws.judge("dropped_counts", "dropout", *args, equals=right)


@check(points=0.75, title="dropout outside training changes nothing; nor does p = 0, and p = 1 drops everything")
def test_sure(compare, sample, probe):
    for x in (entries(sample, 3, 4), entries(sample, 2, 2, size=1000)):
        for p, training in (([0.0, 1.0], True), ([sample.number(0.3, 0.7), 1.0], False)):
            compare(probe("drop"), x, p, training, seed_of(sample), about="dropout", **TEN_DIGITS)
    for p, training in ((0.0, True), (0.5, False)):
        args = entries(sample, 3, 1), [p], training, seed_of(sample)
        compare(probe("drop"), *args, about="dropout", gradient=not training, effects=not training)


@check(points=0.75, title="autograd goes through the entries that dropout keeps")
def test_dropout_gradient(compare, student, reference, expect, sample, probe):
    draws = Draws(student, reference, expect, probe)
    compare(probe("times_zero"), entries(sample, 3, 4), 0.5, seed_of(sample), about="dropout", gradient=True)
    for shape, p in zip(((2, 3), (3, 3)), rates(sample), strict=True):
        draws.gradients(entries(sample, *shape), p, sample)


@check(
    points=1.5,
    title="split: three parts of the sizes asked for, with every row in exactly one of them, and in random order",
)
def test_split(compare, student, reference, expect, sample, probe):
    n_val, n_test = sample.integer(3, 5), sample.integer(6, 9)
    sizes = [(n_val + n_test + sample.integer(10, 15), n_val, n_test), (12, 4, 4), (15, 5, 0), (11, 0, 3)]
    for n, val, test in (*sizes, (7, 0, 0), (9, 4, 5), (8, 0, 8)):
        compare(probe("parts"), n, val, test, seed_of(sample), about="split", effects=True)
    right = {"from the first half": torch.full((3,), 0.5), "next row is larger": torch.full((3,), 0.5)}
    args = "split", 30_000, 8000, 7500, seed_of(sample)
    Draws(student, reference, expect, probe).judge("shuffled", *args, equals=right)


@check(points=0.75, title="the same seed gives the same mask and the same split; another seed or a second call others")
def test_seed(compare, student, reference, expect, sample, probe):
    compare(probe("times_zero"), entries(sample, 2, 3, dtype=torch.float32), 0.5, seed_of(sample), about="dropout")
    compare(probe("parts"), 12, 3, 5, seed_of(sample), about="split")
    Draws(student, reference, expect, probe).both_repeated(sample)


@check(points=1.25, title="standardize: mean and standard deviation of train's columns, also for other")
def test_standardize(compare, sample):
    for n, d, m in ((7, 3, 5), (4, 4, 4), (2, 3, 1)):
        train, other = columns(sample, n, d), columns(sample, m, d)
        compare("standardize", train, other, **TEN_DIGITS, effects=True)
    other = columns(sample, 3, 2) * 1000
    compare("standardize", columns(sample, 6, 2), other, **TEN_DIGITS)
    compare("standardize", columns(sample, 6, 2), other, twin=True)
    # Small deviations count as they are; next to a large mean, a difference of two squares would lose them.
    small, far = columns(sample, 7, 3) * 2.0**-40, columns(sample, 5, 3) + 9000
    compare("standardize", small, columns(sample, 3, 3) * 2.0**-40, **TEN_DIGITS)
    compare("standardize", far, columns(sample, 4, 3) + 9000, rtol=1e-10, atol=1e-10)


@check(points=0.5, title="standardize, where a column of train is constant: it counts as if its deviation were 1")
def test_constant_column(compare, sample):
    for n, constant in ((8, sample.integer(3, 9) / 4), (4, -1500.5)):
        train, other = columns(sample, n, 3), columns(sample, 5, 3)
        train[:, 1] = constant
        compare("standardize", train, other, **TEN_DIGITS)
    compare("standardize", columns(sample, 1, 3), columns(sample, 4, 3), **TEN_DIGITS)


def columns(sample, n, d):
    """Columns with other means and deviations each."""
    return sample.normal(n, d) * sample(d, low=1.5, high=4) + sample(d, low=3, high=9)


@check(points=1.25, title="early_stopping: the best epoch, and the epoch at which patience ends")
def test_early_stopping(compare, sample):
    patience = sample.integer(3, 4)
    for val in runs_of(sample, patience):
        compare("early_stopping", val, patience, 0.0, effects=True)


def runs_of(sample, patience):
    """Losses, as differences that are exact in binary, in which each rule decides something."""
    start = sample.integer(-40, 40) / 8
    worse = [sample.integer(1, 6) for _ in range(patience)]
    falling = [-sample.integer(4, 9) for _ in range(sample.integer(2, 4))]
    yield along(start, falling)
    yield along(start, [*falling, *worse, -500, 1, 3, -2, 4, 1, 2])  # too late
    yield along(start, [*falling, *worse[1:], -100, *worse, -500])  # better in the last epoch that counts
    yield along(start, [*falling, *worse[1:], -100, *worse[1:], -100, *worse[1:]])  # never so many in a row
    yield along(start, [-4, *([0] * patience), -500])  # no better than the best
    yield along(start, [-4, 90, *([-5] * patience), -500])  # better than the last one, but not than the best
    yield along(start, [*falling, 3])  # the losses end first
    yield along(start, [*worse, -500])


def along(start, steps):
    """Losses that begin with start and move by so many eighths."""
    losses = [start]
    for step in steps:
        losses.append(losses[-1] + step / 8)
    return losses


@check(points=0.75, title="early_stopping: a gain of min_delta or less is none, and nan is never better")
def test_min_delta(compare, sample):
    start, patience = sample.integer(-40, 40) / 8, sample.integer(3, 4)
    nan = math.nan
    exactly = along(start, [-9, *([-4] + [1] * (patience - 1)), -1, -1, -1])
    creeping = along(start, [-20, *([-2] * (2 * patience)), 5, 5, 5, 5])
    runs = [
        exactly,
        creeping,
        along(start, [-9, -3, *([1] * (patience - 2)), -40, *([0] * patience), -500]),
        along(start, [-5, -4, -6, -3, -2, 9, -5, -9, 1, 1]),
        [nan, *along(start, [-9, *([2] * (patience - 1))]), nan, start - 90],
        [start, nan, start - 5, *([nan] * patience), start - 90],
        [nan] * (patience - 1),
        [nan] * (patience + 2),
        [start],
        [2.0**90, 2.0**90, 2.0**80, 2.0**70, 2.0**75, *([2.0**80] * patience)],
    ]
    for val in runs:
        compare("early_stopping", val, patience, 0.5)


@check(points=1, title="l2_penalty: lam/2 times the sum of squares, without the biases, and its gradient")
def test_l2(compare, sample, probe):
    for shapes in (((3, 4), (3,), (2, 3), (2,)), ((3, 3), (3,), (3, 3)), ((5,), (4, 5), ())):
        params = [sample.normal(*shape, mean=1) for shape in shapes]
        lam = sample.number(0.3, 0.7)
        compare("l2_penalty", params, lam, effects=True, **TEN_DIGITS)
        compare(probe("penalty"), lam, *params, about="l2_penalty", gradient=True, effects=True, **TEN_DIGITS)
    compare("l2_penalty", [sample.normal(4, 3), sample.normal(3)], 0.5, twin=True)


@check(points=0.25, hidden=True, title="long runs of early_stopping")
def test_long_runs(compare, sample):
    for val, patience, min_delta in long_runs(sample):
        compare("early_stopping", val, patience, min_delta)


def long_runs(sample):
    """Losses as chance has them, with some nan; among them such in which a gain of exactly min_delta decides, and such
    in which gains that are too small do."""
    while True:
        runs = []
        for patience, min_delta in 4 * [(1, 0.0), (2, 0.25), (5, 0.125), (3, 2.0), (4, 0.5)]:
            steps = (sample.integers(30, low=-9, high=9) - 1).tolist()
            # The first is a number, and patience always ends: what goes wrong there has a check of its own.
            losses = along(sample.integer(1, 900) + 0.125, [*steps, *(patience * [99])])
            val = [loss if loss % 1 else math.nan for loss in losses]
            runs.append((val, patience, min_delta))
        right = [best_and_stop(*run) for run in runs]
        if all([best_and_stop(*run, **how) for run in runs] != right for how in ({"equal": True}, {"small": True})):
            return runs


def best_and_stop(val, patience, min_delta, equal=False, small=False):
    """With two mistakes. equal: exactly min_delta is enough; small: any gain lowers the loss that is to be beaten."""
    best, lowest, waited = 0, math.inf, 0
    for epoch, loss in enumerate(val):
        better = loss <= lowest - min_delta if equal else loss < lowest - min_delta
        best, waited = (epoch, 0) if better else (best, waited + 1)
        lowest = loss if better or (small and loss < lowest) else lowest
        if waited == patience:
            return best, epoch
    return best, len(val) - 1


@check(points=0.5, hidden=True, title="other shapes, views of larger tensors, float32, large numbers")
def test_any_shape(compare, student, reference, expect, sample, probe):
    draws = Draws(student, reference, expect, probe)
    low, high = rates(sample)
    some = entries(sample, 3, 2, dtype=torch.float32)
    for x, p in ((entries(sample), high), (some, low), (entries(sample, 5, 2).T, high), (entries(sample, 6)[::2], low)):
        compare(probe("times_zero"), x, p, seed_of(sample), about="dropout")
        compare(probe("drop"), x, [1.0], True, seed_of(sample), about="dropout")
        draws.often(x, p, sample)
    for shape in ((0,), (2, 0, 3)):
        compare(probe("drop"), torch.zeros(shape), [low], True, seed_of(sample), about="dropout")
    compare("standardize", columns(sample, 5, 3).float(), columns(sample, 4, 3).float())
    compare("standardize", columns(sample, 3, 5).T, columns(sample, 3, 8).T[::2], **TEN_DIGITS)
    compare("standardize", columns(sample, 6, 1), columns(sample, 1, 1)[:0], **TEN_DIGITS)
    penalties = partial(compare, probe("penalty"), about="l2_penalty", gradient=True)
    for shapes in (((2, 3, 1, 2), (2,), (4, 3, 2)), ((3,), ()), ((1, 4), (1, 1, 1)), ((0, 3), (3,))):
        penalties(0.25, *(sample.normal(*shape, mean=1) for shape in shapes), **TEN_DIGITS)
    penalties(3.0, sample.normal(5, 3, std=2000).T, sample.normal(4), **TEN_DIGITS)
    penalties(0.0, sample.normal(3, 2), sample.normal(2), **TEN_DIGITS)
    for shapes in (((3, 4), (3,)), ((3,),)):
        penalties(0.7, *(sample.normal(*shape).float() for shape in shapes))


@check(
    points=0.25, hidden=True, title="drawing from gen has no side effect elsewhere, and does give a mask and a split"
)
def test_global_state(compare, student, reference, expect, sample, probe):
    for function, args in (("dropout", [entries(sample, 5, 3), 0.5, True]), ("split", [20, 5, 4])):
        compare(probe("global_generator_after"), function, args, seed_of(sample), about=function)
    Draws(student, reference, expect, probe).both_repeated(sample)
