"""The checks of exercise 04. Gradients through a function are never compared at 0, where it may have a corner.

Beside the two checks of a function itself, slope and alpha are such that one error shows in one place.
"""

from __future__ import annotations

import torch

from grader.checks import check

#: Closer than float32's seven digits: what is computed in less than float64 is not right in float64.
TEN_DIGITS = {"rtol": 1e-10, "atol": 1e-12}

# Every function of x alone, with the numbers that it takes besides.
ELEMENTWISE = (
    ("relu", ()),
    ("relu_grad", ()),
    ("leaky_relu", (0.125,)),
    ("leaky_relu_grad", (0.125,)),
    ("elu", (1.0,)),
    ("elu_grad", (1.0,)),
)


def with_zeros(x):
    """The same numbers and, in between, zeros: at 0 a derivative is a matter of agreement."""
    return torch.stack([x, torch.zeros_like(x)], dim=1).flatten()


def both_signs(magnitude):
    return torch.cat([-magnitude, magnitude])


def far_out(sample):
    """±1000 and others beyond ±800: eˣ is inf, or 0, in float64."""
    return both_signs(torch.cat([sample(1, low=1000, high=1000), sample(7, low=800, high=1000)]))


def sizes(sample, high):
    """Of either sign, from a ten-billionth up to `high`."""
    large = sample(5, low=3, high=high), sample(1, low=0.9 * high, high=high)
    tiny = sample(3, low=1e-6, high=1e-3), sample(1, low=1e-8, high=1e-7), sample(1, low=1e-10, high=1e-9)
    return both_signs(torch.cat([*large, *tiny]))


def exact(sample, low, high):
    """A number that float32 holds exactly: a mask of bools times a Python number is float32, whatever x is."""
    return round(sample.number(low, high) * 256) / 256


def slopes(sample):
    return exact(sample, 0.05, 0.3), exact(sample, 1.5, 3), exact(sample, -2, -0.5), 1.0, 0.0, sample.integer(5, 50)


def alphas(sample):
    return exact(sample, 1.5, 3), exact(sample, 0.2, 0.6), sample.integer(5, 50)


def wave(sample, probe, a, b):
    """A function that has no fixed point at 0: differences of its values lose digits as it is repeated."""
    return probe("wave", a, b, sample.number(0.5, 1.0)), probe("wave_grad", a, b)


def steep(sample, probe):
    """A function whose derivative has either sign."""
    return wave(sample, probe, sample.number(-0.6, -0.3), sample.number(0.7, 1.0))


def gentle(sample, probe):
    """A function whose derivative lies between 0 and 0.7: in a deep stack the products become tiny."""
    return wave(sample, probe, sample.number(0.3, 0.4), sample.number(0.2, 0.3))


@check(points=0.5, title="relu: the values, and autograd goes through it")
def test_relu(compare, sample):
    x = sample(64, low=-3, high=3)
    compare("relu", with_zeros(x), effects=True, **TEN_DIGITS)
    compare("relu", sizes(sample, 1000), **TEN_DIGITS)
    compare("relu", x, gradient=True, effects=True)


@check(points=0.5, title="relu_grad: 1 above 0, else 0, and 0 at exactly 0")
def test_relu_grad(compare, sample):
    compare("relu_grad", with_zeros(sample(64, low=-3, high=3)), effects=True, **TEN_DIGITS)
    compare("relu_grad", sizes(sample, 1000), **TEN_DIGITS)


@check(points=1, title="leaky_relu for any slope, also above 1 and negative: the values, and autograd goes through it")
def test_leaky_relu(compare, sample, probe):
    # All slopes in one call: the larger of x and slope·x is wrong for some of them, a slope on the wrong side for all.
    x, numbers = sample(48, low=-3, high=3), slopes(sample)
    compare(probe("for_slopes"), with_zeros(x), numbers, about="leaky_relu", **TEN_DIGITS)
    compare("leaky_relu", sizes(sample, 1000), exact(sample, 0.1, 0.4), effects=True, **TEN_DIGITS)
    for slope in numbers[:3]:
        compare("leaky_relu", x, slope, gradient=True, effects=slope == numbers[0])


@check(points=1, title="leaky_relu_grad for any slope; at exactly 0 it is the slope")
def test_leaky_relu_grad(compare, sample):
    for slope in slopes(sample):
        compare("leaky_relu_grad", with_zeros(sample(48, low=-3, high=3)), slope, **TEN_DIGITS)
    compare("leaky_relu_grad", sizes(sample, 1000), exact(sample, 0.1, 0.4), effects=True, **TEN_DIGITS)


@check(points=1, title="elu, with alpha other than 1: the values, and autograd goes through it")
def test_elu(compare, sample):
    for alpha in alphas(sample):
        x = sample(48, low=-4, high=4)
        compare("elu", with_zeros(x), alpha, **TEN_DIGITS)
        compare("elu", x, alpha, gradient=True, effects=True)
    compare("elu", sizes(sample, 300), exact(sample, 1.5, 3), effects=True, **TEN_DIGITS)


@check(points=1, title="elu_grad, with alpha other than 1; at exactly 0 it is alpha")
def test_elu_grad(compare, sample):
    for alpha in alphas(sample):
        compare("elu_grad", with_zeros(sample(48, low=-4, high=4)), alpha, **TEN_DIGITS)
    x = torch.cat([sizes(sample, 300), sample(2, low=-20, high=-16)])  # where it is tiny, and not 0
    compare("elu_grad", x, exact(sample, 1.5, 3), effects=True, **TEN_DIGITS)


@check(points=0.5, title="elu and elu_grad are right at ±1000")
def test_far_out(compare, sample):
    x = far_out(sample)
    for name in ("elu", "elu_grad"):
        compare(name, x, 1.0)


@check(points=1, title="at ±1000 the gradient that autograd takes through elu is a number, not NaN")
def test_gradient_far_out(compare, sample):
    compare("elu", far_out(sample), 1.0, gradient=True)


@check(points=1, title="gradient_through_depth: a product of derivatives, each taken where the signal is at that depth")
def test_depth(compare, sample, probe):
    activation = steep(sample, probe)
    for depth in (1, 2, 3, 5):
        compare("gradient_through_depth", *activation, depth, sample(32, low=-3, high=3), **TEN_DIGITS)
    compare("gradient_through_depth", *activation, 4, with_zeros(sizes(sample, 1000)), effects=True, **TEN_DIGITS)


@check(points=0.5, title="through no layers at all the gradient is 1, through three it is a product of three")
def test_depth_zero(compare, sample, probe):
    compare("gradient_through_depth", *steep(sample, probe), 0, sample(4, 6, low=-3, high=3))
    compare("gradient_through_depth", *gentle(sample, probe), 3, sample(4, 6, low=-3, high=3))


@check(points=0.5, hidden=True, title="the tiny gradients below a deep stack keep their digits")
def test_depth_thirty(compare, sample, probe):
    x = sample(32, low=-3, high=3)
    compare("gradient_through_depth", *gentle(sample, probe), 30, x, rtol=1e-9, atol=0)


@check(points=0.5, hidden=True, title="any shape: 0-d, empty, up to four axes, transposed; numbers of one sign")
def test_any_shape(compare, sample, probe):
    activation = gentle(sample, probe)
    either_sign = (
        sample(5, 3, low=-3, high=3).T,
        sample(low=-3, high=3),
        sample(2, 0, 3),
        sample(2, 3, 4, low=-3, high=3),
    )
    one_sign = sample(5, 1, low=0.1, high=3), sample(1, 2, 2, 1, low=-3, high=-0.1)
    for x in (*either_sign, *one_sign):
        for name, numbers in ELEMENTWISE:
            compare(name, x, *numbers)
        compare("gradient_through_depth", *activation, 3, x)


@check(points=0.5, hidden=True, title="a new tensor, also where all inputs pass unchanged")
def test_new_tensor(compare, sample, probe):
    for name, numbers in (("relu", ()), ("leaky_relu", (0.125,)), ("elu", (1.0,))):
        compare(probe("result_doubled"), sample(5, low=0.1, high=3), name, numbers, about=name)
    for name, numbers in (("relu", ()), ("leaky_relu", (1.0,))):
        compare(probe("result_doubled"), sample(5, low=-3, high=3), name, numbers, about=name)


@check(points=0.5, hidden=True, title="float32 in, float32 out")
def test_float32(compare, sample, probe):
    x = torch.cat([sample(32, low=-3, high=3), sizes(sample, 80)]).float()
    for name, numbers in ELEMENTWISE:
        compare(name, x, *numbers)
    compare("gradient_through_depth", *gentle(sample, probe), 3, x)
