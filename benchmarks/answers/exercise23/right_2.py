# %% orthogonal_iteration
# All components at once, by QR.
import torch


def fit(X, k):
    with torch.no_grad():
        mean = X.mean(0)
        A = X - mean
        C = A.T @ A / (X.size(0) - 1)
        Q = torch.eye(X.size(1), dtype=X.dtype, device=X.device)
        for _ in range(800):
            Q, R = torch.linalg.qr(C @ Q)
        Q = Q[:, :k]
        return mean, Q.T, torch.diagonal(Q.T @ C @ Q).clone()


def explained_variance_ratio(X, k):
    _, _, variance = fit(X, k)
    return variance / X.detach().var(dim=0).sum()


# %% in_place
# On copies, in place.
import torch


@torch.no_grad()
def fit(X, k):
    A = X.clone()
    mean = A.mean(0)
    A -= mean
    s, Vh = torch.linalg.svd(A, full_matrices=True)[1:]
    s.pow_(2).div_(len(A) - 1)
    return mean, Vh[:k].clone(), s[:k].clone()


@torch.no_grad()
def transform(X, mean, components):
    A = X.clone()
    A.sub_(mean)
    return torch.mm(A, components.t())


@torch.no_grad()
def inverse_transform(Z, mean, components):
    return torch.addmm(mean, Z, components)


@torch.no_grad()
def explained_variance_ratio(X, k):
    ratio = torch.linalg.svdvals(X - X.mean(0)).square_()
    ratio /= ratio.sum()
    return ratio[:k]


@torch.no_grad()
def anomaly_score(X, mean, components):
    A = X.clone()
    A -= mean
    A -= (A @ components.T) @ components
    return A.pow_(2).sum(1)


# %% numpy_covariance
# np.cov and np.linalg.eigh.
import numpy as np
import torch


def fit(X, k):
    x = X.detach().cpu().numpy().astype(np.float64)
    values, vectors = np.linalg.eigh(np.atleast_2d(np.cov(x, rowvar=False)))
    best = np.argsort(-values)[:k]
    results = x.mean(0), vectors[:, best].T.copy(), values[best]
    return tuple(torch.tensor(r, dtype=X.dtype, device=X.device) for r in results)


def explained_variance_ratio(X, k):
    x = X.detach().cpu().numpy().astype(np.float64)
    C = np.cov(x.T).reshape(x.shape[1], x.shape[1])
    values = np.sort(np.linalg.eigvalsh(C))[::-1]
    return torch.tensor(values[:k] / np.trace(C), dtype=X.dtype, device=X.device)


def anomaly_score(X, mean, components):
    x, m, u = (t.detach().cpu().numpy().astype(np.float64) for t in (X, mean, components))
    z = np.einsum("nd,kd->nk", x - m, u)
    rest = x - m - np.einsum("nk,kd->nd", z, u)
    return torch.tensor(np.linalg.norm(rest, axis=1) ** 2, dtype=X.dtype, device=X.device)


# %% top_k
# topk picks eigenvalues; signs made definite.
import torch
import torch.nn.functional as F


@torch.no_grad()
def fit(X, k):
    N, D = X.shape
    mean = X.mean(dim=0)
    C = (X - mean).mT.matmul(X - mean).div(N - 1)
    values, vectors = torch.linalg.eigh(C)
    top, index = torch.topk(values, k)
    components = vectors.mT.index_select(0, index)
    big = components.abs().argmax(dim=1, keepdim=True)
    components = components * components.gather(1, big).sign()
    return mean, components, top


@torch.no_grad()
def transform(X, mean, components):
    return F.linear(X, components) - components @ mean


@torch.no_grad()
def inverse_transform(Z, mean, components):
    return F.linear(Z, components.T, mean)


@torch.no_grad()
def explained_variance_ratio(X, k):
    variance = fit(X, min(X.shape[0] - 1, X.shape[1]))[2]
    return variance[:k] / variance.sum()


@torch.no_grad()
def anomaly_score(X, mean, components):
    Z = transform(X, mean, components)
    return F.mse_loss(inverse_transform(Z, mean, components), X, reduction="none").sum(dim=-1)


# %% jacobi
# Rotations that make the columns of the centred samples orthogonal to each other.
import math

import torch


def _spectrum(X):
    A = X.detach().double()
    A = A - A.mean(0)
    D = A.shape[1]
    V = torch.eye(D, dtype=A.dtype, device=A.device)
    for _ in range(25):
        for p in range(D):
            for q in range(p + 1, D):
                a, b, c = float(A[:, p] @ A[:, p]), float(A[:, q] @ A[:, q]), float(A[:, p] @ A[:, q])
                if abs(c) <= 1e-16 * math.sqrt(a * b):
                    continue
                angle = 0.5 * math.atan2(2 * c, a - b)
                cos, sin = math.cos(angle), math.sin(angle)
                turn = torch.tensor([[cos, -sin], [sin, cos]], dtype=A.dtype, device=A.device)
                A[:, [p, q]] = A[:, [p, q]] @ turn
                V[:, [p, q]] = V[:, [p, q]] @ turn
    power = (A * A).sum(0)
    order = torch.argsort(power, descending=True)
    return power[order], V[:, order].T


def fit(X, k):
    power, rows = _spectrum(X)
    return X.detach().mean(0), rows[:k].to(X.dtype), (power[:k] / (len(X) - 1)).to(X.dtype)


def explained_variance_ratio(X, k):
    power, _ = _spectrum(X)
    return (power / power.sum())[:k].to(X.dtype)


# %% shifted
# Shifted by the first sample, then centred; QR before the SVD.
import torch


def fit(X, k):
    X = X.detach()
    first = X[0]
    shift = (X - first).mean(0)
    R = torch.linalg.qr(X - first - shift, mode="r").R
    _, s, Vh = torch.linalg.svd(R, full_matrices=False)
    return first + shift, Vh.narrow(0, 0, k), s.narrow(0, 0, k).pow(2) / (X.shape[0] - 1)


def explained_variance_ratio(X, k):
    mean, components, variance = fit(X, k)
    A = X.detach() - X.detach()[0]
    return variance / ((A - A.mean(0)) ** 2).sum() * (X.shape[0] - 1)


def anomaly_score(X, mean, components):
    full = torch.linalg.qr(components.detach().T, mode="complete").Q
    others = full[:, components.shape[0] :]
    return ((X - mean).detach() @ others).square().sum(dim=1)


# %% without_no_grad
# The plain formulas: no input has a history.
import torch


def fit(X, k):
    mean = X.mean(dim=0)
    U, S, Vh = torch.linalg.svd(X - mean)
    return mean, Vh[:k], S[:k] ** 2 / (X.shape[0] - 1)


def transform(X, mean, components):
    return (X - mean) @ components.T


def inverse_transform(Z, mean, components):
    return mean + Z @ components


def explained_variance_ratio(X, k):
    S = torch.linalg.svd(X - X.mean(dim=0))[1]
    return (S**2 / torch.sum(S**2))[:k]


def anomaly_score(X, mean, components):
    R = (X - mean).T
    for u in components:
        R = R - u[:, None] * (u @ R)
    return R.square().sum(0)


# %% comprehension
# Lists and torch.stack, the empty list apart.
import torch


def transform(X, mean, components):
    if len(X) == 0:
        return torch.empty(0, len(components), dtype=X.dtype, device=X.device)
    with torch.no_grad():
        return torch.stack([components.mv(x - mean) for x in X])


def inverse_transform(Z, mean, components):
    if len(Z) == 0:
        return torch.empty(0, len(mean), dtype=Z.dtype, device=Z.device)
    with torch.no_grad():
        return torch.stack([mean + sum(z[j] * components[j] for j in range(len(z))) for z in Z])


def explained_variance_ratio(X, k):
    variance = fit(X, k)[2]
    total = torch.var(X.detach(), dim=0).sum()
    return torch.stack([v / total for v in variance])


def anomaly_score(X, mean, components):
    if X.shape[0] == 0:
        return X.new_empty(0).detach()
    with torch.no_grad():
        hats = [mean + (components @ (x - mean)) @ components for x in X]
        return torch.stack([torch.dot(x - h, x - h) for x, h in zip(X, hats)])


# %% general_eigenvectors
# torch.linalg.eig, its real parts sorted.
import torch


def fit(X, k):
    X = X.detach()
    mean = X.mean(0)
    A = (X - mean) / (len(X) - 1) ** 0.5
    values, vectors = torch.linalg.eig(A.T @ A)
    order = values.real.argsort(descending=True)[:k]
    return mean, vectors.real[:, order].T.contiguous(), values.real[order]


def explained_variance_ratio(X, k):
    A = X.detach() - X.detach().mean(0)
    return torch.linalg.eig(A.T @ A)[0].real.sort(descending=True)[0][:k] / A.square().sum()


def anomaly_score(X, mean, components):
    with torch.no_grad():
        Xc = X - mean
        nearest = torch.linalg.lstsq(components.T, Xc.T).solution
        return (Xc.T - components.T @ nearest).pow(2).sum(0)
