"""The checks of exercise 15: trajectories. From one start and in one order of data there is one right path.

What the probes say of modes, graphs and the order of calls only ever takes points: each check judges numbers too.
"""

from __future__ import annotations

from functools import partial

from grader.checks import check

OPTIMIZERS = ("SGD", "SGD with momentum", "Adam")
# Looser than float64's own, for sums that a learner keeps in float32; no mistake comes near it.
RTOL = 1e-5


def batch(sample, n):
    """Inputs [n, 3], labels 0. and 1. [n], and a seed for what the probes draw."""
    return sample.normal(n, 3), sample.integers(n, low=0, high=2).double()


def judge(compare, scenario, about):
    return partial(compare, scenario, about=about, rtol=RTOL, numpy_scalars=True)


@check(points=1, title="train_step: the loss before the step, and the parameters after it")
def test_one_step(compare, sample, probe):
    steps = judge(compare, probe("train_steps"), "train_step")
    steps("SGD", *batch(sample, 6), 6, sample.integer(0, 10**6))


@check(points=1, title="train_step, several times: SGD, SGD with momentum, Adam")
def test_steps(compare, sample, probe):
    steps = judge(compare, probe("train_steps"), "train_step")
    for optimizer in OPTIMIZERS:
        steps(optimizer, *batch(sample, 20), 6, sample.integer(0, 10**6))


@check(points=1, title="train_step puts the model into training mode: dropout is at work")
def test_train_mode(compare, sample, probe):
    steps = judge(compare, probe("train_steps"), "train_step")
    steps("SGD", *batch(sample, 18), 6, sample.integer(0, 10**6), dropout=0.4, eval_before=1)


@check(points=0.5, title="train_step makes one forward pass: every one draws a new dropout mask")
def test_one_forward(compare, sample, probe):
    steps = judge(compare, probe("train_steps"), "train_step")
    # Not Adam: its steps hardly depend on a gradient's size, so that chance would decide whether that of one is wrong.
    steps("SGD", *batch(sample, 18), 6, sample.integer(0, 10**6), dropout=0.4, watched=True)


@check(points=1, title="gradients that were there before the first step don't count")
def test_old_gradients(compare, sample, probe):
    steps = judge(compare, probe("train_steps"), "train_step")
    for optimizer in ("SGD", "Adam"):
        steps(optimizer, *batch(sample, 12), 6, sample.integer(0, 10**6), old_gradients=True)


@check(points=1, title="train: as many epochs as asked, a step per batch, a mean loss per epoch")
def test_train(compare, sample, probe):
    epochs = judge(compare, probe("train_epochs"), "train")
    epochs("SGD with momentum", 3, *batch(sample, 18), 6, sample.integer(0, 10**6))


@check(points=1, title="train: the mean is over samples, also when the last batch is short")
def test_train_mean(compare, sample, probe):
    epochs = judge(compare, probe("train_epochs"), "train")
    epochs("SGD", 2, *batch(sample, 14), 6, sample.integer(0, 10**6), dropout=0.4)


@check(points=1, title="train walks through the loader anew in every epoch: it reshuffles each time")
def test_reshuffled(compare, sample, probe):
    epochs = judge(compare, probe("train_epochs"), "train")
    epochs("SGD", 4, *batch(sample, 18), 6, sample.integer(0, 10**6), shuffle=True)


@check(points=1, title="evaluate: the mean loss over samples, in evaluation mode")
def test_evaluate(compare, sample, probe):
    evaluate = judge(compare, probe("evaluate_once"), "evaluate")
    evaluate(*batch(sample, 14), 6, sample.integer(0, 10**6), dropout=0.4)


@check(points=1, title="evaluate builds no graph, and leaves the recording of gradients on")
def test_no_graph(compare, sample, probe):
    evaluate = judge(compare, probe("evaluate_watching_gradients"), "evaluate")
    evaluate(*batch(sample, 12), 6, sample.integer(0, 10**6))


@check(points=1, title="evaluate leaves the model in the mode it came in, training or evaluation")
def test_mode_restored(compare, sample, probe):
    evaluate = judge(compare, probe("evaluate_watching_mode"), "evaluate")
    for mode in ("train", "eval"):
        evaluate(*batch(sample, 12), 6, sample.integer(0, 10**6), mode=mode)


@check(points=0.5, hidden=True, title="a loader without len")
def test_no_length(compare, sample, probe):
    epochs = judge(compare, probe("train_epochs"), "train")
    epochs("SGD", 2, *batch(sample, 12), 6, sample.integer(0, 10**6), sized=False)
    evaluate = judge(compare, probe("evaluate_once"), "evaluate")
    evaluate(*batch(sample, 12), 6, sample.integer(0, 10**6), mode="eval", sized=False)


@check(points=0.5, hidden=True, title="few: no epochs, one epoch, a batch of a single sample")
def test_few(compare, sample, probe):
    epochs = judge(compare, probe("train_epochs"), "train")
    epochs("SGD", 0, *batch(sample, 4), 3, sample.integer(0, 10**6))
    epochs("SGD", 1, *batch(sample, 4), 3, sample.integer(0, 10**6), sized=False)
    evaluate = judge(compare, probe("evaluate_once"), "evaluate")
    evaluate(*batch(sample, 4), 3, sample.integer(0, 10**6), mode="eval", sized=False)


@check(
    points=0.5,
    hidden=True,
    title="train, all at once: dropout, evaluation mode at first, old gradients, a loader that reshuffles, "
    "each optimizer",
)
def test_everything(compare, sample, probe):
    epochs = judge(compare, probe("train_epochs"), "train")
    for optimizer in OPTIMIZERS:
        everything = {"dropout": 0.4, "mode": "eval", "old_gradients": True, "shuffle": True}
        epochs(optimizer, 3, *batch(sample, 14), 4, sample.integer(0, 10**6), **everything)
