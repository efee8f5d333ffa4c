"""The checks of exercise 09.

The mean is over N in one place, over N·C nowhere: sizes agree in one call and differ in the next, where what is right
by luck shows.
"""

from __future__ import annotations

import torch

from grader.checks import check

#: Closer than float32's seven digits: what is computed in less than float64 is not right in float64.
TEN_DIGITS = {"rtol": 1e-10, "atol": 1e-12}
#: The same, and the call leaves nothing behind.
EXACTLY = {**TEN_DIGITS, "effects": True}

#: Sizes [N, C] that agree, and sizes that differ.
SIZES = ((4, 4), (5, 3))


def hard_labels(sample, n):
    """0. and 1. shuffled; both occur."""
    return (sample.permutation(n) % 2).to(torch.float64)


def soft_labels(sample, n):
    """Numbers near to neither 0 nor 1, nor to ½, which is as good as its opposite."""
    return torch.cat([sample(n - n // 2, low=0.1, high=0.4), sample(n // 2, low=0.6, high=0.9)])


def binary_labels(sample, n):
    return hard_labels(sample, n), soft_labels(sample, n)


def class_labels(sample, n, c):
    """Labels one of which occurs twice: a permutation may be its own inverse. If N > C, the last class has none."""
    while True:
        y = sample.integers(n, low=0, high=c if n <= c else c - 1)
        if len(y.unique()) < n:
            return y


def extreme_logits(sample, far=1000):
    """Rows near 1000, near −1000, near 0 and 1000 together, near −1000 and 0 together, and beyond: [6, 3]."""
    at = [[1, 1, 1], [-1, -1, -1], [0, 1, 1], [1, 0, 0], [-1, 0, 0], [-3, 3, 0]]
    return far * torch.tensor(at, dtype=torch.float64, device=sample.device) + sample.normal(6, 3)


def extreme_binary(sample):
    """Logits below −800 with labels, none of them 0; and logits above 800 with all sorts of them; one of each beyond
    2000."""
    hard = numbers(sample, 1, 0)
    below = sample(3, low=-1000, high=-800), torch.cat([hard[:1], soft_labels(sample, 2)])
    above = sample(4, low=800, high=1000), torch.cat([hard, soft_labels(sample, 2)])
    for z, _ in (below, above):
        z[-1] *= 2.5
    return below, above


def numbers(sample, *values):
    return torch.tensor(values, dtype=torch.float64, device=sample.device)


def logits_with_a_small_one(sample, n, c, std=1):
    """One probability is about 10⁻⁷, which is not 0."""
    z = sample.normal(n, c, std=std)
    z[0, 0] = z[0, 1:].max() - 15
    return z


def tied_logits(sample):
    """Rows in which the largest logit, or every logit, occurs more than once: [2, 3]."""
    a, b = sample.number(0.5, 1), sample.number(-1, -0.5)
    return numbers(sample, a, b, a, b, b, b).reshape(2, 3)


@check(part="squares", points=2, title="mse and mse_grad: the mean of the squares over all elements, and its gradient")
def test_mse(compare, sample):
    for name in ("mse", "mse_grad"):
        for shape in ((5,), (2, 3, 4)):
            compare(name, sample.normal(*shape), sample.normal(*shape), **EXACTLY)
        pred, y = sample.normal(6, std=3000), sample.normal(6, std=3000)
        compare(name, pred, torch.cat([pred[:1], y[1:]]), **EXACTLY)


@check(
    part="squares",
    points=1,
    title="shapes that are not equal are a ValueError, also where broadcasting would make them so; equal ones are none",
)
def test_shapes_differ(compare, sample):
    for name in ("mse", "mse_grad"):
        for one, other in (((4, 1), (4,)), ((3, 1), (3, 2)), ((3,), ()), ((2, 3), (3, 2)), ((2, 3), (3,)), ((), (1,))):
            compare(name, sample.normal(*one), sample.normal(*other), raises=ValueError)
        compare(name, sample.normal(4, 1), sample.normal(4, 1))


@check(part="binary", points=1, title="binary_cross_entropy, for labels 0 and 1 and for those in between")
def test_binary(compare, sample):
    for y in binary_labels(sample, 8):
        compare("binary_cross_entropy", sample(8, low=0.05, high=0.95), y, **EXACTLY)


@check(part="binary", points=1, title="binary_cross_entropy_grad: the gradient with respect to the probabilities")
def test_binary_grad(compare, sample):
    for y in binary_labels(sample, 8):
        p = torch.cat([sample(6, low=0.01, high=0.99), numbers(sample, 0.01, 0.99)])
        compare("binary_cross_entropy_grad", p, y, **EXACTLY)


@check(
    part="binary",
    points=0.5,
    title="binary_cross_entropy, where a probability is 0 or 1: neither logarithm is below −100",
)
def test_certain(compare, sample):
    # First what is finite without a bound, too: its numbers tell more of a mistake than NaN.
    for n in (3, 2):
        tiny = sample(n, low=1e-60, high=1e-50)
        compare("binary_cross_entropy", tiny, torch.ones_like(tiny))
    # p is 0 with a soft label below ½ and 1 with one above: each of the two logarithms counts in part.
    p = torch.cat([torch.arange(2, device=sample.device), sample(2, low=1e-60, high=1e-50)])
    compare("binary_cross_entropy", p, torch.cat([soft_labels(sample, 2), torch.ones(2, device=sample.device)]))
    compare("binary_cross_entropy", numbers(sample, 0, 0, 0, 1, 1), numbers(sample, 0, 1, 1, 0, 1))
    for certain in (0, 1):
        compare("binary_cross_entropy", numbers(sample, certain), numbers(sample, 1))


@check(part="binary", points=1.5, title="the binary cross-entropy of logits and its gradient")
def test_logits(compare, sample):
    for suffix in ("", "_grad"):
        for y in binary_labels(sample, 8):
            # Up to 12, the logarithm of 1 minus a sigmoid still has ten digits; beyond, it depends on the draw.
            z = torch.cat([sample(7, low=-4, high=4), sample(1, low=8, high=12)])
            compare(f"binary_cross_entropy_with_logits{suffix}", z, y, **EXACTLY)
    sure = sample(3, low=14, high=16) * numbers(sample, -1, -1, 1)
    compare("binary_cross_entropy_with_logits_grad", sure, numbers(sample, 0, 0, 1), **TEN_DIGITS)


@check(part="softmax", points=1, title="softmax and log_softmax, row by row")
def test_softmax(compare, sample, probe):
    for name in ("softmax", "log_softmax"):
        for size in SIZES:
            compare(name, logits_with_a_small_one(sample, *size, std=2), **EXACTLY)
        compare(name, numbers(sample, 0, -15, -17), **TEN_DIGITS)
        compare(probe("called_again"), name, sample.normal(3, 4), sample.normal(3, 4), about=name)


@check(part="softmax", points=1.5, title="the vector-Jacobian products of softmax and log_softmax")
def test_vjp(compare, sample):
    for name in ("softmax_vjp", "log_softmax_vjp"):
        for size in SIZES:
            compare(name, logits_with_a_small_one(sample, *size), sample.normal(*size, mean=1, std=2), **EXACTLY)


@check(part="softmax", points=1, title="cross_entropy: the mean over the samples")
def test_cross_entropy(compare, sample):
    for n, c in SIZES:
        compare("cross_entropy", sample.normal(n, c, std=2), class_labels(sample, n, c), **EXACTLY)


@check(part="softmax", points=1, title="cross_entropy_grad: the gradient with respect to the logits")
def test_cross_entropy_grad(compare, sample):
    for n, c in SIZES:
        z, y = sample.normal(n, c, std=2), class_labels(sample, n, c)
        z[0, (y[0] + 1) % c] = z[0, y[0]] - 15
        compare("cross_entropy_grad", z, y, **EXACTLY)


@check(part="inputs", points=1, title="logits near ±1000: for 0 and 1000 with the target 0 the loss is 1000")
def test_large(compare, sample):
    for name in ("softmax", "log_softmax"):
        compare(name, extreme_logits(sample))
    first = torch.zeros(6, dtype=torch.int64, device=sample.device)
    compare("cross_entropy", numbers(sample, 0, 1000)[None], first[:1])
    # There a probability is still above 0, but has lost its digits; the same below, for 1 minus a sigmoid.
    compare("cross_entropy", numbers(sample, 0, 744.2)[None], first[:1])
    compare("cross_entropy", extreme_logits(sample), first)
    # Below first: an exponential that overflows is right there, the logarithm of a sigmoid that underflows is not.
    compare("binary_cross_entropy_with_logits", sample(3, low=33, high=36), numbers(sample, 0, 0, 0))
    for z, y in extreme_binary(sample):
        compare("binary_cross_entropy_with_logits", z, y)


@check(part="inputs", points=0.5, hidden=True, title="gradients of large logits are finite and right")
def test_large_gradients(compare, sample):
    for name in ("softmax_vjp", "log_softmax_vjp"):
        compare(name, extreme_logits(sample), 3000 * sample.normal(6, 3, mean=1))
    compare("cross_entropy_grad", extreme_logits(sample), sample.integers(6, low=0, high=3))
    z, y = (torch.cat(both) for both in zip(*extreme_binary(sample), strict=True))
    compare("binary_cross_entropy_with_logits_grad", z, y)


@check(
    part="inputs",
    points=0.5,
    hidden=True,
    title="any shape: one row alone, many axes, no rows; views of larger tensors",
)
def test_any_shape(compare, sample):
    for name in ("mse", "mse_grad"):
        for shape in ((), (1,), (2, 1, 3, 2)):
            compare(name, sample.normal(*shape), sample.normal(*shape))
        compare(name, sample.normal(5, 3).T, sample.normal(3, 5))
        compare(name, sample.normal(3, 5), sample.normal(5, 3).T)
    one = [(sample(1, low=0.1, high=0.9), numbers(sample, y)) for y in (0, 1, 0.5)]
    for name in ("binary_cross_entropy", "binary_cross_entropy_with_logits"):
        for suffix in ("", "_grad"):
            for p, y in ((sample(9, low=0.1, high=0.9)[::2], soft_labels(sample, 10)[1::2]), *one):
                compare(name + suffix, p, y)
    shapes = (4,), (2, 3, 4), (2, 1, 3, 2), (0, 3), (3, 1)
    for z in (*(sample.normal(*shape) for shape in shapes), sample.normal(5, 3).T, tied_logits(sample)):
        for name in ("softmax", "log_softmax"):
            compare(name, z, **TEN_DIGITS)
            compare(f"{name}_vjp", z, sample.normal(*z.T.shape).T if z.ndim == 2 else sample.normal(*z.shape))
    for z in (sample.normal(1, 3), sample.normal(3, 5).T, sample.normal(3, 1), tied_logits(sample)):
        for name in ("cross_entropy", "cross_entropy_grad"):
            compare(name, z, sample.integers(2 * len(z), low=0, high=z.shape[1])[::2])


@check(part="inputs", points=0.5, hidden=True, title="float32 in, float32 out")
def test_float32(compare, sample):
    def some(*shape):
        return sample(*shape, low=0.1, high=0.9, dtype=torch.float32)

    for name in ("mse", "binary_cross_entropy", "binary_cross_entropy_with_logits"):
        for suffix in ("", "_grad"):
            compare(name + suffix, some(6), some(6))
    compare("binary_cross_entropy", torch.zeros_like(some(2)), torch.ones_like(some(2)))
    for name in ("softmax", "log_softmax"):
        for z in (some(5, 3), some(3, 2, 4)):
            compare(name, z)
            compare(f"{name}_vjp", z, some(*z.shape))
        compare(name, extreme_logits(sample, 200).float())  # beyond 88, where exp overflows in float32
    for name in ("cross_entropy", "cross_entropy_grad"):
        compare(name, some(5, 3), sample.integers(5, low=0, high=3))
