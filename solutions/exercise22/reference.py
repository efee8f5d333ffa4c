"""The curse of dimensionality, features by hand (projections, RBFs, polynomials, cells) and kernel ridge regression.

N samples with D numbers each. Results keep the dtype, float32 or float64; no function changes its inputs.
"""

from __future__ import annotations

from itertools import combinations_with_replacement

import torch


def samples_needed(per_axis: int, n: int) -> int:
    """How many points a grid has in n dimensions, with per_axis points along each axis.

    per_axis, n: at least 1. Returns: an exact int.
    """
    ### BEGIN SOLUTION
    return per_axis**n
    ### END SOLUTION


def distance_contrast(X: torch.Tensor, q: torch.Tensor) -> torch.Tensor:
    """By what share the farthest sample is farther from q than the nearest one: (max − min)/min.

    X: [N, D], floats. q: [D], in X's dtype, no sample itself. Distances are Euclidean. Returns: [].
    """
    ### BEGIN SOLUTION
    distance = ((X - q) ** 2).sum(dim=1).sqrt()
    return (distance.max() - distance.min()) / distance.min()
    ### END SOLUTION


def random_projection(X: torch.Tensor, R: torch.Tensor) -> torch.Tensor:
    """XR/√k: k random mixtures of the D numbers, which keep squared lengths on average.

    X: [N, D], floats. R: [D, k], random numbers of mean 0 and variance 1, in X's dtype. Returns: [N, k].
    """
    ### BEGIN SOLUTION
    return X @ R / R.shape[1] ** 0.5
    ### END SOLUTION


def rbf_features(X: torch.Tensor, centers: torch.Tensor, gamma: float) -> torch.Tensor:
    """exp(−γ‖x − c‖²) of every sample x and every center c.

    X: [N, D], floats. centers: [K, D], in X's dtype. gamma: positive. Returns: [N, K].
    """
    ### BEGIN SOLUTION
    squared = ((X[:, None] - centers) ** 2).sum(dim=2)  # [N, 1, D] and [K, D]: every sample with every center
    return torch.exp(-gamma * squared)
    ### END SOLUTION


def polynomial_features(X: torch.Tensor, degree: int) -> torch.Tensor:
    """All products of up to `degree` of the D numbers: 1, x₁, x₂, x₁², x₁x₂, x₂², … for D = 2.

    X: [N, D], floats. degree: at least 1. Returns: [N, P]; the terms by degree, and lexicographically in each.
    """
    ### BEGIN SOLUTION
    axes = range(X.shape[1])
    terms = [term for d in range(degree + 1) for term in combinations_with_replacement(axes, d)]
    return torch.stack([X[:, term].prod(dim=1) for term in terms], dim=1)  # the product of no numbers is 1
    ### END SOLUTION


def space_tiling(X: torch.Tensor, low: torch.Tensor, high: torch.Tensor, bins: int) -> torch.Tensor:
    """The number of the cell in which each sample lies, where every axis is cut into `bins` equal parts.

    X: [N, D], floats. low, high: [D], the ends of each axis, in X's dtype, low < high. bins: at least 1.
    What lies outside counts to the nearest cell. Returns: [N], int64, 0 … binsᴰ−1, the first axis slowest.
    """
    ### BEGIN SOLUTION
    part = ((X - low) / (high - low) * bins).floor().clamp(0, bins - 1).long()
    number = torch.zeros_like(part[:, 0])
    for along_axis in part.T:
        number = number * bins + along_axis  # as the digits of a number are read
    return number
    ### END SOLUTION


def kernel_ridge(X: torch.Tensor, y: torch.Tensor, Xq: torch.Tensor, gamma: float, lam: float) -> torch.Tensor:
    """Predictions for the rows of Xq by kernel ridge regression on X and y: K(Xq, X)·(K(X, X) + λI)⁻¹y.

    X: [N, D], floats. y: [N]. Xq: [M, D]. All of one dtype. K(A, B) is rbf_features(A, B, gamma). gamma: positive.
    lam: at least 0.1. Returns: [M].
    """
    ### BEGIN SOLUTION
    K = rbf_features(X, X, gamma)
    penalty = torch.diag(torch.full_like(y, lam))  # λI
    weights = torch.linalg.solve(K + penalty, y)
    return rbf_features(Xq, X, gamma) @ weights
    ### END SOLUTION
