"""NumPy's SVD."""

import numpy as np
import torch


def tensor(array, like):
    return torch.from_numpy(np.ascontiguousarray(array)).to(like)


def fit(X, k):
    x = X.cpu().numpy()
    mean = np.mean(x, axis=0)
    _, s, vh = np.linalg.svd(x - mean)
    return tensor(mean, X), tensor(vh[:k], X), tensor(s[:k] ** 2 / (x.shape[0] - 1), X)


def transform(X, mean, components):
    x, m, c = (value.cpu().numpy() for value in (X, mean, components))
    return tensor(np.dot(x - m, c.T), X)


def inverse_transform(Z, mean, components):
    z, m, c = (value.cpu().numpy() for value in (Z, mean, components))
    return tensor(np.dot(z, c) + m, Z)


def explained_variance_ratio(X, k):
    x = X.cpu().numpy()
    _, s, _ = np.linalg.svd(x - np.mean(x, axis=0))
    return tensor(s[:k] ** 2 / np.sum(s**2), X)


def anomaly_score(X, mean, components):
    back = inverse_transform(transform(X, mean, components), mean, components)
    return tensor(np.linalg.norm((X - back).cpu().numpy(), axis=1) ** 2, X)
