# %% numbers_as_in_numpy
# samples_needed: int64 overflows. random_projection: not scaled. polynomial_features: no ones. space_tiling: nothing
# cut above.
# named: samples_wrapped, projection_unscaled, polynomial_without_one, tiling_clipped_below_only
import numpy as np
import torch
from itertools import combinations_with_replacement


def samples_needed(per_axis, n):
    return int(np.power(per_axis, n))


def distance_contrast(X, q):
    d = torch.sqrt(((X - q) ** 2).sum(dim=1))
    return (d.max() - d.min()) / d.min()


def random_projection(X, R):
    return X @ R


def rbf_features(X, centers, gamma):
    return torch.exp(-gamma * ((X[:, None] - centers[None]) ** 2).sum(-1))


def polynomial_features(X, degree):
    cols = []
    for d in range(1, degree + 1):
        for c in combinations_with_replacement(range(X.shape[1]), d):
            cols.append(torch.prod(X[:, c], dim=1))
    return torch.stack(cols, dim=1)


def space_tiling(X, low, high, bins):
    places = torch.floor((X - low) / (high - low) * bins).long().clamp(min=0)
    cell = torch.zeros(X.shape[0], dtype=torch.int64)
    for j in range(X.shape[1]):
        cell = cell * bins + places[:, j]
    return cell


def kernel_ridge(X, y, Xq, gamma, lam):
    K = rbf_features(X, X, gamma)
    w = torch.linalg.solve(K + lam * torch.eye(K.shape[0], dtype=X.dtype), y)
    return rbf_features(Xq, X, gamma) @ w

# %% roots_forgotten
# distance_contrast: squared. random_projection: by k. rbf_features: plain distance.
# named: contrast_of_squares, projection_by_k, rbf_distance
import torch


def distance_contrast(X, q):
    d = ((X - q) ** 2).sum(1)
    return (d.max() - d.min()) / d.min()


def random_projection(X, R):
    return (X @ R) / R.shape[1]


def rbf_features(X, centers, gamma):
    return torch.exp(-gamma * torch.sqrt(((X[:, None, :] - centers) ** 2).sum(-1)))

# %% order_and_axes
# polynomial_features: pairs in both orders. space_tiling: last axis slowest. kernel_ridge: λ everywhere.
# named: polynomial_repeated, tiling_last_slowest, ridge_lambda_everywhere
import torch
from itertools import product


def polynomial_features(X, degree):
    out = []
    for d in range(degree + 1):
        for idx in product(range(X.shape[1]), repeat=d):
            col = torch.ones(len(X), dtype=X.dtype)
            for i in idx:
                col = col * X[:, i]
            out.append(col)
    return torch.stack(out, 1)


def space_tiling(X, low, high, bins):
    a = ((X - low) / (high - low) * bins).floor().clamp(0, bins - 1).long()
    return (a * bins ** torch.arange(X.shape[1])).sum(1)


def kernel_ridge(X, y, Xq, gamma, lam):
    K = rbf_features(X, X, gamma)
    w = torch.linalg.solve(K + lam, y)
    return rbf_features(Xq, X, gamma) @ w

# %% other_definitions
# distance_contrast: by the farthest. rbf_features: gamma as a width. space_tiling: scaled by bins - 1. kernel_ridge:
# a linear ridge on the features.
# named: contrast_by_largest, rbf_width, tiling_one_bin_short, ridge_on_features
import torch


def distance_contrast(X, q):
    d = torch.norm(X - q, dim=1)
    return (d.max() - d.min()) / d.max()


def rbf_features(X, centers, gamma):
    sq = torch.stack([((X - c) ** 2).sum(1) for c in centers], dim=1)
    return torch.exp(-sq / (2 * gamma**2))


def space_tiling(X, low, high, bins):
    u = ((X - low) / (high - low)).clamp(0, 1)
    idx = torch.floor(u * (bins - 1)).long()
    flat = idx[:, 0]
    for j in range(1, idx.shape[1]):
        flat = flat * bins + idx[:, j]
    return flat


def kernel_ridge(X, y, Xq, gamma, lam):
    Z = rbf_features(X, X, gamma)
    w = torch.linalg.solve(Z.T @ Z + lam * torch.eye(Z.shape[1], dtype=Z.dtype), Z.T @ y)
    return rbf_features(Xq, X, gamma) @ w

# %% sklearn_in_mind
# polynomial_features: squares and no mixed products. rbf_features: a mean of squares (gamma/D). kernel_ridge: with
# the mean as a bias. samples_needed: a float.
# named: samples_rounded, rbf_mean, polynomial_powers_only, ridge_centered
import torch


def samples_needed(per_axis, n):
    return float(per_axis) ** n


def rbf_features(X, centers, gamma):
    d2 = ((X[:, None, :] - centers[None, :, :]) ** 2).mean(dim=-1)
    return torch.exp(-gamma * d2)


def polynomial_features(X, degree):
    return torch.cat([torch.ones(len(X), 1, dtype=X.dtype)] + [X**p for p in range(1, degree + 1)], dim=1)


def kernel_ridge(X, y, Xq, gamma, lam):
    mean = y.mean()
    K = rbf_features(X, X, gamma)
    w = torch.linalg.solve(K + lam * torch.eye(len(X), dtype=X.dtype), y - mean)
    return rbf_features(Xq, X, gamma) @ w + mean

# %% shapes_and_types
# distance_contrast: a float. rbf_features: transposed. space_tiling: nothing cut below, and floats come back.
# named: rbf_transposed, tiling_clipped_above_only
import torch


def distance_contrast(X, q):
    d = torch.cdist(q.unsqueeze(0), X)[0]
    return ((d.max() - d.min()) / d.min()).item()


def rbf_features(X, centers, gamma):
    d2 = ((centers[:, None, :] - X[None, :, :]) ** 2).sum(dim=2)
    return torch.exp(-gamma * d2)


def space_tiling(X, low, high, bins):
    a = torch.floor((X - low) / (high - low) * bins)
    a = torch.minimum(a, torch.tensor(bins - 1, dtype=X.dtype))
    result = torch.zeros(len(X), dtype=X.dtype)
    for j in range(X.shape[1]):
        result = result * bins + a[:, j]
    return result

# %% rounding_and_signs
# rbf_features: the sign. space_tiling: rounded. kernel_ridge: λ times N.
# named: rbf_growing, tiling_rounded, ridge_lambda_times_n
import torch


def rbf_features(X, centers, gamma):
    out = torch.zeros(X.shape[0], centers.shape[0], dtype=X.dtype)
    for i, x in enumerate(X):
        out[i] = torch.exp(gamma * ((x - centers) ** 2).sum(1))
    return out


def space_tiling(X, low, high, bins):
    step = (high - low) / bins
    a = torch.round((X - low) / step).long()
    a = torch.clamp(a, 0, bins - 1)
    n = torch.zeros(a.shape[0], dtype=torch.long)
    for j in range(a.shape[1]):
        n = n + a[:, j] * bins ** (a.shape[1] - 1 - j)
    return n


def kernel_ridge(X, y, Xq, gamma, lam):
    K = torch.exp(-gamma * ((X[:, None] - X) ** 2).sum(-1))
    w = torch.linalg.inv(K + lam * len(X) * torch.eye(len(X), dtype=X.dtype)) @ y
    return torch.exp(-gamma * ((Xq[:, None] - X) ** 2).sum(-1)) @ w
