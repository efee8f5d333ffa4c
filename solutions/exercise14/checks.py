"""The checks of exercise 14. Steps and fits are judged by their numbers, a plot by the points and lines on its axes.

That w and b are still the leaves they were shows in the gradients that they get afterwards. For a fit a right step
stands in, so that an error costs its own step and not those behind it. A fit that has its steps written out is right,
too, if it is what the submission's own step gives from zeros, as long as that is a step: it goes on from where it is.
"""

from __future__ import annotations

import torch

from grader.checks import check, fail

#: Means of a few products keep fourteen digits in float64.
TEN_DIGITS = {"rtol": 1e-10, "atol": 1e-12, "numpy_scalars": True}
#: For float32, over some dozen steps or through whatever grid of places a line is drawn.
FOUR_DIGITS = {"rtol": 1e-4, "atol": 1e-4}
#: So many draws leave a quarter of their range with a share that is off by more than this once in 10¹⁰ times.
DRAWS, SHARE = 4000, 0.045
LATER = "gradients of 3w + 5b, afterwards"
#: What right functions stand in for: first all that a scenario's function may call, then less.
STEP_GIVEN = ("predict loss", "")
FIT_GIVEN = ("predict loss step", "step", "")
PLOT_GIVEN = ("predict", "")
#: What `tried` puts where there is no number.
NOTHING = 1e300
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


def strided(column):
    """Its values, as the first of two columns."""
    return torch.cat([column, column], dim=1)[:, :1]


def plot_of(sample, x, sign):
    """What a plot is made of, in float32: samples, a weight of this sign and a bias that fit them badly."""
    y = 3 * x + 0.8 + sample.normal(len(x), 1, std=0.4, dtype=torch.float32)
    w = sign * sample(1, 1, low=1.2, high=2.2, dtype=torch.float32)
    return x, y, w, -sign * sample(low=0.6, high=1.6, dtype=torch.float32)


def chosen(student, reference, probe, scenario, right, options, *args, **tolerance):
    """The first of the options with which a scenario gives the right numbers; None if none does.

    Options name functions for which right ones stand in, so that an error in those is not counted again.
    """
    wanted = in_a_row(reference, probe, right)

    def fits(given):
        return agree(student(probe("tried"), scenario, given, len(wanted), *args), wanted, **tolerance)

    return next(filter(fits, options), None)


def in_a_row(reference, probe, right):
    return torch.tensor(reference(probe("in_numbers"), right), dtype=torch.float64)


def agree(one, other, *, rtol, atol, **_):
    return torch.allclose(one, other, rtol=rtol, atol=atol)


def judge(expect, student, reference, probe, scenario, options, *args, **tolerance):
    """A scenario's result must be the reference's, with any of the options."""
    right = reference(probe(scenario), options[0], *args)
    given = chosen(student, reference, probe, scenario, right, options, *args, **tolerance)
    about = "step" if scenario.startswith("stepped") else "fit"
    expect(probe(scenario), options[0] if given is None else given, *args, equals=right, about=about, **tolerance)


def judge_plot(expect, student, reference, probe, plot, parts):
    """What is on the axes must be the samples, and the model's line."""
    right = reference(probe("right_plot"), parts, *plot)
    given = chosen(student, reference, probe, "plotted", right, PLOT_GIVEN, parts, *plot, **FOUR_DIGITS)
    given = PLOT_GIVEN[0] if given is None else given
    expect(probe("plotted"), given, parts, *plot, equals=right, about="plot_fit", **FOUR_DIGITS)


def judge_fit(expect, student, reference, probe, *args, **tolerance):
    """The right numbers, or those that follow from the submission's own step. args: x, y, lr, steps."""
    x, y, lr, steps = args
    right = reference(probe("fitted"), "", *args)
    given = chosen(student, reference, probe, "fitted", right, FIT_GIVEN, *args, **tolerance)
    if given is None:
        starts = (y, 0.0), (1 - 2 * y, 0.0), (y, 0.3)
        calls = ("fitted", *args), *(("own_steps", x, target, lr, steps, start) for target, start in starts)
        found, own, *others = (student(probe("tried"), scenario, "", 2 + steps, *rest) for scenario, *rest in calls)
        if agree(found, own, **tolerance) and is_a_step(own, *others, in_a_row(reference, probe, right)):
            return
        given = FIT_GIVEN[0]
    expect(probe("fitted"), given, *args, equals=right, about="fit", **tolerance)


def near(shares, right):
    return all(abs(a - b) < SHARE for a, b in zip(shares, right, strict=True))


def is_a_step(own, other_targets, other_start, right):
    """Whether the submission's own steps tell anything of a fit that is made of them: of the right ones' size, they
    come of the targets, and each goes on from where the one before has led."""
    if not own.abs().max() < 1e3 * right.abs().max() or not other_start.abs().max() < NOTHING:
        return False
    goes_on = (own - other_start)[:2].abs().max() > 1e-4
    early = own[2:6].diff().abs()  # later losses hardly differ any more
    return bool((own - other_targets).abs().min() > 1e-6 and (early > 1e-9).all() and goes_on)


@check(points=1, title="make_data: x spread over [0, 1), y = 3x + 0.8; both [n, 1], float32")
def test_make_data(compare, expect, sample, probe):
    call = probe("made"), 40, seed_of(sample)
    x = compare(*call, about="make_data", rtol=0, atol=float("inf"), effects=True)["x"].clamp(0, BELOW_ONE)
    expect(*call, equals={"x": x, "y": 3 * x + 0.8}, about="make_data")
    # Of one x alone every line through its y is right. 40 uniform numbers lie that close together once in 10¹⁰ times.
    if float(x.max() - x.min()) < 0.5:
        fail("The x that were drawn hardly differ from one another: they should lie all over [0, 1).")
    call = probe("made"), 1, seed_of(sample)
    x = compare(*call, about="make_data", rtol=0, atol=float("inf"))["x"].clamp(0, BELOW_ONE)
    expect(*call, equals={"x": x, "y": 3 * x + 0.8}, about="make_data")


@check(points=1, title="predict: xw + b, of shape [n, 1]")
def test_predict(compare, sample):
    for n in (6, 1, 2, 12):
        compare("predict", sample.normal(n, 1), sample.normal(1, 1), sample.normal(), effects=True, **TEN_DIGITS)
    compare(
        "predict",
        sample.normal(5, 1),
        sample.normal(1, 1),
        sample.normal(),
        gradient=(1, 2),
        effects=True,
        **TEN_DIGITS,
    )
    x, w, b = (
        sample(7, 2, low=-2000, high=2000)[:, :1],
        sample(1, 1, low=-2000, high=-1500),
        sample(low=1500, high=2000),
    )
    compare("predict", x, w, b, effects=True, **TEN_DIGITS)
    w, b, x, _ = line(sample, 4, dtype=torch.float32)
    compare("predict", x, w, b, effects=True, **FOUR_DIGITS)


@check(points=1, title="loss: the mean of the squared errors, 0-d")
def test_loss(compare, sample):
    for n in (5, 1, 2, 12):
        compare("loss", sample.normal(n, 1), sample.normal(n, 1, mean=3), effects=True, **TEN_DIGITS)
    compare("loss", sample.normal(5, 1), sample.normal(5, 1, mean=3), gradient=(0,), effects=True, **TEN_DIGITS)
    pred, y = (sample(7, 2, low=-2000, high=2000)[:, :1] for _ in range(2))
    compare("loss", pred, y, effects=True, **TEN_DIGITS)
    pred, y = (sample.normal(4, 1, mean=mean, dtype=torch.float32) for mean in (0, 3))
    compare("loss", pred, y, effects=True, **FOUR_DIGITS)


@check(
    points=2,
    title="step, several times: w and b move in place and stay leaves; the loss before each step is returned (what is "
    "wrong in your predict and loss does not count here)",
)
def test_step(expect, student, reference, sample, probe):
    for n, dtype, digits in (
        (7, torch.float64, TEN_DIGITS),
        (1, torch.float64, TEN_DIGITS),
        (5, torch.float32, FOUR_DIGITS),
    ):
        args = *line(sample, n, dtype), [sample.number(0.05, 0.2) for _ in range(3)]
        judge(expect, student, reference, probe, "stepped", STEP_GIVEN, *args, **digits)
    # Far from the samples, where gradients are large, and next to them, where the loss is small.
    w, b, x, y = line(sample, 4)
    for target in (1000 * y, x @ w + b + 1e-3 * y):
        args = w, b, strided(x), strided(target), [0.7, 1e-5]
        judge(expect, student, reference, probe, "stepped", STEP_GIVEN, *args, **TEN_DIGITS)


@check(points=1, title="step: what w.grad and b.grad held before does not count")
def test_old_gradient(expect, student, reference, sample, probe):
    old = sample(1, 1, low=1, high=2), sample(low=1, high=2)
    args = *line(sample, 7), [sample.number(0.05, 0.2) for _ in range(2)], *old
    judge(expect, student, reference, probe, "stepped_from_old_gradients", STEP_GIVEN, *args, **TEN_DIGITS)


@check(points=1.5, title="fit: w, b and all losses, from zeros (what is wrong in your step does not count here)")
def test_fit(expect, student, reference, sample, probe):
    for n, steps in ((9, 20), (1, 2), (4, 1)):
        _, _, x, y = line(sample, n, dtype=torch.float32)
        judge_fit(expect, student, reference, probe, x, y, sample.number(0.05, 0.2), steps, **FOUR_DIGITS)
    x = sample(12, 1, dtype=torch.float32)
    judge_fit(expect, student, reference, probe, x, 3 * x + 0.8, sample.number(0.4, 0.6), 60, **FOUR_DIGITS)
    x = sample(6, 1, low=-2000, high=2000, dtype=torch.float32)
    y = 1.5 * x + sample.normal(6, 1, std=500, dtype=torch.float32)
    judge_fit(expect, student, reference, probe, strided(x), strided(y), 1e-7, 3, **FOUR_DIGITS)


@check(points=1.5, title="plot_fit: the samples as n points; nothing is returned")
def test_points(expect, student, reference, sample, probe):
    plot = plot_of(sample, unsorted(sample, 5, 0, 1), 1)
    judge_plot(
        expect, student, reference, probe, plot, ["points drawn", "bent lines drawn", "anything drawn", "returned"]
    )


@check(points=1.5, title="plot_fit: one straight line, the model's, from the smallest x to the largest")
def test_line(expect, student, reference, sample, probe):
    plot = plot_of(sample, unsorted(sample, 7, 0, 1), 1)
    judge_plot(expect, student, reference, probe, plot, ["lines drawn", "anything drawn"])


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
def test_fit_in_float64(expect, student, reference, sample, probe):
    _, _, x, y = line(sample, 6)
    lr = sample.number(0.05, 0.2)
    judge_fit(expect, student, reference, probe, x, y, lr, 3, **TEN_DIGITS)
    for steps in (0, 2):
        judge(expect, student, reference, probe, "used_after_steps", FIT_GIVEN, x, y, lr, steps, **TEN_DIGITS)


@check(points=0.5, hidden=True, title="plot_fit: samples elsewhere, a falling line, and w and b can learn on")
def test_plot_elsewhere(expect, student, reference, sample, probe):
    plot = plot_of(sample, unsorted(sample, 11, -4, -1).sort(dim=0).values, -1)
    judge_plot(expect, student, reference, probe, plot, ["points drawn", "lines drawn", LATER])
