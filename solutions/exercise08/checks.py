"""The checks of exercise 08.

Whether something happened in place is read off the larger tensor that x is a part of, and off what writing to the
result does. Whether code depends on the CPU shows on a twin of another device.
"""

from __future__ import annotations

import torch

from grader.checks import check

#: A product and a sum keep fourteen digits in float64; a detour through float32 leaves seven.
TEN_DIGITS = {"rtol": 1e-10, "atol": 1e-12}
#: The same where numbers of some thousands may cancel.
OF_LARGE = {"rtol": 1e-10, "atol": 1e-9}


def matrix(sample, n=4, d=5, dtype=torch.float64):
    return sample(n, d, low=2, high=3, dtype=dtype)


def wide(sample, n, d):
    """Numbers of either sign, from a hundredth to two thousand."""
    return 10 ** sample(n, d, low=-2, high=3.3) * (2 * sample.integers(n, d, low=0, high=2) - 1)


def with_zero(sample, n, classes):
    """Labels below `classes`, each once, and n more: that labels count from 0 shows only if there is a 0."""
    return torch.cat([sample.permutation(classes), sample.integers(n, low=0, high=classes)])


def coefficients(sample):
    """a and c: a·x + c, c·x + a, a·(x + c) and x + a·c are all different, and none is near 1."""
    return sample.number(2, 3), -sample.number(4, 5)


def arithmetic(compare, sample, probe, *functions, dtype=torch.float64, **options):
    """Each function on views of a matrix."""
    for function in functions:
        if function.startswith("add"):
            scenario, rest = probe("add_on_views"), [matrix(sample, dtype=dtype)]
        else:
            scenario, rest = probe("affine_on_views"), coefficients(sample)
        compare(scenario, function, matrix(sample, dtype=dtype), *rest, about=function, **options)


def of_large(compare, sample, probe, *functions):
    """The same with numbers of every size and sign."""
    for function in functions:
        if function.startswith("add"):
            scenario, rest = probe("add_on_views"), [wide(sample, 3, 4)]
        else:
            scenario, rest = probe("affine_on_views"), [-sample.number(0.3, 0.7), sample.number(1000, 2000)]
        compare(scenario, function, wide(sample, 3, 4), *rest, about=function, **OF_LARGE)


@check(points=1, title="add and affine: the right numbers in a new tensor; x and y stay as they are")
def test_new(compare, sample, probe):
    arithmetic(compare, sample, probe, "add", "affine", **TEN_DIGITS)
    of_large(compare, sample, probe, "add", "affine")
    compare("add", matrix(sample), matrix(sample), effects=True, **TEN_DIGITS)
    compare("affine", matrix(sample), *coefficients(sample), effects=True, **TEN_DIGITS)


@check(points=1, title="add_: the sum stands in x, also where x is a part of a larger tensor, and x comes back")
def test_add_in_place(compare, sample, probe):
    arithmetic(compare, sample, probe, "add_", **TEN_DIGITS)
    of_large(compare, sample, probe, "add_")


@check(points=1, title="affine_: a·x + c stands in x, also where x is a part of a larger tensor, and x comes back")
def test_affine_in_place(compare, sample, probe):
    arithmetic(compare, sample, probe, "affine_", **TEN_DIGITS)
    of_large(compare, sample, probe, "affine_")


@check(points=1, title='pick_device: "auto" is cuda where there is one, else mps, else cpu')
def test_auto(compare, probe):
    compare(probe("auto_device"), about="pick_device")


@check(points=0.5, title="pick_device: a device's name means that device, on every machine")
def test_named(compare, sample, probe):
    names = ["cpu", "cuda", "mps", f"cuda:{sample.integer(1, 8)}"]
    compare(probe("named_device"), names, about="pick_device")


@check(points=1.5, title="to_device: every tensor moves, however deep it lies; the containers given stay as they are")
def test_to_device(compare, sample, probe):
    x, y, z = sample(2, 3), sample.integers(3, low=0, high=9), sample(dtype=torch.float32)
    for batch in (x, {"x": x, "y": y}, [x, {"y": [y, z]}], [x, (y, z), [z]], (x, {"z": z})):
        compare(probe("there_and_back"), batch, sample(1), about="to_device", twin=True, **TEN_DIGITS)
    for batch in ([x, {"y": [y, z]}], {"x": x, "z": {"y": (y, [z])}}):
        compare(probe("emptied"), batch, about="to_device", **TEN_DIGITS)


@check(
    points=1,
    title="to_device: dicts, lists and tuples stay what they are; what is no tensor is kept, and tensors "
    "beside it move",
)
def test_other_leaves(compare, sample, probe):
    x, whole, fraction = sample(2, 3), sample.integer(2, 9), sample.number(0, 1)
    for batch in ([x, "cat", whole, fraction, None], {"x": x, "name": "cat", whole: (True, None)}, ((), [], {}), None):
        compare("to_device", batch, probe.build("device", "cpu"), **TEN_DIGITS)
    beside = [x, "cat", {"whole": whole, "x": x}]
    compare(probe("there_and_back"), beside, sample(1), about="to_device", twin=True, **TEN_DIGITS)


@check(
    points=1,
    title="run_on: module and input meet on the device; the output is there, and so are the module and its gradients",
)
def test_run_on(compare, sample, probe):
    for route, n, d, c in (
        ("to the other device", 4, 3, 2),
        ("to the CPU", 3, 3, 3),
        ("the module is there already", 1, 2, 3),
        ("x is there already", 2, 4, 3),
    ):
        compare(
            probe("run_elsewhere"),
            route,
            sample.normal(d, c),
            sample.normal(c),
            4 * sample.normal(d, n).T,
            about="run_on",
            twin=True,
            effects=route == "to the other device",
            **TEN_DIGITS,
        )


@check(points=0.5, title="append_ones: x, and a column of ones at its right")
def test_append_ones(compare, sample):
    for n, d in ((4, 3), (3, 3), (1, 5), (4, 1)):
        compare("append_ones", sample(n, d, low=2, high=3), effects=(n, d) == (4, 3), **TEN_DIGITS)
    compare("append_ones", wide(sample, 3, 10)[:, ::2], **TEN_DIGITS)


@check(points=1, title="one_hot: float32; in each row a 1 in the label's column, and zeros")
def test_one_hot(compare, sample):
    for n, classes in ((3, 4), (1, 4), (0, 7)):
        compare("one_hot", with_zero(sample, n, classes - 1), classes, effects=n == 3)
    compare("one_hot", sample.permutation(5), 5)
    for n in (1, 3):
        compare("one_hot", torch.zeros(n, dtype=torch.int64), 1)
    compare("one_hot", sample.integers(4, low=256, high=300)[::2], 301)


@check(points=1, title="append_ones and one_hot: the result is on the device of the input")
def test_elsewhere(compare, sample):
    compare("append_ones", sample(4, 3, low=2, high=3), twin=True, **TEN_DIGITS)
    compare("one_hot", with_zero(sample, 2, 4), 4, twin=True)


@check(points=0.5, hidden=True, title="float32 in, float32 out")
def test_float32(compare, sample, probe):
    arithmetic(compare, sample, probe, "add", "affine", "add_", "affine_", dtype=torch.float32)
    compare("append_ones", sample(4, 3, low=2, high=3, dtype=torch.float32))


@check(points=0.5, hidden=True, title="arithmetic on another device")
def test_arithmetic_elsewhere(compare, sample, probe):
    arithmetic(compare, sample, probe, "add", "affine", "add_", "affine_", twin=True, **TEN_DIGITS)


@check(points=0.5, hidden=True, title="an empty batch, and a batch of one")
def test_empty(compare, sample):
    x, y = matrix(sample, 0), matrix(sample, 0)
    for function, *rest in (("add", y), ("affine", *coefficients(sample))):
        compare(function, x, *rest)
        compare(f"{function}_", x, *rest)
    for n in (0, 1):
        compare("append_ones", sample(n, 3, low=2, high=3))
        compare("one_hot", sample.integers(n, low=1, high=3), 4)
