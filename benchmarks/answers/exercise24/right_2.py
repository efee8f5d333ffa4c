# %% double_inside
# float64 inside.
import torch


def squares(X, C):
    X, C = X.double(), C.double()
    return torch.stack([((X - c) * (X - c)).sum(1) for c in C], dim=1)


def assign(X, centers):
    return squares(X, centers).argmin(1)


def update(X, labels, centers):
    new = centers.double().clone()
    for k in labels.unique().tolist():
        new[k] = X[labels == k].double().mean(0)
    return new.to(X.dtype)


def kmeans_plus_plus(X, K, u):
    u = u.double()
    C = X[[int(u[0] * len(X))]]
    for j in range(1, K):
        d2 = squares(X, C).amin(1)
        share = d2.cumsum(0) / d2.sum()
        i = int(torch.nonzero(share > u[j])[0, 0])
        C = torch.vstack((C, X[i]))
    return C


def fit(X, K, u, max_iter):
    C = kmeans_plus_plus(X, K, u)
    old = None
    for _ in range(max_iter):
        now = assign(X, C)
        if old is not None and (now == old).all():
            break
        C, old = update(X, now, C), now
    d2 = squares(X, C)
    return C, d2.argmin(1), d2.min(1).values.sum().item()

# %% with_a_class
# A class holds the state.
import torch


class KMeans:
    def __init__(self, X, centers):
        self.X = X
        self.centers = centers
        self.labels = None

    def assign(self):
        return torch.cdist(self.X, self.centers, compute_mode="donot_use_mm_for_euclid_dist").argmin(dim=1)

    def step(self):
        labels = self.assign()
        if self.labels is not None and torch.equal(labels, self.labels):
            return False
        self.labels = labels
        self.centers = update(self.X, labels, self.centers)
        return True

    def inertia(self):
        return (self.X - self.centers[self.labels]).square().sum()


def assign(X, centers):
    return KMeans(X, centers).assign()


def update(X, labels, centers):
    result = []
    for k, old in enumerate(centers):
        mask = labels.eq(k)
        n = int(mask.sum())
        result.append(X[mask].sum(0) / n if n else old)
    return torch.stack(result, 0)


def kmeans_plus_plus(X, K, u):
    rows = []
    nearest = None
    for j, r in enumerate(u):
        if j == 0:
            i = int(r * X.shape[0])
        else:
            c = nearest.cumsum(0)
            i = next(i for i, s in enumerate(c) if s > r * nearest.sum())
        rows.append(X[i])
        d2 = (X - X[i]).square().sum(1)
        nearest = d2 if nearest is None else torch.min(nearest, d2)
    return torch.stack(rows)


def fit(X, K, u, max_iter):
    model = KMeans(X, kmeans_plus_plus(X, K, u))
    for _ in range(max_iter):
        if not model.step():
            break
    model.labels = model.assign()
    return model.centers, model.labels, model.inertia()

# %% in_place_on_copies
# Copies changed in place.
import torch


def assign(X, centers):
    best = torch.full((len(X),), float("inf"), dtype=X.dtype, device=X.device)
    labels = torch.zeros(len(X), dtype=torch.int64, device=X.device)
    for k in range(len(centers)):
        d = X.clone()
        d -= centers[k]
        d *= d
        d = d.sum(1)
        closer = d < best
        labels[closer] = k
        best[closer] = d[closer]
    return labels


def update(X, labels, centers):
    out = torch.clone(centers)
    n = torch.bincount(labels, minlength=len(centers))
    out[n > 0] = 0
    out.index_add_(0, labels, X)
    out /= n.clamp(min=1)[:, None].to(X.dtype)
    return out


def kmeans_plus_plus(X, K, u):
    centers = X.new_empty((K, X.shape[1]))
    centers[0] = X[torch.floor(u[0] * len(X)).to(torch.int64)]
    d2 = torch.full((len(X),), float("inf")).to(X)
    for j in range(1, K):
        torch.minimum(d2, (X - centers[j - 1]).pow_(2).sum(1), out=d2)
        p = d2.cumsum(0)
        p /= p[-1].clone()
        centers[j] = X[(p <= u[j]).sum()]
    return centers


def fit(X, K, u, max_iter):
    centers = kmeans_plus_plus(X, K, u)
    labels = torch.empty(len(X), dtype=torch.int64, device=X.device).fill_(K)
    for t in range(max_iter + 1):
        new = assign(X, centers)
        changed = (new != labels).any()
        labels.copy_(new)
        if t == max_iter or not changed:
            break
        centers.copy_(update(X, labels, centers))
    D = X - centers[labels]
    D *= D
    return centers, labels, D.sum()

# %% functional
# map and reduce, recursion.
import functools

import torch


def assign(X, centers):
    def nearest(x):
        return (centers - x).square().sum(dim=-1).argmin()

    return torch.stack([*map(nearest, X)])


def update(X, labels, centers):
    mask = labels[None, :] == torch.arange(len(centers), device=X.device)[:, None]
    counts = mask.sum(dim=1, keepdim=True)
    sums = (mask[:, :, None] * X[None]).sum(dim=1)
    return torch.where(counts == 0, centers, sums / counts)


def kmeans_plus_plus(X, K, u):
    def squared(i):
        return ((X - X[i]) ** 2).sum(1)

    def draw(picked, r):
        d2 = functools.reduce(torch.minimum, map(squared, picked))
        steps = d2.cumsum(0)
        return [*picked, int(torch.bucketize(r * steps[-1], steps, right=True))]

    return X[functools.reduce(draw, u[1:], [int(u[0] * len(X))])]


def fit(X, K, u, max_iter):
    def go(centers, before, left):
        labels = assign(X, centers)
        if left == 0 or (before is not None and torch.equal(labels, before)):
            return centers, labels
        return go(update(X, labels, centers), labels, left - 1)

    centers, labels = go(kmeans_plus_plus(X, K, u), None, max_iter)
    return centers, labels, torch.dist(X, centers[labels]) ** 2

# %% masked_minimum
# The smallest number among the nearest; differences through F.pairwise_distance with eps=0.
import torch
import torch.nn.functional as F


def assign(X, centers):
    K = len(centers)
    d = torch.stack([F.pairwise_distance(X, c.expand_as(X), eps=0) for c in centers], dim=1)
    numbers = torch.arange(K, device=X.device).expand_as(d)
    return torch.where(d == d.amin(dim=1, keepdim=True), numbers, K).amin(dim=1)


def update(X, labels, centers):
    expanded = labels[:, None].expand(-1, X.shape[1])
    means = torch.zeros_like(centers).scatter_reduce(0, expanded, X, "mean", include_self=False)
    present = torch.isin(torch.arange(len(centers), device=X.device), labels)
    return torch.where(present[:, None], means, centers)


def kmeans_plus_plus(X, K, u):
    N = X.shape[0]
    order = [int(torch.floor(u[0] * N))]
    all_pairs = ((X.unsqueeze(0) - X.unsqueeze(1)) ** 2).sum(-1)
    for j in range(1, K):
        d2, _ = all_pairs[:, order].min(1)
        upper = torch.tril(torch.ones(N, N, dtype=X.dtype, device=X.device)) @ d2
        order += [int((upper > u[j] * d2.sum()).nonzero().min())]
    return torch.stack([X[i] for i in order])


def fit(X, K, u, max_iter):
    centers = kmeans_plus_plus(X, K, u)
    previous = torch.zeros(0)
    t = 0
    while t < max_iter:
        labels = assign(X, centers)
        if t > 0 and torch.equal(labels, previous):
            break
        centers = update(X, labels, centers)
        previous = labels
        t += 1
    labels = assign(X, centers)
    d = F.pairwise_distance(X, centers[labels], eps=0)
    return centers, labels, (d * d).sum()

# %% sorted_segments
# Rows sorted by their cluster.
import torch


def assign(X, centers):
    delta = X.T[:, :, None] - centers.T[:, None, :]
    _, where = torch.topk(delta.mul(delta).sum(0), 1, dim=1, largest=False)
    d2 = delta.mul(delta).sum(0)
    return (d2 == torch.gather(d2, 1, where)).to(torch.uint8).argmax(dim=1)


def update(X, labels, centers):
    order = torch.argsort(labels)
    sizes = torch.bincount(labels, minlength=len(centers)).tolist()
    parts = torch.split(X[order], sizes)
    return torch.stack([p.mean(0) if len(p) else c for p, c in zip(parts, centers)])


def kmeans_plus_plus(X, K, u):
    picked = X[int(u[0] * len(X))].reshape(1, -1)
    for r in u[1:].tolist():
        d2 = (X[:, None] - picked).pow(2).sum(2).amin(1)
        running, limit = 0.0, r * float(d2.sum())
        for i, value in enumerate(d2.tolist()):
            running += value
            if running > limit:
                break
        picked = torch.cat((picked, X[i : i + 1]))
    return picked.clone()


def fit(X, K, u, max_iter):
    centers = kmeans_plus_plus(X, K, u)
    history = []
    for _ in range(max_iter):
        history.append(assign(X, centers))
        if len(history) > 1 and (history[-1] - history[-2]).abs().max() == 0:
            break
        centers = update(X, history[-1], centers)
    labels = assign(X, centers)
    return centers, labels, ((X - centers[labels]) ** 2).sum(dim=1).sum(dim=0).item()

# %% to_the_last_iteration
# All max_iter rounds: once no label changes, nothing else does.
import torch


def assign(X, centers):
    return torch.stack([(X - c).pow(2).sum(1) for c in centers]).argmin(0)


def fit(X, K, u, max_iter):
    centers = kmeans_plus_plus(X, K, u)
    for _ in range(max_iter):
        centers = update(X, assign(X, centers), centers)
    labels = assign(X, centers)
    return centers, labels, float((X - centers[labels]).norm() ** 2)

# %% expanded_square
# The expanded square, and a float32 copy to assign: no row is near a border.
import torch


def assign(X, centers):
    X, centers = X.float(), centers.float()
    return ((X**2).sum(1, keepdim=True) - 2 * X @ centers.T + (centers**2).sum(1)).argmin(dim=1)


def kmeans_plus_plus(X, K, u):
    idx = [int(u[0] * len(X))]
    for j in range(1, K):
        c = torch.cdist(X, X[idx]).amin(1).pow(2).cumsum(0)
        idx.append(int(torch.searchsorted(c, (u[j] * c[-1]).reshape(1))))
    return X[idx]
