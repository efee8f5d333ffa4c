"""Copies, changed in place; index notation; the update of a single sample written out."""

import numpy as np


def residual(w, b, X, y):
    r = np.einsum("md,d->m", X, w)
    r += b
    r -= y.reshape(len(X))
    return r


def cost(w, b, X, y):
    r = residual(w, b, X, y)
    return np.dot(r, r) / r.size


def gradient(w, b, X, y):
    r = residual(w, b, X, y)
    r *= 2 / r.size
    return np.einsum("m,md->d", r, X), r.sum()


def batch_step(w, b, X, y, lr):
    new = w.copy()
    dw, db = gradient(w, b, X, y)
    new -= lr * dw
    b -= lr * db
    return new, b


def minibatch_epoch(w, b, X, y, lr, batch_size, order):
    w = w.copy()
    for k in range(-(-len(order) // batch_size)):
        rows = order[k * batch_size : (k + 1) * batch_size]
        dw, db = gradient(w, b, X.take(rows, axis=0), y.take(rows, axis=0))
        w -= lr * dw
        b -= lr * db
    return w, b


def sgd_epoch(w, b, X, y, lr, order):
    w, y = w.copy(), y.reshape(-1)
    for i in order:
        push = 2 * lr * (y[i] - b - X[i] @ w)
        w += push * X[i]
        b += push
    return w, b
