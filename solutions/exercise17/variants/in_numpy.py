"""NumPy in float64, and back to the dtype that came in."""

import numpy as np
import torch


def sigmoid(z):
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-z))


def wide(*tensors):
    return [np.asarray(tensor.numpy(), dtype=np.float64) for tensor in tensors]


def features(rows, categories, numeric):
    parts = [
        np.array([[row.get(name) == value for value in values] for row in rows]).reshape(len(rows), len(values))
        for name, values in categories.items()
    ]
    found = [[0 if row.get(name) is None else row[name] for name in numeric] for row in rows]
    parts.append(np.array(found, dtype=np.float64).reshape(len(rows), len(numeric)))
    return torch.from_numpy(np.hstack(parts).astype(np.float32))


def predict_proba(X, w, b):
    A, v, c = wide(X, w, b)
    return torch.from_numpy(np.asarray(sigmoid(A @ v + c))).to(X.dtype)


def predict(X, w, b, threshold):
    return torch.from_numpy((predict_proba(X, w, b).numpy() >= threshold).astype(np.int64))


def fit(X, y, lr, steps, pos_weight=1.0, l2=0.0):
    A, t = wide(X, y)
    weight = np.where(t > 0, pos_weight, 1.0)
    v, c = np.zeros(A.shape[1]), 0.0
    for _ in range(steps):
        error = weight * (sigmoid(A @ v + c) - t)
        slope = A.T @ error / len(t) + l2 * v
        v, c = v - lr * slope, c - lr * error.mean()
    return torch.tensor(v, dtype=X.dtype), torch.tensor(c, dtype=X.dtype)


def fit_multilabel(X, Y, lr, steps):
    A, T = wide(X, Y)
    V, c = np.zeros((T.shape[1], A.shape[1])), np.zeros(T.shape[1])
    for _ in range(steps):
        error = (sigmoid(A @ V.T + c) - T) / T.size
        V -= lr * np.einsum("nl,nd->ld", error, A)
        c -= lr * error.sum(axis=0)
    return torch.tensor(V, dtype=X.dtype), torch.tensor(c, dtype=X.dtype)


def predict_proba_multilabel(X, W, b):
    A, V, c = wide(X, W, b)
    return torch.from_numpy(sigmoid(A @ V.T + c)).to(X.dtype)


def rank(p, bid, k):
    return torch.from_numpy(np.argsort(-(p * bid).numpy())[:k].copy())
