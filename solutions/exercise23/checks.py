"""The checks of exercise 23.

Samples are made of a mean, orthogonal directions and standard deviations along them, each at least a sixth less than
the one before: eigenvalues are well apart. A component may have either sign, so that a probe gives each one the same
sign on both sides. Where a function is judged, right ones stand in for those that it may call.
"""

from __future__ import annotations

import torch

from grader.checks import check

#: Sums of a few products keep fourteen digits in float64; what went through float32 on the way keeps seven.
NINE_DIGITS = {"rtol": 1e-9, "atol": 1e-11}
#: Eigenvectors lose some: the more, the closer the eigenvalues are.
EIGHT_DIGITS = {"rtol": 1e-8, "atol": 1e-9}

STAND_INS = ("fit", "transform", "inverse_transform")


def drawn(draw, accept):
    """The first draw that is accepted."""
    for _ in range(10_000):
        values = draw()
        if accept(values):
            return values
    raise ValueError("none of 10,000 draws will do")


def judge(compare, probe, name, *args, **options):
    """Compares one function, with right ones in the place of those that it may call."""
    right = {other: probe(f"right_{other}") for other in STAND_INS if other != name}
    compare(name, *args, replace=right, **{**NINE_DIGITS, **options})


def judge_directions(compare, probe, X, k, **options):
    compare(probe("directions"), X, k, about="fit", **{**EIGHT_DIGITS, **options})


# --- inputs


def orthogonal(sample, size, count):
    """Columns of length 1, [size, count], in no particular direction."""
    columns = torch.linalg.qr(sample.normal(size, count)).Q
    return columns * (2 * sample.integers(count, low=0, high=2) - 1)


def cloud(sample, n, d, far=1.0):
    """[n, d]: samples with as many directions as there can be. far: how large the mean is.

    In each direction one entry is the largest in size, so that rounding does not decide which one gives the sign.
    """
    count = min(n - 1, d)

    def clear(directions):
        largest = directions.abs().topk(min(2, d), dim=0).values
        return d == 1 or bool((largest[1] < 0.97 * largest[0]).all())

    directions = drawn(lambda: orthogonal(sample, d, count), clear)
    deviations = 4 / sample(count, low=1.2, high=1.5).cumprod(dim=0)
    # Centred columns: the samples' mean is the one that is added, and each direction has just its deviation.
    along = sample.normal(n, count)
    along = torch.linalg.qr(along - along.mean(dim=0)).Q * (n - 1) ** 0.5
    return far * (sample.normal(d) + 2) + along * deviations @ directions.T


def projection(sample, n, d, k, scale=1.0):
    """X, mean and components: the mean is not that of X, which lies off the plane of the components."""
    X, mean = sample.normal(n, d, mean=-1, std=3), sample.normal(d, mean=1, std=2)
    return scale * X, scale * mean, orthogonal(sample, d, k).T.contiguous()


def coordinates(sample, n, d, k, scale=1.0):
    """Z, mean and components."""
    _, mean, components = projection(sample, n, d, k, scale)
    return scale * sample.normal(n, k, mean=1, std=2), mean, components


# --- the checks


@check(points=2, title="fit: the mean and the components, those with the largest variance first, with either sign")
def test_directions(compare, sample, probe):
    for n, d, k in ((7, 4, 2), (12, 5, 3), (5, 5, 3)):
        judge_directions(compare, probe, cloud(sample, n, d), k, effects=True)


@check(points=1, title="fit: the variance along each component, divided by N − 1")
def test_variance(compare, sample, probe):
    for n, d, k, scale in ((5, 3, 2, 1), (12, 5, 3, 1), (5, 4, 4, 300), (9, 2, 1, 1e-4)):
        X = scale * cloud(sample, n, d)
        compare(probe("variances"), X, k, about="fit", rtol=1e-9, atol=1e-11 * scale**2)
    compare(probe("variances"), cloud(sample, 8, 3).float(), 2, about="fit", rtol=1e-4, atol=1e-5)


@check(points=1.5, title="transform: the coordinates of X − mean along the components")
def test_transform(compare, sample, probe):
    for n, d, k in ((5, 4, 2), (3, 3, 3), (6, 5, 3)):
        judge(compare, probe, "transform", *projection(sample, n, d, k), effects=True)


@check(points=1.5, title="inverse_transform: from coordinates back to samples")
def test_inverse_transform(compare, sample, probe):
    for n, d, k in ((5, 4, 2), (3, 3, 3), (6, 5, 3)):
        judge(compare, probe, "inverse_transform", *coordinates(sample, n, d, k), effects=True)


@check(
    points=1.5,
    title="explained_variance_ratio: shares in the sum of all variances "
    "(what is wrong in your fit does not count here)",
)
def test_ratio(compare, sample, probe):
    for n, d, k in ((7, 4, 2), (12, 5, 3), (4, 4, 2)):
        judge(compare, probe, "explained_variance_ratio", cloud(sample, n, d), k, effects=True)


@check(
    points=1,
    title="anomaly_score: the squared distance of each sample from what transform and inverse_transform make of it "
    "(what is wrong in yours does not count here)",
)
def test_score(compare, sample, probe):
    for n, d, k in ((5, 4, 2), (4, 4, 3), (6, 5, 1)):
        judge(compare, probe, "anomaly_score", *projection(sample, n, d, k), effects=True)


@check(
    points=0.5,
    title="fit and explained_variance_ratio: more numbers per sample than samples; a mean a million times the spread",
)
def test_far_and_wide(compare, sample, probe):
    for n, d, k, far in ((5, 9, 4, 1), (3, 6, 1, 1), (9, 4, 2, 1e6), (5, 7, 2, -1e6)):
        X = cloud(sample, n, d, far)
        digits = {} if far == 1 else {"rtol": 1e-6, "atol": 1e-6}
        judge_directions(compare, probe, X, k, **digits)
        judge(compare, probe, "explained_variance_ratio", X, k, **digits)


@check(points=0.5, hidden=True, title="views that are not contiguous; float32")
def test_views(compare, sample, probe):
    seven = {"rtol": 1e-4, "atol": 1e-4}
    for convert, digits in ((torch.Tensor.double, {}), (torch.Tensor.float, seven)):
        X = convert(cloud(sample, 8, 4))
        for view in (X.T.contiguous().T, torch.stack([X, -X], dim=2)[:, :, 0]):
            judge_directions(compare, probe, view, 2, **digits)
            judge(compare, probe, "explained_variance_ratio", view, 2, **digits)
        for name, inputs in (
            ("transform", projection),
            ("inverse_transform", coordinates),
            ("anomaly_score", projection),
        ):
            first, mean, components = map(convert, inputs(sample, 5, 4, 2))
            args = first.T.contiguous().T, torch.stack([mean, mean], dim=1)[:, 0], components.T.contiguous().T
            judge(compare, probe, name, *args, **digits)


@check(points=0.25, hidden=True, title="two samples, one, none; a single component, or as many as there can be")
def test_few(compare, sample, probe):
    for n, d, k in ((2, 3, 1), (2, 1, 1), (6, 1, 1), (7, 3, 3), (5, 4, 1)):
        X = cloud(sample, n, d)
        judge_directions(compare, probe, X, k)
        judge(compare, probe, "explained_variance_ratio", X, k)
    for n, d, k in ((1, 4, 2), (5, 1, 1), (1, 3, 1), (6, 3, 3), (0, 3, 2)):
        judge(compare, probe, "transform", *projection(sample, n, d, k))
        judge(compare, probe, "inverse_transform", *coordinates(sample, n, d, k))
        # With as many components as there are numbers in a sample, nothing is left but rounding.
        judge(compare, probe, "anomaly_score", *projection(sample, n, d, k), atol=1e-9)


@check(points=0.25, hidden=True, title="numbers in the thousands, and small ones")
def test_scales(compare, sample, probe):
    for scale in (3000.0, 1e-4):
        X = scale * cloud(sample, 9, 4)
        judge_directions(compare, probe, X, 2, atol=1e-9 * scale)
        judge(compare, probe, "explained_variance_ratio", X, 3)
        judge(compare, probe, "transform", *projection(sample, 6, 4, 2, scale), atol=1e-11 * scale)
        judge(compare, probe, "inverse_transform", *coordinates(sample, 6, 4, 2, scale), atol=1e-11 * scale)
        judge(compare, probe, "anomaly_score", *projection(sample, 6, 4, 2, scale), atol=1e-11 * scale**2)
