"""The checks of exercise 30.

Where train_step is judged, right losses stand in for those of the submission: an error in a loss costs the checks of
that loss alone. What a probe reports of gradients is judged beside numbers that only right steps give.
"""

from __future__ import annotations

import torch

from grader.checks import check

#: softplus is often cut off: from 20 on PyTorch's own returns x, right to ten digits, with a slope of 1, right to nine.
NINE_DIGITS = {"rtol": 1e-9, "atol": 1e-12}
STEPS = {"rtol": 1e-7, "atol": 1e-8}
#: Large numbers take turns with small ones, so that digits are lost.
FAR_STEPS = {"rtol": 1e-6, "atol": 1e-6}
FOUR_DIGITS = {"rtol": 1e-4, "atol": 1e-4}

#: N and M: both orders, and equal.
SIZES = ((5, 3), (4, 4), (2, 6))


def drawn(draw, accept):
    """The first draw that is accepted."""
    for _ in range(10_000):
        values = draw()
        if accept(*values):
            return values
    raise ValueError("none of 10,000 draws tells mistakes apart")


def logits(sample, n, dtype=torch.float64):
    """Logits of either kind, whose mean is not near 0: softplus(x) and softplus(−x) differ by x."""

    def accept(x):
        return abs(x.mean()) > 0.3 and (len(x) == 1 or x.std() > 0.3)

    return drawn(lambda: (sample(n, low=-6, high=6, dtype=dtype),), accept)[0]


def pair(sample, n, m, dtype=torch.float64):
    """Logits of real and of generated samples, whose means are apart."""

    def accept(real, fake):
        return abs(real.mean() - fake.mean()) > 0.3

    return drawn(lambda: (logits(sample, n, dtype), logits(sample, m, dtype)), accept)


def far(sample, n, most=1000):
    """Logits of 100 to that in size, of either sign, small ones, and 0: softplus has no corner there."""
    signs = torch.tensor([1.0, -1.0, 1.0, -1.0, 0.0], dtype=torch.float64, device=sample.device)
    large = torch.cat([sample(2, low=100, high=700), sample(3, low=0.9 * most, high=most)]) * signs
    return torch.cat([large, logits(sample, n)])


def batches(sample, count, n, m, p, features, noise, dtype=torch.float64):
    """real, z_d, z_g of so many steps, with the steps along the first axis."""
    shapes = (count, n, features), (count, m, noise), (count, p, noise)
    return [sample.normal(*shape, dtype=dtype) for shape in shapes]


def batch(sample, *sizes):
    """real, z_d, z_g of one step."""
    return [block[0] for block in batches(sample, 1, *sizes)]


def judge(compare, probe, scenario, *args, **options):
    """train_step in a scenario, with right losses in the place of the submission's."""
    right = {name: probe(f"right_{name}") for name in ("d_loss", "g_loss")}
    compare(probe(scenario), *args, about="train_step", replace=right, numpy_scalars=True, **{**STEPS, **options})


# --- the losses


@check(points=1, title="d_loss: the mean over real samples plus the mean over generated ones")
def test_d_loss(compare, sample):
    for n, m in SIZES:
        compare("d_loss", *pair(sample, n, m), effects=True, **NINE_DIGITS)


@check(points=1, title="d_loss, g_loss: logits of 0 and up to ±1000, value and gradient")
def test_losses_far(compare, sample):
    # Up to 700 no exponential overflows, and a sigmoid is 1 exactly.
    pairs = [(far(sample, 2, most), far(sample, 4, most)) for most in (700, 1000)]
    for real, fake in (*pairs, (far(sample, 3), logits(sample, 5)), (logits(sample, 5), far(sample, 3))):
        compare("d_loss", real, fake, gradient=True, **NINE_DIGITS)
    for m in (2, 5):
        compare("g_loss", far(sample, m), gradient=True, **NINE_DIGITS)


@check(points=1, title="d_loss: autograd goes through it, to the logits of real and of generated samples")
def test_d_loss_gradient(compare, sample):
    for n, m in SIZES:
        compare("d_loss", *pair(sample, n, m), gradient=True, effects=True, **NINE_DIGITS)


@check(points=1, title="g_loss: the mean of softplus(−fake)")
def test_g_loss(compare, sample):
    for m in (5, 3, 8):
        compare("g_loss", logits(sample, m), effects=True, **NINE_DIGITS)


@check(points=1, title="g_loss: autograd goes through it")
def test_g_loss_gradient(compare, sample):
    for m in (5, 3, 8):
        compare("g_loss", logits(sample, m), gradient=True, effects=True, **NINE_DIGITS)


# --- train_step


@check(
    points=1,
    title="train_step, once: D learns from real and G(z_d), then G from the new D on G(z_g) (what is wrong in your "
    "losses does not count here)",
)
def test_one_step(compare, sample, probe):
    for sizes in ((5, 3, 4, 2, 6), (3, 6, 2, 4, 5)):
        judge(compare, probe, "steps", *batches(sample, 1, *sizes), "SGD", sample.integer(0, 10**6))


@check(
    points=1,
    title="train_step returns the losses of D and of G, each from before its own update (what is wrong in your losses "
    "does not count here)",
)
def test_losses(compare, sample, probe):
    for sizes in ((5, 3, 4, 2, 6), (3, 6, 2, 4, 5)):
        judge(compare, probe, "losses", *batch(sample, *sizes), "SGD", sample.integer(0, 10**6), **NINE_DIGITS)


@check(
    points=1,
    title="train_step: the step of D is right, and no gradient reaches G in it (what is wrong in your losses does not "
    "count here)",
)
def test_detached(compare, sample, probe):
    for sizes in ((4, 6, 5, 3, 2), (5, 2, 3, 4, 6)):
        judge(compare, probe, "step_of_d", *batch(sample, *sizes), "SGD", sample.integer(0, 10**6))


@check(
    points=1,
    title="train_step, three times, with momentum: each update follows the gradients of its own loss alone (what is "
    "wrong in your losses does not count here)",
)
def test_three_steps(compare, sample, probe):
    blocks = batches(sample, 3, 5, 3, 4, 2, 6)
    judge(compare, probe, "steps", *blocks, "SGD with momentum", sample.integer(0, 10**6))


@check(
    points=1,
    title="train_step puts both networks into training mode: the losses are those of that mode (what is wrong in your "
    "losses does not count here)",
)
def test_train_mode(compare, sample, probe):
    for sizes in ((4, 3, 5, 3, 2), (3, 5, 3, 2, 4)):
        judge(
            compare,
            probe,
            "losses",
            *batch(sample, *sizes),
            "SGD",
            sample.integer(0, 10**6),
            mode="eval",
            **NINE_DIGITS,
        )


@check(
    points=0.5,
    title="train_step: gradients that were there before don't count (what is wrong in your losses does not count here)",
)
def test_old_gradients(compare, sample, probe):
    blocks = batches(sample, 2, 3, 4, 2, 2, 3)
    judge(compare, probe, "steps", *blocks, "SGD", sample.integer(0, 10**6), old_gradients=True)


# --- hidden


@check(points=0.5, hidden=True, title="one sample; all sizes equal; views of larger tensors")
def test_few(compare, sample, probe):
    compare("d_loss", *pair(sample, 1, 1), gradient=True, **NINE_DIGITS)
    compare("g_loss", logits(sample, 1), gradient=True, **NINE_DIGITS)
    real, fake = (torch.stack([values, values], dim=1)[:, 0] for values in pair(sample, 6, 3))
    compare("d_loss", real, fake, gradient=True, **NINE_DIGITS)
    compare("g_loss", real, **NINE_DIGITS)
    for sizes in ((1, 1, 1, 2, 3), (3, 3, 3, 3, 3)):
        views = [values.T.contiguous().T for values in batch(sample, *sizes)]
        judge(compare, probe, "losses", *views, "SGD", sample.integer(0, 10**6), **NINE_DIGITS)
        judge(compare, probe, "steps", *(view[None] for view in views), "SGD", sample.integer(0, 10**6))


@check(points=0.5, hidden=True, title="float32 in, float32 out; tensors and networks of another device")
def test_float32(compare, sample, probe):
    for device in ({}, {"twin": True}):
        options = {**FOUR_DIGITS, **device}
        compare("d_loss", *pair(sample, 5, 3, dtype=torch.float32), **options)
        compare("g_loss", logits(sample, 4, dtype=torch.float32), **options)
        blocks = batches(sample, 1, 4, 3, 5, 2, 3, dtype=torch.float32)
        judge(compare, probe, "steps", *blocks, "SGD", sample.integer(0, 10**6), **options)


@check(points=0.5, hidden=True, title="train_step with samples in the hundreds, and logits that are larger still")
def test_large(compare, sample, probe):
    for sizes in ((5, 4, 3, 2, 3), (4, 4, 2, 3, 2)):
        real, z_d, z = batches(sample, 1, *sizes)
        # Of noise and its negative one has a large negative logit, whatever the networks are.
        z_g = 100 * torch.cat([z, -z], dim=1)
        judge(compare, probe, "steps", 300 * real, z_d, z_g, "SGD", sample.integer(0, 10**6), **FAR_STEPS)
