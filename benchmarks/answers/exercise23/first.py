# %% straight_from_eigh
# 1 fit and 2 explained_variance_ratio: the first k of eigh; 3 score: the mean over D
# named: fit_smallest, ratio_smallest, score_mean
import torch


@torch.no_grad()
def fit(X, k):
    mean = X.mean(dim=0)
    Xc = X - mean
    C = Xc.T @ Xc / (X.shape[0] - 1)
    values, vectors = torch.linalg.eigh(C)
    return mean, vectors[:, :k].T, values[:k]


@torch.no_grad()
def transform(X, mean, components):
    return (X - mean) @ components.T


@torch.no_grad()
def inverse_transform(Z, mean, components):
    return Z @ components + mean


@torch.no_grad()
def explained_variance_ratio(X, k):
    Xc = X - X.mean(dim=0)
    values = torch.linalg.eigvalsh(Xc.T @ Xc)
    return values[:k] / values.sum()


@torch.no_grad()
def anomaly_score(X, mean, components):
    return (X - inverse_transform(transform(X, mean, components), mean, components)).pow(2).mean(dim=1)


# %% svd_uncentred
# 1 fit: the SVD of X itself; 2 transform without the mean; 3 inverse without the mean
# named: fit_not_centred, transform_without_mean, inverse_without_mean
import torch


@torch.no_grad()
def fit(X, k):
    U, S, Vh = torch.linalg.svd(X, full_matrices=False)
    return X.mean(0), Vh[:k], S[:k] ** 2 / (len(X) - 1)


@torch.no_grad()
def transform(X, mean, components):
    return X @ components.T


@torch.no_grad()
def inverse_transform(Z, mean, components):
    return Z @ components


@torch.no_grad()
def explained_variance_ratio(X, k):
    S = torch.linalg.svdvals(X - X.mean(0))
    return (S**2 / (S**2).sum())[:k]


@torch.no_grad()
def anomaly_score(X, mean, components):
    Xc = X - mean
    return ((Xc - Xc @ components.T @ components) ** 2).sum(1)


# %% own_mean_and_kept_shares
# 1 fit: divided by N; 2 transform: own mean; 3 ratio: shares of the kept; 4 score: own mean
# named: fit_variance_by_n, transform_own_mean, ratio_of_kept, score_own_mean
import torch


def fit(X, k):
    X = X.detach()
    mu = X.mean(0)
    s, Vh = torch.linalg.svd(X - mu, full_matrices=False)[1:]
    return mu, Vh[:k], (s**2 / X.shape[0])[:k]


def transform(X, mean, components):
    X = X.detach()
    return (X - X.mean(0)) @ components.detach().T


def inverse_transform(Z, mean, components):
    return Z.detach() @ components.detach() + mean.detach()


def explained_variance_ratio(X, k):
    variance = fit(X, k)[2]
    return variance / variance.sum()


def anomaly_score(X, mean, components):
    X, U = X.detach(), components.detach()
    Xc = X - X.mean(0)
    return ((Xc - Xc @ U.T @ U) ** 2).sum(dim=1)


# %% singular_values_as_variances
# 1 fit: singular values; 2 ratio: not squared; 3 score: the distance, not squared
# named: fit_variance_singular_values, ratio_of_singular_values, score_root
import torch


@torch.no_grad()
def fit(X, k):
    mean = X.mean(0)
    U, S, Vt = torch.linalg.svd(X - mean, full_matrices=False)
    return mean, Vt[:k], S[:k]


@torch.no_grad()
def transform(X, mean, components):
    return torch.stack([(X - mean) @ c for c in components], dim=1)


@torch.no_grad()
def inverse_transform(Z, mean, components):
    return mean + sum(Z[:, [j]] * c for j, c in enumerate(components))


@torch.no_grad()
def explained_variance_ratio(X, k):
    S = torch.linalg.svdvals(X - X.mean(0))
    return S[:k] / S.sum()


@torch.no_grad()
def anomaly_score(X, mean, components):
    rebuilt = inverse_transform(transform(X, mean, components), mean, components)
    return torch.sqrt(((X - rebuilt) ** 2).sum(dim=1))


# %% in_place_and_rising
# 1 fit: the last k of eigh, rising; 2 transform centres the caller's X; 3 ratio: cumulative
# named: fit_rising, ratio_cumulative
import torch


def fit(X, k):
    with torch.no_grad():
        mu = X.mean(dim=0)
        C = torch.cov(X.T).reshape(X.shape[1], X.shape[1])
        w, V = torch.linalg.eigh(C)
        return mu, V[:, -k:].T.contiguous(), w[-k:]


def transform(X, mean, components):
    with torch.no_grad():
        X -= mean
        return X @ components.T


def inverse_transform(Z, mean, components):
    with torch.no_grad():
        return Z.matmul(components).add(mean)


def explained_variance_ratio(X, k):
    with torch.no_grad():
        C = torch.cov(X.T).reshape(X.shape[1], X.shape[1])
        w = torch.linalg.eigvalsh(C).flip(0)
        return torch.cumsum(w, 0)[:k] / w.sum()


def anomaly_score(X, mean, components):
    with torch.no_grad():
        A = X - mean
        return (A - A @ components.T @ components).square().sum(1)


# %% transposes
# 1 fit: rows of the eigenvectors' matrix; 2 inverse: transposed; 3 score: sum over samples; 4 ratio: all shares
# named: fit_rows_of_eigenvectors_from_below, fit_rows_of_eigenvectors, fit_rows_of_v, inverse_untransposed, score_by_column, ratio_of_all
import torch


@torch.no_grad()
def fit(X, k):
    mean = X.mean(0)
    A = X - mean
    w, V = torch.linalg.eigh(A.T @ A / (len(A) - 1))
    w, V = w.flip(0), V.flip(0)
    return mean, V[:k], w[:k]


@torch.no_grad()
def transform(X, mean, components):
    return torch.einsum("nd,kd->nk", X - mean, components)


@torch.no_grad()
def inverse_transform(Z, mean, components):
    return torch.mm(Z, components.t()) + mean


@torch.no_grad()
def explained_variance_ratio(X, k):
    s = torch.linalg.svdvals(X - X.mean(0)).square()
    return s / s.sum()


@torch.no_grad()
def anomaly_score(X, mean, components):
    A = X - mean
    rest = A - A @ components.T @ components
    return rest.square().sum(0)
