"""A class that holds rows, centers and labels; its own double precision; functions that call it."""

import torch


class Clusters:
    def __init__(self, X, centers):
        self.X, self.centers = X.double(), centers.double()
        self.labels = None

    def distances(self):
        return torch.stack([(self.X - c).pow(2).sum(-1) for c in self.centers], dim=-1)

    def assign(self):
        self.labels = self.distances().argmin(-1)
        return self

    def update(self):
        self.centers = torch.stack(
            [
                self.X[self.labels == k].mean(0) if (self.labels == k).sum() else self.centers[k]
                for k in range(len(self.centers))
            ]
        )
        return self

    def inertia(self):
        return self.distances().gather(1, self.labels[:, None]).sum().item()


def assign(X, centers):
    return Clusters(X, centers).assign().labels


def update(X, labels, centers):
    clusters = Clusters(X, centers)
    clusters.labels = labels
    return clusters.update().centers.to(X.dtype)


def kmeans_plus_plus(X, K, u):
    index = [int(u[0].double() * len(X))]
    while len(index) < K:
        d2, _ = Clusters(X, X[index]).distances().min(dim=1)
        share = torch.cumsum(d2, 0) / d2.sum()
        index.append(int((share <= u[len(index)]).sum()))
    return X[index]


def fit(X, K, u, max_iter):
    clusters, seen = Clusters(X, kmeans_plus_plus(X, K, u)), None
    steps = 0
    while steps < max_iter:
        clusters.assign()
        if seen is not None and (clusters.labels == seen).all():
            break
        seen = clusters.labels
        clusters.update()
        steps += 1
    clusters.assign()
    return clusters.centers.to(X.dtype), clusters.labels, clusters.inertia()
