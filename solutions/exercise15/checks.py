"""The checks of exercise 15: trajectories. From one start and in one order of data there is one right path.

What the probes say of modes, graphs and the order of calls only ever takes points: each check judges numbers too.
"""

from __future__ import annotations

from functools import partial
from itertools import pairwise

import torch

from grader.checks import check

OPTIMIZERS = ("SGD", "SGD with momentum", "Adam")
# Looser than float64's own, for sums that a learner keeps in float32; no mistake comes near it.
RTOL = 1e-5


#: What stands in for the submission's train_step where its train is judged: first a right one, then less.
GIVEN = ("a right train_step", "one that returns a tensor", "")
DROPOUT = 0.4


def batch(sample, n, *columns, far=False):
    """Inputs [n, *columns, 3], labels 0. and 1. [n, *columns]. far: inputs of up to 2000, and targets that make loss
    and gradient large."""
    x = sample(n, *columns, 3, low=-2000, high=2000) if far else sample.normal(n, *columns, 3)
    return x, -1000 * x.sum(-1).sign() if far else sample.integers(n, *columns, low=0, high=2).double()


def judge(compare, scenario, about):
    return partial(compare, scenario, about=about, rtol=RTOL, numpy_scalars=True)


def judge_train(compare, reference, student, probe, *args, effects=False, **kwargs):
    """`train` must give the reference's numbers, with a right train_step standing in for the submission's, or with its
    own. It is the first that is judged if none gives them."""
    right = reference(probe("train_epochs"), "", *args, **kwargs)
    wanted = torch.tensor(reference(probe("in_numbers"), right), dtype=torch.float64)

    def fits(given):
        row = student(probe("tried"), given, len(wanted), *args, **kwargs)
        return torch.allclose(row, wanted, rtol=RTOL, atol=1e-7)

    given = next(filter(fits, GIVEN), GIVEN[0])
    judge(compare, probe("train_epochs"), "train")(given, *args, effects=effects, **kwargs)


def seed_of_a_rise(reference, probe, sample, *run, **how):
    """A seed for `run` with which the loss rises before the last epoch: that is no reason to stop."""
    for _ in range(50):
        seed = sample.integer(0, 10**6)
        losses = reference(probe("train_epochs"), "", *run, seed, **how)["list returned"]
        if any(after > before for before, after in pairwise(losses[:-1])):
            return seed
    raise ValueError("the loss of none of 50 runs rises")


@check(points=1, title="train_step: the loss before the step, and the parameters after it")
def test_one_step(compare, sample, probe):
    steps = judge(compare, probe("train_steps"), "train_step")
    for rows, kind in ((6, {}), (7, {"dropout": DROPOUT}), (1, {}), (2, {}), (6, {"far": True})):
        data = batch(sample, rows, far=kind.pop("far", False))
        steps("SGD", *data, rows, sample.integer(0, 10**6), losses=True, **kind)
    steps("SGD", *batch(sample, 5, 1), 5, sample.integer(0, 10**6), losses=True)
    x, y = sample.normal(3, 5).T, sample.integers(5, 2, low=0, high=2).double()[:, 0]
    steps("SGD", x, y, 5, sample.integer(0, 10**6), losses=True, effects=True)


@check(points=1, title="train_step, several times: SGD, SGD with momentum, Adam")
def test_steps(compare, sample, probe):
    steps = judge(compare, probe("train_steps"), "train_step")
    for optimizer in OPTIMIZERS:
        steps(optimizer, *batch(sample, 20), 6, sample.integer(0, 10**6))


@check(points=1, title="train_step puts the model into training mode: dropout is at work")
def test_train_mode(compare, sample, probe):
    steps = judge(compare, probe("train_steps"), "train_step")
    # A step of its own, so that gradients which are not reset do no harm here.
    steps("SGD", *batch(sample, 7), 7, sample.integer(0, 10**6), dropout=DROPOUT, eval_before=0)


@check(points=0.5, title="train_step makes one forward pass: every one draws a new dropout mask")
def test_one_forward(compare, sample, probe):
    steps = judge(compare, probe("train_steps"), "train_step")
    # Not Adam: its steps hardly depend on a gradient's size, so that chance would decide whether that of one is wrong.
    steps("SGD", *batch(sample, 6), 6, sample.integer(0, 10**6), dropout=DROPOUT, watched=True)


@check(points=1, title="gradients that were there before the first step don't count")
def test_old_gradients(compare, sample, probe):
    steps = judge(compare, probe("train_steps"), "train_step")
    for optimizer in ("SGD", "Adam"):
        steps(optimizer, *batch(sample, 12), 6, sample.integer(0, 10**6), old_gradients=True)


@check(
    points=1,
    title="train: as many epochs as asked, a step per batch, a list of floats, no graphs kept (what is wrong in your "
    "train_step does not count here)",
)
def test_train(compare, reference, student, sample, probe):
    data = batch(sample, 24)
    judge_train(
        compare,
        reference,
        student,
        probe,
        "SGD with momentum",
        3,
        *data,
        6,
        sample.integer(0, 10**6),
        judged="as it is",
        effects=True,
    )


@check(
    points=1,
    title="train: the mean is over samples, also when the last batch is short (what is wrong in your train_step does "
    "not count here)",
)
def test_train_mean(compare, reference, student, sample, probe):
    for rows, size in ((14, 6), (13, 2)):
        seed = sample.integer(0, 10**6)
        judge_train(compare, reference, student, probe, "SGD", 2, *batch(sample, rows), size, seed, dropout=DROPOUT)


@check(
    points=1,
    title="train walks through the loader anew in every epoch: it reshuffles each time (what is wrong in your "
    "train_step does not count here)",
)
def test_reshuffled(compare, reference, student, sample, probe):
    seed = sample.integer(0, 10**6)
    judge_train(compare, reference, student, probe, "SGD", 4, *batch(sample, 18), 6, seed, shuffle=True)


@check(points=1, title="evaluate: the mean loss over samples, in evaluation mode")
def test_evaluate(compare, sample, probe):
    evaluate = judge(compare, probe("evaluate_once"), "evaluate")
    for rows, size in ((14, 6), (15, 2), (3, 5)):
        evaluate(*batch(sample, rows), size, sample.integer(0, 10**6), dropout=DROPOUT)
    evaluate(*batch(sample, 5, 2), 3, sample.integer(0, 10**6))
    evaluate(*batch(sample, 7, far=True), 3, sample.integer(0, 10**6), effects=True)


@check(points=1, title="evaluate builds no graph, and leaves parameters, gradients and their recording as they were")
def test_no_graph(compare, sample, probe):
    evaluate = judge(compare, probe("evaluate_watching_gradients"), "evaluate")
    evaluate(*batch(sample, 12), 6, sample.integer(0, 10**6))


@check(points=1, title="evaluate leaves the model in the mode it came in, training or evaluation")
def test_mode_restored(compare, sample, probe):
    evaluate = judge(compare, probe("evaluate_watching_mode"), "evaluate")
    for mode in ("train", "eval"):
        evaluate(*batch(sample, 12), 6, sample.integer(0, 10**6), mode=mode)


@check(points=0.5, hidden=True, title="a loader without len")
def test_no_length(compare, reference, student, sample, probe):
    seed = sample.integer(0, 10**6)
    judge_train(compare, reference, student, probe, "SGD", 2, *batch(sample, 12), 6, seed, sized=False)
    evaluate = judge(compare, probe("evaluate_once"), "evaluate")
    evaluate(*batch(sample, 12), 6, sample.integer(0, 10**6), mode="eval", sized=False)


@check(points=0.5, hidden=True, title="few and many: no epochs, one, seven; batches of a single sample")
def test_few(compare, reference, student, sample, probe):
    for epochs, rows, size in ((0, 4, 2), (1, 3, 1)):
        seed = sample.integer(0, 10**6)
        judge_train(compare, reference, student, probe, "SGD", epochs, *batch(sample, rows), size, seed, sized=False)
    run, how = ("SGD", 7, *batch(sample, 2), 1), {"dropout": DROPOUT, "sized": False}
    judge_train(compare, reference, student, probe, *run, seed_of_a_rise(reference, probe, sample, *run, **how), **how)
    evaluate = judge(compare, probe("evaluate_once"), "evaluate")
    evaluate(*batch(sample, 3), 1, sample.integer(0, 10**6), mode="eval", sized=False)


@check(
    points=0.5,
    hidden=True,
    title="the steps of train, all at once: dropout, evaluation mode at first, old gradients, a loader that "
    "reshuffles, each optimizer",
)
def test_everything(compare, reference, student, sample, probe):
    for optimizer in OPTIMIZERS:
        everything = {"dropout": DROPOUT, "mode": "eval", "old_gradients": True, "shuffle": True, "judged": "length"}
        seed = sample.integer(0, 10**6)
        judge_train(compare, reference, student, probe, optimizer, 3, *batch(sample, 14), 4, seed, **everything)
