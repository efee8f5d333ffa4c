"""Difference quotients, which are exact for a quadratic function but for rounding; batches from a matrix of rows."""

import numpy as np


def cost(w, b, X, y):
    return np.square(np.matmul(X, w) + b - np.squeeze(y.reshape(1, -1), axis=0)).mean()


def gradient(w, b, X, y):
    theta = np.append(w, b)
    directions = np.eye(theta.size)
    found = [at(theta + e, X, y) - at(theta - e, X, y) for e in directions]
    return np.array(found[:-1]) / 2, found[-1] / 2


def at(theta, X, y):
    return cost(theta[:-1], theta[-1], X, y)


def batch_step(w, b, X, y, lr):
    new = np.append(w, b) - lr * np.append(*gradient(w, b, X, y))
    return new[:-1], new[-1]


def minibatch_epoch(w, b, X, y, lr, batch_size, order):
    full = len(order) // batch_size * batch_size
    batches = list(order[:full].reshape(-1, batch_size))
    if full < len(order):
        batches.append(order[full:])
    for rows in batches:
        w, b = batch_step(w, b, X[rows], y[rows], lr)
    return w, b


def sgd_epoch(w, b, X, y, lr, order):
    for x, target in zip(X[order], y[order], strict=True):
        w, b = batch_step(w, b, x[np.newaxis], np.array([target]), lr)
    return w, b
