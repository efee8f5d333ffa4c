"""Plain loops over samples and inputs."""

import numpy as np


def errors(w, b, X, y):
    found = []
    for x, target in zip(X, y.flatten(), strict=True):
        prediction = b
        for weight, value in zip(w, x, strict=True):
            prediction += weight * value
        found.append(prediction - target)
    return found


def cost(w, b, X, y):
    total = 0.0
    for e in errors(w, b, X, y):
        total += e * e
    return float(total / len(X))


def gradient(w, b, X, y):
    m, d = X.shape
    dw, db = np.zeros(d), 0.0
    for x, e in zip(X, errors(w, b, X, y), strict=True):
        for j in range(d):
            dw[j] += 2 * e * x[j] / m
        db += 2 * e / m
    return dw, float(db)


def batch_step(w, b, X, y, lr):
    dw, db = gradient(w, b, X, y)
    return np.array([weight - lr * slope for weight, slope in zip(w, dw, strict=True)]), b - lr * db


def minibatch_epoch(w, b, X, y, lr, batch_size, order):
    batch = []
    for place, row in enumerate(order, start=1):
        batch.append(row)
        if len(batch) == batch_size or place == len(order):
            w, b = batch_step(w, b, X[batch], y[batch], lr)
            batch = []
    return w, b


def sgd_epoch(w, b, X, y, lr, order):
    return minibatch_epoch(w, b, X, y, lr, 1, order)
