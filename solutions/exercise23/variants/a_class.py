"""A class that computes in float64; einsum; least squares for the coordinates."""

import torch


class PCA:
    def __init__(self, X):
        X = X.to(torch.float64)
        self.mean = torch.einsum("nd->d", X) / len(X)
        self.left, self.s, right = torch.svd(X - self.mean)
        self.components = right.T
        self.variance = self.s**2 / (len(X) - 1)


def fit(X, k):
    pca = PCA(X)
    return pca.mean.to(X), pca.components[:k].to(X), pca.variance[:k].to(X)


def transform(X, mean, components):
    return torch.linalg.lstsq(components.T, (X - mean).T).solution.T


def inverse_transform(Z, mean, components):
    return torch.einsum("nk,kd->nd", Z, components) + mean[None, :]


def explained_variance_ratio(X, k):
    pca = PCA(X)
    return (pca.variance / torch.sum(pca.variance))[:k].to(X)


def anomaly_score(X, mean, components):
    left_over = torch.eye(len(mean)).to(components) - components.T @ components
    return torch.linalg.vector_norm((X - mean) @ left_over, dim=1) ** 2
