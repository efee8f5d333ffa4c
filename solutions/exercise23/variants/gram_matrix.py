"""Eigenvectors of the N × N matrix of inner products, which is the smaller one where D > N; in place."""

import torch


def centred(X):
    X = X.clone()
    X -= X.mean(dim=0, keepdim=True)
    return X


def fit(X, k):
    Xc = centred(X)
    values, vectors = torch.linalg.eigh(Xc @ Xc.T)
    values, vectors = values[-k:].flip(-1), vectors[:, -k:].fliplr()
    components = (vectors.T @ Xc).div_(values.sqrt().unsqueeze(1))
    values /= len(X) - 1
    return X.mean(dim=0), components, values


def transform(X, mean, components):
    X = X - mean
    return torch.stack([X.mv(row) for row in components], dim=-1)


def inverse_transform(Z, mean, components):
    return mean + (components.T @ Z.T).T


def explained_variance_ratio(X, k):
    Xc = centred(X)
    return torch.linalg.eigvalsh(Xc @ Xc.T)[-k:].flip(0) / (Xc * Xc).sum()


def anomaly_score(X, mean, components):
    score = X - inverse_transform(transform(X, mean, components), mean, components)
    score *= score
    return score.sum(-1)
