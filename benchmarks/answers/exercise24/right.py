# %% base
# Broadcasting.
import torch


def assign(X, centers):
    d2 = ((X[:, None, :] - centers[None, :, :]) ** 2).sum(dim=2)
    return d2.argmin(dim=1)


def update(X, labels, centers):
    new = centers.clone()
    for k in range(centers.shape[0]):
        rows = X[labels == k]
        if len(rows) > 0:
            new[k] = rows.mean(dim=0)
    return new


def kmeans_plus_plus(X, K, u):
    N = X.shape[0]
    chosen = [int(u[0] * N)]
    for j in range(1, K):
        d2 = ((X[:, None] - X[chosen][None]) ** 2).sum(-1).min(dim=1).values
        total = torch.cumsum(d2, 0)
        i = int((total > u[j] * total[-1]).nonzero()[0])
        chosen.append(i)
    return X[chosen]


def fit(X, K, u, max_iter):
    centers = kmeans_plus_plus(X, K, u)
    labels = None
    for _ in range(max_iter):
        new = assign(X, centers)
        if labels is not None and torch.equal(new, labels):
            break
        labels = new
        centers = update(X, labels, centers)
    labels = assign(X, centers)
    inertia = ((X - centers[labels]) ** 2).sum()
    return centers, labels, inertia

# %% cdist
# torch.cdist without the matrix product, and min.
import math

import torch


def assign(X, centers):
    d = torch.cdist(X, centers, compute_mode="donot_use_mm_for_euclid_dist")
    return d.min(dim=1).indices


def update(X, labels, centers):
    means = [X[labels == k].mean(0) if (labels == k).any() else centers[k] for k in range(len(centers))]
    return torch.stack(means)


def kmeans_plus_plus(X, K, u):
    first = math.floor(float(u[0]) * len(X))
    centers = X[first].unsqueeze(0).clone()
    while len(centers) < K:
        d = torch.cdist(X, centers, compute_mode="donot_use_mm_for_euclid_dist").amin(dim=1)
        weights = d.square()
        threshold = u[len(centers)] * weights.sum()
        row = (weights.cumsum(0) > threshold).int().argmax()
        centers = torch.cat([centers, X[row][None]])
    return centers


def fit(X, K, u, max_iter):
    centers = kmeans_plus_plus(X, K, u)
    before = torch.full((len(X),), -1, device=X.device)
    for _ in range(max_iter):
        labels = assign(X, centers)
        if (labels == before).all():
            break
        before = labels
        centers = update(X, labels, centers)
    else:
        labels = assign(X, centers)
    nearest = centers.index_select(0, labels)
    return centers, labels, (X - nearest).pow(2).sum().item()

# %% loops
# Python numbers only.
import torch


def squared(a, b):
    return sum((p - q) ** 2 for p, q in zip(a, b))


def assign(X, centers):
    c = centers.tolist()
    out = []
    for x in X.tolist():
        best, where = float("inf"), 0
        for k in range(len(c)):
            d = squared(x, c[k])
            if d < best:
                best, where = d, k
        out.append(where)
    return torch.tensor(out, dtype=torch.int64, device=X.device)


def update(X, labels, centers):
    K, D = centers.shape
    sums = [[0.0] * D for _ in range(K)]
    counts = [0] * K
    for x, k in zip(X.tolist(), labels.tolist()):
        counts[k] += 1
        for d in range(D):
            sums[k][d] += x[d]
    old = centers.tolist()
    new = [[s / counts[k] for s in sums[k]] if counts[k] else old[k] for k in range(K)]
    return torch.tensor(new, dtype=X.dtype, device=X.device)


def kmeans_plus_plus(X, K, u):
    rows, numbers = X.tolist(), u.tolist()
    centers = [rows[int(numbers[0] * len(rows))]]
    for j in range(1, K):
        d2 = [min(squared(x, c) for c in centers) for x in rows]
        limit = numbers[j] * sum(d2)
        running = 0.0
        for i in range(len(rows)):
            running += d2[i]
            if running > limit:
                centers.append(rows[i])
                break
    return torch.tensor(centers, dtype=X.dtype, device=X.device)


def fit(X, K, u, max_iter):
    centers = kmeans_plus_plus(X, K, u)
    last = []
    for _ in range(max_iter):
        labels = assign(X, centers).tolist()
        if labels == last:
            break
        last = labels
        centers = update(X, torch.tensor(labels, device=X.device), centers)
    labels = assign(X, centers)
    c = centers.tolist()
    inertia = sum(squared(x, c[k]) for x, k in zip(X.tolist(), labels.tolist()))
    return centers, labels, inertia

# %% numpy_all
# NumPy inside; back to torch at the end.
import numpy as np
import torch


def back(array, X):
    return torch.from_numpy(np.ascontiguousarray(array)).to(X.device)


def assign(X, centers):
    x, c = X.detach().cpu().numpy(), centers.detach().cpu().numpy()
    d = np.sum((x[:, None] - c[None]) ** 2, axis=-1)
    return back(np.argmin(d, axis=1).astype(np.int64), X)


def update(X, labels, centers):
    x, y = X.detach().cpu().numpy(), labels.cpu().numpy()
    new = centers.detach().cpu().numpy().copy()
    for k in np.unique(y):
        new[k] = np.mean(x[y == k], axis=0)
    return back(new, X)


def kmeans_plus_plus(X, K, u):
    x, r = X.detach().cpu().numpy(), u.cpu().numpy()
    picked = np.empty((K, x.shape[1]), dtype=x.dtype)
    picked[0] = x[int(np.floor(r[0] * len(x)))]
    d2 = np.full(len(x), np.inf, dtype=x.dtype)
    for j in range(1, K):
        d2 = np.minimum(d2, ((x - picked[j - 1]) ** 2).sum(1))
        c = np.cumsum(d2)
        picked[j] = x[np.searchsorted(c, r[j] * c[-1], side="right")]
    return back(picked, X)


def fit(X, K, u, max_iter):
    centers, labels = kmeans_plus_plus(X, K, u), None
    while max_iter > 0:
        max_iter -= 1
        new = assign(X, centers)
        if labels is not None and not (new != labels).any():
            return centers, labels, inertia_of(X, centers, labels)
        labels, centers = new, update(X, new, centers)
    labels = assign(X, centers)
    return centers, labels, inertia_of(X, centers, labels)


def inertia_of(X, centers, labels):
    x, c = X.detach().cpu().numpy(), centers.cpu().numpy()
    return np.sum((x - c[labels.cpu().numpy()]) ** 2)

# %% one_hot
# The one-hot matrix, bincount and searchsorted.
import torch
import torch.nn.functional as F


def assign(X, centers):
    diff = X.unsqueeze(1) - centers.unsqueeze(0)
    return torch.einsum("nkd,nkd->nk", diff, diff).argmin(-1)


def update(X, labels, centers):
    K = centers.shape[0]
    Y = F.one_hot(labels, K).to(X.dtype)
    n = Y.sum(0)[:, None]
    means = (Y.T @ X) / n.clamp(min=1)
    return torch.where(n > 0, means, centers)


def kmeans_plus_plus(X, K, u):
    idx = torch.zeros(K, dtype=torch.int64, device=X.device)
    idx[0] = (u[0] * len(X)).floor().long()
    d2 = (X - X[idx[0]]).pow(2).sum(1)
    for j in range(1, K):
        c = d2.cumsum(0)
        idx[j] = torch.searchsorted(c, (u[j] * c[-1]).reshape(1), right=True)[0]
        d2 = torch.minimum(d2, (X - X[idx[j]]).pow(2).sum(1))
    return X[idx]


def fit(X, K, u, max_iter):
    centers = kmeans_plus_plus(X, K, u)
    labels = assign(X, centers)
    for _ in range(max_iter):
        centers = update(X, labels, centers)
        new = assign(X, centers)
        done = torch.equal(new, labels)
        labels = new
        if done:
            break
    return centers, labels, F.mse_loss(centers[labels], X, reduction="sum")

# %% scatter
# index_add_, and the end when the centers stay.
import torch


def assign(X, centers):
    return torch.linalg.vector_norm(X[:, None] - centers, dim=-1).argmin(1)


def update(X, labels, centers):
    sums = torch.zeros_like(centers).index_add_(0, labels, X)
    counts = torch.bincount(labels, minlength=len(centers))
    new = sums / counts.unsqueeze(1)
    empty = counts == 0
    new[empty] = centers[empty]
    return new


def kmeans_plus_plus(X, K, u):
    N = X.size(0)
    out = torch.empty(K, X.size(1), dtype=X.dtype, device=X.device)
    out[0] = X[(u[0] * N).long()]
    for j in range(1, K):
        near = assign(X, out[:j])
        d2 = torch.sum((X - out[near]) ** 2, dim=1)
        below = torch.cumsum(d2, dim=0) <= u[j] * d2.sum()
        out[j] = X[int(below.sum())]
    return out


def fit(X, K, u, max_iter):
    centers = kmeans_plus_plus(X, K, u)
    for _ in range(max_iter):
        new = update(X, assign(X, centers), centers)
        if torch.equal(new, centers):
            break
        centers = new
    labels = assign(X, centers)
    return centers, labels, sum(((X[labels == k] - centers[k]) ** 2).sum() for k in range(K))
