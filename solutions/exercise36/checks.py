"""The checks of exercise 36.

What takes seconds is done once, in records.py. What the probes tell in words names mistakes and only ever takes points:
each check judges numbers, too.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F

from grader.checks import check, fail

ACCURACY, SHIFTED_ACCURACY = 0.93, 0.85
#: float32, summed in any order.
RTOL = 1e-4


def images(sample, n):
    return sample(n, 1, 8, 8, dtype=torch.float32)


def labels(sample, n):
    return sample.integers(n, low=0, high=10)


def weights(sample, scale=0.5):
    """Of a linear model, for logits of both signs."""
    return sample.normal(10, 64, std=scale, dtype=torch.float32), sample.normal(10, dtype=torch.float32)


def small_task(record, sample, rows):
    """A start for the watched model, and few digits: dark ones to train on, bright ones to validate.

    The model begins with a large bias for class 0. Among the last images to train on, which are a short batch of their
    own, more are of that class than among the others, so the mean of the batches' means is another number.
    """
    parts = record("digits")
    (x, y), (val_x, val_y) = parts.train, parts.val
    first, others = torch.nonzero(y == 0)[:, 0], torch.nonzero(y != 0)[:, 0]
    short = rows % 64
    few, many = rows // 20, short // 3
    chosen = torch.cat([first[:few], others[: rows - few - many], first[few : few + many]])
    start = sample.normal(10, 64, std=0.02, dtype=torch.float32)
    return start, (0.4 * x[chosen], y[chosen]), (0.4 * val_x[:50] + 0.6, val_y[:50])


def loss_and_accuracy(logits, y):
    logits = logits.double()
    return F.cross_entropy(logits, y).item(), (logits.argmax(dim=1) == y).double().mean().item()


def watched_logits(x, weight, bias):
    """As probes.py has it."""
    x = x.flatten(1).double()
    return 8 * (x - x.mean(dim=1, keepdim=True)) @ weight.double().T + bias.double()


def task(sample, n, scale=0.5, strided=False):
    """A linear model, and n images whose largest logit is so much larger than the others that rounding can't change
    which it is, with labels. strided: the images are views of others."""
    weight, bias = weights(sample, scale)
    x = images(sample, n + 50)
    first, second = (x.flatten(1) @ weight.T + bias).topk(2).values.T
    rows = torch.nonzero(first - second > 1e-2 * scale)[:n, 0]
    x = x[rows].transpose(2, 3).contiguous().transpose(2, 3) if strided else x[rows]
    return weight, bias, x, labels(sample, n)


def within_limits(trained):
    """Accuracy counts for a network and a training of the size that is asked for."""
    counts = trained.counts
    if counts["parameters"] > 20_000:
        fail("Net has {count} parameters; 20000 are allowed.", count=counts["parameters"])
    if counts["convolutions"] < 2:
        fail("Convolutions found in Net: {count}. At least 2 are asked for.", count=counts["convolutions"])
    seen, allowed = counts["images in training mode"], trained.allowed
    if not 0 < seen <= allowed:
        fail(
            "Images that the model was given in training mode: {seen}; allowed: 1 to {allowed}.",
            seen=seen,
            allowed=allowed,
        )


@check(points=1, title="Net: logits [N, 10], at most 20,000 parameters, at least two convolutions")
def test_net(compare, student, sample, probe):
    compare(probe("described"), images(sample, 5), about="Net")
    x, order = images(sample, 6), sample.permutation(6)
    whole, reordered, single = student(probe("logits_of_batches"), x, order, sample.integer(0, 10**6))
    if not torch.allclose(whole[order], reordered, rtol=1e-3, atol=1e-4):
        fail("In another order the same images get other logits; each image's depend on that image alone.")
    if not torch.allclose(whole, single, rtol=1e-3, atol=1e-4):
        fail("By itself an image gets other logits than among others; they depend on that image alone.")
    if torch.allclose(whole[0], whole[1], rtol=1e-5, atol=1e-6):
        fail("Different images get the same logits.")


@check(points=1.5, title="shift: each image moved by up to a pixel in each direction, by itself, zeros coming in")
def test_shift(compare, student, sample, probe):
    x, seed = 0.1 + 0.9 * images(sample, 1000), sample.integer(0, 10**6)
    compare(probe("shifted"), x, seed, about="shift")
    result = student(probe("shift_of"), x, seed)
    if not is_moved(x, result).all():
        fail("Some images of the result are none of the nine that shifting can give.")


def is_moved(x, result):
    """For each image whether its result is it, moved."""
    padded = F.pad(x, (1, 1, 1, 1))
    windows = [padded[:, :, top : top + 8, left : left + 8] for top in range(3) for left in range(3)]
    return torch.stack([(window == result).flatten(1).all(dim=1) for window in windows]).any(dim=0)


def judge_evaluate(compare, probe, scenario, *data, mode):
    compare(probe(scenario), *data, mode, about="evaluate", rtol=RTOL, numpy_scalars=True)


@check(points=1.5, title="evaluate: mean cross-entropy and accuracy over all images, in evaluation mode")
def test_evaluate(compare, sample, probe):
    for n in (70, 10, 129):
        judge_evaluate(compare, probe, "evaluated", *task(sample, n), mode="training")


@check(points=1, title="evaluate keeps the model's mode, parameters and gradients, and builds no graph")
def test_evaluate_keeps(compare, sample, probe):
    for mode in ("training", "evaluation"):
        judge_evaluate(compare, probe, "evaluated_watching", *task(sample, 12), mode=mode)


@check(
    points=1.5,
    title="train: steps in training mode on training images alone, gradients reset, logits into the loss; it reports "
    "what the model left gives",
)
def test_train(compare, record, student, sample, probe):
    given, seed = small_task(record, sample, 150), sample.integer(0, 10**6)
    compare(probe("watched"), *given, 30, seed, about="train")
    judge_small(student(probe("small_training"), *given, 30, seed), *given)


def judge_small(found, start, train, val):
    """The numbers that `train` gave of the watched model, by the parameters that it left."""
    weight, bias = found["weight"], found["bias"]
    (x, y), (val_x, val_y) = train, val
    train_loss, _ = loss_and_accuracy(watched_logits(x, weight, bias), y)
    first_loss, _ = loss_and_accuracy(watched_logits(x, start, 4.0 * (torch.arange(10) == 0)), y)
    if not train_loss < 0.995 * first_loss:
        fail(
            "A small model's loss was {before} before train, and {after} after it.", before=first_loss, after=train_loss
        )
    val_loss, val_accuracy = loss_and_accuracy(watched_logits(val_x, weight, bias), val_y)
    judge_reported(found["returned"], len(val_y), train_loss=train_loss, val_loss=val_loss, val_accuracy=val_accuracy)


def judge_reported(returned, images, **right):
    """An accuracy may be off by one of so many images: by rounding, two logits may change places."""
    for name, value in right.items():
        slack = 1.01 / images if name == "val_accuracy" else 1e-3 * abs(value) + 1e-4
        if not abs(returned[name] - value) <= slack:
            reported, found = f"{returned[name]:.6g}", f"{value:.6g}"
            fail(
                "train reports {name} = {reported}; the model that it left has {found}.",
                name=name,
                reported=reported,
                found=found,
            )


@check(points=2, title="on digits that are held out, with noise, the trained Net is right in at least 93%")
def test_accuracy(record):
    trained = record("training")
    within_limits(trained)
    _, accuracy = loss_and_accuracy(trained.logits["held_out"], trained.held_out[1])
    if accuracy < ACCURACY:
        fail(
            "Right in {percent}% of {count} images; 93% are asked for.",
            percent=percent(accuracy),
            count=len(trained.held_out[1]),
        )


@check(points=2, title="on held-out digits that are shifted by a pixel, it is right in at least 85%")
def test_shifted_accuracy(record):
    trained = record("training")
    within_limits(trained)
    _, accuracy = loss_and_accuracy(trained.moved_logits, trained.moved_labels)
    if accuracy < SHIFTED_ACCURACY:
        fail(
            "Right in {percent}% of {count} shifted images; 85% are asked for. Does train shift the images that it "
            "learns from?",
            percent=percent(accuracy),
            count=len(trained.moved_labels),
        )


def percent(share):
    return f"{100 * share:.1f}"


@check(points=1, title="what train reports of the digits is what the Net that it left gives")
def test_reports(record):
    trained = record("training")
    train_loss, _ = loss_and_accuracy(trained.logits["train"], trained.train[1])
    val_loss, val_accuracy = loss_and_accuracy(trained.logits["val"], trained.val[1])
    images = len(trained.val[1])
    judge_reported(trained.returned, images, train_loss=train_loss, val_loss=val_loss, val_accuracy=val_accuracy)


@check(points=2, title="save, load: in a fresh process, load gives a Net with the same logits, in evaluation mode")
def test_save_and_load(compare, record, sample, probe):
    compare(probe("saved_and_loaded"), images(sample, 5), sample.integer(0, 10**6), "training", about="save, load")
    if not record("training").file:
        fail("save wrote no file of the trained Net, or one of more than 400 KB.")
    logits = record("loading")
    if not torch.allclose(logits.before, logits.after, rtol=1e-4, atol=1e-4):
        fail("The Net that load gives in a fresh process has other logits than the one that was saved.")


@check(points=0.5, hidden=True, title="evaluate: one image, two, many; large logits; images that are views of others")
def test_evaluate_sizes(compare, sample, probe):
    for n, scale in ((1, 0.5), (2, 0.5), (300, 0.5), (33, 100.0)):
        judge_evaluate(compare, probe, "evaluated", *task(sample, n, scale, strided=n == 33), mode="evaluation")


@check(
    points=0.5,
    hidden=True,
    title="shift: a single image, none, and 65, which don't all stay where they are; views of others",
)
def test_shift_few(student, sample, probe):
    for n in (1, 0, 65):
        x = 0.1 + 0.9 * images(sample, n).transpose(2, 3)
        result = student(probe("shift_of"), x, sample.integer(0, 10**6))
        if not is_moved(x, result).all():
            fail("An image of the result is none of the nine that shifting can give.")
    if torch.equal(result, x):
        fail("None of {count} images has moved.", count=n)


@check(points=0.5, hidden=True, title="train: fewer images than a batch, a single step")
def test_train_few(compare, record, student, sample, probe):
    for rows, steps in ((20, 12), (150, 1)):
        given, seed = small_task(record, sample, rows), sample.integer(0, 10**6)
        compare(probe("watched"), *given, steps, seed, about="train")
        judge_small(student(probe("small_training"), *given, steps, seed), *given)


@check(points=0.5, hidden=True, title="train: the same seed gives the same model, and it learns")
def test_same_seed(record, student, sample, probe):
    given, seed = small_task(record, sample, 150), sample.integer(0, 10**6)
    first, second = (student(probe("small_training"), *given, 15, seed) for _ in range(2))
    judge_small(first, *given)
    if not torch.allclose(first["weight"], second["weight"], rtol=1e-3, atol=1e-5):
        fail(
            "Two trainings with generators of the same seed leave different models; gen is to give all random numbers."
        )


@check(points=0.5, hidden=True, title="load runs no code from a file, and gives back what was saved in evaluation mode")
def test_no_code(compare, sample, probe):
    compare(probe("load_a_trap"), sample.integer(2, 10), about="load")
    compare(probe("saved_and_loaded"), images(sample, 3), sample.integer(0, 10**6), "evaluation", about="save, load")
