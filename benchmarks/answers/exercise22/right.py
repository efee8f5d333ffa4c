# %% base
# Plain formulas on tensors.
from itertools import combinations_with_replacement

import torch


def samples_needed(per_axis, n):
    return per_axis**n


def distance_contrast(X, q):
    d = (X - q).norm(dim=1)
    return (d.max() - d.min()) / d.min()


def random_projection(X, R):
    return X @ R / R.shape[1] ** 0.5


def rbf_features(X, centers, gamma):
    d2 = ((X[:, None, :] - centers[None, :, :]) ** 2).sum(-1)
    return torch.exp(-gamma * d2)


def polynomial_features(X, degree):
    N, D = X.shape
    columns = [torch.ones(N, dtype=X.dtype)]
    for p in range(1, degree + 1):
        for idx in combinations_with_replacement(range(D), p):
            columns.append(X[:, list(idx)].prod(dim=1))
    return torch.stack(columns, dim=1)


def space_tiling(X, low, high, bins):
    a = torch.floor((X - low) / (high - low) * bins).clamp(0, bins - 1).long()
    cell = torch.zeros(len(X), dtype=torch.int64)
    for j in range(X.shape[1]):
        cell = cell * bins + a[:, j]
    return cell


def kernel_ridge(X, y, Xq, gamma, lam):
    K = rbf_features(X, X, gamma)
    w = torch.linalg.solve(K + lam * torch.eye(len(X), dtype=X.dtype), y)
    return rbf_features(Xq, X, gamma) @ w

# %% loops
# A loop over everything, numbers one by one.
import math
from itertools import combinations_with_replacement

import torch


def samples_needed(per_axis, n):
    total = 1
    for _ in range(n):
        total *= per_axis
    return total


def distance_contrast(X, q):
    distances = []
    for x in X:
        distances.append(math.sqrt(sum((float(a) - float(b)) ** 2 for a, b in zip(x, q))))
    near, far = min(distances), max(distances)
    return torch.tensor((far - near) / near, dtype=X.dtype)


def random_projection(X, R):
    N, D = X.shape
    k = R.shape[1]
    Z = torch.zeros(N, k, dtype=X.dtype)
    for n in range(N):
        for j in range(k):
            for d in range(D):
                Z[n, j] += X[n, d] * R[d, j]
    return Z / math.sqrt(k)


def rbf_features(X, centers, gamma):
    Phi = torch.empty(len(X), len(centers), dtype=X.dtype)
    for n in range(len(X)):
        for k in range(len(centers)):
            diff = X[n] - centers[k]
            Phi[n, k] = torch.exp(-gamma * torch.dot(diff, diff))
    return Phi


def polynomial_features(X, degree):
    rows = []
    for x in X.tolist():
        row = [1.0]
        for p in range(1, degree + 1):
            row += [math.prod(c) for c in combinations_with_replacement(x, p)]
        rows.append(row)
    return torch.tensor(rows, dtype=X.dtype)


def space_tiling(X, low, high, bins):
    cells = []
    for x in X.tolist():
        number = 0
        for v, lo, hi in zip(x, low.tolist(), high.tolist()):
            place = math.floor((v - lo) / (hi - lo) * bins)
            number = number * bins + min(max(place, 0), bins - 1)
        cells.append(number)
    return torch.tensor(cells, dtype=torch.int64)


def kernel_ridge(X, y, Xq, gamma, lam):
    K = rbf_features(X, X, gamma)
    for i in range(len(X)):
        K[i, i] += lam
    w = torch.linalg.solve(K, y)
    Kq = rbf_features(Xq, X, gamma)
    return torch.stack([(row * w).sum() for row in Kq])

# %% numpy
# Everything in NumPy.
import math

import numpy as np
import torch


def samples_needed(per_axis, n):
    return int(np.prod(np.array([per_axis] * n, dtype=object)))


def distance_contrast(X, q):
    d = np.linalg.norm(X.numpy() - q.numpy(), axis=1)
    return torch.as_tensor((d.max() - d.min()) / d.min(), dtype=X.dtype)


def random_projection(X, R):
    return torch.from_numpy(X.numpy() @ R.numpy() / np.sqrt(R.shape[1]).astype(X.numpy().dtype))


def rbf_features(X, centers, gamma):
    diff = X.numpy()[:, np.newaxis] - centers.numpy()[np.newaxis]
    return torch.from_numpy(np.exp(-gamma * np.sum(diff**2, axis=2)))


def polynomial_features(X, degree):
    x = X.numpy()
    D = x.shape[1]
    exponents = [e for e in np.ndindex(*([degree + 1] * D)) if sum(e) <= degree]
    exponents.sort(key=lambda e: (sum(e), [-v for v in e]))
    E = np.array(exponents)
    return torch.from_numpy(np.prod(x[:, None, :] ** E[None], axis=2).astype(x.dtype))


def space_tiling(X, low, high, bins):
    x, lo, hi = X.numpy(), low.numpy(), high.numpy()
    a = np.clip(np.floor((x - lo) / (hi - lo) * bins), 0, bins - 1).astype(np.int64)
    return torch.from_numpy(np.ravel_multi_index(a.T, (bins,) * x.shape[1]).astype(np.int64))


def kernel_ridge(X, y, Xq, gamma, lam):
    K = rbf_features(X, X, gamma).numpy()
    w = np.linalg.solve(K + lam * np.eye(len(K), dtype=K.dtype), y.numpy())
    return torch.from_numpy(rbf_features(Xq, X, gamma).numpy() @ w)

# %% torch_functions
# cdist, cartesian products and other functions of torch.
import torch


def samples_needed(per_axis, n):
    return pow(per_axis, n)


def distance_contrast(X, q):
    d = torch.cdist(q[None], X, compute_mode="donot_use_mm_for_euclid_dist").squeeze(0)
    near, far = torch.aminmax(d)
    return far / near - 1


def random_projection(X, R):
    return torch.matmul(X, R).div(torch.tensor(R.size(1), dtype=X.dtype).sqrt())


def rbf_features(X, centers, gamma):
    return torch.cdist(X, centers, compute_mode="donot_use_mm_for_euclid_dist").square().mul(-gamma).exp()


def polynomial_features(X, degree):
    N, D = X.shape
    blocks = [X.new_ones(N, 1)]
    for p in range(1, degree + 1):
        idx = torch.combinations(torch.arange(D), r=p, with_replacement=True).reshape(-1, p)
        blocks.append(X[:, idx].prod(dim=-1))
    return torch.cat(blocks, dim=1)


def space_tiling(X, low, high, bins):
    D = X.shape[1]
    a = ((X - low) / (high - low) * bins).floor().clamp(min=0, max=bins - 1).to(torch.int64)
    weights = torch.tensor([bins**p for p in reversed(range(D))], dtype=torch.int64)
    return (a * weights).sum(dim=1)


def kernel_ridge(X, y, Xq, gamma, lam):
    K = rbf_features(X, X, gamma)
    K.diagonal().add_(lam)
    L = torch.linalg.cholesky(K)
    w = torch.cholesky_solve(y.unsqueeze(1), L)
    return (rbf_features(Xq, X, gamma) @ w).squeeze(1)

# %% cdist_as_it_is
# cdist without a thought about how it computes.
def distance_contrast(X, q):
    d = torch.cdist(X, q.unsqueeze(0))
    return (d.max() - d.min()) / d.min()


def rbf_features(X, centers, gamma):
    return torch.exp(-gamma * torch.cdist(X, centers) ** 2)


def kernel_ridge(X, y, Xq, gamma, lam):
    K = torch.exp(-gamma * torch.cdist(X, X) ** 2)
    A = torch.linalg.inv(K + lam * torch.eye(X.shape[0], dtype=X.dtype))
    return torch.exp(-gamma * torch.cdist(Xq, X) ** 2) @ (A @ y)

# %% double_inside
# float64 inside, and back at the end.
import itertools


def distance_contrast(X, q):
    d = torch.sqrt(((X.double() - q.double()) ** 2).sum(1))
    return ((d.max() - d.min()) / d.min()).to(X.dtype)


def random_projection(X, R):
    return (X.double() @ (R.double() / R.shape[1] ** 0.5)).to(X.dtype)


def rbf_features(X, centers, gamma):
    x, c = X.double(), centers.double()
    x = x.unsqueeze(1).expand(-1, len(c), -1)
    return torch.exp(-gamma * (x - c).pow(2).sum(2)).to(X.dtype)


def polynomial_features(X, degree):
    x = torch.cat([torch.ones(len(X), 1, dtype=torch.float64), X.double()], dim=1)
    terms = itertools.product(range(X.shape[1] + 1), repeat=degree)
    terms = {tuple(sorted(t)) for t in terms}
    order = sorted(terms, key=lambda t: (sum(i > 0 for i in t), [i for i in t if i > 0]))
    return torch.stack([x[:, list(t)].prod(1) for t in order], 1).to(X.dtype)


def space_tiling(X, low, high, bins):
    share = (X.double() - low.double()) / (high.double() - low.double())
    a = torch.clamp((share * bins).floor(), 0, bins - 1).long()
    powers = bins ** torch.arange(X.shape[1] - 1, -1, -1)
    return a @ powers


def kernel_ridge(X, y, Xq, gamma, lam):
    x, xq = X.double(), Xq.double()
    K = rbf_features(x, x, gamma)
    values, Q = torch.linalg.eigh(K)
    w = Q @ ((Q.T @ y.double()) / (values + lam))
    return (rbf_features(xq, x, gamma) @ w).to(X.dtype)

# %% recursion
# Recursions, and each degree from the one before.
def samples_needed(per_axis, n):
    if n == 0:
        return 1
    half = samples_needed(per_axis, n // 2)
    return half * half * (per_axis if n % 2 else 1)


def polynomial_features(X, degree):
    N, D = X.shape
    # Of the degree before: for each term, its last number and its column.
    last = [(0, torch.ones(N, dtype=X.dtype))]
    out = [last[0][1]]
    for _ in range(degree):
        last = [(j, column * X[:, j]) for start, column in last for j in range(start, D)]
        out += [column for _, column in last]
    return torch.stack(out, dim=-1)


def space_tiling(X, low, high, bins):
    place = torch.floor((X[:, 0] - low[0]) / (high[0] - low[0]) * bins).clamp(0, bins - 1).long()
    if X.shape[1] == 1:
        return place
    return place * bins ** (X.shape[1] - 1) + space_tiling(X[:, 1:], low[1:], high[1:], bins)
