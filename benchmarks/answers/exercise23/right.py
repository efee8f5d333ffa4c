# %% base
# The SVD of the centred samples.
import torch


@torch.no_grad()
def fit(X, k):
    mean = X.mean(dim=0)
    _, s, Vh = torch.linalg.svd(X - mean, full_matrices=False)
    return mean, Vh[:k], s[:k] ** 2 / (X.shape[0] - 1)


@torch.no_grad()
def transform(X, mean, components):
    return (X - mean) @ components.T


@torch.no_grad()
def inverse_transform(Z, mean, components):
    return mean + Z @ components


@torch.no_grad()
def explained_variance_ratio(X, k):
    s = torch.linalg.svdvals(X - X.mean(dim=0))
    return s[:k] ** 2 / (s**2).sum()


@torch.no_grad()
def anomaly_score(X, mean, components):
    back = inverse_transform(transform(X, mean, components), mean, components)
    return ((X - back) ** 2).sum(dim=1)


# %% covariance
# The eigenvalues of the covariance matrix, turned round.
import torch


def fit(X, k):
    X = X.detach()
    mean = X.mean(0)
    Xc = X - mean
    C = Xc.T @ Xc / (len(X) - 1)
    values, vectors = torch.linalg.eigh(C)
    return mean, vectors.flip(1)[:, :k].T, values.flip(0)[:k]


def transform(X, mean, components):
    return torch.einsum("nd,kd->nk", X - mean, components).detach()


def inverse_transform(Z, mean, components):
    return torch.einsum("nk,kd->nd", Z, components).detach() + mean.detach()


def explained_variance_ratio(X, k):
    X = X.detach()
    Xc = X - X.mean(0)
    values = torch.linalg.eigvalsh(Xc.T @ Xc)
    return values.flip(0)[:k] / values.sum()


def anomaly_score(X, mean, components):
    Xc = (X - mean).detach()
    rest = Xc - (Xc @ components.T @ components).detach()
    return torch.einsum("nd,nd->n", rest, rest)


# %% numpy
# NumPy throughout.
import numpy as np
import torch


def _array(t):
    return t.detach().cpu().numpy()


def fit(X, k):
    x = _array(X)
    mean = x.mean(axis=0)
    _, s, vt = np.linalg.svd(x - mean, full_matrices=False)
    return tuple(torch.from_numpy(a).to(X) for a in (mean, vt[:k].copy(), s[:k] ** 2 / (len(x) - 1)))


def transform(X, mean, components):
    return torch.from_numpy((_array(X) - _array(mean)).dot(_array(components).T)).to(X.device)


def inverse_transform(Z, mean, components):
    return torch.from_numpy(_array(Z).dot(_array(components)) + _array(mean)).to(Z.device)


def explained_variance_ratio(X, k):
    x = _array(X)
    x = x - x.mean(axis=0)
    power = np.linalg.svd(x, compute_uv=False) ** 2
    return torch.from_numpy(power[:k] / power.sum()).to(X)


def anomaly_score(X, mean, components):
    x = _array(X) - _array(mean)
    u = _array(components)
    return torch.from_numpy(np.square(x - x.dot(u.T).dot(u)).sum(axis=1)).to(X.device)


# %% loops
# Power iteration, one component after the other, and loops over samples.
import torch


def fit(X, k):
    X = X.detach()
    N, D = X.shape
    mean = sum(X[n] for n in range(N)) / N
    rest = X - mean
    components, variance = [], []
    for _ in range(k):
        u = rest[rest.norm(dim=1).argmax()].clone()
        u /= u.norm()
        for _ in range(600):
            u = rest.T @ (rest @ u)
            u /= u.norm()
        z = rest @ u
        components.append(u)
        variance.append((z * z).sum() / (N - 1))
        rest = rest - z[:, None] * u[None, :]
    return mean, torch.stack(components), torch.stack(variance)


def transform(X, mean, components):
    Z = X.new_zeros(X.shape[0], components.shape[0])
    with torch.no_grad():
        for n in range(X.shape[0]):
            for j in range(components.shape[0]):
                Z[n, j] = torch.dot(components[j], X[n] - mean)
    return Z


def inverse_transform(Z, mean, components):
    out = mean.detach().repeat(Z.shape[0], 1)
    for j in range(components.shape[0]):
        out += (Z[:, j : j + 1] * components[j]).detach()
    return out


def explained_variance_ratio(X, k):
    _, _, variance = fit(X, k)
    X = X.detach()
    total = 0.0
    for d in range(X.shape[1]):
        total += X[:, d].var()
    return variance / total


def anomaly_score(X, mean, components):
    scores = X.new_zeros(len(X))
    with torch.no_grad():
        for n, x in enumerate(X):
            hat = mean.clone()
            for u in components:
                hat += (u @ (x - mean)) * u
            scores[n] = (x - hat).pow(2).sum()
    return scores


# %% float64_inside
# All in float64, with torch.cov.
import torch


def _cov(X):
    return torch.cov(X.T).reshape(X.shape[1], X.shape[1])


def fit(X, k):
    A = X.detach().double()
    values, vectors = torch.linalg.eigh(_cov(A))
    order = values.argsort(descending=True)[:k]
    return A.mean(0).to(X.dtype), vectors[:, order].T.to(X.dtype), values[order].to(X.dtype)


def transform(X, mean, components):
    A = X.detach().double() - mean.detach().double()
    return (A @ components.detach().double().mT).to(X.dtype)


def inverse_transform(Z, mean, components):
    A = Z.detach().double() @ components.detach().double()
    return (A + mean.detach().double()).to(Z.dtype)


def explained_variance_ratio(X, k):
    C = _cov(X.detach().double())
    values = torch.linalg.eigvalsh(C)
    return (values.sort(descending=True).values[:k] / C.trace()).to(X.dtype)


def anomaly_score(X, mean, components):
    A, m, U = (t.detach().double() for t in (X, mean, components))
    P = torch.eye(len(m), dtype=A.dtype, device=A.device) - U.T @ U
    return ((A - m) @ P).square().sum(-1).to(X.dtype)


# %% gram
# The smaller matrix of inner products between samples.
import torch


def fit(X, k):
    X = X.detach()
    N = X.shape[0]
    mean = X.sum(0) / N
    A = X - mean
    values, U = torch.linalg.eigh(A @ A.T)
    top = values[-k:].flip(0)
    V = A.T @ U[:, -k:].flip(1)
    V = V / V.norm(dim=0, keepdim=True)
    return mean, V.T, top / (N - 1)


@torch.no_grad()
def transform(X, mean, components):
    return torch.matmul(components, (X - mean).T).T


@torch.no_grad()
def inverse_transform(Z, mean, components):
    return (components.T @ Z.T + mean[:, None]).T


def explained_variance_ratio(X, k):
    A = X.detach() - X.detach().mean(dim=0, keepdim=True)
    G = A @ A.T
    return torch.linalg.eigvalsh(G)[-k:].flip(0) / torch.trace(G)


@torch.no_grad()
def anomaly_score(X, mean, components):
    return (X - mean).square().sum(1) - transform(X, mean, components).square().sum(1)


# %% object
# A class that the functions use.
import torch


class PCA:
    def __init__(self, mean, components):
        self.mean = mean.detach()
        self.components = components.detach()

    @classmethod
    def of(cls, X, k):
        pca = cls(X.mean(0), X.new_zeros(k, X.shape[1]))
        U, s, V = torch.svd(X.detach() - pca.mean)
        pca.components = V.t()[:k].contiguous()
        pca.spectrum = s.square() / (X.shape[0] - 1)
        return pca

    def encode(self, X):
        return torch.nn.functional.linear(X.detach() - self.mean, self.components)

    def decode(self, Z):
        return torch.nn.functional.linear(Z.detach(), self.components.t(), self.mean)


def fit(X, k):
    pca = PCA.of(X, k)
    return pca.mean, pca.components, pca.spectrum[:k]


def transform(X, mean, components):
    return PCA(mean, components).encode(X)


def inverse_transform(Z, mean, components):
    return PCA(mean, components).decode(Z)


def explained_variance_ratio(X, k):
    spectrum = PCA.of(X, k).spectrum
    return spectrum[:k] / spectrum.sum()


def anomaly_score(X, mean, components):
    pca = PCA(mean, components)
    return torch.linalg.vector_norm(X.detach() - pca.decode(pca.encode(X)), dim=1) ** 2
