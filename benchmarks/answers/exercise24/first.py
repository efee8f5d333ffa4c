# %% distances_and_empty_clusters
# 1 update: the mean of no rows; 2 kmeans_plus_plus: distances not squared; 3 fit: not assigned again
# named: update_nan, plus_by_distance, fit_labels_before, fit_inertia_before
import torch


def assign(X, centers):
    return torch.cdist(X, centers).argmin(dim=1)


def update(X, labels, centers):
    return torch.stack([X[labels == k].mean(dim=0) for k in range(len(centers))])


def kmeans_plus_plus(X, K, u):
    centers = [X[int(u[0] * len(X))]]
    for j in range(1, K):
        d = torch.cdist(X, torch.stack(centers)).min(dim=1).values
        p = d / d.sum()
        i = torch.searchsorted(p.cumsum(0), u[j].reshape(1), right=True)
        centers.append(X[i[0]])
    return torch.stack(centers)


def fit(X, K, u, max_iter):
    centers = kmeans_plus_plus(X, K, u)
    old = None
    for _ in range(max_iter):
        labels = assign(X, centers)
        if old is not None and torch.equal(old, labels):
            break
        centers = update(X, labels, centers)
        old = labels
    inertia = ((X - centers[labels]) ** 2).sum()
    return centers, labels, inertia

# %% sums_and_means
# 1 update: empty clusters become zero; 2 kmeans_plus_plus: only the last center; 3 fit: inertia is a mean
# named: update_zeros, plus_to_last, fit_inertia_mean
import torch
import torch.nn.functional as F


def assign(X, centers):
    return ((X[:, None] - centers) ** 2).sum(-1).argmin(1)


def update(X, labels, centers):
    onehot = F.one_hot(labels, len(centers)).to(X.dtype)
    counts = onehot.sum(0).clamp(min=1)
    return onehot.T @ X / counts[:, None]


def kmeans_plus_plus(X, K, u):
    out = X[(u[0] * len(X)).long()].unsqueeze(0)
    for j in range(1, K):
        d2 = ((X - out[-1]) ** 2).sum(1)
        c = d2.cumsum(0)
        i = (c > u[j] * d2.sum()).nonzero()[0, 0]
        out = torch.cat([out, X[i : i + 1]])
    return out.clone()


def fit(X, K, u, max_iter):
    centers = kmeans_plus_plus(X, K, u)
    labels = None
    for _ in range(max_iter):
        new_labels = assign(X, centers)
        if labels is not None and (new_labels == labels).all():
            break
        labels = new_labels
        centers = update(X, labels, centers)
    labels = assign(X, centers)
    inertia = ((X - centers[labels]) ** 2).sum(1).mean()
    return centers, labels, inertia

# %% loops_with_equals
# 1 assign: of equals the last; 2 kmeans_plus_plus: uniform; 3 fit: labels start as zeros; 4 inertia not squared
# named: assign_last_of_equal, plus_uniform, fit_from_zero_labels, fit_inertia_of_distances
import torch


def assign(X, centers):
    labels = torch.zeros(len(X), dtype=torch.long, device=X.device)
    for n in range(len(X)):
        best = float("inf")
        for k in range(len(centers)):
            d = (X[n] - centers[k]).norm()
            if d <= best:
                best = d
                labels[n] = k
    return labels


def update(X, labels, centers):
    new = centers.clone()
    for k in range(len(centers)):
        if (labels == k).sum() > 0:
            new[k] = X[labels == k].mean(0)
    return new


def kmeans_plus_plus(X, K, u):
    centers = []
    for j in range(K):
        centers.append(X[int(u[j] * len(X))])
    return torch.stack(centers)


def fit(X, K, u, max_iter):
    centers = kmeans_plus_plus(X, K, u)
    labels = torch.zeros(len(X), dtype=torch.long, device=X.device)
    for _ in range(max_iter):
        new = assign(X, centers)
        if torch.equal(new, labels):
            break
        labels = new
        centers = update(X, labels, centers)
    labels = assign(X, centers)
    inertia = 0.0
    for n in range(len(X)):
        inertia += (X[n] - centers[labels[n]]).norm()
    return centers, labels, inertia

# %% in_place_and_farthest
# 1 update: writes into centers; 2 kmeans_plus_plus: the farthest row; 3 a view of X for K = 1
# named: plus_greedy
import torch


def assign(X, centers):
    d = torch.linalg.norm(X.unsqueeze(1) - centers.unsqueeze(0), dim=2)
    return torch.argmin(d, dim=1)


def update(X, labels, centers):
    for k in range(centers.shape[0]):
        mask = labels == k
        if mask.any():
            centers[k] = X[mask].mean(dim=0)
    return centers


def kmeans_plus_plus(X, K, u):
    centers = X[int(u[0] * X.shape[0])][None]
    for _ in range(K - 1):
        d2 = ((X[:, None] - centers) ** 2).sum(-1).min(1).values
        centers = torch.cat([centers, X[d2.argmax()][None]])
    return centers


def fit(X, K, u, max_iter):
    centers = kmeans_plus_plus(X, K, u)
    labels = assign(X, centers)
    for _ in range(max_iter):
        centers = update(X, labels, centers)
        new = assign(X, centers)
        if torch.equal(new, labels):
            break
        labels = new
    inertia = ((X - centers[new]) ** 2).sum()
    return centers, new, inertia

# %% numpy_without_care
# 1 assign: absolute differences; 2 update: empty clusters left out; 3 fit: one update too few, max_iter counts the
# first assignment
# named: assign_by_absolute, update_dropped, fit_one_less
import numpy as np
import torch


def assign(X, centers):
    d = np.abs(X.cpu().numpy()[:, None] - centers.cpu().numpy()[None]).sum(axis=2)
    return torch.from_numpy(d.argmin(axis=1)).to(X.device)


def update(X, labels, centers):
    return torch.stack([X[labels == k].mean(0) for k in labels.unique()])


def kmeans_plus_plus(X, K, u):
    x = X.cpu().numpy()
    idx = [int(u[0] * len(x))]
    for j in range(1, K):
        d2 = ((x[:, None] - x[idx]) ** 2).sum(-1).min(1)
        c = d2.cumsum()
        idx.append(int(np.argmax(c > float(u[j]) * c[-1])))
    return X[idx]


def fit(X, K, u, max_iter):
    centers = kmeans_plus_plus(X, K, u)
    labels = assign(X, centers)
    for _ in range(max_iter - 1):
        centers = update(X, labels, centers)
        new = assign(X, centers)
        if (new == labels).all():
            break
        labels = new
    return centers, labels, float(((X - centers[labels]) ** 2).sum())

# %% wrong_axis_and_sum
# 1 assign: argmin over the rows; 2 update: the sum; 3 kmeans_plus_plus: u without the total
# named: assign_across, update_sum, plus_not_normalised
import torch


def assign(X, centers):
    dist = ((X[:, None, :] - centers[None, :, :]) ** 2).sum(dim=-1)
    return dist.argmin(dim=0)


def update(X, labels, centers):
    new = centers.clone()
    for k in labels.unique():
        new[k] = X[labels == k].sum(dim=0)
    return new


def kmeans_plus_plus(X, K, u):
    centers = [X[int(u[0] * len(X))]]
    for j in range(1, K):
        d2 = torch.stack([((X - c) ** 2).sum(1) for c in centers]).min(0).values
        i = int((d2.cumsum(0) > u[j]).int().argmax())
        centers.append(X[i])
    return torch.stack(centers)


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
    return centers, labels, ((X - centers[labels]) ** 2).sum()
