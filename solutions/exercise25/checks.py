"""The checks of exercise 25.

An error in soft_threshold costs its own checks only: in ista_step a right one stands in. Uniform numbers keep away from
the probabilities that they are compared with, and inputs on which a typical mistake is right by luck are drawn again.
"""

from __future__ import annotations

from functools import partial

import torch

from grader.checks import check

#: Sums of a few products keep fourteen digits in float64; what went through float32 on the way keeps seven.
TEN_DIGITS = {"rtol": 1e-10, "atol": 1e-12}
#: Numbers in the thousands that are nearly cancelled.
LARGE = {"rtol": 1e-9, "atol": 1e-7}
#: The same in float32, and chains of products of numbers near 1.
FLOAT32 = {"rtol": 1e-4, "atol": 1e-5}


def drawn(draw, accept):
    """The first draw that is accepted."""
    for _ in range(10_000):
        values = draw()
        if accept(*values):
            return values
    raise ValueError("none of 10,000 draws tells mistakes apart")


def network(sample, n, d, h, far=1.0):
    """x, W1, b1, W2, b2; no bias is near 0. far: the size of x and of b2."""
    signs = 2 * sample.integers(h + d, low=0, high=2) - 1
    b1, b2 = (signs * sample(h + d, low=0.5, high=1.5)).split([h, d])
    return far * sample.normal(n, d), sample.normal(h, d), b1, sample.normal(d, h), far * b2


def around(sample, t, *shape):
    """Entries of both signs, some beyond t and some nearer to 0, at least two of each kind."""

    def accept(z):
        return all(int(zone.sum()) >= 2 for zone in (z > t, (z > 0) & (z < t), (z < 0) & (z > -t), z < -t))

    (z,) = drawn(lambda: (sample.normal(*shape, std=1.5 * t),), accept)
    return z


def sparse_code(sample, n, d, k, lam=0.8, lr=0.15, far=1.0):
    """z, with some zeros, x, A, lam and lr. After the step there are entries of both signs and zeros, at least two of
    each; so there are if the threshold is lam. far: the size of z, x and lam."""

    def draw():
        kept = sample.integers(n, k, low=0, high=3) > 0
        return 2 * kept * sample.normal(n, k), 2 * sample.normal(n, d), sample.normal(k, d)

    def accept(z, x, A):
        moved = z - lr * (z @ A - x) @ A.T
        zones = (moved > lam, moved < -lam, moved.abs() < lr * lam, (moved.abs() > lr * lam) & (moved.abs() < lam))
        return all(int(zone.sum()) >= 2 for zone in (*zones, z == 0))

    z, x, A = drawn(draw, accept)
    return far * z, far * x, A, far * lam, lr


def machine(sample, n, d, h, large=1.0, rare=False):
    """v, W, b, c, uh, uv. v′ is another one if means take the place of draws or ½ that of the uniform numbers, if a
    comparison is the other way round, a bias left out, W or a matrix of uniform numbers exchanged where the shapes
    allow it. large: a factor of the weights of the first hidden unit; one of its sums is as large.
    rare: probabilities of hidden units are near 10⁻⁷."""

    def draw():
        v, uh, uv = sample.integers(n, d, low=0, high=2).double(), sample(n, h), sample(n, d)
        W, b, c = sample.normal(h, d), sample.normal(d), sample.normal(h)
        W[0] *= large
        return v, W, b, c - 17 * rare, uh, uv

    def accept(v, W, b, c, uh, uv):
        if large > 1 and (v @ W.T).max() < large:
            return False
        return clear(v, W, b, c, uh, uv) and (rare or n * d * h < 13 or tells(v, W, b, c, uh, uv))

    return drawn(draw, accept)


def first_half(v, W, b, c, uh):
    """The probabilities of h, and those of v′ by what is taken for h."""
    p = torch.sigmoid(v @ W.T + c)
    return p, lambda hidden: torch.sigmoid(hidden @ W + b)


def clear(v, W, b, c, uh, uv):
    """Whether no uniform number is near to what it is compared with."""
    p, visible = first_half(v, W, b, c, uh)
    q = visible((uh < p).double())
    return bool((uh - p).abs().min() > 1e-3 and (uv - q).abs().min() > 1e-3)


def tells(v, W, b, c, uh, uv):
    p, visible = first_half(v, W, b, c, uh)
    h = (uh < p).double()
    q = visible(h)
    others = [uv < visible(other) for other in (p, (p > 0.5).double(), 1 - h)]
    others += [q > 0.5, uv > q, uv < torch.sigmoid(h @ W)]
    others += [uv < visible((uh < torch.sigmoid(v @ W.T)).double())]
    if v.shape == h.shape:
        others += [uh < q, uv < visible((uv < p).double())]
    if v.shape[1] == h.shape[1]:
        others += [uv < torch.sigmoid(h @ W.T + b), uv < torch.sigmoid(h @ W + c)]
        others += [uv < visible((uh < torch.sigmoid(v @ W + c)).double())]
        others += [uv < visible((uh < torch.sigmoid(v @ W.T + b)).double())]
    drawn_visible = uv < q
    varied = all(0 < column.sum() < len(v) for column in v.T) if len(v) > 3 else True
    return varied and all(bool((other != drawn_visible).sum() >= 2) for other in others)


def in_float32(values):
    return [value.float() if isinstance(value, torch.Tensor) else value for value in values]


def turned(*values):
    """The same tensors, in memory column by column."""
    return [value.T.contiguous().T if getattr(value, "ndim", 0) == 2 else value for value in values]


@check(
    part="autoencoder",
    points=1.5,
    title="autoencoder_loss: the mean over all entries of (x̂ − x)², f on the hidden layer only",
)
def test_loss(compare, sample, probe):
    for f, n, d, h in (("tanh", 5, 4, 3), ("softplus", 3, 5, 2), ("cosine", 2, 3, 6)):
        compare("autoencoder_loss", *network(sample, n, d, h), probe(f), effects=f == "tanh", **TEN_DIGITS)


@check(part="autoencoder", points=1, title="autoencoder_loss: autograd goes through it, to x, both W and both b")
def test_gradient(compare, sample, probe):
    for f, n, d, h in (("tanh", 4, 5, 3), ("softplus", 3, 2, 4), ("cosine", 3, 3, 3)):
        args = *network(sample, n, d, h), probe(f)
        compare("autoencoder_loss", *args, gradient=True, effects=f == "tanh", **TEN_DIGITS)


@check(
    part="autoencoder",
    points=0.75,
    hidden=True,
    title="autoencoder_loss: N = D = H; one sample, one unit; views; large x; float32",
)
def test_loss_sizes(compare, sample, probe):
    loss = partial(compare, "autoencoder_loss")
    loss(*network(sample, 4, 4, 4), probe("tanh"), **TEN_DIGITS)
    for f, n, d, h in (("softplus", 1, 3, 2), ("tanh", 4, 1, 3), ("cosine", 3, 4, 1), ("softplus", 1, 1, 1)):
        loss(*network(sample, n, d, h), probe(f), **TEN_DIGITS)
    loss(*turned(*network(sample, 3, 4, 2)), probe("softplus"), **TEN_DIGITS)
    loss(*network(sample, 3, 4, 2, far=3000.0), probe("tanh"), gradient=True, **TEN_DIGITS)
    loss(*in_float32(network(sample, 5, 3, 4)), probe("softplus"), gradient=True, **FLOAT32)


@check(
    part="sparse", points=1, title="soft_threshold: entries move towards 0 by t, those of either sign, and stop at 0"
)
def test_soft(compare, sample):
    for t, shape in ((0.75, (12,)), (2.5, (4, 5)), (300.0, (20,))):
        compare("soft_threshold", around(sample, t, *shape), t, effects=t < 1, **TEN_DIGITS)


@check(
    part="sparse",
    points=1,
    title="soft_threshold: 0 where |z| ≤ t, also for z = 0 and |z| = t; and t = 0 changes nothing",
)
def test_soft_zero(compare, sample):
    t = sample.choice((0.75, 1.25, 1.5, 1.75))
    multiples = [0, 1, -1, 0.5, -0.5, 1.5, -1.5, 2, -2, 3.5, -3.5]
    ties = t * torch.tensor(multiples, dtype=torch.float64, device=sample.device)
    compare("soft_threshold", ties[sample.permutation(11)], t, **TEN_DIGITS)
    compare("soft_threshold", ties[sample.permutation(11)], 0.0, identity=True, **TEN_DIGITS)


@check(
    part="sparse",
    points=1.5,
    title="ista_step: a step against the gradient, then a threshold of lr·lam (what is wrong in your soft_threshold "
    "does not count here)",
)
def test_ista(compare, sample, probe):
    stand_in = {"soft_threshold": probe("right_soft_threshold")}
    for n, d, k in ((5, 3, 4), (3, 4, 6), (6, 5, 2)):
        compare("ista_step", *sparse_code(sample, n, d, k), replace=stand_in, effects=n == 5, **TEN_DIGITS)


@check(part="sparse", points=0.5, hidden=True, title="soft_threshold: any shape, views, float32")
def test_soft_shapes(compare, sample):
    z = around(sample, 0.5, 4, 6)
    for view in (z.T, z[:, ::2], z.reshape(2, 3, 4), z[1:2], z[:, :1], z[0, 0], z[1, 3], z[:0], z[:0].reshape(3, 0, 2)):
        compare("soft_threshold", view, 0.5, **TEN_DIGITS)
    compare("soft_threshold", z.float(), 0.5)


@check(
    part="sparse",
    points=0.75,
    hidden=True,
    title="ista_step: N = D = K; one sample, one atom; lam = 0; views; large numbers; float32",
)
def test_ista_sizes(compare, sample, probe):
    step = partial(compare, "ista_step", replace={"soft_threshold": probe("right_soft_threshold")})
    step(*sparse_code(sample, 5, 5, 5, lr=0.1), **TEN_DIGITS)
    for n, d, k in ((1, 3, 2), (2, 1, 3), (3, 4, 1), (1, 1, 1)):
        step(sample.normal(n, k), sample.normal(n, d), sample.normal(k, d), 0.2, 0.3, **TEN_DIGITS)
    z, x, A, _, lr = sparse_code(sample, 4, 3, 5)
    step(z, x, A, 0.0, lr, **TEN_DIGITS)
    step(*turned(*sparse_code(sample, 4, 3, 5)), **TEN_DIGITS)
    step(*sparse_code(sample, 4, 5, 3, far=2000.0), **LARGE)
    step(*in_float32(sparse_code(sample, 3, 4, 5)), **FLOAT32)


@check(part="rbm", points=1.5, title="rbm_cd1: dW, the direction of the weights")
def test_rbm_weights(compare, sample, probe):
    for n, d, h in ((5, 4, 3), (4, 6, 5), (7, 3, 4)):
        args = machine(sample, n, d, h)
        compare(probe("weights_part"), *args, about="rbm_cd1", effects=n == 5, **TEN_DIGITS)


@check(
    part="rbm",
    points=1,
    title="rbm_cd1: db and dc, the directions of the biases (what is wrong in dW alone does not count here)",
)
def test_rbm_biases(compare, sample, probe):
    for n, d, h in ((5, 3, 4), (6, 5, 3)):
        args = machine(sample, n, d, h)
        compare(probe("biases_part"), *args, about="rbm_cd1", effects=n == 5, **TEN_DIGITS)


@check(part="rbm", points=0.75, title="rbm_cd1: weights of up to some thousands, so that some probabilities are 0 or 1")
def test_rbm_saturated(compare, sample):
    for n, d, h in ((6, 5, 4), (5, 6, 3)):
        compare("rbm_cd1", *machine(sample, n, d, h, large=1000.0), **TEN_DIGITS)


@check(
    part="rbm",
    points=0.75,
    hidden=True,
    title="rbm_cd1: N = D = H; one sample, one unit; tiny probabilities; views; float32",
)
def test_rbm_sizes(compare, sample):
    cd1 = partial(compare, "rbm_cd1")
    for n, d, h in ((4, 4, 4), (6, 4, 4)):
        cd1(*machine(sample, n, d, h), **TEN_DIGITS)
    for n, d, h in ((1, 3, 2), (3, 1, 2), (4, 3, 1), (1, 1, 1)):
        cd1(*machine(sample, n, d, h), **TEN_DIGITS)
    cd1(*machine(sample, 5, 4, 3, rare=True), **TEN_DIGITS)
    cd1(*turned(*machine(sample, 5, 3, 4)), **TEN_DIGITS)
    cd1(*in_float32(machine(sample, 4, 3, 5)), **FLOAT32)
