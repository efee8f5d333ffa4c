"""One number after another, in plain Python; the system of equations by elimination."""

import math

import torch


def samples_needed(per_axis, n):
    if n == 0:
        return 1
    return per_axis * samples_needed(per_axis, n - 1)


def distance_contrast(X, q):
    distances = [math.dist(row, q.tolist()) for row in X.tolist()]
    return torch.tensor((max(distances) - min(distances)) / min(distances), dtype=X.dtype)


def random_projection(X, R):
    columns = list(zip(*R.tolist(), strict=True))
    mixed = [
        [sum(x * r for x, r in zip(row, column, strict=True)) / math.sqrt(len(columns)) for column in columns]
        for row in X.tolist()
    ]
    return torch.tensor(mixed, dtype=X.dtype)


def rbf(a, b, gamma):
    return math.exp(-gamma * sum((s - t) ** 2 for s, t in zip(a, b, strict=True)))


def rbf_features(X, centers, gamma):
    return torch.tensor([[rbf(x, c, gamma) for c in centers.tolist()] for x in X.tolist()], dtype=X.dtype)


def polynomial_features(X, degree):
    def terms_of(row, degree, first=0):
        """All products of so many numbers, beginning with the one at `first`."""
        if degree == 0:
            return [1.0]
        return [row[i] * rest for i in range(first, len(row)) for rest in terms_of(row, degree - 1, i)]

    return torch.tensor(
        [[term for d in range(degree + 1) for term in terms_of(row, d)] for row in X.tolist()], dtype=X.dtype
    )


def space_tiling(X, low, high, bins):
    numbers = []
    for row in X.tolist():
        number = 0
        for x, a, b in zip(row, low.tolist(), high.tolist(), strict=True):
            place = min(max(math.floor((x - a) * bins / (b - a)), 0), bins - 1)
            number = number * bins + place
        numbers.append(number)
    return torch.tensor(numbers)


def solved(A, b):
    rows = [[*row, value] for row, value in zip(A, b, strict=True)]
    for i in range(len(rows)):
        rows[i] = [value / rows[i][i] for value in rows[i]]
        for j in range(len(rows)):
            if j != i:
                rows[j] = [v - rows[j][i] * w for v, w in zip(rows[j], rows[i], strict=True)]
    return [row[-1] for row in rows]


def kernel_ridge(X, y, Xq, gamma, lam):
    samples = X.tolist()
    A = [[rbf(a, b, gamma) + (lam if i == j else 0) for j, b in enumerate(samples)] for i, a in enumerate(samples)]
    weights = solved(A, y.tolist())
    return torch.tensor(
        [sum(w * rbf(x, a, gamma) for w, a in zip(weights, samples, strict=True)) for x in Xq.tolist()], dtype=X.dtype
    )
