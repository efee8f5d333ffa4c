"""The checks of exercise 27, by part: a plain network forward; backward and clipping; the LSTM; batches of sequences of
different lengths.

Every function is judged by itself: `rnn_backward` is given the right states, and where `rnn_forward` or `rnn_backward`
is not right with the submission's own other functions, right ones stand in for these.
"""

from __future__ import annotations

import torch

from grader.checks import check

#: Sums of a few products keep fourteen digits in float64; a difference quotient does not reach ten.
TEN_DIGITS = {"rtol": 1e-10, "atol": 1e-12}
#: For numbers in the thousands, some of which may cancel.
TEN_DIGITS_OF_LARGE = {"rtol": 1e-10, "atol": 1e-9}
#: What some add to a norm before they divide by it is in the sixth digit.
FIVE_DIGITS = {"rtol": 1e-5, "atol": 1e-7}
SINGLE = {"rtol": 1e-4, "atol": 1e-5}

#: What a function may be built on.
BUILT_ON = {"rnn_forward": ("rnn_step",), "rnn_backward": ("rnn_step", "rnn_forward")}


def drawn(draw, accept):
    """The first draw that is accepted."""
    for _ in range(10_000):
        values = draw()
        if accept(values):
            return values
    raise ValueError("none of 10,000 draws tells mistakes apart")


def judge(compare, student, reference, probe, name, *args, **options):
    """The result must be the reference's. Right functions stand in where the submission's own do not lead to it."""
    size = args[0].numel() // args[0].shape[2] * args[1].shape[1]  # of the states
    if name == "rnn_backward":
        size = sum(args[place].numel() for place in (1, 2, 4, 5, 6))
    trial = probe("tried"), name, size, *args
    alone = torch.allclose(student(*trial), reference(*trial), rtol=options["rtol"], atol=options["atol"])
    stand_ins = {} if alone else {other: probe(f"right_{other}") for other in BUILT_ON[name]}
    compare(name, *args, replace=stand_ins, **options)


# --- inputs


def from_last_axis(block):
    """The same numbers, the first axis the fastest in memory."""
    axes = tuple(reversed(range(block.ndim)))
    return block.permute(axes).contiguous().permute(axes)


def every_second(row):
    """The same numbers with others between them in memory."""
    return torch.stack([row, row + 1], dim=1)[:, 0]


def strided(*blocks):
    """The same numbers, none of the blocks contiguous."""
    return tuple(every_second(block) if block.ndim == 1 else from_last_axis(block) for block in blocks)


def single(*blocks):
    return tuple(block.float() for block in blocks)


def weights(sample, D, H, parts=1, size=1.0):
    """Wx, Wh, b, of a size by which the states neither vanish nor saturate. size: of Wx."""
    Wx = sample.normal(parts * H, D, std=size / D**0.5)
    return Wx, sample.normal(parts * H, H, std=1 / H**0.5), sample.normal(parts * H, std=0.7)


def one_step(sample, N, D, H, parts=1, size=1.0):
    """x, h, Wx, Wh, b. size: of x; Wx is the smaller for it."""
    h = sample(N, H, low=-1, high=1)
    return size * sample.normal(N, D), h, *weights(sample, D, H, parts, 1 / size)


def sequences(sample, N, T, D, H, size=1.0):
    """x, h0, Wx, Wh, b."""
    return size * sample.normal(N, T, D), sample.normal(N, H), *weights(sample, D, H, size=1 / size)


def states(x, h, Wx, Wh, b):
    """What `rnn_forward` gives, which `rnn_backward` is given."""
    hs = []
    for now in x.unbind(dim=1):
        h = torch.tanh(now @ Wx.T + h @ Wh.T + b)
        hs.append(h)
    return torch.stack(hs, dim=1)


def backward_inputs(sample, N, T, D, H, size=1.0):
    """dhs, x, h0, hs, Wx, Wh, b."""
    x, h0, *parameters = sequences(sample, N, T, D, H, size)
    return sample.normal(N, T, H), x, h0, states(x, h0, *parameters), *parameters


def saturated(sample, parts=1):
    """Wx, Wh, b by which pre-activations are near ±1000, and some are not; for two inputs near 1."""
    H = 3
    Wx = torch.tensor([[600.0, 400.0], [-400.0, -600.0], [0.3, -0.5]]).double().to(sample.device).repeat(parts, 1)
    return Wx + 0.1 * sample.normal(parts * H, 2), sample.normal(parts * H, H, std=0.5), sample.normal(parts * H)


def lengths(sample, N, longest, *, total=None):
    """[N], of three different lengths or more if there are so many, the longest among them, in no order. total: the
    sums that they may have."""

    def accept(values):
        steps = values.diff().tolist()
        mixed = N < 3 or (min(steps) < 0 < max(steps) and len(values.unique()) >= 3)
        return mixed and int(values.max()) == longest and (total is None or int(values.sum()) in total)

    return drawn(lambda: sample.integers(N, low=1, high=longest + 1), accept)


def pieces(sample, D, sizes, size=1.0):
    """Sequences of these lengths. The last row of the longest is 0, and counts; each of the others has a row of 0 as
    well if it has more than one."""
    seqs = [size * sample.normal(count, D, mean=1) for count in sizes.tolist()]
    for seq in seqs:
        if len(seq) > 1:
            seq[-1] = 0
    return seqs


def padding(sizes, T):
    """[N, T]: what lies beyond each length."""
    return torch.arange(T, device=sizes.device) >= sizes[:, None]


def partly_nan(sample, sizes, T):
    """[N, T]: where NaN stands in the padding. With four sequences or more, some have none, and neither the first
    entry of the padding nor the last one tells which."""
    beyond = padding(sizes, T)

    def accept(places):
        inside = places.any(dim=1)
        first = places.gather(1, sizes[:, None].clamp(max=T - 1))[:, 0]
        return not inside.all() and all(bool((inside & ~at).any()) for at in (first, places[:, -1]))

    if len(sizes) < 4:
        return beyond
    return drawn(lambda: beyond & (sample(*beyond.shape) < 0.5), accept)


def gradients(sample, *shapes):
    return [sample.normal(*shape, mean=0.5) for shape in shapes]


def norm_of(grads):
    return float(torch.cat([grad.reshape(-1) for grad in grads]).norm())


# --- a step, and the network forward


@check(points=1, title="rnn_step: tanh(x Wxᵀ + h Whᵀ + b)", part="forward")
def test_step(compare, sample):
    for N, D, H in ((1, 3, 2), (3, 3, 3), (4, 2, 3)):
        compare("rnn_step", *one_step(sample, N, D, H), effects=True, **TEN_DIGITS)


@check(
    points=1,
    title="rnn_forward: the states after each step, for one time and for several (what is wrong in your rnn_step does "
    "not count here)",
    part="forward",
)
def test_forward(compare, student, reference, sample, probe):
    for N, T, D, H in ((2, 4, 1, 3), (3, 3, 3, 3), (4, 1, 2, 3)):
        args = sequences(sample, N, T, D, H)
        judge(compare, student, reference, probe, "rnn_forward", *args, effects=True, **TEN_DIGITS)


@check(
    points=0.5,
    hidden=True,
    title="rnn_step and rnn_forward: large numbers, one sample with one input, many times, views, float32, another "
    "device",
    part="forward",
)
def test_forward_further(compare, student, reference, sample, probe):
    compare("rnn_step", sample(4, 2, low=0.9, high=1.1), sample.normal(4, 3), *saturated(sample), **TEN_DIGITS)
    compare("rnn_step", *strided(*one_step(sample, 3, 4, 2, size=2000)), **TEN_DIGITS)
    compare("rnn_step", *one_step(sample, 1, 1, 1), **TEN_DIGITS)
    x, h, Wx, Wh, b = one_step(sample, 3, 2, 4)
    compare(
        "rnn_step", 0 * x, 0 * h, Wx, Wh, 0 * b, identity=True, **TEN_DIGITS
    )  # the new state is equal to the old one
    compare("rnn_step", *single(*one_step(sample, 3, 2, 4)), twin=True, **SINGLE)
    for N, T, D, H, size in ((3, 2, 2, 4, 2000), (1, 1, 1, 1, 1), (2, 20, 3, 1, 1)):
        args = strided(*sequences(sample, N, T, D, H, size))
        judge(compare, student, reference, probe, "rnn_forward", *args, **TEN_DIGITS)
    args = single(*sequences(sample, 2, 3, 4, 3))
    judge(compare, student, reference, probe, "rnn_forward", *args, twin=True, **SINGLE)


# --- backward, and clipping


@check(points=1, title="rnn_backward of a single step, T = 1: all five gradients", part="backward")
def test_single_step_back(compare, student, reference, sample, probe):
    for N, D, H in ((2, 1, 3), (3, 3, 3)):
        args = backward_inputs(sample, N, 1, D, H)
        judge(compare, student, reference, probe, "rnn_backward", *args, effects=True, **TEN_DIGITS)


@check(
    points=2,
    title="rnn_backward through time: all five gradients, also where one inner state alone has a loss",
    part="backward",
)
def test_through_time(compare, student, reference, sample, probe):
    for N, T, D, H in ((2, 3, 1, 4), (3, 5, 2, 4), (3, 3, 3, 3)):
        args = backward_inputs(sample, N, T, D, H)
        judge(compare, student, reference, probe, "rnn_backward", *args, effects=True, **TEN_DIGITS)
    dhs, *rest = backward_inputs(sample, 2, 5, 3, 2)
    inner = (torch.arange(5, device=sample.device) == sample.integer(1, 4))[:, None]
    judge(compare, student, reference, probe, "rnn_backward", dhs * inner, *rest, **TEN_DIGITS)


@check(
    points=1,
    title="clip_by_norm: one factor for all, if their common norm is above the limit; the norm before",
    part="backward",
)
def test_clip(compare, sample):
    for shapes in (((3,), (2, 3)), ((3, 3), (3, 3), (3,)), ((5,), (2, 2, 3), (4, 2), (1,))):
        grads = gradients(sample, *shapes)
        for factor in (sample.number(0.2, 0.5), sample.number(1.2, 1.6)):
            compare("clip_by_norm", grads, factor * norm_of(grads), effects=factor < 1, **FIVE_DIGITS)


@check(
    points=0.5,
    hidden=True,
    title="rnn_backward and clip_by_norm: large numbers, one sample with one input, many times, views, float32, "
    "another device",
    part="backward",
)
def test_backward_further(compare, student, reference, sample, probe):
    for N, T, D, H, size in ((3, 2, 2, 4, 2000), (1, 1, 1, 1, 1), (2, 20, 3, 1, 1)):
        dhs, *rest = strided(*backward_inputs(sample, N, T, D, H, size))
        judge(compare, student, reference, probe, "rnn_backward", size * dhs, *rest, rtol=1e-10, atol=1e-9 * size)
    args = single(*backward_inputs(sample, 2, 3, 4, 3))
    judge(compare, student, reference, probe, "rnn_backward", *args, twin=True, **SINGLE)
    grads = [2000 * grad for grad in (*strided(*gradients(sample, (5,), (3, 4))), *gradients(sample, (), (0, 3)))]
    for max_norm in (1.5, 1e6):
        compare("clip_by_norm", grads, max_norm, **FIVE_DIGITS)
    for grads in (gradients(sample, (3, 4)), [sample.normal(1, mean=3)]):
        compare("clip_by_norm", grads, 0.5 * norm_of(grads), **FIVE_DIGITS)
    grads = list(single(*gradients(sample, (2,), (3, 2))))
    for factor in (0.5, 1.5):
        compare("clip_by_norm", grads, factor * norm_of(grads), twin=True, **SINGLE)


# --- the LSTM


@check(points=1.5, title="lstm_cell: the next h and c, the gates in the order i, f, g, o", part="lstm")
def test_lstm(compare, sample):
    for N, D, H in ((1, 2, 1), (3, 3, 3), (4, 2, 3), (2, 3, 5)):
        x, h, *parameters = one_step(sample, N, D, H, parts=4)
        compare("lstm_cell", x, h, sample.normal(N, H, std=1.5), *parameters, effects=True, **TEN_DIGITS)


@check(
    points=0.5,
    hidden=True,
    title="lstm_cell: large numbers, one sample with one input, views, float32, another device",
    part="lstm",
)
def test_lstm_further(compare, sample):
    x, h = sample(4, 2, low=0.9, high=1.1), sample.normal(4, 3)
    compare("lstm_cell", x, h, sample.normal(4, 3), *saturated(sample, parts=4), **TEN_DIGITS)
    for N, D, H, size in ((3, 4, 2, 2000), (1, 1, 1, 1)):
        x, h, *parameters = one_step(sample, N, D, H, parts=4, size=size)
        args = strided(x, h, size * sample.normal(N, H, mean=1), *parameters)
        compare("lstm_cell", *args, **TEN_DIGITS_OF_LARGE)
    x, h, *parameters = one_step(sample, 3, 2, 4, parts=4)
    compare("lstm_cell", *single(x, h, sample.normal(3, 4), *parameters), twin=True, **SINGLE)


# --- sequences of different lengths


@check(points=0.5, title="pad_batch: one block with zeros after the shorter sequences; the lengths", part="lengths")
def test_pad(compare, sample):
    for N, longest, D in ((4, 3, 1), (3, 3, 3), (4, 6, 2)):
        compare("pad_batch", pieces(sample, D, lengths(sample, N, longest)), effects=True, **TEN_DIGITS)


@check(
    points=1,
    title="last_state: of each sequence the state after its own last step; the padding holds anything",
    part="lengths",
)
def test_last_state(compare, sample):
    for N, T, longest, H in ((4, 4, 3, 2), (4, 6, 5, 3), (3, 3, 3, 3)):
        hs, sizes = sample.normal(N, T, H), lengths(sample, N, longest)
        beyond = padding(sizes, T)[:, :, None]
        for block in (
            hs,
            hs.masked_fill(partly_nan(sample, sizes, T)[:, :, None], torch.nan),
            hs.masked_fill(beyond, 0),
        ):
            compare("last_state", block, sizes, effects=True, **TEN_DIGITS)


# Where the lengths add up to a power of two, 1 / lengths.sum(), which is float32, is exact.


@check(points=0.5, title="masked_mean where the padding is NaN: value and gradient", part="lengths")
def test_mean_of_nan(compare, sample):
    for N, T, longest in ((4, 4, 3), (4, 7, 5)):
        loss, sizes = sample.normal(N, T, mean=2, std=3), lengths(sample, N, longest, total=(8, 16))
        compare("masked_mean", loss.masked_fill(padding(sizes, T), torch.nan), sizes, gradient=(0,), **TEN_DIGITS)


@check(
    points=0.5,
    title="masked_mean: every valid step counts alike, and the padding, of any numbers, does not",
    part="lengths",
)
def test_mean(compare, sample):
    for N, T, longest, total in ((4, 4, 3, 8), (4, 4, 4, 8), (5, 6, 5, 16)):
        loss, sizes = sample.normal(N, T, mean=2, std=3), lengths(sample, N, longest, total=(total,))
        compare("masked_mean", loss, sizes, gradient=(0,) if N == T else False, effects=True, **TEN_DIGITS)


@check(
    points=0.5,
    hidden=True,
    title="pad_batch, last_state, masked_mean: one sequence, equal lengths, large numbers, views, float32, another "
    "device",
    part="lengths",
)
def test_lengths_further(compare, sample):
    mixed, equal = lengths(sample, 4, 5, total=(8, 16)), torch.full((4,), 4, device=sample.device)
    for sizes, T, H in ((mixed, 5, 3), (mixed, 8, 1), (equal, 4, 2), (equal[:1], 4, 1), (equal[:1] // 4, 1, 3)):
        N, view = len(sizes), every_second(sizes)
        compare("pad_batch", list(strided(*pieces(sample, H, sizes, size=2000))), **TEN_DIGITS)
        compare("last_state", from_last_axis(sample.normal(N, T, H, std=2000)), view, **TEN_DIGITS)
        loss = from_last_axis(sample.normal(N, T, mean=2, std=2000))
        compare("masked_mean", loss, view, gradient=(0,), **TEN_DIGITS_OF_LARGE)
    compare("pad_batch", list(single(*pieces(sample, 2, mixed))), twin=True)
    compare("last_state", sample.normal(4, 6, 2).float(), mixed, twin=True)
    compare("masked_mean", sample.normal(4, 6, mean=2).float(), mixed, gradient=(0,), twin=True, **SINGLE)
