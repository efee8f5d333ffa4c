"""The eigenvectors of the covariance matrix, and the other functions built upon fit."""

import torch


def fit(X, k):
    values, vectors = torch.linalg.eigh(torch.atleast_2d(torch.cov(X.T)))
    order = values.argsort(descending=True)[:k]
    return X.mean(0), vectors[:, order].T, values[order]


def transform(X, mean, components):
    return X @ components.T - mean @ components.T


def inverse_transform(Z, mean, components):
    return torch.addmm(mean, Z, components)


def explained_variance_ratio(X, k):
    _, _, variance = fit(X, k)
    return variance / X.var(dim=0).sum()


def anomaly_score(X, mean, components):
    """Pythagoras: what is left is the whole distance from the mean without the part in the plane."""
    return (X - mean).square().sum(1) - transform(X, mean, components).square().sum(1)
