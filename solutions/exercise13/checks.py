"""The checks of exercise 13. Gradients come from autograd on the trusted side, through functions that are handed in.

What the probes say of flags and of the order of calls only ever takes points: each check judges numbers too.
"""

from __future__ import annotations

from math import inf, nan, prod

import torch

from grader.checks import check

#: Sums of a few products keep fourteen digits in float64; a detour through float32 leaves seven.
DIGITS = {"rtol": 1e-10, "atol": 1e-11}


#: Of x, or of w: few and many entries, one axis and several, axes of length 1, sides that agree.
SHAPES = ((5,), (2, 3), (), (3, 3), (1, 4), (4, 1), (2, 1, 3), (2, 1, 3, 2), (0,))
#: Of x, and of f(x).
SHAPES_AND_OUTPUTS = (
    *(((2, 3), (4,)), ((4,), (4,)), ((3,), (2, 2)), ((), (3,)), ((2, 1, 2), ()), ((3, 1), (1, 2)), ((3, 3), (7,))),
    *(((1, 2), (2, 1, 3)), ((2, 2, 1, 2), (3, 2)), ((3,), (0,)), ((0,), (2,))),
)


def batches(sample, d, rows=(3, 5, 2)):
    """Batches of so many rows: d inputs and a target in each."""
    return [sample.normal(n, d + 1) for n in rows]


def blocks(sample, d):
    """The weight, the bias and the running mean of each of three blocks of width d."""
    return [(sample.normal(d, d), sample.normal(d), sample.normal(d)) for _ in range(3)]


def far(sample, *shape):
    """Numbers of both signs, up to 2000."""
    return sample(*shape, low=-2000, high=2000)


def steep(sample, *shape):
    """Numbers of both signs whose reciprocals go up to 1000."""
    signs = 2.0 * sample.integers(*shape, low=0, high=2) - 1
    return signs * torch.exp(sample(*shape, low=-7, high=0.5))


@check(points=1, title="grad_of: the gradient, for an x of any shape")
def test_grad_of(compare, sample, probe):
    inputs = [*(sample.normal(*shape) for shape in SHAPES), sample.normal(4, 3).T, far(sample, 6)]
    for x in inputs:
        f = probe("coupled", sample.normal(*x.shape))
        compare(probe("plain_x"), "grad_of", f, x, about="grad_of", effects=True, **DIGITS)
    f, x = probe("coupled", sample.normal(4)), sample.normal(4, dtype=torch.float32)
    compare(probe("plain_x"), "grad_of", f, x, about="grad_of", effects=True)


@check(points=1, title="grad_of: a gradient that x.grad held before neither counts nor goes")
def test_grad_of_old_gradient(compare, sample, probe):
    f = probe("coupled", sample.normal(5))
    for old in (sample.normal(5), None):
        compare(probe("old_gradient"), "grad_of", old, f, sample.normal(5), about="grad_of")


@check(points=1, title="grad_of: x may be an inner node of a graph, which stays whole")
def test_grad_of_inner_node(compare, sample, probe):
    compare(probe("inner_node"), "grad_of", probe("coupled", sample.normal(5)), sample.normal(5), about="grad_of")


@check(
    points=1.5,
    title="accumulate: the sum over the batches, returned and left in w.grad; what w.grad held before is gone",
)
def test_accumulate(compare, sample, probe):
    for old in (None, sample.normal(4), torch.tensor([nan, inf, -inf, 1e300], dtype=torch.float64)):
        compare(
            probe("accumulated"), sample.normal(4), batches(sample, 4), old, about="accumulate", effects=True, **DIGITS
        )
    shapes_and_rows = ((2, 3), (4,)), ((), (1, 3)), ((1, 4), (2, 2)), ((4, 1), (3, 1)), ((3, 3), (2, 3, 1, 4, 2))
    for shape, rows in shapes_and_rows:
        w, some = sample.normal(*shape), batches(sample, prod(shape), rows)
        compare(probe("accumulated"), w, some, sample.normal(*shape), about="accumulate", effects=True, **DIGITS)
    w = far(sample, 2, 3, 1, 2).transpose(0, 3)
    compare(probe("accumulated"), w, batches(sample, 12), w + 1, about="accumulate", effects=True, **DIGITS)
    single = {"dtype": torch.float32}
    w, old = sample.normal(3, 1, **single), sample.normal(3, 1, **single)
    compare(probe("accumulated"), w, batches(sample, 3), old, about="accumulate", effects=True)


@check(points=0.5, title="accumulate: each batch's backward comes before the next batch")
def test_accumulate_order(compare, sample, probe):
    compare(probe("accumulated_in_order"), sample.normal(4), batches(sample, 4), about="accumulate")


@check(points=1, title="vjp: v times the Jacobian, for sizes that differ and sizes that agree")
def test_vjp(compare, sample, probe):
    for x_shape, out_shape in SHAPES_AND_OUTPUTS:
        x = sample.normal(*x_shape)
        f = probe("squares", sample.normal(*out_shape, x.numel()))
        compare(probe("plain_x"), "vjp", f, x, sample.normal(*out_shape), about="vjp", effects=True, **DIGITS)
    f, v = probe("squares", sample.normal(2, 5, 6)), sample.normal(5, 2, std=40).T
    for x in (sample.normal(3, 2).T, far(sample, 6)):
        compare(probe("plain_x"), "vjp", f, x, v, about="vjp", effects=True, **DIGITS)
    single = {"dtype": torch.float32}
    x, v = sample.normal(5, **single), sample.normal(3, **single)
    compare(probe("plain_x"), "vjp", probe("squares", sample.normal(3, 5)), x, v, about="vjp", effects=True)


@check(
    points=1, title="freeze: no parameter learns any more, at whatever depth; gradients still pass through the module"
)
def test_freeze(compare, sample, probe):
    compare(
        probe("step_around_frozen"),
        sample.normal(3),
        blocks(sample, 3),
        sample.normal(3),
        sample.normal(6, 3),
        about="freeze",
    )


@check(points=1.5, title="detached_copy: whatever is written to the copy, x and its gradient stay right")
def test_detached_copy(compare, sample, probe):
    for shape, dtype in (((2, 3), torch.float64), ((), torch.float64), ((5,), torch.float32)):
        w, k = steep(sample, *shape).to(dtype), sample(*shape, low=1, high=2, dtype=dtype)
        digits = DIGITS if dtype is torch.float64 else {}
        compare(probe("overwritten_copy"), w, k, about="detached_copy", **digits)
    for w in (*(steep(sample, *shape) for shape in SHAPES), steep(sample, 4, 3).T):
        compare(probe("overwritten_copy"), w, sample(*w.shape, low=1, high=2), about="detached_copy", **DIGITS)
        for learning in (False, True):
            compare(probe("overwritten_copy_of_a_leaf"), 1 / w, learning, about="detached_copy", rtol=0, atol=0)
    wild = torch.tensor([inf, -inf, nan, 0.0, -1e300, 1e5], dtype=torch.float64)
    compare(probe("overwritten_copy_of_a_leaf"), wild, False, about="detached_copy", rtol=0, atol=0)


@check(points=1, title="numerical_gradient: central differences; of x³ with eps 0.1 they give 3x² + 0.01")
def test_numerical(compare, sample, probe):
    compare(
        "numerical_gradient", probe("cubes", torch.ones_like(x := sample.normal(5))), x, 0.1, effects=True, **DIGITS
    )
    for shape in SHAPES[:-1]:
        f = probe("coupled", sample.normal(*shape))
        compare("numerical_gradient", f, sample.normal(*shape), sample.number(0.05, 2), effects=True, **DIGITS)
    compare("numerical_gradient", probe("only_entry"), sample.normal(), 0.5, effects=True)
    compare("numerical_gradient", probe("coupled", sample.normal(3, 4)), sample.normal(3, 4), 1e-4, effects=True)
    compare("numerical_gradient", probe("coupled", sample.normal(5)), sample.normal(5, std=30), 0.1, effects=True)
    compare(
        "numerical_gradient", probe("waves", sample.normal(6)), far(sample, 6), sample.number(0.05, 0.2), effects=True
    )


@check(points=0.5, title="numerical_gradient: float32 in and out, float64 in between")
def test_numerical_float32(compare, sample, probe):
    x = sample.normal(5, dtype=torch.float32)
    compare("numerical_gradient", probe("coupled", sample.normal(5)), x, 1e-4, effects=True)


@check(points=0.5, hidden=True, title="accumulate: the returned sum outlives a reset of w.grad")
def test_accumulate_reset(compare, sample, probe):
    compare(probe("accumulated_then_reset"), sample.normal(4), batches(sample, 4), about="accumulate", **DIGITS)


@check(points=0.5, hidden=True, title="vjp: x as a leaf with an old gradient, and as an inner node")
def test_vjp_of_any_x(compare, sample, probe):
    v = sample.normal(3)
    f = probe("squares", sample.normal(3, 5))
    compare(probe("old_gradient"), "vjp", sample.normal(5), f, sample.normal(5), v, about="vjp")
    compare(probe("inner_node"), "vjp", f, sample.normal(5), v, about="vjp")


@check(
    points=0.5,
    hidden=True,
    title="freeze: parameters stay, and so do buffers and modes, also where a part is in another mode than the whole",
)
def test_freeze_modes(compare, sample, probe):
    for evaluating in (None, 0):
        compare(
            probe("modes_after_freeze"),
            sample.normal(3),
            blocks(sample, 3),
            evaluating,
            sample.normal(4, 3),
            about="freeze",
        )


@check(
    points=0.5,
    hidden=True,
    title="numerical_gradient: an x that is not contiguous; an f that autograd can't follow; no entries at all",
)
def test_numerical_any(compare, sample, probe):
    x = sample.normal(3, 2).T
    compare("numerical_gradient", probe("coupled", sample.normal(2, 3)), x, 0.1, effects=True, **DIGITS)
    compare(probe("of_a_leaf"), sample.normal(4), sample.normal(4), 0.1, about="numerical_gradient", **DIGITS)
    compare("numerical_gradient", probe("coupled", sample.normal(0)), sample.normal(0), 0.1, effects=True)
