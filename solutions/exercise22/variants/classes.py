"""A class for each idea, float64 inside and back; a mask for each cell."""

import itertools

import torch


class Kernel:
    def __init__(self, gamma):
        self.gamma = gamma

    def __call__(self, A, B):
        difference = A.double().unsqueeze(1) - B.double().unsqueeze(0)
        return torch.exp(-self.gamma * torch.linalg.vector_norm(difference, dim=-1) ** 2)


class KernelRidge:
    def __init__(self, kernel, lam):
        self.kernel, self.lam = kernel, lam

    def fit(self, X, y):
        self.X = X
        K = self.kernel(X, X)
        self.weights = (K + self.lam * torch.eye(len(X), dtype=K.dtype)).inverse() @ y.double()
        return self

    def predict(self, Xq):
        return self.kernel(Xq, self.X) @ self.weights


class Terms:
    """The terms of a polynomial, each as the exponents of the numbers."""

    def __init__(self, D, degree):
        self.exponents = []
        for d in range(degree + 1):
            for axes in sorted({tuple(sorted(axes)) for axes in itertools.product(range(D), repeat=d)}):
                self.exponents.append([axes.count(axis) for axis in range(D)])

    def __call__(self, X):
        powers = X.double()[:, None, :] ** torch.tensor(self.exponents)
        return powers.prod(dim=2)


def samples_needed(per_axis, n):
    return pow(per_axis, n)


def distance_contrast(X, q):
    squares = (X.double() - q.double()).square().sum(-1)
    return (squares.amax() / squares.amin()).sqrt().sub(1).to(X.dtype)


def random_projection(X, R):
    return (X.double() @ R.double() / torch.tensor(R.shape[1]).double().sqrt()).to(X.dtype)


def rbf_features(X, centers, gamma):
    return Kernel(gamma)(X, centers).to(X.dtype)


def polynomial_features(X, degree):
    return Terms(X.shape[1], degree)(X).to(X.dtype)


def space_tiling(X, low, high, bins):
    part = (X.double() - low.double()) / (high.double() - low.double())
    places = torch.zeros(X.shape, dtype=torch.long)
    for edge in range(1, bins):
        places += part >= edge / bins
    return torch.stack([place * bins**power for power, place in enumerate(places.T.flip(0))]).sum(0)


def kernel_ridge(X, y, Xq, gamma, lam):
    return KernelRidge(Kernel(gamma), lam).fit(X, y).predict(Xq).to(X.dtype)
