"""The checks of exercise 13. Gradients come from autograd on the trusted side, through functions that are handed in.

What the probes say of flags and of the order of calls only ever takes points: each check judges numbers too.
"""

from __future__ import annotations

import torch

from grader.checks import check

#: Sums of a few products keep fourteen digits in float64; a detour through float32 leaves seven.
DIGITS = {"rtol": 1e-10, "atol": 1e-11}


def batches(sample, d):
    """Three batches of 3, 5 and 2 rows: inputs [n, d] and targets [n]."""
    return [(sample.normal(n, d), sample.normal(n)) for n in (3, 5, 2)]


def blocks(sample, d):
    """The weight, bias and buffer of each of two blocks of width d."""
    return [(sample.normal(d, d), sample.normal(d), sample.normal(d)) for _ in range(2)]


@check(points=1, title="grad_of: the gradient, for an x of any shape")
def test_grad_of(compare, sample, probe):
    for shape in ((5,), (2, 3), ()):
        f = probe("coupled", sample.normal(*shape))
        compare(probe("plain_x"), "grad_of", f, sample.normal(*shape), about="grad_of", **DIGITS)
    f, x = probe("coupled", sample.normal(4)), sample.normal(4, dtype=torch.float32)
    compare(probe("plain_x"), "grad_of", f, x, about="grad_of")


@check(points=1, title="grad_of: a gradient that x.grad held before neither counts nor goes")
def test_grad_of_old_gradient(compare, sample, probe):
    f = probe("coupled", sample.normal(5))
    compare(probe("old_gradient"), "grad_of", sample.normal(5), f, sample.normal(5), about="grad_of")


@check(points=1, title="grad_of: x may be an inner node of a graph, which stays whole")
def test_grad_of_inner_node(compare, sample, probe):
    compare(probe("inner_node"), "grad_of", probe("coupled", sample.normal(5)), sample.normal(5), about="grad_of")


@check(
    points=1.5,
    title="accumulate: the sum over the batches, returned and left in w.grad; what w.grad held before is gone",
)
def test_accumulate(compare, sample, probe):
    for old in (None, sample.normal(4)):
        compare(probe("accumulated"), sample.normal(4), batches(sample, 4), old, about="accumulate", **DIGITS)


@check(points=0.5, title="accumulate: each batch's backward comes before the next batch")
def test_accumulate_order(compare, sample, probe):
    compare(probe("accumulated_in_order"), sample.normal(4), batches(sample, 4), about="accumulate")


@check(points=1, title="vjp: v times the Jacobian, for sizes that differ and sizes that agree")
def test_vjp(compare, sample, probe):
    for x_shape, out_shape in (((2, 3), (4,)), ((4,), (4,)), ((3,), (2, 2))):
        x = sample.normal(*x_shape)
        f = probe("squares", sample.normal(*out_shape, x.numel()))
        compare(probe("plain_x"), "vjp", f, x, sample.normal(*out_shape), about="vjp", **DIGITS)


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
        w, k = sample(*shape, low=-2, high=2, dtype=dtype), sample(*shape, low=1, high=2, dtype=dtype)
        digits = DIGITS if dtype is torch.float64 else {}
        compare(probe("overwritten_copy"), w, k, about="detached_copy", **digits)


@check(points=1, title="numerical_gradient: central differences; of x³ with eps 0.1 they give 3x² + 0.01")
def test_numerical(compare, sample, probe):
    compare("numerical_gradient", probe("cubes", torch.ones_like(x := sample.normal(5))), x, 0.1, **DIGITS)
    for shape in ((2, 3), ()):
        f = probe("coupled", sample.normal(*shape))
        compare("numerical_gradient", f, sample.normal(*shape), sample.number(0.05, 0.2), **DIGITS)


@check(points=0.5, title="numerical_gradient: float32 in and out, float64 in between")
def test_numerical_float32(compare, sample, probe):
    x = sample.normal(5, dtype=torch.float32)
    compare("numerical_gradient", probe("coupled", sample.normal(5)), x, 1e-4)


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
    compare("numerical_gradient", probe("coupled", sample.normal(2, 3)), x, 0.1, **DIGITS)
    compare(probe("of_a_leaf"), sample.normal(4), sample.normal(4), 0.1, about="numerical_gradient", **DIGITS)
    compare("numerical_gradient", probe("coupled", sample.normal(0)), sample.normal(0), 0.1)
