"""Row by row, with Python numbers for the comparisons."""

import math

import torch


def distance(a, b):
    return sum((p - q) ** 2 for p, q in zip(a, b, strict=True))


def assign(X, centers):
    labels = []
    for x in X.tolist():
        best, least = 0, math.inf
        for k, c in enumerate(centers.tolist()):
            if distance(x, c) < least:
                best, least = k, distance(x, c)
        labels.append(best)
    return torch.tensor(labels, device=X.device)


def update(X, labels, centers):
    sums = torch.zeros_like(centers)
    counts = [0] * len(centers)
    for i in range(len(X)):
        k = int(labels[i])
        sums[k] += X[i]
        counts[k] += 1
    for k, count in enumerate(counts):
        sums[k] = sums[k] / count if count > 0 else centers[k]
    return sums


def kmeans_plus_plus(X, K, u):
    rows = X.tolist()
    chosen = [math.floor(u[0].item() * len(rows))]
    for share in u.tolist()[1:]:
        weights = [min(distance(x, rows[c]) for c in chosen) for x in rows]
        goal, total = share * sum(weights), 0.0
        for i, weight in enumerate(weights):
            total += weight
            if total > goal:
                chosen.append(i)
                break
    return torch.stack([X[i] for i in chosen])


def fit(X, K, u, max_iter):
    centers = kmeans_plus_plus(X, K, u)
    done, labels = 0, assign(X, centers)
    while done < max_iter:
        centers = update(X, labels, centers)
        done += 1
        new = assign(X, centers)
        if new.tolist() == labels.tolist():
            break
        labels = new
    inertia = 0.0
    for x, k in zip(X, assign(X, centers).tolist(), strict=True):
        inertia += distance(x.tolist(), centers[k].tolist())
    return centers, assign(X, centers), inertia
