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


@check(points=1, en="grad_of: the gradient, for an x of any shape", zh="grad_of：梯度正确，x 可以是任意形状")
def test_grad_of(compare, sample, probe):
    for shape in ((5,), (2, 3), ()):
        f = probe("coupled", sample.normal(*shape))
        compare(probe("plain_x"), "grad_of", f, sample.normal(*shape), about="grad_of", **DIGITS)
    f, x = probe("coupled", sample.normal(4)), sample.normal(4, dtype=torch.float32)
    compare(probe("plain_x"), "grad_of", f, x, about="grad_of")


@check(
    points=1,
    en="grad_of: a gradient that x.grad held before neither counts nor goes",
    zh="grad_of：x.grad 里原有的梯度既不混进结果，也不会丢",
)
def test_grad_of_old_gradient(compare, sample, probe):
    f = probe("coupled", sample.normal(5))
    compare(probe("old_gradient"), "grad_of", sample.normal(5), f, sample.normal(5), about="grad_of")


@check(
    points=1,
    en="grad_of: x may be an inner node of a graph, which stays whole",
    zh="grad_of：x 可以是计算图的内部节点，而且图保持完好",
)
def test_grad_of_inner_node(compare, sample, probe):
    compare(probe("inner_node"), "grad_of", probe("coupled", sample.normal(5)), sample.normal(5), about="grad_of")


@check(
    points=1.5,
    en="accumulate: the sum over the batches, returned and left in w.grad; what w.grad held before is gone",
    zh="accumulate：各小批量梯度之和，既返回也留在 w.grad 里；w.grad 原有的内容不再算数",
)
def test_accumulate(compare, sample, probe):
    for old in (None, sample.normal(4)):
        compare(probe("accumulated"), sample.normal(4), batches(sample, 4), old, about="accumulate", **DIGITS)


@check(
    points=0.5,
    en="accumulate: each batch's backward comes before the next batch",
    zh="accumulate：每个小批量都先做完反向传播，再轮到下一个",
)
def test_accumulate_order(compare, sample, probe):
    compare(probe("accumulated_in_order"), sample.normal(4), batches(sample, 4), about="accumulate")


@check(
    points=1,
    en="vjp: v times the Jacobian, for sizes that differ and sizes that agree",
    zh="vjp：v 乘雅可比矩阵，大小不同和大小相同都算对",
)
def test_vjp(compare, sample, probe):
    for x_shape, out_shape in (((2, 3), (4,)), ((4,), (4,)), ((3,), (2, 2))):
        x = sample.normal(*x_shape)
        f = probe("squares", sample.normal(*out_shape, x.numel()))
        compare(probe("plain_x"), "vjp", f, x, sample.normal(*out_shape), about="vjp", **DIGITS)


@check(
    points=1,
    en="freeze: no parameter learns any more, at whatever depth; gradients still pass through the module",
    zh="freeze：无论嵌套多深，参数都不再更新；梯度仍能穿过这个模块",
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


@check(
    points=1.5,
    en="detached_copy: whatever is written to the copy, x and its gradient stay right",
    zh="detached_copy：无论往副本里写什么，x 和它的梯度都不受影响",
)
def test_detached_copy(compare, sample, probe):
    for shape, dtype in (((2, 3), torch.float64), ((), torch.float64), ((5,), torch.float32)):
        w, k = sample(*shape, low=-2, high=2, dtype=dtype), sample(*shape, low=1, high=2, dtype=dtype)
        digits = DIGITS if dtype is torch.float64 else {}
        compare(probe("overwritten_copy"), w, k, about="detached_copy", **digits)


@check(
    points=1,
    en="numerical_gradient: central differences; of x³ with eps 0.1 they give 3x² + 0.01",
    zh="numerical_gradient：中心差分；对 x³ 取 eps = 0.1，得 3x² + 0.01",
)
def test_numerical(compare, sample, probe):
    compare("numerical_gradient", probe("cubes", torch.ones_like(x := sample.normal(5))), x, 0.1, **DIGITS)
    for shape in ((2, 3), ()):
        f = probe("coupled", sample.normal(*shape))
        compare("numerical_gradient", f, sample.normal(*shape), sample.number(0.05, 0.2), **DIGITS)


@check(
    points=0.5,
    en="numerical_gradient: float32 in and out, float64 in between",
    zh="numerical_gradient：输入和结果都是 float32，中间用 float64 计算",
)
def test_numerical_float32(compare, sample, probe):
    x = sample.normal(5, dtype=torch.float32)
    compare("numerical_gradient", probe("coupled", sample.normal(5)), x, 1e-4)


@check(
    points=0.5,
    hidden=True,
    en="accumulate: the returned sum outlives a reset of w.grad",
    zh="accumulate：w.grad 清零之后，返回的和不变",
)
def test_accumulate_reset(compare, sample, probe):
    compare(probe("accumulated_then_reset"), sample.normal(4), batches(sample, 4), about="accumulate", **DIGITS)


@check(
    points=0.5,
    hidden=True,
    en="vjp: x as a leaf with an old gradient, and as an inner node",
    zh="vjp：x 是带有旧梯度的叶子节点，或者是内部节点",
)
def test_vjp_of_any_x(compare, sample, probe):
    v = sample.normal(3)
    f = probe("squares", sample.normal(3, 5))
    compare(probe("old_gradient"), "vjp", sample.normal(5), f, sample.normal(5), v, about="vjp")
    compare(probe("inner_node"), "vjp", f, sample.normal(5), v, about="vjp")


@check(
    points=0.5,
    hidden=True,
    en="freeze: parameters stay, and so do buffers and modes, also where a part is in another mode than the whole",
    zh="freeze：参数不再更新，缓冲区和模式不变，某个部分与整体模式不同时也一样",
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
    en="numerical_gradient: an x that is not contiguous; an f that autograd can't follow; no entries at all",
    zh="numerical_gradient：x 在内存中不连续；f 不经过自动微分；x 没有元素",
)
def test_numerical_any(compare, sample, probe):
    x = sample.normal(3, 2).T
    compare("numerical_gradient", probe("coupled", sample.normal(2, 3)), x, 0.1, **DIGITS)
    compare(probe("of_a_leaf"), sample.normal(4), sample.normal(4), 0.1, about="numerical_gradient", **DIGITS)
    compare("numerical_gradient", probe("coupled", sample.normal(0)), sample.normal(0), 0.1)
