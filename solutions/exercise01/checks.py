"""The checks of exercise 01.

The functions f differ in what they let through: the identity shows z itself; z² + 1 shows where f is applied, and how
often; |z| is the same for z and −z, and applied twice. So each check notices an error that the others don't.
"""

from __future__ import annotations

import torch

from grader.checks import check

#: Sums of a few products keep fourteen digits in float64; what went through float32 on the way keeps seven.
TEN_DIGITS = {"rtol": 1e-10, "atol": 1e-12}


def signs(sample, *shape):
    return 2 * sample.integers(*shape, low=0, high=2) - 1


def draw(sample, d, sign):
    """A neuron whose products aᵢwᵢ all have the given sign, so that z is never near 0."""
    a = sample(d, low=0.5, high=1.5) * signs(sample, d)
    return a, sign * a.sign() * sample(d, low=0.5, high=1.5), sample(low=0.2, high=0.4)


def draw_batch(sample, n, m, d, dtype=torch.float64):
    """Inputs [N, D], weights [M, D] and biases [M], no number near 0."""
    shapes = (n, d), (m, d), (m,)
    return [sample(*shape, low=0.5, high=1.5, dtype=dtype) * signs(sample, *shape) for shape in shapes]


def draw_spread(sample, n, m, d):
    """A batch of numbers from a millionth to a thousand, the largest of either sign, and a 0; each product is positive.
    A and W are transposes of matrices."""
    numbers, sign = 10 ** sample(d, n, low=-6, high=3), signs(sample, d, 1)
    numbers[1:3], numbers[0, 0] = sample(2, n, low=900, high=1000), 0
    sign[1], sign[2] = 1, -1
    b = sample(m, low=800, high=900)
    b[1::2] *= -1
    return (numbers * sign).T, (sample(d, m, low=0.5, high=1.5) * sign).T, b


@check(points=1.5, title="neuron: the weighted sum of the inputs, plus the bias, when f(z) = z")
def test_weighted_sum(compare, sample, probe):
    for d, sign in ((5, 1), (4, -1), (30, 1)):
        compare("neuron", *draw(sample, d, sign), probe("identity"), **TEN_DIGITS)
    # Columns, so not next to each other in memory; each factor is the one that is spread.
    A, W, b = draw_spread(sample, 2, 2, 9)
    compare("neuron", A[0], W[0], b[0], probe("identity"), **TEN_DIGITS)
    compare("neuron", W[1], A[1], b[1], probe("identity"), **TEN_DIGITS)


@check(points=1.5, title="neuron: f is applied once, to the sum with the bias, when f(z) = z² + 1")
def test_function(compare, sample, probe):
    for d, sign in ((4, 1), (6, -1)):
        compare("neuron", *draw(sample, d, sign), probe("square_plus_one"), effects=True)


@check(points=1.5, title="neuron_batch: every neuron for every sample; N, M and D all different, then equal")
def test_batch(compare, sample, probe):
    for n, m, d in ((3, 5, 4), (6, 2, 5), (4, 4, 4)):
        compare("neuron_batch", *draw_batch(sample, n, m, d), probe("identity"), effects=True, **TEN_DIGITS)
    A, W, b = draw_spread(sample, 3, 3, 9)
    compare("neuron_batch", A, W, b, probe("identity"), **TEN_DIGITS)
    compare("neuron_batch", W, A, b, probe("identity"), **TEN_DIGITS)


@check(points=1, title="neuron_batch: f is applied once, to the sums with the biases, when f(z) = z² + 1")
def test_batch_function(compare, sample, probe):
    for n, m, d in ((6, 4, 4), (4, 3, 4)):
        compare("neuron_batch", *draw_batch(sample, n, m, d), probe("square_plus_one"), effects=True)


@check(points=0.5, title="neuron_batch: a batch of one sample gives [1, M]")
def test_one_sample(compare, sample, probe):
    for m, d in ((4, 4), (3, 5)):
        compare("neuron_batch", *draw_batch(sample, 1, m, d), probe("identity"))


@check(points=0.5, hidden=True, title="a single neuron, a single input")
def test_one_neuron(compare, sample, probe):
    for n, m, d in ((5, 1, 1), (4, 1, 3), (3, 3, 1)):
        compare("neuron_batch", *draw_batch(sample, n, m, d), probe("identity"))
    compare("neuron", *draw(sample, 1, -1), probe("identity"))


@check(points=0.5, hidden=True, title="both functions: any f that works on tensors")
def test_tensor_function(compare, sample, probe):
    for d, sign in ((9, -1), (8, 1)):
        a, w, b = draw(sample, d, sign)
        a[0] *= -0.25  # a product of the other sign: what is added up is not the absolute products
        compare("neuron", a, w, b, probe("absolute"))
    for n, m, d in ((5, 3, 3), (4, 4, 2)):
        compare("neuron_batch", *draw_batch(sample, n, m, d), probe("absolute"))


@check(points=1, hidden=True, title="both functions: float32 in, float32 out")
def test_float32(compare, sample, probe):
    for d, sign in ((4, -1), (5, 1)):
        single = [tensor.float() for tensor in draw(sample, d, sign)]
        compare("neuron", *single, probe("square_plus_one"))
    for n, m, d in ((3, 5, 5), (2, 2, 3)):
        compare("neuron_batch", *draw_batch(sample, n, m, d, dtype=torch.float32), probe("absolute"))
