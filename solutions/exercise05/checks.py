"""The checks of exercise 05.

The stacks are checked with the ReLU, which is the same applied twice, and once with z² + 1, which is not: so each check
notices an error that the others don't. An error in `linear` costs its own checks only: where another function is
judged, a right one stands in.
"""

from __future__ import annotations

from itertools import pairwise

import torch

from grader.checks import check

#: Sums of a few products keep fourteen digits in float64; what went through float32 on the way keeps seven.
TEN_DIGITS = {"rtol": 1e-10, "atol": 1e-12}
#: The same where terms of some thousands may cancel.
OF_LARGE = {"rtol": 1e-10, "atol": 1e-8}


def draw(sample, *shape, dtype=torch.float64):
    """Numbers of either sign, none near 0."""
    return sample(*shape, low=0.4, high=1.2, dtype=dtype) * (2 * sample.integers(*shape, low=0, high=2) - 1)


def wide(sample, *shape):
    """Numbers of either sign, from a thousandth to two thousand."""
    return 10 ** sample(*shape, low=-3, high=3.3) * (2 * sample.integers(*shape, low=0, high=2) - 1)


def stack(sample, *sizes, dtype=torch.float64):
    """Layers (W, b) from the first size to the last."""
    return [(draw(sample, m, d, dtype=dtype), draw(sample, m, dtype=dtype)) for d, m in pairwise(sizes)]


def relu_stack(sample, *sizes, dtype=torch.float64):
    """The same; behind a ReLU the first output is below 0, so that one more would show."""
    params = stack(sample, *sizes, dtype=dtype)
    W, b = params[-1]
    W[0], b[0] = -W[0].abs(), -b[0].abs()
    return params


def right(probe):
    return {"linear": probe("right_linear"), "mlp_forward": probe("right_mlp_forward")}


@check(points=1.5, title="linear: every neuron for every row; N, D and M all equal, then different")
def test_linear(compare, sample):
    for n, d, m in ((4, 4, 4), (3, 5, 4), (6, 2, 3), (2, 5, 1), (3, 1, 2)):
        compare("linear", draw(sample, n, d), *stack(sample, d, m)[0], effects=(n, m) == (4, 4), **TEN_DIGITS)
    compare("linear", wide(sample, 6, 10)[:, ::2], *stack(sample, 5, 4)[0], **OF_LARGE)


@check(points=1, title="linear: one sample [D] gives [M]; with more axes, all but the last stay as they are")
def test_any_axes(compare, sample):
    for shape, m in (((2, 4, 3), 3), ((2, 1, 5, 1, 3), 4), ((3, 3, 3), 3), ((3,), 3), ((3,), 2)):
        compare("linear", draw(sample, *shape), *stack(sample, 3, m)[0])


@check(points=1.5, title="mlp_forward: f between the layers and not after the last one; two, three and four layers")
def test_mlp(compare, sample, probe):
    for n, sizes in ((5, (3, 6, 1)), (4, (2, 5, 6, 3)), (4, (4, 4, 4, 4, 4))):
        x, params = draw(sample, n, sizes[0]), relu_stack(sample, *sizes)
        compare("mlp_forward", x, params, probe("relu"), replace=right(probe), effects=n == 5, **TEN_DIGITS)
    x = wide(sample, 6, 8)[:, ::2]
    compare("mlp_forward", x, relu_stack(sample, 4, 5, 3), probe("relu"), replace=right(probe), **OF_LARGE)


@check(points=0.5, title="mlp_forward: a single layer is the last one")
def test_single_layer(compare, sample, probe):
    for m in (4, 3):
        compare("mlp_forward", draw(sample, 6, 3), stack(sample, 3, m), probe("relu"), replace=right(probe))


@check(points=1, title="count_parameters: the weights and the biases of every layer")
def test_count(compare, sample):
    for n in (3, 2, 5, 4, 7):
        compare("count_parameters", (10 + sample.permutation(10)[:n]).tolist())
    # The same layer twice, a size of 1, and more numbers than float32 can count: of twice an odd number it keeps none.
    n, m = (10 + sample.permutation(10)[:2]).tolist()
    for sizes in ([n, n, n, m], [n, 1, m], [500 * n + 1, 500 * m + 1, 500 * n]):
        compare("count_parameters", sizes)


@check(points=1.5, title="collapse: three layers with biases as one; all sizes equal, then different")
def test_collapse(compare, sample, probe):
    for sizes in ((4, 4, 4, 4), (3, 5, 4, 2)):
        effects = len(set(sizes)) == 1
        compare("collapse", stack(sample, *sizes), replace=right(probe), effects=effects, **TEN_DIGITS)
    largest = [(wide(sample, 5, 3), wide(sample, 5)), *stack(sample, 5, 4, 2)]
    compare("collapse", largest, replace=right(probe), **OF_LARGE)


@check(points=0.5, hidden=True, title="linear: a batch without samples, with one, or with two")
def test_empty_batch(compare, sample):
    for shape in ((0, 3), (2, 0, 3), (1, 3), (2, 3)):
        compare("linear", draw(sample, *shape), *stack(sample, 3, 4)[0])
    compare("linear", draw(sample, 1, 3), *stack(sample, 3, 1)[0])


@check(points=0.5, hidden=True, title="mlp_forward: any f")
def test_any_function(compare, sample, probe):
    x = draw(sample, 4, 1)
    compare("mlp_forward", x, stack(sample, 1, 5, 4, 2), probe("square_plus_one"), replace=right(probe))


@check(points=0.5, hidden=True, title="mlp_forward: an input with other axes, or without samples")
def test_mlp_any_axes(compare, sample, probe):
    for shape in ((3,), (2, 4, 3), (2, 1, 5, 3), (1, 3), (0, 3)):
        compare("mlp_forward", draw(sample, *shape), relu_stack(sample, 3, 5, 4), probe("relu"), replace=right(probe))


@check(points=0.5, hidden=True, title="count_parameters: one size alone, so no layer; two sizes, so one")
def test_count_nothing(compare, sample):
    compare("count_parameters", [sample.integer(3, 30)])
    compare("count_parameters", (10 + sample.permutation(10)[:2]).tolist())


@check(points=0.5, hidden=True, title="collapse: stacks of other depths")
def test_other_depths(compare, sample, probe):
    for sizes in ((3, 4), (1, 4, 2), (4, 1, 3, 1), (2, 3, 5, 4, 3)):
        compare("collapse", stack(sample, *sizes), replace=right(probe))


@check(points=0.5, hidden=True, title="all functions: float32 in, float32 out")
def test_float32(compare, sample, probe):
    x, params = draw(sample, 3, 4, dtype=torch.float32), relu_stack(sample, 4, 5, 2, dtype=torch.float32)
    compare("linear", x, *params[0])
    compare("mlp_forward", x, params, probe("relu"), replace=right(probe))
    compare("collapse", params, replace=right(probe))
