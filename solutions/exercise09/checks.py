"""The checks of exercise 09.

The mean is over N in one place, over N·C nowhere: sizes agree in one call and differ in the next, where what is right
by luck shows.
"""

from __future__ import annotations

import torch

from grader.checks import check

#: Closer than float32's seven digits: what is computed in less than float64 is not right in float64.
TEN_DIGITS = {"rtol": 1e-10, "atol": 1e-12}

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
    """Labels one of which occurs twice: a permutation may be its own inverse."""
    while True:
        y = sample.integers(n, low=0, high=c)
        if len(y.unique()) < n:
            return y


def extreme_logits(sample):
    """Rows near 1000, near −1000, near 0 and 1000 together, and near −1000 and 0 together: [5, 3]."""
    at = [[1000, 1000, 1000], [-1000, -1000, -1000], [0, 1000, 1000], [1000, 0, 0], [-1000, 0, 0]]
    return torch.tensor(at, dtype=torch.float64, device=sample.device) + sample.normal(5, 3)


def extreme_binary(sample):
    """Logits below −800 with labels, none of them 0; and logits above 800 with all sorts of them."""
    hard = torch.tensor([1.0, 0.0], dtype=torch.float64, device=sample.device)
    below = sample(3, low=-1000, high=-800), torch.cat([hard[:1], soft_labels(sample, 2)])
    above = sample(4, low=800, high=1000), torch.cat([hard, soft_labels(sample, 2)])
    return below, above


@check(points=2, title="mse and mse_grad: the mean of the squares over all elements, and its gradient")
def test_mse(compare, sample):
    for name in ("mse", "mse_grad"):
        for shape in ((5,), (2, 3, 4)):
            compare(name, sample.normal(*shape), sample.normal(*shape), **TEN_DIGITS)


@check(
    points=1,
    title="shapes that are not equal are a ValueError, also where broadcasting would make them so; equal ones are none",
)
def test_shapes_differ(compare, sample):
    for name in ("mse", "mse_grad"):
        for one, other in (((4, 1), (4,)), ((3,), ()), ((2, 3), (3, 2)), ((2, 3), (3,)), ((), (1,))):
            compare(name, sample.normal(*one), sample.normal(*other), raises=ValueError)
        compare(name, sample.normal(4, 1), sample.normal(4, 1))


@check(points=1, title="binary_cross_entropy, for labels 0 and 1 and for those in between")
def test_binary(compare, sample):
    for y in binary_labels(sample, 8):
        compare("binary_cross_entropy", sample(8, low=0.05, high=0.95), y, **TEN_DIGITS)


@check(points=1, title="binary_cross_entropy_grad: the gradient with respect to the probabilities")
def test_binary_grad(compare, sample):
    for y in binary_labels(sample, 8):
        compare("binary_cross_entropy_grad", sample(8, low=0.01, high=0.99), y, **TEN_DIGITS)


@check(points=0.5, title="binary_cross_entropy, where a probability is 0 or 1: neither logarithm is below −100")
def test_certain(compare, sample):
    # p is 0 with a soft label below ½ and 1 with one above: each of the two logarithms counts in part.
    p = torch.cat([sample.permutation(6) % 2, torch.arange(2, device=sample.device), sample(2, low=1e-60, high=1e-50)])
    y = torch.cat([hard_labels(sample, 6), soft_labels(sample, 2), torch.ones(2, device=sample.device)])
    compare("binary_cross_entropy", p, y)


@check(points=1.5, title="the binary cross-entropy of logits and its gradient")
def test_logits(compare, sample):
    for suffix in ("", "_grad"):
        for y in binary_labels(sample, 8):
            compare(f"binary_cross_entropy_with_logits{suffix}", sample(8, low=-4, high=4), y, **TEN_DIGITS)


@check(points=1, title="softmax and log_softmax, row by row")
def test_softmax(compare, sample):
    for name in ("softmax", "log_softmax"):
        for size in SIZES:
            compare(name, sample.normal(*size, std=2), **TEN_DIGITS)


@check(points=1.5, title="the vector-Jacobian products of softmax and log_softmax")
def test_vjp(compare, sample):
    for name in ("softmax_vjp", "log_softmax_vjp"):
        for size in SIZES:
            compare(name, sample.normal(*size), sample.normal(*size, mean=1, std=2), **TEN_DIGITS)


@check(points=1, title="cross_entropy: the mean over the samples")
def test_cross_entropy(compare, sample):
    for n, c in SIZES:
        compare("cross_entropy", sample.normal(n, c, std=2), class_labels(sample, n, c), **TEN_DIGITS)


@check(points=1, title="cross_entropy_grad: the gradient with respect to the logits")
def test_cross_entropy_grad(compare, sample):
    for n, c in SIZES:
        compare("cross_entropy_grad", sample.normal(n, c, std=2), class_labels(sample, n, c), **TEN_DIGITS)


@check(points=1, title="logits near ±1000: for 0 and 1000 with the target 0 the loss is 1000")
def test_large(compare, sample):
    for name in ("softmax", "log_softmax"):
        compare(name, extreme_logits(sample))
    first = torch.zeros(5, dtype=torch.int64, device=sample.device)
    compare("cross_entropy", torch.tensor([[0.0, 1000.0]], dtype=torch.float64, device=sample.device), first[:1])
    compare("cross_entropy", extreme_logits(sample), first)
    # Below first: an exponential that overflows is right there, the logarithm of a sigmoid that underflows is not.
    for z, y in extreme_binary(sample):
        compare("binary_cross_entropy_with_logits", z, y)


@check(points=0.5, hidden=True, title="gradients of large logits are finite and right")
def test_large_gradients(compare, sample):
    for name in ("softmax_vjp", "log_softmax_vjp"):
        compare(name, extreme_logits(sample), sample.normal(5, 3, mean=1))
    compare("cross_entropy_grad", extreme_logits(sample), sample.integers(5, low=0, high=3))
    z, y = (torch.cat(both) for both in zip(*extreme_binary(sample), strict=True))
    compare("binary_cross_entropy_with_logits_grad", z, y)


@check(points=0.5, hidden=True, title="any shape: one row alone, many axes, no rows; views of larger tensors")
def test_any_shape(compare, sample):
    for name in ("mse", "mse_grad"):
        compare(name, sample.normal(), sample.normal())
        compare(name, sample.normal(5, 3).T, sample.normal(3, 5))
    for name in ("binary_cross_entropy", "binary_cross_entropy_with_logits"):
        for suffix in ("", "_grad"):
            compare(name + suffix, sample(9, low=0.1, high=0.9)[::2], soft_labels(sample, 5))
    for z in (sample.normal(4), sample.normal(2, 3, 4), sample.normal(0, 3), sample.normal(5, 3).T):
        for name in ("softmax", "log_softmax"):
            compare(name, z, **TEN_DIGITS)
            compare(f"{name}_vjp", z, sample.normal(*z.shape))
    for z in (sample.normal(1, 3), sample.normal(3, 5).T):
        for name in ("cross_entropy", "cross_entropy_grad"):
            compare(name, z, sample.integers(len(z), low=0, high=3))


@check(points=0.5, hidden=True, title="float32 in, float32 out")
def test_float32(compare, sample):
    def numbers(*shape):
        return sample(*shape, low=0.1, high=0.9, dtype=torch.float32)

    for name in ("mse", "binary_cross_entropy", "binary_cross_entropy_with_logits"):
        for suffix in ("", "_grad"):
            compare(name + suffix, numbers(6), numbers(6))
    for name in ("softmax", "log_softmax"):
        compare(name, numbers(5, 3))
        compare(f"{name}_vjp", numbers(5, 3), numbers(5, 3))
    for name in ("cross_entropy", "cross_entropy_grad"):
        compare(name, numbers(5, 3), sample.integers(5, low=0, high=3))
