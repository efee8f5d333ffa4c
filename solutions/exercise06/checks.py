"""The checks of exercise 06.

Whose memory a tensor has is found out by writing to one thing and reading another. What is drawn is judged here, by
shares and moments of the numbers themselves; only to explain a failure are they summarised beside the submission.

False alarms, n = 160,000 numbers a draw. A share p of independent draws is off by more than t with probability
2·exp(−nt²/(2p(1−p) + 2t/3)) at most (Bernstein): 1.5e-10 for t = 0.008 and p = 0.68, 4e-12 for p = 0.25; one and nine
such shares are judged. The mean of normal numbers is off by more than 0.017 σ with probability 1.1e-11 (6.8 standard
errors), their variance by more than 2.7% with probability 2·exp(−27) = 4e-12 at most (Laurent and Massart): 1.3% of σ.
In all below 3e-10 a run. Two honest draws of 500 numbers agree in a twentieth of them with a probability far below
that: single ones agree once in a million.
"""

from __future__ import annotations

import torch

from grader.checks import check, fail

SHAPE = (400, 400)
#: With more axes and with fewer, of which dtype and shape are looked at.
SHAPES = ((3, 4), (5,), (1,), (2, 3, 1), (2, 1, 3, 2))
SHARE = 0.008
MOMENT = 0.017

#: Numbers that only change their type keep all their digits; by way of float32 seven would be left.
TEN_DIGITS = {"rtol": 1e-10, "atol": 1e-12}

UNIFORM, NORMAL, INTEGERS = "uniform", "normal", "integers"
#: Wide ranges, in which two draws hardly ever agree by chance.
WIDE = {UNIFORM: (-3.0, 5.0), NORMAL: (1.0, 2.0), INTEGERS: (-1_000_000, 1_000_000)}


def seed_of(sample):
    return sample.integer(0, 10**9)


def arrays(sample, *dtypes, shape=(3, 4)):
    """Two arrays of each dtype, none of whose entries is 1 or the other array's."""
    for dtype in dtypes:
        a = 2 + sample.permutation(60)[: torch.Size(shape).numel()].reshape(shape)
        a = a + sample(*shape, low=0.1, high=0.9) if dtype.is_floating_point else a
        sign = 1 if dtype is torch.uint8 else -1
        yield (sign * a).to(dtype).cpu().numpy(), (a + 100).to(dtype).cpu().numpy()


def large_integers(sample, *shape):
    """Odd numbers that float64 can't hold."""
    return sample.integers(*shape, low=2**53, high=2**58) | 1


def both_kinds(sample):
    """Matrices of floats and of whole numbers, and arrays with more axes and with fewer."""
    return [
        *arrays(sample, torch.float64, torch.int64),
        *arrays(sample, torch.int64, shape=(3, 3)),
        *arrays(sample, torch.float64, shape=(2, 1, 4)),
        *arrays(sample, torch.float64, shape=(5,)),
    ]


class Draws:
    """What a submission draws, judged here."""

    def __init__(self, student, reference, expect, probe):
        self.student, self.reference, self.expect, self.probe = student, reference, expect, probe

    def judge(self, summary, function, between, seeds, *more, equals, atol, shape=SHAPE):
        """The summary of the numbers drawn must be `equals`, each entry give or take `atol`."""
        numbers = self.student(self.probe("draw"), function, shape, between, seeds)
        found = self.reference(self.probe("summarise"), summary, numbers, between, [*more])
        if not near(found, equals, atol):
            scenario = self.probe("draw_and_summarise"), summary, function, shape, between, seeds, [*more]
            self.expect(*scenario, equals=equals, rtol=0, atol=atol, about=function)
            fail("The numbers drawn are not what their summary says.")

    def judge_repeats(self, function, between, seed):
        """With one seed the numbers are the same again; with another one, or later from one generator, they are not."""
        again = {"the same generator again": False, "the other generator again": False}
        right = {"another seed": False, "the same seed": True, **again}
        self.judge("repeated", function, between, [seed + 7, seed, seed], equals=right, atol=0, shape=(20, 25))


def near(found, expected, atol):
    return all(abs(a - b) <= atol for a, b in zip(found.values(), expected.values(), strict=True))


def spread_over(parts, again):
    """What `spread` says of right numbers. again: how often one is the same as the one before."""
    shares = {f"share of part {number + 1}": 1 / parts for number in range(parts)}
    return {"furthest below the range": 0.0, "furthest above the range": 0.0, **shares, "same as the one before": again}


@check(part="creation", points=1, title="from_list: the numbers, and the dtype that PyTorch infers from them")
def test_from_list(compare, sample, probe):
    numbers, fractions = sample.integers(6, low=-9, high=9).tolist(), sample(6, low=-9, high=9).tolist()
    lists = [numbers, fractions, [[True, False], [False, False]], [*numbers, *fractions], [True, *fractions]]
    nested = [[numbers[:3], numbers[3:]], [[fractions[:3]], [numbers[3:]]], [], numbers[0], fractions[0], True]
    further = [
        [[numbers[:3]], [fractions[3:]]],
        large_integers(sample, 3).tolist(),
        [[-number * 1000.0 for number in fractions]],
        [float(number) for number in numbers],
    ]
    compare("from_list", numbers)
    compare(probe("each_list"), [*lists, *nested, *further], about="from_list")
    compare("from_list", fractions, effects=True)


@check(
    part="creation",
    points=0.75,
    title="from_numpy_shared: what is written to the array stands in the tensor, and the other way round",
)
def test_shared(compare, sample, probe):
    for a, later in both_kinds(sample):
        compare(probe("write_to_both"), "from_numpy_shared", a, later, about="from_numpy_shared", **TEN_DIGITS)
    compare("from_numpy_shared", sample(2, 3, low=-2000, high=2000).cpu().numpy(), **TEN_DIGITS)


@check(
    part="creation",
    points=0.75,
    title="from_numpy_copied: what is written to the array does not reach the tensor, nor the other way round",
)
def test_copied(compare, sample, probe):
    for a, later in both_kinds(sample):
        compare(probe("write_to_both"), "from_numpy_copied", a, later, about="from_numpy_copied", **TEN_DIGITS)
    compare("from_numpy_copied", sample(2, 3, low=-2000, high=2000).cpu().numpy(), effects=True, **TEN_DIGITS)


@check(part="creation", points=0.5, title="filled: zeros, ones and empty tensors of the shape and dtype asked for")
def test_filled(compare, probe):
    for kind in ("zeros", "ones", "empty"):
        for shape, dtype in (
            *(((2, 3), "float64"), ((4,), "int64"), ((), "float32"), ((3, 0, 2), "bool")),
            *(((3, 3), "float32"), ((2, 1, 3), "int32"), ((2, 1, 3, 2), "bool")),
        ):
            compare(probe("fill"), kind, shape, probe.build("dtype", dtype), about="filled")
    compare("filled", "ones", (2, 3), probe.build("dtype", "float32"), effects=True)


@check(part="creation", points=1, title="convert: the numbers in the new dtype, and never in the memory of x")
def test_convert(compare, sample, probe):
    whole = sample.integers(3, 4, low=-9, high=9)
    whole[0, :2] = torch.tensor([0, 7])
    fractions = whole.double() + sample(3, 4, low=0.55, high=0.95)
    fractions[1, :3] = torch.tensor([0.003, 1234.75, -2345.75])
    inputs = [
        (fractions, ("int64", "float32", "bool")),
        (whole, ("float64", "int32", "bool")),
        (whole > 0, ("int64", "float32")),
        (sample(low=2.1, high=9), ("int64",)),
        (fractions.reshape(2, 1, 6).transpose(0, 2), ("int64",)),
    ]
    for x, dtypes in inputs:
        for dtype in (*dtypes, str(x.dtype).removeprefix("torch.")):
            compare(probe("convert"), x, probe.build("dtype", dtype), about="convert", **TEN_DIGITS)
    compare("convert", fractions, probe.build("dtype", "float32"), effects=True)


@check(part="creation", points=0.25, hidden=True, title="other dtypes, large numbers")
def test_dtypes(compare, sample, probe):
    for a, later in arrays(sample, torch.float32, torch.int32, torch.uint8):
        for function in ("from_numpy_shared", "from_numpy_copied"):
            compare(probe("write_to_both"), function, a, later, about=function)
    large = large_integers(sample, 2, 3)
    for function in ("from_numpy_shared", "from_numpy_copied"):
        compare(probe("write_to_both"), function, large.cpu().numpy(), (large - 2).cpu().numpy(), about=function)
        for x in (sample(), sample(0, 3)):
            compare(function, x.cpu().numpy(), **TEN_DIGITS)
    compare(probe("convert"), large_integers(sample, 2, 3), probe.build("dtype", "int64"), about="convert")


@check(
    part="random", points=0.75, title="uniform: float32, inside the range, each quarter of it as often as the others"
)
def test_uniform(compare, student, reference, expect, sample, probe):
    # The middle lies inside [0, 1), so that plain numbers of torch.rand are on both sides of it.
    middle, half = sample.number(0.3, 0.7), sample.number(3, 4)
    between = middle - half, middle + half
    seeds = [seed_of(sample)]
    draws = Draws(student, reference, expect, probe)
    for shape in SHAPES:
        effects = shape == SHAPES[0]
        compare(probe("minus_itself"), UNIFORM, shape, between, seeds[0], about=UNIFORM, effects=effects)
    draws.judge("spread", UNIFORM, between, seeds, 4, 0, equals=spread_over(4, again=0.0), atol=SHARE)


@check(
    part="random",
    points=0.75,
    title="normal: float32, with the mean, the standard deviation and the share near the mean of a normal distribution",
)
def test_normal(compare, student, reference, expect, sample, probe):
    between = sample.choice([-1, 1]) * sample.number(4, 6), sample.number(2, 3)
    seeds = [seed_of(sample)]
    draws = Draws(student, reference, expect, probe)
    for shape in SHAPES:
        effects = shape == SHAPES[0]
        compare(probe("minus_itself"), NORMAL, shape, between, seeds[0], about=NORMAL, effects=effects)
    right = {"mean, off by": 0.0, "standard deviation": 1.0, "share near the mean": 0.6827}
    draws.judge("moments", NORMAL, between, seeds, equals=right, atol=MOMENT)


@check(part="random", points=1, title="integers: int64, from low to high−1, each as often as the others")
def test_integers(compare, student, reference, expect, sample, probe):
    low = sample.integer(-2, 0)
    between = low, low + 4
    seeds = [seed_of(sample)]
    draws = Draws(student, reference, expect, probe)
    for shape in SHAPES:
        compare(probe("minus_itself"), INTEGERS, shape, between, seeds[0], about=INTEGERS)
    draws.judge("spread", INTEGERS, between, seeds, 4, 1, equals=spread_over(4, again=0.25), atol=SHARE)


@check(
    part="random",
    points=0.75,
    title="the same seed gives the same numbers; another seed, or the generator's next turn, gives others",
)
def test_seed(student, reference, expect, sample, probe):
    draws = Draws(student, reference, expect, probe)
    for function, between in WIDE.items():
        draws.judge_repeats(function, between, seed_of(sample))


@check(part="random", points=0.5, hidden=True, title="drawing from the generator has no side effect elsewhere")
def test_global_state(compare, student, reference, expect, sample, probe):
    for function, between in WIDE.items():
        compare(probe("draw_globally_after"), function, (3, 4), between, seed_of(sample), about=function)
        Draws(student, reference, expect, probe).judge_repeats(function, between, seed_of(sample))


@check(
    part="numbers",
    points=1,
    title="whole numbers: their mean and their quotient are float32; ⌊a/b⌋ is exact, and rounded down also below 0",
)
def test_whole_numbers(compare, sample):
    for shape, sign in (((2, 3), 1), ((7,), -1), ((), 1), ((3, 3), 1), ((2, 1, 4), -1)):
        x = sign * (3 * sample.integers(*shape, low=3, high=1000) + 1)
        compare("mean_of_integers", x[::2, 1:] if shape == (3, 3) else x, effects=shape == (2, 3))
    for shape in ((24,), (2, 3), (2, 1, 3)):
        b = sample.integers(*shape, low=2, high=9)
        a = b * sample.integers(*shape, low=-9, high=9) + 1
        exact = b * sample.integers(*shape, low=-9, high=9)
        compare("divide", torch.cat([a, a, exact, exact]), torch.cat([b, -b, b, -b]), effects=shape == (24,))
    b = sample.integers(6, low=3, high=9)
    a = b * sample.integers(6, low=10**9, high=10**10) + 1
    compare("divide", torch.stack([a, -a]).T, torch.stack([b, b]).T)
    compare("divide", torch.tensor(-9), torch.tensor(sample.integer(4, 9)))


@check(
    part="numbers",
    points=0.75,
    title="item gives a Python number, to_numpy an array of its own, both also out of a graph",
)
def test_out_again(compare, sample, probe):
    large = sample(1, 1, 1, low=1000, high=2000, dtype=torch.float32)
    for x in (-sample.integers(1, 1, low=1, high=9), -sample(), large, sample(1) > 0.5):
        compare("item", x, **TEN_DIGITS)
    compare(probe("item_of_a_graph"), sample(3), about="item")
    for x in (sample(4, dtype=torch.float32), sample.integers(2, 2, low=0, high=9), sample() > 0.5, sample(0, 3)):
        compare("to_numpy", x, **TEN_DIGITS)
    compare("to_numpy", sample(2, 3), effects=True, **TEN_DIGITS)
    for x in (sample(3, 4), large_integers(sample, 2, 1, 3), sample(3, 5, low=-2000, high=2000)[:, ::2]):
        compare(probe("write_to_x_and_array"), x, about="to_numpy", **TEN_DIGITS)
    compare(probe("from_a_graph"), sample(2, 3), about="to_numpy")
    compare("to_numpy", sample(2, 3), twin=True)


@check(part="numbers", points=0.25, hidden=True, title="large whole numbers")
def test_large(compare, sample, probe):
    b = sample.integers(12, low=3, high=9)
    a = b * sample.integers(12, low=10**9, high=10**10) + 1
    # Small ones below 0 as well: what cuts off towards 0 is another mistake than what has too few digits.
    small = -b * sample.integers(12, low=2, high=9) - 1
    compare("divide", torch.cat([a, -a, small]), torch.cat([b, b, b]))
    compare("divide", large_integers(sample, 12), b)
    compare("item", large_integers(sample, 1))
