"""The checks of exercise 28, part by part: attention; heads and layer normalization; a block; generation.

Where what the submission's own functions make of multi_head or gpt_block is not right, right ones stand in for those
that it may call. No u is near a decision, and no two logits are nearly equal, so that rounding can't change an id.
"""

from __future__ import annotations

import torch

from grader.checks import check

#: Sums of a few products keep thirteen digits in float64; what went through float32 on the way keeps seven.
TEN_DIGITS = {"rtol": 1e-10, "atol": 1e-11}
#: For scores of a hundred thousand, of which rounding leaves ten digits after the point.
SEVEN_DIGITS = {"rtol": 1e-7, "atol": 1e-8}
FOUR_DIGITS = {"rtol": 1e-4, "atol": 1e-4}

#: What a function may be built on.
BUILT_ON = {"multi_head": ("attention",), "gpt_block": ("attention", "causal_mask", "multi_head", "layer_norm")}


def drawn(draw, accept):
    """The first draw that is accepted."""
    for _ in range(10_000):
        values = draw()
        if accept(*values):
            return values
    raise ValueError("none of 10,000 draws will do")


def across(block):
    """The same numbers, the first axis the fastest in memory."""
    axes = tuple(reversed(range(block.ndim)))
    return block.permute(axes).contiguous().permute(axes)


# --- inputs


def queries(sample, lead, T, S, d, e, std=1.5):
    """q, k, v, whose scores differ by a few times std²."""
    return sample.normal(*lead, T, d, std=std), sample.normal(*lead, S, d, std=std), sample.normal(*lead, S, e, mean=1)


def some(sample, *shape):
    """A mask, true for about half of the keys; each query may attend to a key, and may not attend to one. A square one
    is not symmetric."""

    def accept(mask):
        square = shape[-1] == shape[-2]
        return bool(mask.any(-1).all() and (~mask).any(-1).all()) and not (square and torch.equal(mask, mask.mT))

    return drawn(lambda: (sample.integers(*shape, low=0, high=2) == 1,), accept)[0]


def matrices(sample, D, count=4):
    """So many matrices [D, D] that keep the size of what they multiply, about."""
    return [1.3 * sample.normal(D, D) / D**0.5 for _ in range(count)]


def block(sample, D):
    """The parameters of gpt_block."""
    p = dict(zip(("Wq", "Wk", "Wv", "Wo"), matrices(sample, D), strict=True))
    p |= {name: sample.normal(D, mean=1.5, std=0.3) for name in ("g1", "g2")}
    p |= {name: sample.normal(D, std=0.5) for name in ("c1", "c2", "d2")}
    p |= {"W1": sample.normal(4 * D, D) / D**0.5, "d1": sample.normal(4 * D, std=0.5)}
    return p | {"W2": sample.normal(D, 4 * D) / (2 * D**0.5)}


class Talk:
    """A model of V ids, N sequences of T ids, and u. Whoever takes another setting for the one that is asked for gets
    other ids, in several places."""

    def __init__(self, compare, reference, sample, probe, dtype=torch.float64):
        self.compare, self.reference, self.sample, self.probe = compare, reference, sample, probe
        self.dtype = dtype

    def judge(self, N, T, V, steps, temperature, top_k, context, others=(), same_u=False, **options):
        """others: settings (temperature, top_k, context) that others may have taken. same_u: each sequence has
        one number for all steps."""

        def draw():
            tables = [self.sample.normal(V, V, std=1.5, dtype=self.dtype) for _ in range(2)]
            tables[0].diagonal().sub_(4)  # the same id again and again would tell little
            tables.append(self.sample.normal(max(context, T), V, dtype=self.dtype))
            ids = self.sample.integers(N, T, low=0, high=V)
            u = self.sample(N, steps, dtype=self.dtype)
            return tables, ids, u[:, :1].repeat(1, steps) if same_u else u

        def accept(tables, ids, u):
            def out(settings, u=u):
                return self.reference(self.probe("generated"), *tables, ids, steps, *settings, u)

            right = out((temperature, top_k, context))
            if steps > 1 and V > 1 and len(right[:, T:].unique()) < 3:
                return False
            if self.reference(self.probe("least_margin"), tables, right, (steps, *settings), u) < 1e-4:
                return False
            found = [out(other) for other in others]
            if N > 1 and steps > 1 and temperature > 0 and top_k != 1 and not same_u:
                found += [out(settings, u[:, :1].expand(N, steps)), out(settings, u[:1].expand(N, steps))]
            return all(tells(right, other) for other in found)

        settings = (temperature, top_k, context)
        tables, ids, u = drawn(draw, accept)
        view = options.pop("view", lambda block: block)
        # Without top_k among its arguments, further calls that tell mistakes apart do not turn to it.
        scenario, settings = ("generated", settings) if top_k else ("all_allowed", (temperature, context))
        args = *tables, view(ids), steps, *settings, view(u)
        self.compare(self.probe(scenario), *args, about="generate", **options)


def tells(right, other):
    """Whether ids differ in three places, and are three different ones there."""
    places = right != other
    return int(places.sum()) >= 3 and len(right[places].unique()) >= 3


# --- judging


def stand_ins(student, reference, probe, name, *args, rtol, atol):
    """Right functions in the place of those that this one may call, where the submission's own do not lead to the
    right result."""
    trial = probe("alone"), args[0].numel(), name, *args
    if torch.allclose(student(*trial), reference(*trial), rtol=rtol, atol=atol):
        return {}
    return {other: probe(f"right_{other}") for other in BUILT_ON[name]}


def judge(compare, student, reference, probe, name, *args, digits=TEN_DIGITS, **options):
    """The function must give the reference's result."""
    replace = stand_ins(student, reference, probe, name, *args, **digits)
    compare(name, *args, replace=replace, **digits, **options)


def judge_earlier(compare, student, reference, probe, x, later, p, heads):
    """Other tokens in the place of the last ones must change no output before them."""
    replace = stand_ins(student, reference, probe, "gpt_block", x, p, heads, **TEN_DIGITS)
    compare(probe("earlier_outputs"), x, later, p, heads, about="gpt_block", replace=replace, **TEN_DIGITS)


# --- attention


@check(points=1, part="attention", title="attention without a mask: softmax(q kᵀ / √d) v")
def test_attention(compare, sample):
    for lead, T, S, d, e in (((2,), 5, 3, 4, 6), ((4,), 4, 4, 4, 4), ((), 3, 5, 2, 4), ((2, 3), 4, 7, 5, 1)):
        compare("attention", *queries(sample, lead, T, S, d, e), effects=True, **TEN_DIGITS)


@check(points=1, part="attention", title="attention with a mask: true where the query may attend to the key")
def test_masked(compare, sample):
    for lead, T, S, d, e in (((2,), 5, 3, 4, 6), ((4,), 4, 4, 4, 4), ((2, 3), 4, 7, 5, 2)):
        q, k, v = queries(sample, lead, T, S, d, e)
        compare("attention", q, k, 2000 * v, some(sample, T, S), effects=True, **TEN_DIGITS)
    compare("attention", *queries(sample, (3,), 4, 6, 2, 5), some(sample, 3, 4, 6), **TEN_DIGITS)


@check(points=1, part="attention", title="attention: the gradient for q, k and v, without a mask and with one")
def test_gradient(compare, sample):
    for lead, T, S, d, e in (((2,), 5, 3, 4, 6), ((4,), 4, 4, 4, 4)):
        inputs = queries(sample, lead, T, S, d, e)
        for mask in (None, some(sample, T, S)):
            compare("attention", *inputs, mask, gradient=(0, 1, 2), effects=True, **TEN_DIGITS)


@check(points=0.5, part="attention", title="causal_mask: each token attends to itself and to those before it")
def test_causal_mask(compare):
    for T in (5, 2, 1, 8):
        compare("causal_mask", T, effects=True)


@check(
    points=0.5,
    part="attention",
    hidden=True,
    title="attention: scores of a hundred thousand, also where the largest is masked; no query, one, one key, one "
    "number; views; float32; another device",
)
def test_extremes(compare, sample):
    for size in (50.0, 420.0):
        q, k, v = queries(sample, (2,), 5, 4, 3, 2)
        # The scores of one query are all of about the same size, those of the next one are larger.
        large = size * torch.linspace(0.2, 1, 5, dtype=torch.float64, device=q.device)
        q[..., 0], k[..., 0] = large, size
        compare("attention", q, k, v, gradient=(1, 2), **SEVEN_DIGITS)
        # All scores far below 0, where a fill that is not low enough would be the largest; then one far above them,
        # which is masked.
        mask = some(sample, 5, 3)
        mask = torch.cat([mask, mask[:, :1]], dim=1)
        compare("attention", -q, k, v, mask, gradient=(1, 2), **SEVEN_DIGITS)
        q, k = q * 1, k * 1
        q[..., 0], k[:, 3, 0] = -large, -size
        compare("attention", q, k, v, mask & (torch.arange(4, device=q.device) < 3), **SEVEN_DIGITS)
    for T, S, d, e in ((1, 1, 1, 1), (1, 4, 3, 2), (4, 1, 2, 3), (3, 4, 1, 1)):
        mask = torch.ones(T, S, dtype=torch.bool, device=sample.device)
        compare("attention", *queries(sample, (2,), T, S, d, e), mask, identity=True, **TEN_DIGITS)
    compare("attention", *queries(sample, (0,), 2, 3, 4, 5), some(sample, 2, 3))
    q, k, v = queries(sample, (2, 3), 4, 5, 3, 2)
    mask = some(sample, 2, 3, 4, 5)
    compare("attention", across(q), across(k), across(v), across(mask), gradient=(0, 1, 2), **TEN_DIGITS)
    compare("attention", q.float(), k.float(), v.float(), mask, twin=True, gradient=(0, 1, 2), **FOUR_DIGITS)


# --- heads and layer normalization


@check(
    points=1.5,
    part="heads",
    title="multi_head: consecutive columns form a head; without a mask and with one (what is wrong in your attention "
    "does not count here)",
)
def test_multi_head(compare, student, reference, sample, probe):
    for N, T, D, heads in ((2, 5, 12, 3), (4, 4, 4, 2), (2, 3, 6, 3)):
        x = sample.normal(N, T, D)
        for mask in (None, some(sample, T, T)):
            judge(compare, student, reference, probe, "multi_head", x, *matrices(sample, D), heads, mask, effects=True)


@check(points=1, part="heads", title="layer_norm: mean and variance of the last axis, eps inside the root")
def test_layer_norm(compare, sample):
    for shape in ((2, 3, 5), (4, 4), (6,)):
        g, c = sample.normal(shape[-1], mean=1), sample.normal(shape[-1])
        x = sample.normal(*shape, mean=-2, std=3)
        compare("layer_norm", x, g, c, effects=True, **TEN_DIGITS)
        compare("layer_norm", x, g, c, 0.5, **TEN_DIGITS)
        compare("layer_norm", x / 500, g, c, **TEN_DIGITS)


@check(
    points=0.5,
    part="heads",
    hidden=True,
    title="multi_head and layer_norm: one token, one head, as many heads as numbers; large numbers; views; float32; "
    "another device",
)
def test_heads_extremes(compare, student, reference, sample, probe):
    for N, T, D, heads, scale in (
        (3, 1, 6, 2, 1),
        (1, 4, 5, 1, 1),
        (2, 3, 4, 4, 1),
        (2, 3, 4, 2, 2000),
        (2, 2, 1, 1, 1),
    ):
        x, weights = scale * sample.normal(N, T, D), matrices(sample, D)
        digits = TEN_DIGITS if scale == 1 else {"rtol": 1e-7, "atol": 1e-6}
        judge(compare, student, reference, probe, "multi_head", x, *weights, heads, None, digits=digits)
        compare("layer_norm", x, weights[0][0], 3000 * weights[1][0], **TEN_DIGITS)
    compare("layer_norm", x, *sample.normal(2, 1, std=1e-9), rtol=1e-10, atol=1e-19)
    compare("layer_norm", sample(0, 3), weights[0][0].expand(3), weights[1][0].expand(3))
    x, weights, mask = sample.normal(3, 4, 6), matrices(sample, 6), some(sample, 4, 4)
    views = map(across, (x, *weights))
    judge(compare, student, reference, probe, "multi_head", *views, 2, across(mask))
    compare("layer_norm", across(x), weights[0][:, 0], weights[1][:, 0], **TEN_DIGITS)
    x, weights = x.float(), [W.float() for W in weights]
    judge(compare, student, reference, probe, "multi_head", x, *weights, 2, mask, twin=True, digits=FOUR_DIGITS)
    compare("layer_norm", x, weights[0][0], weights[1][0], twin=True, **FOUR_DIGITS)


# --- a block


@check(
    points=1,
    part="block",
    title="gpt_block of one token, which attends to itself alone: what is normalized and what is added (what is wrong "
    "in your other functions does not count here)",
)
def test_one_token(compare, student, reference, sample, probe):
    for N, D, heads, scale in ((3, 6, 2, 1), (4, 4, 1, 1), (1, 3, 1, 3000), (2, 4, 2, 0.003)):
        x = scale * sample.normal(N, 1, D, mean=0.5, std=2)
        judge(compare, student, reference, probe, "gpt_block", x, block(sample, D), heads, digits=TEN_DIGITS)


@check(
    points=1.5,
    part="block",
    title="gpt_block of several tokens: a token that comes later changes no output before it (what is wrong in your "
    "other functions does not count here)",
)
def test_block(compare, student, reference, sample, probe):
    for N, T, D, heads, last in ((2, 5, 6, 3, 2), (4, 4, 4, 2, 1), (2, 3, 8, 4, 2)):
        x, p = sample.normal(N, T, D, std=2), block(sample, D)
        judge_earlier(compare, student, reference, probe, x, sample.normal(N, last, D, std=2), p, heads)
        judge(compare, student, reference, probe, "gpt_block", x, p, heads, effects=True)


@check(
    points=0.5,
    part="block",
    hidden=True,
    title="gpt_block: one head, as many heads as numbers; views; float32; another device",
)
def test_block_extremes(compare, student, reference, sample, probe):
    for N, T, D, heads in ((1, 6, 3, 1), (2, 3, 4, 4), (2, 2, 1, 1)):
        x, p = sample.normal(N, T, D), block(sample, D)
        judge(compare, student, reference, probe, "gpt_block", x, p, heads)
    x, p = sample.normal(3, 4, 6, std=2), block(sample, 6)
    views = {name: across(value) for name, value in p.items()}
    judge(compare, student, reference, probe, "gpt_block", across(x), views, 2)
    p = {name: value.float() for name, value in p.items()}
    judge(compare, student, reference, probe, "gpt_block", x.float(), p, 3, twin=True, digits=FOUR_DIGITS)


# --- generation


@check(
    points=1,
    part="generation",
    title="generate at temperature 0: the largest of the last logits, from the last `context` ids",
)
def test_greedy(compare, reference, sample, probe):
    talk = Talk(compare, reference, sample, probe)
    for N, T, V, steps, context in ((3, 5, 7, 6, 4), (4, 4, 4, 4, 4), (2, 1, 9, 8, 3), (3, 6, 5, 4, 1)):
        talk.judge(N, T, V, steps, 0.0, 0, context, effects=True)
    talk.judge(3, 2, 6, 5, 0.0, 2, 3, view=across)


@check(points=1.5, part="generation", title="generate follows u: the first id whose cumulative probability is above it")
def test_sampling(compare, reference, sample, probe):
    talk = Talk(compare, reference, sample, probe)
    for N, T, V, steps, temperature, context in ((5, 3, 8, 7, 0.5, 4), (6, 6, 6, 6, 2.0, 6), (3, 2, 9, 10, 1.0, 2)):
        others = [] if temperature == 1 else [(1.0, 0, context), (1 / temperature, 0, context)]
        others += [(0.0, 0, context), (temperature, 0, context // 2)]
        talk.judge(N, T, V, steps, temperature, 0, context, others)
    talk.judge(2, 3, 6, 0, 1.0, 0, 2)
    talk.judge(1, 1, 1, 2, 1.0, 0, 1)


@check(points=1.5, part="generation", title="generate with top_k: the others get nothing, and the rest adds up to 1")
def test_top_k(compare, reference, sample, probe):
    talk = Talk(compare, reference, sample, probe)
    for N, T, V, steps, top_k, temperature, context in ((5, 3, 8, 7, 3, 1.5, 4), (6, 6, 6, 6, 2, 0.7, 6)):
        others = [(temperature, other, context) for other in (0, 1, top_k + 1)]
        talk.judge(N, T, V, steps, temperature, top_k, context, others, effects=True)
    talk.judge(4, 3, 7, 5, 1.5, 1, 3, [(1.5, 0, 3)])
    talk.judge(3, 2, 5, 4, 1.5, 5, 3, same_u=True)
    talk = Talk(compare, reference, sample, probe, torch.float32)
    talk.judge(4, 5, 7, 6, 0.8, 4, 3, [(0.8, 0, 3)], view=across, twin=True)
