"""The checks of exercise 03. Gradients are never compared at 0 exactly, where |x| has a derivative of its own."""

from __future__ import annotations

import torch

from grader.checks import check

#: Closer than float32's seven digits: what is computed in less than float64 is not right in float64.
TEN_DIGITS = {"rtol": 1e-10, "atol": 1e-12}

EVERY_FUNCTION = ("sigmoid", "tanh", "sigmoid_grad", "tanh_grad", "tanh_from_sigmoid")


def both_signs(magnitude):
    return torch.cat([-magnitude, magnitude])


def far_out(sample):
    """±1000 and other numbers beyond ±800, where the exact results round to 0, 1 and -1 in float64."""
    return both_signs(torch.cat([sample(1, low=1000, high=1000), sample(7, low=800, high=1000)]))


def common(sample, high):
    """Most within ±high, some near 0, and 0."""
    near = sample(4, low=-1e-3, high=1e-3), sample(3, low=-1e-6, high=1e-6), sample(1, high=0)
    return torch.cat([sample(56, low=-high, high=high), *near])


def farther(sample, low, edge):
    """Up to ±300, where not even the exponential of 2x overflows. By itself: a wrong result may be huge there.

    edge: beyond it all results are 0, 1 or -1 as far as ten digits show; some are just below.
    """
    return both_signs(torch.cat([sample(8, low=low, high=300), sample(4, low=0.75 * edge, high=edge)]))


@check(points=1, title="sigmoid: the values")
def test_sigmoid(compare, sample):
    compare("sigmoid", common(sample, 6), effects=True, **TEN_DIGITS)
    compare("sigmoid", farther(sample, 6, 27), **TEN_DIGITS)


@check(points=1, title="tanh: the values")
def test_tanh(compare, sample):
    compare("tanh", common(sample, 4), effects=True, **TEN_DIGITS)
    compare("tanh", farther(sample, 4, 11), **TEN_DIGITS)


@check(points=1.5, title="sigmoid_grad is the derivative at the input x")
def test_sigmoid_grad(compare, sample):
    compare("sigmoid_grad", common(sample, 6), effects=True, **TEN_DIGITS)
    compare("sigmoid_grad", farther(sample, 6, 27), **TEN_DIGITS)


@check(points=1, title="tanh_grad is the derivative at the input x")
def test_tanh_grad(compare, sample):
    compare("tanh_grad", common(sample, 4), effects=True, **TEN_DIGITS)
    compare("tanh_grad", farther(sample, 4, 11), **TEN_DIGITS)


@check(
    points=1,
    title="tanh_from_sigmoid calls sigmoid: when a flatter function takes sigmoid's place, tanh gets flatter "
    "by as much",
)
def test_tanh_from_sigmoid(compare, sample, probe):
    steepness = float(sample(1, low=0.4, high=0.7))
    flatter = {"sigmoid": probe("flatter", steepness)}
    compare("tanh_from_sigmoid", common(sample, 3), replace=flatter, effects=True, **TEN_DIGITS)
    compare("tanh_from_sigmoid", farther(sample, 3, 11), replace=flatter, **TEN_DIGITS)


@check(points=1, title="at ±1000 the values are exactly 0, 1 and -1")
def test_saturation(compare, sample):
    x = far_out(sample)
    for name in ("sigmoid", "tanh", "tanh_from_sigmoid"):
        compare(name, x, rtol=0, atol=0)
    # Of what is off by next to nothing, one call alone names no mistake.
    compare("sigmoid", far_out(sample), rtol=0, atol=0)


@check(points=0.5, title="at ±1000 both derivatives are exactly 0, and near 0 they are not")
def test_saturated_derivatives(compare, sample):
    x = far_out(sample)
    for name in ("sigmoid_grad", "tanh_grad"):
        compare(name, x, rtol=0, atol=0)
        compare(name, sample(16, low=-2, high=2))


@check(points=1, title="autograd goes through sigmoid and tanh")
def test_gradient(compare, sample):
    x = torch.cat([sample(32, low=-5, high=5), sample(16, low=-30, high=30)])
    for name in ("sigmoid", "tanh"):
        compare(name, x, gradient=True, effects=True)
        compare(name, sample(1, 3, 2, low=-5, high=5), gradient=True)


@check(points=0.5, hidden=True, title="any shape: 0-d, empty, three axes")
def test_any_shape(compare, sample):
    either_sign = [sample(*shape, low=-3, high=3) for shape in ((), (0,), (2, 0, 3), (2, 3, 4))]
    one_sign = sample(5, 1, low=0.1, high=3), sample(1, 2, 2, 1, low=-3, high=-0.1)
    for x in (*either_sign, *one_sign, sample(1, low=-3, high=3).repeat(3)):
        for name in EVERY_FUNCTION:
            compare(name, x, identity=True)


@check(points=0.5, hidden=True, title="inputs that are views: transposed, strided")
def test_strided(compare, sample):
    for name in EVERY_FUNCTION:
        compare(name, sample(5, 3, low=-3, high=3).T)
        compare(name, sample(6, 9, low=-3, high=3)[::2, 1::3])


@check(points=0.5, hidden=True, title="float32 in, float32 out")
def test_float32(compare, sample):
    for name in EVERY_FUNCTION:
        for high in (6, 30):
            compare(name, sample(16, low=-high, high=high, dtype=torch.float32))
    # A bound on x at which float64's exponential is still finite, as ±500, is too far for float32's, which ends at 88.
    for name in ("tanh", "tanh_grad"):
        compare(name, far_out(sample).float(), rtol=0, atol=0)


@check(points=0.5, hidden=True, title="far from 0 the small derivatives keep six digits")
def test_tails(compare, sample):
    # Within these ranges even 1 - s with s near 1 keeps nine digits: no honest formula fails. One is below 1e-6.
    for name, high in (("sigmoid_grad", 16), ("tanh_grad", 8)):
        x = torch.cat([sample(7, low=high / 2, high=high), sample(1, low=0.97 * high, high=high)])
        compare(name, both_signs(x), rtol=1e-6, atol=0)
