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


@check(points=1.5, title="neuron: the weighted sum of the inputs, plus the bias, when f(z) = z")
def test_weighted_sum(compare, sample, probe):
    for d, sign in ((5, 1), (4, -1), (6, 1), (3, -1)):
        compare("neuron", *draw(sample, d, sign), probe("identity"), **TEN_DIGITS)


@check(points=1.5, title="neuron: f is applied once, to the sum with the bias, when f(z) = z² + 1")
def test_function(compare, sample, probe):
    for d, sign in ((4, 1), (6, -1)):
        compare("neuron", *draw(sample, d, sign), probe("square_plus_one"))


@check(points=1.5, title="neuron_batch: every neuron for every sample; N, M and D all different, then equal")
def test_batch(compare, sample, probe):
    for n, m, d in ((3, 5, 4), (6, 2, 5), (4, 4, 4)):
        compare("neuron_batch", *draw_batch(sample, n, m, d), probe("identity"), **TEN_DIGITS)


@check(points=1, title="neuron_batch: f is applied once, to the sums with the biases, when f(z) = z² + 1")
def test_batch_function(compare, sample, probe):
    compare("neuron_batch", *draw_batch(sample, 6, 4, 4), probe("square_plus_one"))


@check(points=0.5, title="neuron_batch: a batch of one sample gives [1, M]")
def test_one_sample(compare, sample, probe):
    compare("neuron_batch", *draw_batch(sample, 1, 4, 4), probe("identity"))


@check(points=0.5, hidden=True, title="neuron_batch: a single neuron")
def test_one_neuron(compare, sample, probe):
    compare("neuron_batch", *draw_batch(sample, 5, 1, 1), probe("identity"))


@check(points=0.5, hidden=True, title="both functions: any f that works on tensors")
def test_tensor_function(compare, sample, probe):
    compare("neuron", *draw(sample, 5, -1), probe("absolute"))
    compare("neuron_batch", *draw_batch(sample, 5, 3, 3), probe("absolute"))


@check(points=1, hidden=True, title="both functions: float32 in, float32 out")
def test_float32(compare, sample, probe):
    single = [tensor.float() for tensor in draw(sample, 4, -1)]
    compare("neuron", *single, probe("root_of_square"))
    compare("neuron_batch", *draw_batch(sample, 3, 5, 5, dtype=torch.float32), probe("root_of_square"))
