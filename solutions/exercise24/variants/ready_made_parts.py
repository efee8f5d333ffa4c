"""cdist, index_add_, bincount and searchsorted; each update in place on a copy; the end when no center moves."""

import torch


def assign(X, centers):
    return torch.cdist(X, centers).argmin(-1)


def update(X, labels, centers):
    K = centers.shape[0]
    counts = torch.bincount(labels, minlength=K)
    sums = torch.zeros_like(centers).index_add_(0, labels, X)
    filled = counts > 0
    result = centers.clone()
    result[filled] = sums[filled] / counts[filled, None]
    return result


def kmeans_plus_plus(X, K, u):
    centers = torch.empty(K, X.shape[1], dtype=X.dtype, device=X.device)
    centers[0] = X[torch.floor(u[0] * X.shape[0]).long()]
    for j in range(1, K):
        d2 = torch.cdist(X, centers[:j], compute_mode="donot_use_mm_for_euclid_dist").min(dim=1).values ** 2
        cum = torch.cumsum(d2, dim=0)
        centers[j] = X[torch.searchsorted(cum, u[j] * d2.sum(), right=True)]
    return centers


def fit(X, K, u, max_iter):
    centers = kmeans_plus_plus(X, K, u)
    for _ in range(max_iter):
        new = update(X, assign(X, centers), centers)
        if torch.allclose(new, centers, rtol=0, atol=0):
            break
        centers = new
    labels = assign(X, centers)
    distances = torch.linalg.vector_norm(X - centers[labels], dim=1)
    return centers, labels, torch.sum(distances**2)
