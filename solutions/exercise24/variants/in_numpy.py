"""Everything in NumPy in float64, and back."""

import numpy as np
import torch


def to_numpy(*tensors):
    return [t.detach().cpu().numpy().astype(np.float64) for t in tensors]


def like(array, X):
    return torch.from_numpy(np.ascontiguousarray(array)).to(X)


def nearest(X, C):
    return np.linalg.norm(X[:, None, :] - C[None, :, :], axis=2)


def assign(X, centers):
    return torch.from_numpy(np.argmin(nearest(*to_numpy(X, centers)), axis=1)).to(X.device)


def update(X, labels, centers):
    rows, C = to_numpy(X, centers)
    which = labels.cpu().numpy()
    for k in np.unique(which):
        C[k] = np.mean(rows[which == k], axis=0)
    return like(C, X)


def kmeans_plus_plus(X, K, u):
    rows, shares = to_numpy(X, u)
    picked = [int(np.floor(shares[0] * len(rows)))]
    for share in shares[1:]:
        weights = nearest(rows, rows[picked]).min(axis=1) ** 2
        picked.append(int(np.argmax(np.cumsum(weights) > share * weights.sum())))
    return X[torch.tensor(picked, device=X.device)]


def fit(X, K, u, max_iter):
    C = kmeans_plus_plus(X, K, u)
    previous = np.full(len(X), -1)
    for _ in range(max_iter):
        labels = assign(X, C).cpu().numpy()
        if (labels == previous).all():
            break
        previous = labels
        C = update(X, torch.from_numpy(labels).to(X.device), C)
    final = assign(X, C)
    rows, c = to_numpy(X, C)
    return C, final, np.sum((rows - c[final.cpu().numpy()]) ** 2)
