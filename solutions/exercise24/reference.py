"""k-means: N rows in K clusters, each with a center, so that the rows lie near their centers.

X: [N, D], centers: [K, D], both float32 or both float64. No function changes its inputs.
"""

from __future__ import annotations

import torch


def assign(X: torch.Tensor, centers: torch.Tensor) -> torch.Tensor:
    """The number of the nearest center for each row of X.

    X: [N, D]. centers: [K, D]. Returns: [N], int64, 0 … K−1; of equally near centers the one with the lowest number.
    """
    ### BEGIN SOLUTION
    squared = ((X[:, None] - centers) ** 2).sum(dim=2)  # [N, K]: every row with every center
    return squared.argmin(dim=1)
    ### END SOLUTION


def update(X: torch.Tensor, labels: torch.Tensor, centers: torch.Tensor) -> torch.Tensor:
    """The mean of each cluster's rows; the center of a cluster without rows stays where it is.

    X: [N, D]. labels: [N], int64, 0 … K−1: the cluster of each row. centers: [K, D], the old ones. Returns: [K, D].
    """
    ### BEGIN SOLUTION
    moved = centers.clone()
    for k in labels.unique():  # a number that no row has does not come up
        moved[k] = X[labels == k].mean(dim=0)
    return moved
    ### END SOLUTION


def kmeans_plus_plus(X: torch.Tensor, K: int, u: torch.Tensor) -> torch.Tensor:
    """K rows of X to start from, each drawn by its squared distance to the nearest row that was drawn before.

    X: [N, D], with K different rows or more. u: [K], dtype as X, in [0, 1). Returns: [K, D]: first the row ⌊u₀N⌋; then,
    for j = 1 … K−1, the first row i for which d²₀ + … + d²ᵢ exceeds uⱼ times the sum of all d².
    """
    ### BEGIN SOLUTION
    centers = X[[int(u[0] * len(X))]]
    for j in range(1, K):
        squared = ((X[:, None] - centers) ** 2).sum(dim=2).amin(dim=1)
        reached = squared.cumsum(dim=0)
        row = (reached > u[j] * reached[-1]).nonzero()[0]
        centers = torch.cat([centers, X[row]])
    return centers
    ### END SOLUTION


def fit(
    X: torch.Tensor, K: int, u: torch.Tensor, max_iter: int
) -> tuple[torch.Tensor, torch.Tensor, float | torch.Tensor]:
    """Lloyd's algorithm from the centers of `kmeans_plus_plus`: assign, end if no label has changed, update.

    X: [N, D], with K different rows or more. u: [K], for `kmeans_plus_plus`. max_iter: at least 1; there are no more
    updates than this. Returns: (centers, labels, inertia): [K, D]; [N], int64; and the sum of the squared distances of
    the rows to their centers, a Python float or a 0-d tensor. Labels and inertia belong to the centers returned.
    """
    ### BEGIN SOLUTION
    centers, labels = kmeans_plus_plus(X, K, u), None
    for _ in range(max_iter):
        before, labels = labels, assign(X, centers)
        if before is not None and torch.equal(labels, before):
            break
        centers = update(X, labels, centers)
    labels = assign(X, centers)
    return centers, labels, ((X - centers[labels]) ** 2).sum()
    ### END SOLUTION
