"""One step that calls itself; scatter_reduce for the means; assign for the nearest drawn row."""

import torch


def assign(X, centers):
    return (X.unsqueeze(1) - centers.unsqueeze(0)).norm(dim=2).min(1)[1]


def update(X, labels, centers):
    where = labels.unsqueeze(1).expand_as(X)
    return centers.clone().scatter_reduce(0, where, X, reduce="mean", include_self=False)


def kmeans_plus_plus(X, K, u):
    centers = [X[int(u[0] * len(X))]]
    for value in u[1:]:
        drawn = torch.stack(centers)
        squares = ((X - drawn[assign(X, drawn)]) ** 2).sum(1)
        threshold = value * squares.sum()
        total = squares.cumsum(0)
        centers.append(X[total > threshold][0])
    return torch.stack(centers)


def step(X, centers, labels, left):
    new = assign(X, centers)
    if left == 0 or (labels is not None and torch.equal(new, labels)):
        return centers, new, torch.pow(X - centers[new], 2).sum()
    return step(X, update(X, new, centers), new, left - 1)


def fit(X, K, u, max_iter):
    return step(X, kmeans_plus_plus(X, K, u), None, max_iter)
