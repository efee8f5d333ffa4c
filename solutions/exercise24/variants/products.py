"""Distances by ‖x‖² − 2x·c + ‖c‖², means by a product with one-hot labels, no end before max_iter."""

import torch


def assign(X, centers):
    return torch.min(centers.square().sum(1) - 2 * X @ centers.mT, dim=1).indices


def update(X, labels, centers):
    hot = torch.nn.functional.one_hot(labels, len(centers)).to(X.dtype)
    means = torch.einsum("nk,nd->kd", hot, X) / hot.sum(0).unsqueeze(1)
    return torch.where(means.isnan(), centers, means)


def kmeans_plus_plus(X, K, u):
    centers = X[(u[:1] * X.shape[0]).long()]
    nearest = (X - centers).pow(2).sum(1)
    for j in range(1, K):
        p = nearest / nearest.sum()
        row = torch.searchsorted(p.cumsum(0), u[j : j + 1].contiguous(), right=True)
        centers = torch.vstack([centers, X[row]])
        nearest = torch.minimum(nearest, (X - X[row]).pow(2).sum(1))
    return centers


def fit(X, K, u, max_iter):
    centers = kmeans_plus_plus(X, K, u)
    for _ in range(max_iter):
        centers = update(X, assign(X, centers), centers)
    labels = assign(X, centers)
    return centers, labels, (X - centers.index_select(0, labels)).square().sum()
