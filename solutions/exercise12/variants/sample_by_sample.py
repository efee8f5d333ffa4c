"""One sample after another, outer products added up; the cache is a list with an entry per sample."""

import math

import numpy as np


def log_sum_exp(row):
    top = max(row)
    return top + math.log(sum(math.exp(value - top) for value in row))


def forward(params, x):
    rows, cache = [], []
    for sample in x:
        z = params["W1"] @ sample + params["b1"]
        h = np.array([value if value > 0 else 0.0 for value in z])
        rows.append(params["W2"] @ h + params["b2"])
        cache.append((sample, z, h, rows[-1]))
    return np.stack(rows), cache


def loss(logits, y):
    total = 0.0
    for row, label in zip(logits, y, strict=True):
        total += log_sum_exp(row) - row[label]
    return total / len(y)


def backward(params, cache, y):
    grads = {name: np.zeros_like(value) for name, value in params.items()}
    for (sample, z, h, logits), label in zip(cache, y, strict=True):
        dlogits = np.array([math.exp(value - log_sum_exp(logits)) for value in logits])
        dlogits[label] -= 1.0
        dh = params["W2"].T @ dlogits
        dz = np.array([slope if value > 0 else 0.0 for slope, value in zip(dh, z, strict=True)])
        grads["b2"] += dlogits
        grads["W2"] += np.outer(dlogits, h)
        grads["b1"] += dz
        grads["W1"] += np.outer(dz, sample)
    return {name: total / len(y) for name, total in grads.items()}
