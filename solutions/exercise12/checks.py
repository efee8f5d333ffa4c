"""The checks of exercise 12. What is right comes from PyTorch's autograd, on the trusted side.

Gradients are looked at in the order of the backward pass, b2, W2, b1, W1. The steps are judged with all sizes equal,
where a transposed matrix stops no later step; a step that is right from where the submission's own values stood is
right, so that an error costs its own step and not those behind it. That holds for values from which a step is as hard
as from the right ones: of the right values' size, made from the inputs, with a softmax and a ReLU that matter; and not
behind values of which that is not so.
"""

from __future__ import annotations

import numpy as np
import torch
from torch.nn.functional import cross_entropy

from grader.checks import check

BACKWARD_ORDER = ("b2", "W2", "b1", "W1")
#: What leads from one to the next.
REACHED = ("hidden", "logits", "b2", "b1")

#: Sums of a few products keep fourteen digits in float64; a difference quotient does not reach ten.
TEN_DIGITS = {"rtol": 1e-10, "atol": 1e-12}


def network(params, x):
    return torch.relu(x @ params["W1"].T + params["b1"]) @ params["W2"].T + params["b2"]


def by_autograd(params, x, y):
    """The gradients of all parameters, NumPy in and out, in the order of the backward pass."""
    leaves = {name: torch.from_numpy(value).requires_grad_() for name, value in params.items()}
    total = cross_entropy(network(leaves, torch.from_numpy(x)), torch.from_numpy(y))
    found = torch.autograd.grad(total, [leaves[name] for name in BACKWARD_ORDER])
    return {name: gradient.numpy() for name, gradient in zip(BACKWARD_ORDER, found, strict=True)}


def loss_of(logits, y):
    return cross_entropy(torch.from_numpy(logits), torch.from_numpy(y)).item()


def step_by_autograd(name, params, x, y, own):
    """One parameter's gradient, from the submission's own values; b2's in any batch, the others in one of equal rows.

    There every row has the same share of `own["b2"]`, which is the gradient of the logits summed over the batch, and
    of `own["b1"]`, which is that of the pre-activations. The biases are in `own` already, so the leaf, a change of the
    parameter, is 0; the products are linear in it.
    """
    own, weights = ({key: torch.from_numpy(value) for key, value in values.items()} for values in (own, params))
    leaf = torch.zeros_like(weights[name], requires_grad=True)
    match name:
        case "b2":
            output, upstream = cross_entropy(own["logits"] + leaf, torch.from_numpy(y)), torch.ones(())
        case "W2":
            output, upstream = own["hidden"] @ leaf.T, own["b2"] / len(x)
        case "b1":
            output, upstream = torch.relu(own["hidden"] + leaf) @ weights["W2"].T, own["b2"] / len(x)
        case _:
            output, upstream = torch.from_numpy(x) @ leaf.T, own["b1"] / len(x)
    return torch.autograd.grad(output, leaf, upstream.expand_as(output))[0].numpy()


def array(tensor):
    return tensor.cpu().numpy()


def alternating(even, odd):
    """Six numbers, one per row of a batch."""
    return array(torch.tensor([even, odd] * 3, dtype=torch.float64))


def draw_params(sample, d, h, c):
    shapes = {"W1": (h, d), "b1": (h,), "W2": (c, h), "b2": (c,)}
    return {name: array(sample.normal(*shape)) for name, shape in shapes.items()}


def draw(sample, n, d, h, c):
    """Parameters, none of them 0, inputs and labels."""
    return draw_params(sample, d, h, c), array(sample.normal(n, d)), array(sample.integers(n, low=0, high=c))


def thousandfold(params, x, y, names=("W1", "b1", "W2", "b2")):
    """The same, with numbers in the thousands in the parameters that are named."""
    return {**params, **{name: 3000 * params[name] for name in names}}, x, y


def all_equal(sample):
    n = sample.integer(5, 8)
    return draw(sample, n, n, n, n)


def all_different(sample):
    return draw(sample, *(int(size) for size in 3 + sample.permutation(5)[:4]))


def gentle(sample, n):
    """All sizes n, and parameters so small that no softmax is nearly that of the largest logit alone. Biases of either
    sign, so that hardly a row has only negative logits: whoever cuts those off would have none left."""
    params, x, y = draw(sample, n, n, n, n)
    params["b2"] = abs(params["b2"]) * [1 - 2 * (place % 2) for place in range(n)]
    return {name: value / (4 if name == "W2" else 2) for name, value in params.items()}, x, y


def equal_rows(params, x, y, own_hidden):
    """Batches of three times one row, with each class as its label: first the row whose active hidden units, right and
    the submission's own, are nearest to half of all, then the next three. The last are rows with no active unit, where
    W2, b1 and W1 have a gradient of 0."""
    active = [(hidden > 0).mean(axis=1) for hidden in (x @ params["W1"].T + params["b1"], own_hidden)]
    far = abs(active[0] - 0.5) + abs(active[1] - 0.5) + (active[0] == 0)
    rows, classes = far.argsort()[:4], len(params["b2"])
    return [(params, x[[row] * 3], (y[[row] * 3] + turn) % classes) for row in rows for turn in range(classes)]


def tells(key, own, elsewhere, right):
    """Whether a submission's own values tell anything of what it does with them: they come of the inputs, so that
    other inputs give others, they are of the right values' size, and the softmax of logits is not nearly 0 and 1."""
    size = abs(own).max()
    if not 1e-3 < size / abs(right).max() < 1e3 or abs(own - elsewhere).max() < 1e-3 * size:
        return False
    return key != "logits" or bool((1 - torch.from_numpy(own).softmax(dim=1).amax(dim=1)).mean() > 1e-3)


def where_it_stood(name, student, reference, sample, probe, batch):
    """A batch to judge the step on, and from which values. Whoever has reached nothing that tells of it must get it
    right from the right values; and so behind such values."""
    # b2's gradient follows from the logits alone. In equal rows an error that mixes up rows would not show.
    choice = [batch] if name == "b2" else equal_rows(*batch, student(probe("reached"), *batch)["hidden"])
    params, x, _ = gentle(sample, len(batch[1]))
    tried = []
    for rows in choice:  # of one label a gradient may be 0
        others = params, x if name == "b2" else x[[0] * 3], (rows[2] + 1) % len(x)
        right, own = reference(probe("reached"), *rows), student(probe("reached"), *rows)
        elsewhere = student(probe("reached"), *others)
        known = [tells(key, own[key], elsewhere[key], right[key]) for key in REACHED]
        tried.append((rows, own, right, known))
        if all(known):
            break
    # Where no batch tells of all, the first has the most active units.
    rows, own, right, known = tried[-1] if all(known) else tried[0]
    found = {key: own[key] if all(known[: place + 1]) else right[key] for place, key in enumerate(REACHED)}
    if name == "b1" and (found["hidden"] > 0).all():
        found["hidden"] = right["hidden"]
    return rows, found, right


def agree(student, probe, name, batch, expected, digits):
    """Whether this is the submission's gradient; nothing is judged by that."""
    return np.allclose(student(probe("numbers"), name, *batch), expected, **digits)


def cases_of(name, student, reference, sample, probe):
    """What to judge the step on, batches and gradients with their tolerances, and whether it is right there: from
    right values, or else from those that the submission itself has reached. Settled before anything is judged."""
    batch = gentle(sample, sample.integer(5, 8))
    at_first = [(batch, by_autograd(*batch)[name], TEN_DIGITS)]
    if agree(student, probe, name, *at_first[0]):
        return at_first, True
    rows, own, right = where_it_stood(name, student, reference, sample, probe, batch)
    expected = step_by_autograd(name, *rows, own)
    if not expected.any():
        expected = step_by_autograd(name, *rows, right)
    digits = {"rtol": 1e-10, "atol": 1e-12 * min(1, abs(expected).max())}
    own_values = [(rows, expected, digits)]
    if agree(student, probe, name, *own_values[0]):
        return own_values, True
    # What is expected from its own values tells the learner more; the right ones tell more of a mistake.
    return at_first if all(np.allclose(own[key], right[key]) for key in REACHED) else own_values + at_first, False


def judge_cases(name, cases, expect, probe):
    for batch, expected, digits in cases:
        expect(probe("gradient"), name, *batch, equals=expected, about="backward", **digits)


def judge_step(name, expect, student, reference, sample, probe):
    """The gradient must be right from right values, or else from those that the submission itself has reached."""
    judge_cases(name, cases_of(name, student, reference, sample, probe)[0], expect, probe)


def some_step(expect, student, reference, sample, probe):
    """One of the steps is right; else the first is what failed. Zeros have the right shapes, too."""
    judged = None
    for name in BACKWARD_ORDER:
        cases, right = cases_of(name, student, reference, sample, probe)
        if right or judged is None:
            judged = name, cases
        if right:
            break
    judge_cases(*judged, expect, probe)


@check(points=1.5, title="forward: the logits, and a cache beside them")
def test_forward(expect, compare, sample, probe):
    # First the sizes where a transposed matrix raises nothing: values tell more about a mistake than a ValueError.
    single = draw(sample, 1, 4, 5, 3), draw(sample, 3, 1, 1, 1)
    for params, x, _ in (all_equal(sample), all_different(sample), *single, thousandfold(*all_different(sample))):
        logits = network({name: torch.from_numpy(value) for name, value in params.items()}, torch.from_numpy(x))
        expect(probe("logits_of"), params, x, equals=(logits.numpy(), None), about="forward", **TEN_DIGITS)
    params, x, _ = all_different(sample)
    compare(probe("logits_of"), params, np.asfortranarray(x), effects=True, about="forward", **TEN_DIGITS)


@check(points=1.5, title="loss: the mean cross-entropy, one number")
def test_loss(expect, sample):
    for n, c in ((4, 4), (7, 3), (3, 6), (1, 5), (2, 1)):
        logits, y = array(sample(c, n, low=-2, high=2)).T, array(sample.integers(n, low=0, high=c))
        expect("loss", logits, y, equals=loss_of(logits, y), numpy_scalars=True, **TEN_DIGITS)


@check(
    points=0.5,
    title="backward: a dict with the keys and shapes of params, and at least one of the four steps is right "
    "(all of them "
    "come next)",
)
def test_shapes(expect, student, reference, sample, probe):
    for batch in (all_different(sample), draw(sample, 1, 4, 5, 3)):
        expect(probe("gradients"), *batch, equals=by_autograd(*batch), rtol=0, atol=float("inf"), about="backward")
    some_step(expect, student, reference, sample, probe)


@check(points=1.5, title="step 1: the gradient of b2")
def test_b2(expect, student, reference, sample, probe):
    judge_step("b2", expect, student, reference, sample, probe)


@check(points=1, title="step 2: the gradient of W2 (what is wrong before it does not count here)")
def test_w2(expect, student, reference, sample, probe):
    judge_step("W2", expect, student, reference, sample, probe)


@check(
    points=1.5,
    title="step 3: back through W2 and the ReLU, to the gradient of b1 (what is wrong before it does not count here)",
)
def test_b1(expect, student, reference, sample, probe):
    judge_step("b1", expect, student, reference, sample, probe)


@check(points=1, title="step 4: the gradient of W1 (what is wrong before it does not count here)")
def test_w1(expect, student, reference, sample, probe):
    judge_step("W1", expect, student, reference, sample, probe)


@check(points=1, title="all gradients together: sizes all different, then all equal")
def test_all_gradients(expect, compare, sample, probe):
    for batch in (all_different(sample), all_equal(sample)):
        expect(probe("gradients"), *batch, equals=by_autograd(*batch), about="backward", **TEN_DIGITS)
    params, x, y = all_different(sample)
    compare(probe("gradients"), params, np.asfortranarray(x), y, about="backward", effects=True, **TEN_DIGITS)


@check(points=0.75, title="loss: finite and right for logits near ±1000")
def test_large_logits(expect, sample, probe):
    y, near = array(sample.integers(6, low=0, high=4)), array(sample.normal(6, 4))
    label_far_below = near.copy()
    label_far_below[0, y[0]] -= 1000
    # In one call: where a mistake shows, and where it doesn't, tells which it is.
    labels_far_below = near.copy()
    labels_far_below[np.arange(6), y] -= 3000
    shifts = alternating(-1000, 1000), alternating(-3000, 3000)
    batches = [near, near + 1000, near - 1000, label_far_below, *(near + shift[:, None] for shift in shifts)]
    batches += [labels_far_below, 0 * near]
    expect(
        probe("losses"), batches, y, equals=[loss_of(logits, y) for logits in batches], about="loss", numpy_scalars=True
    )


@check(points=0.75, title="backward: finite and right for logits near ±1000")
def test_large_gradients(expect, sample, probe):
    params, x, y = draw(sample, 6, 3, 5, 4)
    # All units are active, so that a NaN meets no mask. The first hands the first input on, with the same weight to
    # every class: that shifts all logits of a row.
    params = {**params, "W1": abs(params["W1"]), "b1": abs(params["b1"]), "b2": params["b2"] - 3000}
    params["W1"][0], params["W1"][1:, 0], params["b1"][0], params["W2"][:, 0] = [1, 0, 0], 0, 0, 1
    shifts = alternating(3000, 3000), alternating(4000, 4000), alternating(500, 6000)
    batches = [abs(x) + shift[:, None] * [1, 0, 0] for shift in shifts]
    expect(
        probe("gradients_of_batches"),
        params,
        batches,
        y,
        equals=[by_autograd(params, batch, y) for batch in batches],
        about="backward",
    )


@check(points=0.25, hidden=True, title="a batch of one; one input and one hidden unit")
def test_one_sample(expect, sample, probe):
    params, x, y = draw(sample, 4, 1, 1, 2)
    active = {**params, "b1": abs(params["b1"])}, abs(x) * params["W1"][0, 0], y
    for batch in (draw(sample, 1, 4, 6, 3), active, thousandfold(*all_different(sample), ["W2"])):
        expect(probe("gradients"), *batch, equals=by_autograd(*batch), about="backward")


@check(points=0.5, hidden=True, title="pre-activations of exactly 0, and a unit that is 0 for the whole batch")
def test_zeros(expect, sample, probe):
    params, _, y = draw(sample, 6, 4, 8, 3)
    x, weight = (array(sample.integers(*shape, low=-3, high=4).double()) for shape in ((6, 4), (8, 4)))
    # Whole numbers: every order of summation gives exactly 0.
    params["W1"], params["b1"] = weight, -(weight @ x[0])
    params["b1"][-1] = -1000
    expect(probe("gradients"), params, x, y, equals=by_autograd(params, x, y), about="backward")


@check(points=0.25, hidden=True, title="two networks go forward before the first goes backward")
def test_two_networks(expect, sample, probe):
    first, second = draw(sample, 4, 3, 6, 5), draw(sample, 7, 3, 6, 5)
    expect(probe("two_networks"), *first, *second, equals=[by_autograd(*first), by_autograd(*second)], about="forward")
