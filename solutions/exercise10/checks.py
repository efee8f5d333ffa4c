"""The checks of exercise 10. The gradient comes from PyTorch's autograd, on the trusted side.

For a step a right gradient stands in, and for an epoch a right step: an error costs its own step and not those behind
it. A step that has its gradient written out is right, too, if it follows from the submission's own gradient, and an
epoch if it is what the submission's own steps give one after another, as long as these are what one can tell that from.
"""

from __future__ import annotations

import numpy as np
import torch

from grader.checks import check

#: Means of a few products keep fourteen digits in float64.
TEN_DIGITS = {"rtol": 1e-10, "atol": 1e-12, "numpy_scalars": True}

#: m and D that agree, and that differ; then a sample and b in the thousands, and w.
SIZES = ((4, 4), (7, 3), (3, 5, 3000), (2, 3, 1, 3000))


def array(tensor):
    return tensor.cpu().numpy()


def draw(sample, m, d, scale=1, far=1):
    """A point w, b and samples X, y, with no entry of the gradient near 0; b is negative where m is even, and X lies
    in memory column by column where m is odd.

    scale: of one sample, with its target, and of b. far: of w.
    """
    while True:
        w, b = array(sample.normal(d)), sample.number(0.5, 2) * (-1) ** (m + 1)
        X = array(sample.normal(d, m)).T if m % 2 else array(sample.normal(m, d))
        y = array(sample.normal(m, mean=-1, std=2))
        w, b, X[-1], y[-1] = far * w, scale * b, scale * X[-1], scale * y[-1]
        dw, db = by_autograd(w, b, X, y)
        if min(abs(dw).min(), abs(db)) > 0.1:
            return w, b, X, y


def draw_order(sample, m):
    """Numbers of all rows, neither in order nor the inverse of their own order."""
    while True:
        order = array(sample.permutation(m))
        if (order != np.arange(m)).all() and (order != np.argsort(order)).any():
            return order


def cost_of(w, b, X, y):
    return float(np.mean((X @ w + b - y) ** 2))


def by_autograd(w, b, X, y):
    w, b, X, y = (torch.tensor(value, dtype=torch.float64) for value in (w, b, X, y))
    mean = torch.mean((X @ w.requires_grad_() + b.requires_grad_() - y) ** 2)
    dw, db = torch.autograd.grad(mean, [w, b])
    return dw.numpy(), db.item()


def after_steps(w, b, X, y, lr, batches):
    for rows in batches:
        dw, db = by_autograd(w, b, X[rows], y[rows])
        w, b = w - lr * dw, b - lr * db
    return w, float(b)


def slices(order, batch_size):
    return [order[start : start + batch_size] for start in range(0, len(order), batch_size)]


def vector(w, b):
    return np.append(w, b)


def agree(one, other):
    return np.allclose(one, other, rtol=1e-10, atol=1e-12)


def tells(own, others, right):
    """Whether numbers that the submission reached itself tell anything of what led there: of the right ones' size, and
    each of them another one where the targets, the point or the order were others."""
    if not abs(own).max() < 1e3 * max(1, abs(right).max()):
        return False
    return all(np.isfinite(other).all() and abs(own - other).min() > 1e-6 for other in others)


class Judge:
    """The three functions that train, at one point with one set of samples.

    column: y is [m, 1]. scale, far: as in `draw`. beside: `compare`, where it also counts what a right call does beside
    giving its result.
    """

    def __init__(self, expect, student, sample, probe, m, d, column=False, scale=1, far=1, beside=None):
        self.expect, self.student, self.probe, self.beside = expect, student, probe, beside
        self.stand_ins = {name: probe(f"right_{name}") for name in ("gradient", "batch_step")}
        self.w, self.b, self.X, self.y = draw(sample, m, d, scale, far)
        self.targets = self.y[:, None] if column else self.y
        self.lr = sample.number(0.05, 0.15) * (1 if scale == 1 else 20)

    def step(self):
        def own(y):
            return vector(w, b) - self.lr * self.student(self.probe("own_gradient"), w, b, X, y)

        w, b, X, y = self.w, self.b, self.X, self.targets
        right = after_steps(w, b, X, self.y, self.lr, [slice(None)])
        self._judge("batch_step", (w, b, X, y, self.lr), right, own, lambda: [own(1 - 2 * y)])

    def minibatches(self, batch_size, order):
        self._epoch("minibatch_epoch", slices(order, batch_size), batch_size, order)

    def single_samples(self, order):
        self._epoch("sgd_epoch", slices(order, 1), order)

    def _epoch(self, name, batches, *last):
        def own(y, point=None, batches=batches):
            return self.student(self.probe("own_steps"), *(point or here), self.X, y, self.lr, batches)

        def others():
            found = [own(1 - 2 * y), own(y, (self.w + 0.3, self.b + 0.3))]
            return found if len(batches) == 1 else [*found, own(y, None, batches[::-1])]

        here, y = (self.w, self.b), self.targets
        right = after_steps(*here, self.X, self.y, self.lr, batches)
        self._judge(name, (*here, self.X, y, self.lr, *last), right, own, others)

    def _judge(self, name, args, right, own, others):
        """The result must be the right one, with right functions standing in or without, or else the one that follows
        from the submission's own numbers. Which of them it is judged by is settled before it is judged.

        own: makes those of targets y, w and b in one vector; others: the same from other inputs.
        """
        stand_ins = {other: probe for other, probe in self.stand_ins.items() if other != name}
        if not self._gives(vector(*right), "trained_alone", name, *args):
            reached = self._told(own, others, args[3], vector(*right))
            if self._gives(vector(*right), "trained", name, *args):
                stand_ins = {}
            elif reached is not None and self._gives(reached, "trained", name, *args):
                stand_ins, right = {}, (reached[:-1], float(reached[-1]))
        elif self.beside:
            self.beside(name, *args, replace=stand_ins, effects=True, **TEN_DIGITS)
            return
        self.expect(name, *args, equals=right, replace=stand_ins, **TEN_DIGITS)

    def _gives(self, numbers, scenario, *args):
        return agree(self.student(self.probe(scenario), *args), numbers)

    def _told(self, own, others, y, right):
        """The submission's own numbers, if they tell anything."""
        reached = own(y)
        return reached if tells(reached, others(), right) else None


@check(points=1, title="cost: the mean of the squared errors")
def test_cost(expect, compare, sample):
    for size in (*SIZES, (5, 1)):
        w, b, X, y = draw(sample, *size)
        expect("cost", w, b, X, y, equals=cost_of(w, b, X, y), **TEN_DIGITS)
    compare("cost", *draw(sample, 4, 3), effects=True, **TEN_DIGITS)


@check(points=2, title="gradient: with respect to w and to b")
def test_gradient(expect, compare, sample):
    for size in SIZES:
        w, b, X, y = draw(sample, *size)
        expect("gradient", w, b, X, y, equals=by_autograd(w, b, X, y), **TEN_DIGITS)
    compare("gradient", *draw(sample, 4, 3), effects=True, **TEN_DIGITS)


@check(points=0.5, title="cost, with y as a column [m, 1]")
def test_cost_of_a_column(expect, sample):
    for size in ((6, 3), (4, 4), (1, 2)):
        w, b, X, y = draw(sample, *size)
        expect("cost", w, b, X, y[:, None], equals=cost_of(w, b, X, y), **TEN_DIGITS)


@check(points=0.5, title="gradient, with y as a column [m, 1]")
def test_gradient_of_a_column(expect, sample):
    for size in ((6, 3), (4, 4), (1, 2)):
        w, b, X, y = draw(sample, *size)
        expect("gradient", w, b, X, y[:, None], equals=by_autograd(w, b, X, y), **TEN_DIGITS)


@check(points=1.5, title="batch_step: one step of w and b (what is wrong in your gradient does not count here)")
def test_step(expect, compare, student, sample, probe):
    Judge(expect, student, sample, probe, 5, 5, beside=compare).step()
    for size in ((6, 3, True), (3, 4, False, 3000), (2, 3, False, 1, 3000)):
        Judge(expect, student, sample, probe, *size).step()


@check(
    points=1,
    title="minibatch_epoch: full batches, rows in the order given (what is wrong in your steps does not count here)",
)
def test_minibatches(expect, compare, student, sample, probe):
    beside = compare
    for m, d, batch_size, scale, far in ((6, 2, 2, 1, 1), (8, 3, 4, 1, 1), (3, 3, 1, 1, 3000), (4, 2, 4, 3000, 1)):
        judge = Judge(expect, student, sample, probe, m, d, False, scale, far, beside)
        judge.minibatches(batch_size, draw_order(sample, m))
        beside = None


@check(points=1, title="minibatch_epoch: a short last batch, and one batch larger than the data")
def test_short_batch(expect, student, sample, probe):
    for m, d, batch_size in ((9, 2, 4), (5, 3, 7)):
        Judge(expect, student, sample, probe, m, d).minibatches(batch_size, np.arange(m))


@check(points=1, title="sgd_epoch: a step with each sample")
def test_sgd(expect, compare, student, sample, probe):
    beside = compare
    for m, d, scale, far in ((4, 4, 1, 1), (6, 2, 1, 3000), (3, 3, 3000, 1)):
        Judge(expect, student, sample, probe, m, d, False, scale, far, beside).single_samples(draw_order(sample, m))
        beside = None


@check(points=0.5, hidden=True, title="an epoch with y as a column [m, 1]")
def test_epoch_on_a_column(expect, student, sample, probe):
    for m, d in ((6, 2), (1, 1)):
        judge = Judge(expect, student, sample, probe, m, d, column=True)
        judge.minibatches(3, np.arange(m))
        judge.single_samples(np.arange(m))


@check(points=0.5, hidden=True, title="rows that occur twice in order")
def test_repeated_rows(expect, student, sample, probe):
    judge = Judge(expect, student, sample, probe, 6, 2)
    judge.minibatches(3, np.array([0, 0, 2, 3, 3, 5]))
    judge.single_samples(np.array([0, 0, 2, 3, 3, 5]))


@check(points=0.5, hidden=True, title="one sample, one input")
def test_one(expect, student, sample, probe):
    for m, d in ((1, 1), (1, 3), (5, 1)):
        w, b, X, y = draw(sample, m, d)
        expect("cost", w, b, X, y, equals=cost_of(w, b, X, y), **TEN_DIGITS)
        expect("gradient", w, b, X, y, equals=by_autograd(w, b, X, y), **TEN_DIGITS)
    for m, d in ((1, 1), (1, 3), (5, 1)):
        judge = Judge(expect, student, sample, probe, m, d)
        judge.step()
        judge.minibatches(2, np.arange(m))
        judge.single_samples(np.arange(m))
