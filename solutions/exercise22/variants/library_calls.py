"""PyTorch's own functions: cdist, combinations, bucketize, Cholesky."""

import math

import torch


def samples_needed(per_axis, n):
    return math.prod([per_axis] * n)


def distance_contrast(X, q):
    distance = torch.cdist(q[None], X)[0]
    nearest, farthest = torch.aminmax(distance)
    return farthest / nearest - 1


def random_projection(X, R):
    return torch.nn.functional.linear(X, R.T).div_(math.sqrt(R.size(1)))


def rbf_features(X, centers, gamma):
    return torch.cdist(X, centers).pow(2).mul(-gamma).exp()


def polynomial_features(X, degree):
    columns = [torch.ones_like(X[:, :1])]
    for d in range(1, degree + 1):
        term = torch.combinations(torch.arange(X.shape[1]), d, with_replacement=True)
        columns.append(X[:, term.reshape(-1)].reshape(len(X), -1, d).prod(-1))
    return torch.cat(columns, 1)


def space_tiling(X, low, high, bins):
    # The inner edges alone: below the first is place 0, at or above the last is the last place.
    steps = torch.arange(1, bins, dtype=X.dtype) / bins
    places = [
        torch.bucketize(x.contiguous(), a + (b - a) * steps, right=True) for x, a, b in zip(X.T, low, high, strict=True)
    ]
    return sum(place * bins**power for power, place in enumerate(reversed(places)))


def kernel_ridge(X, y, Xq, gamma, lam):
    K = rbf_features(X, X, gamma)
    factor = torch.linalg.cholesky(K + torch.diag(torch.full_like(y, lam)))
    weights = torch.cholesky_solve(y.unsqueeze(1), factor)
    return (rbf_features(Xq, X, gamma) @ weights).squeeze(1)
