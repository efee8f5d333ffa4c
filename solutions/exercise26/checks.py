"""The checks of exercise 26.

The shapes say most here: each check has sizes that all differ and sizes that all agree. The backward functions get an
upstream gradient that is drawn, and need nothing of the forward ones; where the submission calls its `conv2d` or its
`max_pool2d` from another function, right ones stand in.
"""

from __future__ import annotations

import torch

from grader.checks import check

#: A sum of products keeps fourteen digits in float64, by Fourier transforms thirteen of its largest; what went through
#: float32 on the way keeps seven.
TEN_DIGITS = {"rtol": 1e-10, "atol": 1e-11}
FOUR_DIGITS = {"rtol": 1e-4, "atol": 1e-4}

#: A single small image with a single small kernel, of whole numbers, that can be followed by hand: these come first.
TINY, TINY_POOL = ((1, 1, 3, 3, 1, 2, 2), 1, 0), ((1, 1, 3, 3), 2, 1, 0)
TINY_PADDED, TINY_PADDED_POOL = ((1, 1, 4, 3, 1, 2, 2), 2, 1), ((1, 1, 3, 3), 2, 2, 1)

#: Sizes of a convolution, N, C, H, W, O, P, Q; then stride and padding.
PLAIN = ((2, 3, 6, 7, 4, 3, 2), 1, 0), ((3, 3, 5, 5, 3, 3, 3), 1, 0), ((3, 2, 4, 8, 5, 2, 4), 1, 0)
#: All sizes agree in the first one. A row or a column is left over in the others with a stride above 1.
STRIDES_AND_PADDING = (
    ((3, 3, 3, 3, 3, 3, 3), 1, 1),
    ((2, 3, 6, 8, 4, 5, 3), 2, 1),
    ((3, 2, 5, 6, 4, 5, 4), 1, 2),
    ((2, 3, 7, 9, 5, 2, 3), 4, 1),
)
#: A stride without padding.
STRIDES = ((2, 3, 6, 8, 4, 3, 3), 2, 0), ((4, 2, 7, 9, 3, 4, 2), 3, 0)

#: Sizes of a pooling, N, C, H, W; then kernel, stride and padding.
POOLS = ((3, 2, 6, 8), 3, 2, 0), ((4, 3, 5, 7), 2, 2, 0), ((3, 3, 5, 5), 3, 1, 0), ((4, 2, 5, 8), 2, 3, 0)
PADDED_POOLS = ((2, 3, 6, 8), 3, 2, 1), ((3, 3, 3, 3), 3, 1, 1), ((2, 3, 5, 7), 4, 3, 2), ((3, 2, 4, 5), 2, 1, 1)


def drawn(draw, accept):
    """The first draw that is accepted."""
    for _ in range(1_000):
        values = draw()
        if accept(values):
            return values
    raise ValueError("none of 1,000 draws will do")


# --- inputs


def outputs(size, kernel, stride, padding):
    return (size + 2 * padding - kernel) // stride + 1


def numbers(sample, *shape):
    """Normal ones; whole ones in the shapes of a single small image and a single kernel, 0 not among them."""
    if set(shape[:2]) != {1}:
        return sample.normal(*shape, mean=0.5)
    return sample.integers(*shape, low=1, high=5).double() * (2 * sample.integers(*shape, low=0, high=2) - 1)


def layer(sample, sizes, scale=1.0):
    """x, w, b. scale: of x."""
    n, c, height, width, o, p, q = sizes
    return scale * numbers(sample, n, c, height, width), numbers(sample, o, c, p, q), numbers(sample, o)


def upstream(sample, sizes, stride, padding, scale=1.0):
    """dout, x, w, stride, padding: what conv2d_backward takes. scale: of x and dout."""
    n, _, height, width, o, p, q = sizes
    x, w, _ = layer(sample, sizes, scale)
    shape = n, o, outputs(height, p, stride, padding), outputs(width, q, stride, padding)
    return scale * numbers(sample, *shape), x, w, stride, padding


def pooled_upstream(sample, x, kernel, stride, padding, scale=1.0):
    """dout, x, kernel, stride, padding: what max_pool2d_backward takes. No entry of dout is near 0. scale: of dout."""
    height, width = (outputs(size, kernel, stride, padding) for size in x.shape[2:])
    shape = *x.shape[:2], height, width
    if shape[:2] == (1, 1):
        return scale * numbers(sample, *shape), x, kernel, stride, padding
    signs = 2 * sample.integers(*shape, low=0, high=2) - 1
    return scale * signs * sample(*shape, low=0.5, high=2), x, kernel, stride, padding


def windows(x, kernel, stride, padding):
    """[N, C, H′, W′, kernel²]: the windows of the padded image, and beside them where each of their pixels is."""
    n, c, height, width = x.shape
    padded = x.new_full((n, c, height + 2 * padding, width + 2 * padding), -torch.inf)
    padded[:, :, padding : padding + height, padding : padding + width] = x
    places = torch.arange(padded.numel(), device=x.device).reshape(padded.shape)
    return tuple(block.unfold(2, kernel, stride).unfold(3, kernel, stride).flatten(4) for block in (padded, places))


def image(sample, shape, kernel, stride, padding):
    """x of negative numbers, all different. Windows have their largest in the corners and elsewhere, and where they
    overlap, several have the same pixel for it. A single image has whole numbers, and too few windows for all of that.
    """
    single = shape[:2] == (1, 1)

    def accept(x):
        values, places = windows(x, kernel, stride, padding)
        first = values.argmax(dim=4, keepdim=True)
        winners = places.gather(4, first)
        corners = {0, kernel - 1, kernel * (kernel - 1), kernel * kernel - 1} <= set(first.flatten().tolist())
        shared = len(winners.unique()) < winners.numel()
        return (corners or single) and (shared or stride >= kernel)

    if single:
        return drawn(lambda: -1.0 - sample.permutation(shape[2] * shape[3]).double().reshape(shape), accept)
    return drawn(lambda: sample(*shape, low=-3, high=-0.01), accept)


def image_with_ties(sample, shape, kernel, stride, padding):
    """x of small whole numbers. In some windows the first pixel is smaller than its neighbours on the right and below,
    which are both the largest."""

    def accept(x):
        values, _ = windows(x, kernel, stride, padding)
        largest = values == values.amax(dim=4, keepdim=True)
        tied = largest[..., 1] & largest[..., kernel] & ~largest[..., 0]
        return int(tied.sum()) >= (1 if shape[:2] == (1, 1) else 3)

    return drawn(lambda: sample.integers(*shape, low=-2, high=2).double(), accept)


def scattered(block):
    """The same numbers, the first axis the fastest in memory, with gaps."""
    axes = tuple(reversed(range(block.ndim)))
    turned = block.permute(axes).contiguous().permute(axes)
    return torch.stack([turned, -turned], dim=block.ndim)[..., 0]


# --- judging


def judge(compare, probe, name, *args, **options):
    """One function or scenario; right ones stand in for the forward functions that it may call."""
    about = options.pop("about", name)
    right = {other: probe(f"right_{other}") for other in ("conv2d", "max_pool2d") if other != about}
    compare(name if about == name else probe(name), *args, about=about, replace=right, **{**TEN_DIGITS, **options})


def judge_gradient(compare, probe, which, *args, **options):
    judge(compare, probe, which, *args, about="conv2d_backward", **options)


def judge_pool_backward(compare, probe, *args, **options):
    right = {other: probe(f"right_{other}") for other in ("conv2d", "max_pool2d")}
    about = "max_pool2d_backward"
    compare(probe(about), *args, about=about, replace=right, **{**TEN_DIGITS, **options})


# --- convolution


@check(points=1.5, title="conv2d, stride 1, no padding: every kernel on every window, all channels added up")
def test_conv2d(compare, sample, probe):
    for sizes, stride, padding in (TINY, *PLAIN):
        judge(compare, probe, "conv2d", *layer(sample, sizes), stride, padding, effects=True)


@check(points=1, title="conv2d with strides, rows or columns left over, and padding with zeros")
def test_conv2d_strides(compare, sample, probe):
    for sizes, stride, padding in (TINY_PADDED, *STRIDES_AND_PADDING, STRIDES[0]):
        judge(compare, probe, "conv2d", *layer(sample, sizes), stride, padding)


@check(points=0.5, title="conv2d_backward: db, the gradient of the biases")
def test_db(compare, sample, probe):
    for sizes, stride, padding in (TINY, *PLAIN[:2], *STRIDES_AND_PADDING[:2]):
        judge_gradient(compare, probe, "db", *upstream(sample, sizes, stride, padding), effects=True)


@check(points=1.5, title="conv2d_backward: dw, the gradient of the kernels, with strides and padding too")
def test_dw(compare, sample, probe):
    for sizes, stride, padding in (TINY, TINY_PADDED, *PLAIN[:2], *STRIDES_AND_PADDING, STRIDES[0]):
        judge_gradient(compare, probe, "dw", *upstream(sample, sizes, stride, padding))


@check(points=1, title="conv2d_backward: dx, the gradient of the images, stride 1, no padding")
def test_dx(compare, sample, probe):
    for sizes, stride, padding in (TINY, *PLAIN):
        judge_gradient(compare, probe, "dx", *upstream(sample, sizes, stride, padding))


@check(points=1, title="conv2d_backward: dx with strides, rows or columns left over, and padding")
def test_dx_strides(compare, sample, probe):
    for sizes, stride, padding in (TINY_PADDED, *STRIDES_AND_PADDING):
        judge_gradient(compare, probe, "dx", *upstream(sample, sizes, stride, padding))


# --- pooling


@check(points=1, title="max_pool2d without padding: strides below, equal to and above the window's side")
def test_pool(compare, sample, probe):
    for shape, kernel, stride, padding in (TINY_POOL, *POOLS):
        x = image(sample, shape, kernel, stride, padding)
        judge(compare, probe, "max_pool2d", x, kernel, stride, padding, effects=True)
    judge(compare, probe, "max_pool2d", sample.normal(2, 3, 4, 5), 2, 1, 0)


@check(points=0.5, title="max_pool2d with padding, which never has the largest number")
def test_pool_padding(compare, sample, probe):
    for shape, kernel, stride, padding in (TINY_PADDED_POOL, *PADDED_POOLS):
        judge(compare, probe, "max_pool2d", image(sample, shape, kernel, stride, padding), kernel, stride, padding)


@check(points=1.5, title="max_pool2d_backward: the gradient goes to the largest number, from every window that has it")
def test_pool_backward(compare, sample, probe):
    for shape, kernel, stride, padding in (TINY_POOL, TINY_PADDED_POOL, *POOLS, *PADDED_POOLS[:3]):
        x = image(sample, shape, kernel, stride, padding)
        judge_pool_backward(compare, probe, *pooled_upstream(sample, x, kernel, stride, padding), effects=True)


@check(points=1, title="max_pool2d_backward: of equal numbers the first in the window gets all of it")
def test_ties(compare, sample, probe):
    for shape, kernel, stride, padding in (TINY_POOL, POOLS[1], PADDED_POOLS[0], POOLS[2]):
        x = image_with_ties(sample, shape, kernel, stride, padding)
        judge_pool_backward(compare, probe, *pooled_upstream(sample, x, kernel, stride, padding))
    flat = torch.full_like(sample(2, 3, 4, 6), sample.number(1, 2))
    judge_pool_backward(compare, probe, *pooled_upstream(sample, flat, 2, 2, 0))


# --- beyond


def judge_all(compare, probe, sizes, stride, padding, kernel, inputs, **options):
    """All four functions. inputs: (x, w, b), (dout, x, w), the pooling's x, and its (dout, x)."""
    (x, w, b), upstreams, pooled, pooled_upstreams = inputs
    judge(compare, probe, "conv2d", x, w, b, stride, padding, **options)
    for which in ("dx", "dw", "db"):
        judge_gradient(compare, probe, which, *upstreams, stride, padding, **options)
    judge(compare, probe, "max_pool2d", pooled, kernel, stride, padding, **options)
    judge_pool_backward(compare, probe, *pooled_upstreams, kernel, stride, padding, **options)


def drawn_inputs(sample, sizes, stride, padding, kernel, scale=1.0, convert=torch.Tensor.double):
    """What `judge_all` takes, each tensor converted."""
    x = scale * (image(sample, sizes[:4], kernel, stride, padding) + 1.5)  # of both signs
    groups = (
        layer(sample, sizes, scale),
        upstream(sample, sizes, stride, padding, scale)[:3],
        (x,),
        pooled_upstream(sample, x, kernel, stride, padding, scale)[:2],
    )
    first, second, (third,), fourth = (tuple(map(convert, group)) for group in groups)
    return first, second, third, fourth


@check(points=0.5, hidden=True, title="views that are not contiguous; float32; another device than the CPU")
def test_views(compare, sample, probe):
    args = (2, 3, 6, 7, 4, 3, 2), 2, 0, 3
    judge_all(compare, probe, *args, drawn_inputs(sample, *args, convert=scattered))
    single = drawn_inputs(sample, *args, convert=torch.Tensor.float)
    judge_all(compare, probe, *args, single, twin=True, **FOUR_DIGITS)
    judge(compare, probe, "conv2d", *single[0], 2, 1, twin=True, **FOUR_DIGITS)
    judge(compare, probe, "max_pool2d", single[2] - 2, 3, 2, 1, twin=True, **FOUR_DIGITS)


@check(points=0.5, hidden=True, title="kernels of 1 × 1, a single window, images of one row, N = C = O = 1")
def test_small(compare, sample, probe):
    for sizes, stride, padding, kernel in (
        ((1, 1, 3, 4, 1, 1, 1), 1, 0, 1),
        ((2, 3, 3, 2, 2, 3, 2), 1, 0, 2),
        ((1, 2, 1, 5, 3, 1, 3), 2, 0, 1),
        ((1, 1, 1, 1, 1, 1, 1), 2, 0, 1),
    ):
        inputs = drawn_inputs(sample, sizes, stride, padding, kernel)
        judge_all(compare, probe, sizes, stride, padding, kernel, inputs)


@check(
    points=0.5, hidden=True, title="numbers in the thousands, and small ones; strides without padding, pooling with it"
)
def test_scales(compare, sample, probe):
    for args, scale, atol in zip(STRIDES, (3000.0, 1e-3), (1e-5, 1e-16), strict=True):
        inputs = drawn_inputs(sample, *args, 2, scale)
        judge_all(compare, probe, *args, 2, inputs, atol=atol)
    # No number is small enough for the padding but −∞.
    x = 3000 * (image(sample, (2, 3, 5, 5), 3, 2, 1) - 1)
    judge(compare, probe, "max_pool2d", x, 3, 2, 1)
    judge_pool_backward(compare, probe, *pooled_upstream(sample, x, 3, 2, 1))
