"""The checks of exercise 14. Steps and fits are judged by their numbers, a plot by the points and lines on its axes.

That w and b are still the leaves they were shows in the gradients that they get afterwards. For a fit a right step
stands in, so that an error costs its own step and not those behind it. A fit that has its steps written out is right,
too, if it is what the submission's own step gives from zeros, as long as that is a step: it goes on from where it is.
"""

from __future__ import annotations

from functools import partial

import torch

from grader.checks import CheckFailed, check, fail
from grader.checks.failure import CallFailed
from grader.checks.findings.value import InResult, WrongLength, WrongShape, WrongValue

#: Means of a few products keep fourteen digits in float64.
TEN_DIGITS = {"rtol": 1e-10, "atol": 1e-12, "numpy_scalars": True}
#: For float32, over some dozen steps or through whatever grid of places a line is drawn.
FOUR_DIGITS = {"rtol": 1e-4, "atol": 1e-4}
#: So many draws leave a quarter of their range with a share that is off by more than this once in 10¹⁰ times.
DRAWS, SHARE = 4000, 0.045
LATER = "gradients of 3w + 5b, afterwards"
#: The largest float32 below 1.
BELOW_ONE = 1 - 2**-24


def seed_of(sample):
    return sample.integer(0, 10**9)


def line(sample, n, dtype=torch.float64):
    """A weight [1, 1], a bias 0-d, and samples x, y [n, 1] that are scattered around another line."""
    x = sample(n, 1, low=-1, high=2, dtype=dtype)
    y = 2.5 * x - 1.5 + sample.normal(n, 1, dtype=dtype)
    return sample(1, 1, low=0.5, high=1.5, dtype=dtype), sample(low=0.5, high=1.5, dtype=dtype), x, y


def unsorted(sample, n, low, high):
    """x [n, 1] in float32 with the smallest and the largest somewhere inside, no two of them alike."""
    while True:
        places = sample.permutation(n)
        if {int(places[0]), int(places[-1])}.isdisjoint({0, n - 1}):
            spread = (places + sample(n, low=0.2, high=0.8)) / n
            return (low + (high - low) * spread).float()[:, None]


def plot_of(sample, x, sign):
    """What a plot is made of, in float32: samples, a weight of this sign and a bias that fit them badly."""
    y = 3 * x + 0.8 + sample.normal(len(x), 1, std=0.4, dtype=torch.float32)
    w = sign * sample(1, 1, low=1.2, high=2.2, dtype=torch.float32)
    return x, y, w, -sign * sample(low=0.6, high=1.6, dtype=torch.float32)


def judge_plot(expect, student, probe, scenario, plot, parts):
    """What is on the axes must be the samples, and the model's line; a report shows all of it that was drawn."""
    x, y, w, b = plot
    later = [torch.full((1, 1), 3.0), torch.tensor(5.0)]
    right = {"points drawn": right_points(x, y), "returned": None, "lines drawn": [right_line(x, w, b)], LATER: later}
    right = {part: right[part] for part in parts}
    try:
        expect(probe(scenario), *plot, equals=right, about="plot_fit", **FOUR_DIGITS)
    except CallFailed as failed:
        finding = failed.finding
        if not isinstance(finding, (WrongShape, WrongLength, WrongValue)):
            raise
        part = next((part for part in SHOWN if part in finding.place.path), None)
        if part is None:
            raise
        try:
            rows = student(probe("all_drawn"), *plot)
        except CheckFailed:
            raise failed from None
        if not rows.isfinite().all():
            raise
        texts = SHOWN[part](right[part]), drawn(rows.tolist(), part)
        whole = WrongValue(InResult((part,)), *texts)
        raise CallFailed(failed.call, whole, failed.pattern, failed.picture) from None


def drawn(rows, part):
    """What `all_drawn` found, in words."""
    blocks = {}
    for number, *place in rows:
        blocks.setdefault(int(number), []).append(place)
    blocks.pop(-1, None)
    points = blocks.pop(0, [])
    return SHOWN[part](points if part == "points drawn" else blocks.values())


def places_text(places, between=", "):
    return between.join(f"({float(x):.3g}, {float(y):.3g})" for x, y in places)


def points_text(points):
    return f"[{places_text(points)}]"


def lines_text(lines):
    """Each line by its ends, or, where it is bent, by all of its places."""
    return f"[{', '.join(places_text(line if bent(line) else [line[0], line[-1]], '–') for line in lines)}]"


def bent(line):
    (first_x, first_y), *between, (last_x, last_y) = line
    if last_x == first_x:
        return True
    slope = (last_y - first_y) / (last_x - first_x)
    return any(abs(first_y + slope * (x - first_x) - y) > 1e-3 for x, y in between)


SHOWN = {"points drawn": points_text, "lines drawn": lines_text}


def right_points(x, y):
    points = torch.cat([x, y], dim=1).double().cpu()
    return points[points[:, 0].argsort()]


def right_line(x, w, b):
    places = torch.linspace(float(x.min()), float(x.max()), 5, dtype=torch.float64)
    return torch.stack([places, places * w.item() + b.item()], dim=1)


def judge_fit(expect, student, probe, x, y, lr, steps, right, **tolerance):
    """The right numbers, with a right step standing in or without, or those that follow from the submission's own."""

    def agree(one, other):
        return torch.allclose(one, other, **{key: tolerance[key] for key in ("rtol", "atol")})

    judged = partial(expect, probe("fitted"), x, y, lr, steps, equals=right, about="fit", **tolerance)
    try:
        judged(replace={"step": probe("right_step")})
    except CheckFailed as failed:
        starts = (0.0, y), (0.0, 1 - 2 * y), (0.3, y)
        try:
            found = student(probe("fitted_in_a_row"), x, y, lr, steps)
            if agree(found, row_of(right)):
                judged()
                return
            if not isinstance(failed.finding, WrongValue):
                raise
            own, *others = (student(probe("own_steps"), x, target, lr, steps, start) for start, target in starts)
            if not agree(found, own) or not is_a_step(own, *others, row_of(right)):
                raise
        except CheckFailed:
            raise failed from None


def near(shares, right):
    return all(abs(a - b) < SHARE for a, b in zip(shares, right, strict=True))


def row_of(run):
    """w, b and all losses."""
    return torch.tensor([run["w"].item(), run["b"].item(), *map(float, run["losses"])], dtype=torch.float64)


def is_a_step(own, other_targets, other_start, right):
    """Whether the submission's own steps tell anything of a fit that is made of them: of the right ones' size, they
    come of the targets, and each goes on from where the one before has led."""
    if not own.abs().max() < 1e3 * right.abs().max() or not other_start.isfinite().all():
        return False
    goes_on = (own - other_start)[:2].abs().max() > 1e-4
    return bool((own - other_targets).abs().min() > 1e-6 and own[2:].diff().abs().min() > 1e-9 and goes_on)


@check(points=1, title="make_data: x spread over [0, 1), y = 3x + 0.8; both [n, 1], float32")
def test_make_data(compare, expect, sample, probe):
    call = probe("made"), 40, seed_of(sample)
    x = compare(*call, about="make_data", rtol=0, atol=float("inf"))["x"]
    x = x.clamp(0, BELOW_ONE)
    expect(*call, equals={"x": x, "y": 3 * x + 0.8}, about="make_data")
    # Of one x alone every line through its y is right. 40 uniform numbers lie that close together once in 10¹⁰ times.
    if float(x.max() - x.min()) < 0.5:
        fail("The x that were drawn hardly differ from one another: they should lie all over [0, 1).")


@check(points=1, title="predict: xw + b, of shape [n, 1]")
def test_predict(compare, sample):
    for n in (6, 1):
        w, b, x, _ = line(sample, n)
        compare("predict", x, w, b, **TEN_DIGITS)
    w, b, x, _ = line(sample, 4, dtype=torch.float32)
    compare("predict", x, w, b, **FOUR_DIGITS)


@check(points=1, title="loss: the mean of the squared errors, 0-d")
def test_loss(compare, sample):
    for n in (5, 1):
        compare("loss", sample.normal(n, 1), sample.normal(n, 1, mean=3), **TEN_DIGITS)
    pred, y = (sample.normal(4, 1, mean=mean, dtype=torch.float32) for mean in (0, 3))
    compare("loss", pred, y, **FOUR_DIGITS)


@check(
    points=2, title="step, several times: w and b move in place and stay leaves; the loss before each step is returned"
)
def test_step(compare, sample, probe):
    lrs = [sample.number(0.05, 0.2) for _ in range(3)]
    compare(probe("stepped"), *line(sample, 7), lrs, about="step", **TEN_DIGITS)


@check(points=1, title="step: what w.grad and b.grad held before does not count")
def test_old_gradient(compare, sample, probe):
    old = sample(1, 1, low=1, high=2), sample(low=1, high=2)
    lrs = [sample.number(0.05, 0.2) for _ in range(2)]
    compare(probe("stepped_from_old_gradients"), *line(sample, 7), lrs, *old, about="step", **TEN_DIGITS)


@check(points=1.5, title="fit: w, b and all losses, from zeros (what is wrong in your step does not count here)")
def test_fit(expect, student, reference, sample, probe):
    _, _, x, y = line(sample, 9, dtype=torch.float32)
    lr = sample.number(0.05, 0.2)
    right = reference(probe("fitted"), x, y, lr, 20)
    judge_fit(expect, student, probe, x, y, lr, 20, right, numpy_scalars=True, **FOUR_DIGITS)


@check(points=1.5, title="plot_fit: the samples as n points; nothing is returned")
def test_points(expect, student, sample, probe):
    plot = plot_of(sample, unsorted(sample, 5, 0, 1), 1)
    judge_plot(expect, student, probe, "points_drawn", plot, ("points drawn", "returned"))


@check(points=1.5, title="plot_fit: one straight line, the model's, from the smallest x to the largest")
def test_line(expect, student, sample, probe):
    plot = plot_of(sample, unsorted(sample, 7, 0, 1), 1)
    judge_plot(expect, student, probe, "lines_drawn", plot, ("lines drawn",))


# --- hidden


@check(points=0.5, hidden=True, title="make_data: x is uniform, and only the generator that is handed in decides on it")
def test_chance(compare, expect, student, reference, sample, probe):
    seed = seed_of(sample)
    found = reference(probe("summary"), student(probe("drawn"), DRAWS, seed))
    right = dict(zip(found, ([0.25] * 4, [0.0], [1.0], [0.0]), strict=True))
    if not all(near(found[name], right[name]) for name in right):
        expect(probe("drawn_and_summarised"), DRAWS, seed, equals=right, rtol=0, atol=SHARE, about="make_data")
        fail("The numbers drawn are not what their summary says.")
    compare(probe("drawn_globally_after"), 5, seed, about="make_data")


@check(points=0.5, hidden=True, title="fit: float64 stays float64, and w and b can learn on")
def test_fit_in_float64(compare, expect, student, reference, sample, probe):
    _, _, x, y = line(sample, 6)
    lr = sample.number(0.05, 0.2)
    right = reference(probe("fitted"), x, y, lr, 3)
    judge_fit(expect, student, probe, x, y, lr, 3, right, **TEN_DIGITS)
    compare(probe("used_after_no_step"), x, y, lr, about="fit", **TEN_DIGITS)


@check(points=0.5, hidden=True, title="plot_fit: samples elsewhere, a falling line, and w and b can learn on")
def test_plot_elsewhere(expect, student, sample, probe):
    plot = plot_of(sample, unsorted(sample, 6, -4, -1).sort(dim=0).values, -1)
    judge_plot(expect, student, probe, "plotted", plot, ("points drawn", "lines drawn", LATER))
