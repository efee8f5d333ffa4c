"""The checks of exercise 07.

Whether a result is a view is found out by writing: into x, then the result is read; into the result, then x is.
"""

from __future__ import annotations

import torch

from grader.checks import check

#: One sum keeps fifteen digits in float64; a detour through float32 leaves seven.
TEN_DIGITS = {"rtol": 1e-10, "atol": 1e-12}

ALL, ROWS, EVERY_OTHER, INNER, TRANSPOSED = "all", "memory[1:3]", "memory[:, ::2]", "memory[:, 1:4]", "memory.T"


def matrix(sample, *shape, dtype=torch.float64):
    """Numbers between 2 and 3, so that nothing is 0 and a change of sign shows."""
    return sample(*shape, low=2, high=3, dtype=dtype)


def wide(sample, *shape):
    """Numbers of either sign, from a hundredth to two thousand."""
    return 10 ** sample(*shape, low=-2, high=3.3) * (2 * sample.integers(*shape, low=0, high=2) - 1)


def large(sample, *shape):
    """Numbers of either sign, between 800 and 2000."""
    return sample(*shape, low=800, high=2000) * (2 * sample.integers(*shape, low=0, high=2) - 1)


def cell(sample, rows):
    """i and j, which are not equal, and fit the other way round, too: both are rows as well as columns."""
    i, j = sample.permutation(rows)[:2].tolist()
    return i, j


def with_gaps(sample, rows, columns):
    """A matrix with gaps between its entries: every other column of a wider one, which has one column less than
    two for each, so that no single step leads from each entry to the next."""
    return matrix(sample, rows, 2 * columns - 1)[:, ::2]


@check(part="shape", points=1, title="describe: the shape, the number of axes, the number of elements")
def test_describe(compare, sample, probe):
    for x in (matrix(sample, 4, 3), matrix(sample, 2, 5, 3), matrix(sample, 6), with_gaps(sample, 4, 3)):
        compare(probe("result_of"), "describe", x, about="describe")
    gaps = with_gaps(sample, 3, 2)
    for x in (matrix(sample), matrix(sample, 3, 0), matrix(sample, 1, 2, 1, 3), matrix(sample, 3, 3), gaps):
        compare(probe("result_of"), "describe", x, about="describe")


@check(part="shape", points=1, title="as_view: the same numbers in the same order, in the same memory")
def test_as_view(compare, sample, probe):
    for x_is, memory, shape in (
        (ALL, matrix(sample, 4, 6), (3, 8)),
        (ALL, matrix(sample, 4, 6), (2, -1, 3)),
        (ROWS, matrix(sample, 4, 6), (12,)),
        (ALL, matrix(sample, 2, 3, 4), (6, 4)),
        (ALL, large(sample, 1, 12), (1, 4, 3)),
        (ALL, matrix(sample, 4, 4), (2, 8)),
    ):
        compare(probe("write_through"), "as_view", x_is, memory, shape, about="as_view", **TEN_DIGITS)


@check(part="shape", points=1, title="as_view: RuntimeError where no view has this shape, a view where one does")
def test_refusal(compare, sample, probe):
    for x_is, memory, possible, impossible in (
        (EVERY_OTHER, matrix(sample, 4, 5), (2, 2, 3), (12,)),
        (TRANSPOSED, matrix(sample, 6, 4), (4, 2, 3), (6, 4)),
    ):
        scenario = probe("view_and_refuse"), x_is, memory, possible, impossible
        compare(*scenario, about="as_view", **TEN_DIGITS)
        # Whoever always refuses has refused nothing.
        compare(probe("write_through"), "as_view", x_is, memory, possible, about="as_view", **TEN_DIGITS)
    compare("as_view", matrix(sample, 4, 6), (5, 5), raises=RuntimeError)


@check(part="shape", points=1, title="as_shape: a view where there is one, else a copy")
def test_as_shape(compare, sample, probe):
    for x_is, memory, shape in (
        (ALL, matrix(sample, 4, 6), (3, 8)),
        (ROWS, matrix(sample, 4, 6), (-1,)),
        (TRANSPOSED, matrix(sample, 6, 4), (3, 8)),
        (EVERY_OTHER, matrix(sample, 4, 5), (12,)),
        (ALL, matrix(sample, 2, 3, 4), (6, 4)),
        (ALL, large(sample, 1, 12), (1, 4, 3)),
        (TRANSPOSED, matrix(sample, 4, 4), (2, 8)),
    ):
        compare(probe("write_through"), "as_shape", x_is, memory, shape, about="as_shape", **TEN_DIGITS)


@check(part="axes", points=1, title="transpose and swap: the axes change places, in the same memory")
def test_axes(compare, sample, probe):
    for a, b in ((4, 3), (4, 4)):
        compare(probe("write_through"), "transpose", ALL, large(sample, a, b), about="transpose", **TEN_DIGITS)
    for shape, i, j in (
        *(((2, 3, 4, 5), 0, 1), ((2, 3, 4), 2, 0), ((3, 3, 3), 1, 0), ((2, 3, 4), 1, -1)),
        *(((3, 4), 0, 1), ((2, 3, 4), -1, -3), ((2, 3, 4), 1, 1), ((5,), 0, -1)),
    ):
        compare(probe("write_through"), "swap", ALL, large(sample, *shape), i, j, about="swap", **TEN_DIGITS)


@check(part="axes", points=1, title="channels_last: from [N, C, H, W] to [N, H, W, C], in the same memory")
def test_channels_last(compare, sample, probe):
    for shape in ((2, 3, 4, 5), (3, 3, 3, 3)):
        scenario = probe("write_through"), "channels_last", ALL, large(sample, *shape)
        compare(*scenario, about="channels_last", **TEN_DIGITS)


@check(
    part="entries",
    points=1.5,
    title="get and put: the entry in row i and column j; put changes x itself, and that entry alone",
)
def test_get_and_put(compare, sample, probe):
    for x in (matrix(sample, 4, 5), matrix(sample, 4, 4), matrix(sample, 5, 4).T):
        compare("get", x, *cell(sample, 4), **TEN_DIGITS)
    i = sample.integer(0, 3)
    for sign in (1, -1):
        compare("get", sign * large(sample, 4, 3).abs(), i, i, **TEN_DIGITS)
    for x_is, columns, rows in ((ALL, 5, 4), (EVERY_OTHER, 7, 4), (ROWS, 5, 2)):
        scenario = probe("put_and_read"), x_is, matrix(sample, 4, columns), *cell(sample, rows), sample.number(5, 6)
        compare(*scenario, about="put", **TEN_DIGITS)
    compare(probe("put_and_read"), ALL, wide(sample, 4, 3), i, i, -sample.number(1000, 2000), about="put", **TEN_DIGITS)


@check(part="entries", points=0.5, title="column: column j, in the same memory")
def test_column(compare, sample, probe):
    for x_is, a, b in ((ALL, 4, 3), (ALL, 4, 4), (ALL, 3, 5), (EVERY_OTHER, 4, 5)):
        memory, j = large(sample, a, b), sample.integer(0, 3)
        compare(probe("write_through"), "column", x_is, memory, j, about="column", **TEN_DIGITS)


@check(part="entries", points=1, title="row_max: the largest entry of each row, and its column")
def test_row_max(compare, sample, probe):
    for shape in ((4, 3), (4, 4)):
        x = -matrix(sample, *shape)
        compare(probe("result_of"), "row_max", x, about="row_max", effects=shape == (4, 3), **TEN_DIGITS)
    for x in (sample.normal(5, 6), wide(sample, 3, 5), -wide(sample, 2, 3).abs()):
        compare(probe("result_of"), "row_max", x, about="row_max", **TEN_DIGITS)


@check(part="broadcasting", points=1, title="residual, add_row, add_column: the right axes meet")
def test_broadcasting(compare, sample):
    y, off = sample.normal(5), matrix(sample, 5)
    off[1::2] *= -1  # both signs
    compare("residual", (y + off)[:, None], y, effects=True, **TEN_DIGITS)
    for n, d in ((5, 3), (2, 4)):
        first = n == 5
        compare("add_row", sample.normal(n, d), sample.normal(d), effects=first, **TEN_DIGITS)
        compare("add_column", sample.normal(n, d), sample.normal(n), effects=first, **TEN_DIGITS)
    compare("residual", wide(sample, 6, 1), wide(sample, 6), **TEN_DIGITS)
    compare("add_row", wide(sample, 4, 6), wide(sample, 6), **TEN_DIGITS)
    compare("add_column", wide(sample, 4, 6), wide(sample, 4), **TEN_DIGITS)


@check(part="broadcasting", points=0.5, hidden=True, title="as many rows as columns")
def test_square(compare, sample, probe):
    inputs = [(matrix(sample, 4, 4), matrix(sample, 4))]
    compare(probe("results_of"), "add_row", [*inputs, (matrix(sample, 3, 5), matrix(sample, 5))], about="add_row")
    compare(probe("results_of"), "add_column", [*inputs, (matrix(sample, 3, 5), matrix(sample, 3))], about="add_column")


@check(part="inputs", points=0.5, hidden=True, title="inputs that are parts of larger tensors")
def test_strided(compare, sample, probe):
    compare("as_view", with_gaps(sample, 4, 3), (2, 2, 3), **TEN_DIGITS)
    compare("as_view", matrix(sample, 4, 6)[:, ::2], (12,), **TEN_DIGITS)
    scenario = probe("write_through_parts"), "as_shape", [ROWS, EVERY_OTHER], matrix(sample, 4, 6), (2, 2, 3)
    compare(*scenario, about="as_shape", **TEN_DIGITS)
    compare("transpose", with_gaps(sample, 4, 3), **TEN_DIGITS)
    compare("swap", matrix(sample, 4, 3, 5)[:, :, ::2], 0, 1, **TEN_DIGITS)
    compare("channels_last", matrix(sample, 2, 5, 4, 6)[:, ::2], **TEN_DIGITS)
    compare("column", with_gaps(sample, 4, 3), sample.integer(0, 3), **TEN_DIGITS)
    scenario = probe("memory_after_put"), [ALL, INNER, TRANSPOSED], matrix(sample, 3, 6)
    compare(*scenario, *cell(sample, 3), sample.number(5, 6), about="put", **TEN_DIGITS)
    compare(probe("result_of"), "row_max", with_gaps(sample, 4, 3), about="row_max", **TEN_DIGITS)
    compare("residual", 5 + matrix(sample, 4, 2)[:, 1:], matrix(sample, 8)[::2], **TEN_DIGITS)
    compare("add_row", with_gaps(sample, 4, 3), matrix(sample, 6)[::2], **TEN_DIGITS)
    compare("add_column", with_gaps(sample, 4, 3), matrix(sample, 8)[::2], **TEN_DIGITS)


@check(part="inputs", points=0.5, hidden=True, title="a single row or column; equal entries")
def test_one_row_and_ties(compare, sample, probe):
    compare("residual", 5 + matrix(sample, 1, 1), matrix(sample, 1), **TEN_DIGITS)
    rows = [(matrix(sample, 1, 4),), (matrix(sample, 3, 4),), (matrix(sample, 3, 1),)]
    compare(probe("results_of"), "row_max", rows, about="row_max", **TEN_DIGITS)
    for a, b in ((1, 4), (4, 1)):
        compare("transpose", matrix(sample, a, b), **TEN_DIGITS)
        compare("column", matrix(sample, a, b), 0, **TEN_DIGITS)
        compare("get", matrix(sample, a, b), a - 1, b - 1, **TEN_DIGITS)
        compare(probe("put_and_read"), ALL, matrix(sample, a, b), a - 1, b - 1, sample.number(5, 6), about="put")
        compare("add_row", matrix(sample, a, b), matrix(sample, b), **TEN_DIGITS)
        compare("add_column", matrix(sample, a, b), matrix(sample, a), **TEN_DIGITS)
    compare("channels_last", matrix(sample, 1, 3, 1, 4), **TEN_DIGITS)
    compare("swap", matrix(sample, 1, 3, 4), 0, 2, **TEN_DIGITS)
    tied = matrix(sample, 5, 6)
    for row in tied:
        row[sample.permutation(6)[:2]] = 4.0
    compare(probe("result_of"), "row_max", tied, about="row_max", **TEN_DIGITS)


@check(part="inputs", points=0.5, hidden=True, title="float32 in, float32 out")
def test_float32(compare, sample, probe):
    def draw(*shape):
        return matrix(sample, *shape, dtype=torch.float32)

    for name in ("as_view", "as_shape"):
        compare(name, draw(4, 6), (3, 8))
    compare("transpose", draw(4, 3))
    compare("swap", draw(2, 3, 4), 0, 1)
    compare("channels_last", draw(2, 3, 4, 5))
    compare("get", draw(4, 5), *cell(sample, 4))
    compare("put", draw(4, 5), *cell(sample, 4), sample.number(5, 6))
    compare("column", draw(4, 3), 1)
    compare(probe("result_of"), "row_max", draw(4, 3), about="row_max")
    compare("residual", 5 + draw(4, 1), draw(4))
    compare("add_row", draw(4, 3), draw(3))
    compare("add_column", draw(4, 3), draw(4))
