# %% classes
# Small classes; the functions only call them.
from dataclasses import dataclass


@dataclass
class Grid:
    low: torch.Tensor
    high: torch.Tensor
    bins: int

    def places(self, X):
        a = torch.floor((X - self.low) / (self.high - self.low) * self.bins)
        return torch.minimum(torch.maximum(a, torch.zeros_like(a)), torch.full_like(a, self.bins - 1)).long()

    def number(self, X):
        a = self.places(X)
        return sum(a[:, j] * self.bins ** (X.shape[1] - 1 - j) for j in range(X.shape[1]))


class KernelRidge:
    def __init__(self, gamma, lam):
        self.gamma, self.lam = gamma, lam

    def kernel(self, A, B):
        return torch.stack([torch.exp(-self.gamma * (A - b).square().sum(dim=1)) for b in B], dim=1)

    def fit(self, X, y):
        self.X = X
        self.w = torch.linalg.solve(self.kernel(X, X) + self.lam * torch.eye(len(X), dtype=X.dtype), y[:, None])
        return self

    def predict(self, Xq):
        return (self.kernel(Xq, self.X) @ self.w)[:, 0]


def space_tiling(X, low, high, bins):
    return Grid(low, high, bins).number(X)


def rbf_features(X, centers, gamma):
    return KernelRidge(gamma, 0.0).kernel(X, centers)


def kernel_ridge(X, y, Xq, gamma, lam):
    return KernelRidge(gamma, lam).fit(X, y).predict(Xq)

# %% in_place_on_copies
# In place, on clones.
def distance_contrast(X, q):
    Z = X.clone()
    Z -= q
    Z.pow_(2)
    d = Z.sum(dim=1).sqrt_()
    return d.max().sub_(d.min()).div_(d.min())


def random_projection(X, R):
    Z = X.clone() @ R
    Z /= float(R.shape[1]) ** 0.5
    return Z


def rbf_features(X, centers, gamma):
    out = X.new_zeros(len(X), len(centers))
    for j in range(X.shape[1]):
        out += (X[:, j, None] - centers[:, j]).pow_(2)
    return out.mul_(-gamma).exp_()


def polynomial_features(X, degree):
    N, D = X.shape
    terms = [()]
    for p in range(1, degree + 1):
        terms += list(combinations_with_replacement(range(D), p))
    out = torch.ones(N, len(terms), dtype=X.dtype)
    for c, term in enumerate(terms):
        for j in term:
            out[:, c] *= X[:, j]
    return out


def space_tiling(X, low, high, bins):
    A = X.clone()
    A -= low
    A /= high - low
    A *= bins
    A.floor_()
    A[A < 0] = 0
    A[A > bins - 1] = bins - 1
    out = torch.zeros(X.shape[0], dtype=torch.long)
    for column in A.long().unbind(1):
        out.mul_(bins).add_(column)
    return out


def kernel_ridge(X, y, Xq, gamma, lam):
    K = rbf_features(X, X, gamma)
    K[range(len(X)), range(len(X))] += lam
    return rbf_features(Xq, X, gamma).mv(torch.linalg.solve(K, y))

# %% einsum
# einsum, index tables, exponents.
import math


def samples_needed(per_axis, n):
    return math.prod([per_axis] * n)


def distance_contrast(X, q):
    diff = X - q
    d = torch.einsum("nd,nd->n", diff, diff) ** 0.5
    s = d.sort().values
    return (s[-1] - s[0]) / s[0]


def random_projection(X, R):
    return torch.einsum("nd,dk->nk", X, R) * (1 / math.sqrt(R.shape[1]))


def rbf_features(X, centers, gamma):
    diff = X.unsqueeze(1) - centers.unsqueeze(0)
    return torch.einsum("nkd,nkd->nk", diff, diff).neg().mul(gamma).exp()


def polynomial_features(X, degree):
    D = X.shape[1]
    terms = [t for p in range(degree + 1) for t in combinations_with_replacement(range(D), p)]
    E = torch.tensor([[t.count(j) for j in range(D)] for t in terms])
    return (X[:, None, :] ** E).prod(-1)


def space_tiling(X, low, high, bins):
    t = (X - low) * bins / (high - low)
    a = t.clamp(0, bins - 1).floor().long()
    return torch.einsum("nd,d->n", a, torch.tensor([bins ** (X.shape[1] - 1 - j) for j in range(X.shape[1])]))

# %% by_edges
# The places by comparison with the edges.
def space_tiling(X, low, high, bins):
    cell = torch.zeros(len(X), dtype=torch.int64)
    for j in range(X.shape[1]):
        edges = low[j] + (high[j] - low[j]) * torch.arange(1, bins, dtype=X.dtype) / bins
        cell = cell * bins + (X[:, j, None] >= edges).sum(1)
    return cell


def kernel_ridge(X, y, Xq, gamma, lam):
    K = rbf_features(X, X, gamma) + torch.diag(torch.full((len(X),), lam, dtype=X.dtype))
    # (K + λI) is symmetric, so that the weights of the targets can be computed first.
    return torch.linalg.solve(K, rbf_features(X, Xq, gamma)).T @ y

# %% bucketize
# torch.bucketize, with linspace.
def space_tiling(X, low, high, bins):
    columns = []
    for j in range(X.shape[1]):
        edges = torch.linspace(low[j].item(), high[j].item(), bins + 1, dtype=X.dtype)
        columns.append(torch.bucketize(X[:, j].contiguous(), edges[1:-1].contiguous(), right=True))
    out = columns[0]
    for c in columns[1:]:
        out = out * bins + c
    return out

# %% clipped_first
# What lies outside is moved onto the box first; then integer division.
def space_tiling(X, low, high, bins):
    inside = torch.maximum(torch.minimum(X, high), low)
    a = torch.floor_divide((inside - low) / (high - low) * bins, 1).to(torch.int64)
    a = torch.where(a == bins, bins - 1, a)
    strides = torch.tensor([bins**i for i in range(X.shape[1])]).flip(0)
    return (a * strides[None, :]).sum(-1)


def distance_contrast(X, q):
    d = torch.linalg.vector_norm(X - q[None, :], dim=-1)
    return d.amax() / d.amin() - 1.0

# %% truncated
# Cut to the range first, then .long() alone.
def space_tiling(X, low, high, bins):
    a = ((X - low) / (high - low)).mul(bins).clamp(0, bins - 1).long()
    out = a[:, 0].clone()
    for j in range(1, X.shape[1]):
        out *= bins
        out += a[:, j]
    return out


def kernel_ridge(X, y, Xq, gamma, lam):
    def k(A, B):
        return torch.exp(-gamma * ((A.unsqueeze(1) - B) ** 2).sum(dim=2))

    eye = torch.eye(len(X), dtype=X.dtype)
    LU, pivots = torch.linalg.lu_factor(k(X, X) + lam * eye)
    w = torch.linalg.lu_solve(LU, pivots, y[:, None])
    return torch.matmul(k(Xq, X), w).flatten()

# %% functional
# pairwise_distance, vmap, least squares, reduce.
from functools import reduce
from operator import mul

import torch.nn.functional as F


def samples_needed(per_axis, n):
    return reduce(mul, (per_axis for _ in range(n)), 1)


def distance_contrast(X, q):
    d = F.pairwise_distance(X, q.expand_as(X), eps=0.0)
    return (d.max() - d.min()) / d.min()


def random_projection(X, R):
    return F.linear(X, R.T) / R.shape[1] ** 0.5


def rbf_features(X, centers, gamma):
    return torch.vmap(lambda x: torch.exp(-gamma * (centers - x).square().sum(-1)))(X)


def polynomial_features(X, degree):
    columns = []
    for p in range(degree + 1):
        for c in combinations_with_replacement(X.unbind(1), p):
            columns.append(reduce(mul, c, torch.ones_like(X[:, 0])))
    return torch.stack(columns).T


def kernel_ridge(X, y, Xq, gamma, lam):
    K = rbf_features(X, X, gamma)
    A = K + lam * torch.eye(len(X)).to(X.dtype)
    w = torch.linalg.lstsq(A, y[:, None]).solution
    return (rbf_features(Xq, X, gamma) @ w).reshape(-1)

# %% with_a_one
# A one among the numbers: its products are those of lower degree, and come first.
# like: double_inside
def polynomial_features(X, degree):
    x = torch.cat([torch.ones(len(X), 1, dtype=X.dtype), X], dim=1)
    terms = combinations_with_replacement(range(x.shape[1]), degree)
    return torch.stack([x[:, list(t)].prod(1) for t in terms], 1)

# %% expanded
# |x|² + |c|² - 2 x·c.
# like: einsum
def rbf_features(X, centers, gamma):
    d2 = (X * X).sum(1, keepdim=True) - 2 * X @ centers.T + (centers * centers).sum(1)
    return torch.exp(-gamma * d2.clamp(min=0))

# %% whole_numbers_first
# int64 before the cut.
# like: truncated
def space_tiling(X, low, high, bins):
    a = ((X - low) / (high - low) * bins).long().clamp(0, bins - 1)
    out = a[:, 0].clone()
    for j in range(1, X.shape[1]):
        out = out * bins + a[:, j]
    return out
