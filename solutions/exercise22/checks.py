"""The checks of exercise 22.

Where kernel_ridge is not right by itself, a right rbf_features stands in for the submission's: an error there costs its
own checks only. Cells are judged where every honest formula gives the same: away from the edges, or exactly on and
beside edges that are exact in binary. Sizes that occur twice are for what is kept from an earlier call.
"""

from __future__ import annotations

import torch

from grader.checks import check

#: A few sums, roots and exponentials keep thirteen digits in float64.
TEN_DIGITS = {"rtol": 1e-10, "atol": 1e-12}

#: Squared distances may come from ‖x‖² − 2xc + ‖c‖², and a system of equations loses a digit.
FLOAT32 = {"rtol": 2e-4, "atol": 2e-5}


def drawn(draw, accept):
    """The first draw that is accepted."""
    for _ in range(10_000):
        values = draw()
        if accept(*values):
            return values
    raise ValueError("none of 10,000 draws tells mistakes apart")


def column_by_column(matrix):
    """The same matrix, laid out in memory column by column."""
    return matrix.T.contiguous().T


def every_second(values):
    """The same vector, as a view of every second entry of another one."""
    return torch.stack([values, -values], dim=1)[:, 0]


# --- distances


def around(sample, n, d):
    """Samples and a query, none nearer than 0.3 to another."""

    def accept(X, q):
        near = torch.pdist(torch.cat([X, q[None]]))
        return near.min() > 0.3

    return drawn(lambda: (sample.normal(n, d, mean=0.5), sample.normal(d)), accept)


def spread(sample, n, d):
    """Samples of which no two are nearer than 0.5, so that the kernel matrix without λ can be solved as well."""
    wide = 3 if d == 1 else 2
    (X,) = drawn(lambda: (sample(n, d, low=-wide, high=wide),), lambda X: n == 1 or torch.pdist(X).min() > 0.5)
    return X


# --- cells


def numbers_of(parts, bins):
    """The number of each cell, from its place along every axis."""
    number = torch.zeros_like(parts[:, 0])
    for part in parts.T:
        number = number * bins + part
    return number


def box(sample, d):
    """low and high, in which no axis is like another one or begins at 0."""
    low = sample(d, low=0.5, high=3) * (2 * sample.integers(d, low=0, high=2) - 1)
    return low, low + 1 + sample.permutation(d) + sample(d, low=0.2, high=0.8)


def box_in_binary(sample, d):
    """low and high whose cells have edges that are exact in binary, where bins is a power of two."""
    low = sample.integers(d, low=-6, high=6).double() / 2 + 0.25
    return low, low + 2.0 ** sample.integers(d, low=-1, high=3).double()


def inside(sample, n, d, bins):
    """X, low, high, bins: samples in the box, away from the edges of its cells, for which other numbers come out by
    rounding, by the limits of X, in another order of the axes, and by one limit for all axes."""
    low, high = box(sample, d)
    width = (high - low) / bins

    def accept(place):
        x, others = low + place * width, []
        right = numbers_of(place.long(), bins)

        def at(least, most):
            return numbers_of(((x - least) / (most - least) * bins).floor().clamp(0, bins - 1).long(), bins)

        others.append(numbers_of(place.round().long(), bins))
        others.append(at(x.amin(dim=0), x.amax(dim=0)))
        if d > 1:
            others.append(numbers_of(place.long().flip(1), bins))
            others += [at(low.min(), high.max()), at(low[0], high[0])]
        return all((other != right).sum() >= 3 for other in others)

    def draw():
        return (sample.integers(n, d, low=0, high=bins) + sample(n, d, low=0.05, high=0.95),)

    (place,) = drawn(draw, accept)
    return low + place * width, low, high, bins


def on_edges(sample, n, d, bins, beside=0.0):
    """X, low, high, bins, all exact in binary: every number is an end of its axis or an edge between two cells, or so
    far to the right of one; each axis has both of its ends and two inner edges at least.

    beside: the distance from the edge; negative to the left, where no sample is at the lower end.
    """
    low, high = box_in_binary(sample, d)
    first, last = (1 if beside < 0 else 0), (bins - 1 if beside > 0 else bins)

    def accept(edge):
        inner = (edge > 0) & (edge < bins)
        ends = (edge == first).any(dim=0) & (edge == last).any(dim=0)
        return bool(ends.all() and (inner.sum(dim=0) >= 2).all() and inner.all(dim=1).sum() >= 3)

    (edge,) = drawn(lambda: (sample.integers(n, d, low=first, high=last + 1),), accept)
    return low + (high - low) * edge / bins + beside, low, high, bins


def outside(sample, n, d, bins, far):
    """X, low, high, bins: along each axis some samples lie below the box, some above, and some inside; the farthest are
    so far out. Cut to the box, they lie exactly at its end."""
    low, high = box_in_binary(sample, d)
    width = (high - low) / bins

    def accept(side):
        each = [(side == where).sum(dim=0).min() >= 2 for where in (-1, 0, 1)]
        one = [((side == where).sum(dim=1) == 1) & ((side == 0).sum(dim=1) == d - 1) for where in (-1, 1)]
        return all(each) and all(alone.sum() >= 2 for alone in one)

    (side,) = drawn(lambda: (sample.integers(n, d, low=-1, high=2),), accept)
    place = sample.integers(n, d, low=1, high=bins - 1) + sample(n, d, low=0.05, high=0.95)
    out = sample(n, d, low=0.05, high=0.95) + sample.integers(n, d, low=0, high=3)
    out[:2] *= far
    place = torch.where(side == 0, place, torch.where(side < 0, -out, bins + out))
    return low + place * width, low, high, bins


# --- kernel ridge regression


def judge_ridge(compare, reference, student, probe, *args, effects=False, **tolerance):
    """kernel_ridge by itself if that is right, else with a right rbf_features."""
    right = reference.kernel_ridge(*args).double().cpu()
    found = student(probe("tried"), len(right), *args)
    stand_in = {} if torch.allclose(found, right, **tolerance) else {"rbf_features": probe("right_rbf_features")}
    compare("kernel_ridge", *args, replace=stand_in, effects=effects, **tolerance)


# --- the checks


@check(points=1, title="samples_needed: a whole number, exact also in 100 dimensions")
def test_samples_needed(compare, sample):
    def accept(per_axis, n):
        return per_axis != n and per_axis**n != n**per_axis and per_axis**n != per_axis * n

    for n in (3, 5):
        compare("samples_needed", *drawn(lambda n=n: (sample.integer(2, 9), n), accept))
    # Below 2⁶³ an int64 is right, and a float has too few digits for an odd number beyond 2⁵³.
    compare("samples_needed", *sample.choice([(3, 37), (5, 25), (7, 21), (9, 19), (11, 17)]))
    for per_axis, n in ((10, 100), (sample.choice([5, 7, 11]), 100), (9, 1), (1, 7)):
        compare("samples_needed", per_axis, n)


@check(points=1, title="distance_contrast: (max − min)/min of the Euclidean distances from q")
def test_contrast(compare, sample):
    for n, d in ((7, 3), (5, 5), (4, 9), (4, 9)):
        compare("distance_contrast", *around(sample, n, d), effects=n == d, **TEN_DIGITS)
    # In many dimensions distances differ little.
    compare("distance_contrast", *around(sample, 6, 400), **TEN_DIGITS)
    # A sample may occur twice, and a number in a sample.
    X = sample.normal(4, 2)
    twice = torch.cat([X, X[:, :1].repeat(1, 2), X])
    compare("distance_contrast", twice, sample(2, low=5, high=6), **TEN_DIGITS)


@check(points=1, title="random_projection: XR/√k")
def test_projection(compare, sample):
    for n, d, k in ((4, 3, 2), (4, 4, 4), (3, 2, 6), (3, 2, 6)):
        compare("random_projection", sample.normal(n, d), sample.normal(d, k), effects=n == d, **TEN_DIGITS)
    signs = 2.0 * sample.integers(8, 3, low=0, high=2) - 1
    compare("random_projection", sample.normal(6, 8), signs.double(), **TEN_DIGITS)


@check(points=1, title="rbf_features: exp(−γ‖x − c‖²), every sample with every center")
def test_rbf(compare, sample):
    for n, d, k, gamma in ((4, 2, 3, 0.3), (4, 4, 4, 0.15), (2, 3, 6, 1.7), (2, 3, 6, 1.7)):
        X, centers = spread(sample, n, d), spread(sample, k, d)
        compare("rbf_features", X, centers, gamma, effects=n == d, **TEN_DIGITS)
    # Far away a feature is small, and not 0; at its own center it is 1.
    X = spread(sample, 4, 2)
    compare("rbf_features", torch.cat([X, X + 3]), X, 0.8, **TEN_DIGITS)


@check(points=1.5, title="polynomial_features: all terms up to the degree, each once, in their order")
def test_polynomial(compare, sample):
    # P = 6 = N for D = 2 and degree 2: transposed, the shape is the same.
    for n, d, degree in ((6, 2, 2), (5, 3, 3), (4, 4, 2), (2, 2, 4), (2, 2, 4)):
        compare("polynomial_features", sample.normal(n, d), degree, effects=d == 2, **TEN_DIGITS)


@check(points=1, title="space_tiling: the number of the cell, with the first axis slowest")
def test_tiling(compare, sample):
    for n, d, bins in ((8, 2, 5), (14, 3, 7), (4, 4, 4)):
        compare("space_tiling", *inside(sample, n, d, bins), effects=d == 4)


@check(points=1, title="space_tiling: what lies outside counts to the nearest cell, axis by axis")
def test_outside(compare, sample):
    for n, d, bins, far in ((8, 2, 4, 1), (24, 3, 8, 1000)):
        compare("space_tiling", *outside(sample, n, d, bins, far))


@check(points=1, title="space_tiling: an edge between two cells belongs to the upper one, x = high to the last")
def test_edges(compare, sample):
    for n, d, bins in ((8, 2, 4), (16, 3, 8)):
        compare("space_tiling", *on_edges(sample, n, d, bins))
    # A little beside an edge is not on it.
    for beside in (2.0**-30, -(2.0**-30)):
        compare("space_tiling", *on_edges(sample, 12, 2, 4, beside))


@check(points=2, title="kernel_ridge (what is wrong in your rbf_features does not count here)")
def test_ridge(compare, reference, student, sample, probe):
    shapes = (5, 2, 3, 0.3, 0.7), (5, 5, 5, 0.1, 0.1), (6, 3, 9, 0.2, 2.5), (6, 3, 9, 0.2, 2.5)
    for n, d, m, gamma, lam in shapes:
        args = spread(sample, n, d), sample.normal(n, mean=1.5), sample(m, d, low=-2, high=2), gamma, lam
        judge_ridge(compare, reference, student, probe, *args, effects=n == d, **TEN_DIGITS)


@check(
    points=0.5,
    hidden=True,
    title="distance_contrast, random_projection, rbf_features: one sample, axis, center; float32; large numbers; views",
)
def test_distances_edges(compare, sample):
    for n, d in ((1, 3), (6, 1), (1, 1)):
        X, q = around(sample, n, d)
        compare("distance_contrast", X, q, **TEN_DIGITS)
        compare("random_projection", X, sample.normal(d, 4 - d), **TEN_DIGITS)
        compare("rbf_features", X, spread(sample, d, d), 0.4, **TEN_DIGITS)
    X, q = around(sample, 7, 4)
    far, near = 900 * spread(sample, 6, 4), 900 * spread(sample, 3, 4)
    compare("distance_contrast", column_by_column(900 * X), every_second(900 * q), **TEN_DIGITS)
    compare("random_projection", column_by_column(900 * X), column_by_column(sample.normal(4, 3)), **TEN_DIGITS)
    compare("rbf_features", column_by_column(far), column_by_column(near), 2e-7, **TEN_DIGITS)
    compare("distance_contrast", X.float(), q.float(), **FLOAT32)
    compare("random_projection", X.float(), sample.normal(4, 5).float(), **FLOAT32)
    compare("rbf_features", X.float(), spread(sample, 5, 4).float(), 0.3, **FLOAT32)


@check(
    points=0.5,
    hidden=True,
    title="polynomial_features, space_tiling: one sample, one axis, one bin, degree 1; float32; large numbers; views",
)
def test_terms_and_cells_edges(compare, sample):
    for n, d, degree in ((1, 3, 3), (6, 1, 4), (5, 3, 1), (1, 1, 1)):
        compare("polynomial_features", sample.normal(n, d), degree, **TEN_DIGITS)
    compare("polynomial_features", column_by_column(sample.normal(7, 4, std=900)), 3, **TEN_DIGITS)
    compare("polynomial_features", sample.normal(6, 3).float(), 3, **FLOAT32)
    X, low, high, bins = inside(sample, 12, 1, 9)
    compare("space_tiling", X, low, high, bins)
    compare("space_tiling", X, low, high, 1)
    X, low, high, bins = inside(sample, 12, 3, 5)
    compare("space_tiling", X[-1:], low, high, bins)
    compare("space_tiling", column_by_column(900 * X), every_second(900 * low), every_second(900 * high), bins)
    compare("space_tiling", X.float(), low.float(), high.float(), bins)


@check(points=0.5, hidden=True, title="kernel_ridge: one sample, one axis, one query; float32; large numbers; views")
def test_ridge_edges(compare, reference, student, sample, probe):
    def judge(X, y, Xq, gamma, lam, **tolerance):
        judge_ridge(compare, reference, student, probe, X, y, Xq, gamma, lam, **tolerance)

    for n, d in ((1, 3), (6, 1), (1, 1)):
        y, Xq = sample.normal(n, mean=1.5), sample(d, d, low=-2, high=2)
        judge(spread(sample, n, d), y, Xq, 0.4, 0.5, **TEN_DIGITS)
    far, near = 900 * spread(sample, 6, 4), 900 * sample(3, 4, low=-2, high=2)
    y = every_second(sample.normal(6, mean=900, std=300))
    judge(column_by_column(far), y, column_by_column(near), 2e-7, 0.3, **TEN_DIGITS)
    judge(
        *(each.float() for each in (spread(sample, 6, 3), sample.normal(6), sample.normal(7, 3))), 0.4, 0.6, **FLOAT32
    )
