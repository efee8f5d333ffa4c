"""Samples as columns, the way textbooks write it; biases as a last column of ones; only the inputs in the cache."""

import numpy as np


def with_ones(a):
    return np.vstack([a, np.ones(a.shape[1])])


def augmented(params, layer):
    return np.hstack([params[f"W{layer}"], params[f"b{layer}"][:, None]])


def activations(params, x):
    z = augmented(params, 1) @ with_ones(x.T)
    h = (z + np.abs(z)) / 2
    return z, h, augmented(params, 2) @ with_ones(h)


def forward(params, x):
    return activations(params, x)[2].T.copy(), x


def loss(logits, y):
    margins = logits - logits[np.arange(len(y)), y][:, None]
    top = margins.max(axis=1)
    return (top + np.log(np.exp(margins - top[:, None]).sum(axis=1))).mean().item()


def backward(params, cache, y):
    z, h, logits = activations(params, cache)
    p = np.exp(logits - logits.max(axis=0))
    p /= p.sum(axis=0)
    p[y, np.arange(len(y))] -= 1
    p /= len(y)
    second = p @ with_ones(h).T
    delta = np.heaviside(z, 0) * (params["W2"].T @ p)
    first = delta @ with_ones(cache.T).T
    return {"W1": first[:, :-1], "b1": first[:, -1], "W2": second[:, :-1], "b2": second[:, -1]}
