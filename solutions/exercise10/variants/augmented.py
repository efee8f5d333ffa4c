"""One vector of parameters: a column of ones makes the bias a weight like the others; y is made a column."""

import numpy as np


def augmented(w, b, X, y):
    theta = np.concatenate([w, [b]]).reshape(-1, 1)
    return theta, np.hstack([X, np.ones((X.shape[0], 1))]), y.reshape(-1, 1)


def slope(theta, A, y):
    return A.T.dot(A.dot(theta) - y) * (2.0 / A.shape[0])


def split(theta):
    return theta[:-1, 0], theta[-1, 0]


def cost(w, b, X, y):
    theta, A, y = augmented(w, b, X, y)
    residual = A.dot(theta) - y
    return (residual.T.dot(residual) / A.shape[0]).item()


def gradient(w, b, X, y):
    return split(slope(*augmented(w, b, X, y)))


def batch_step(w, b, X, y, lr):
    theta, A, y = augmented(w, b, X, y)
    return split(theta - lr * slope(theta, A, y))


def minibatch_epoch(w, b, X, y, lr, batch_size, order):
    theta, A, y = augmented(w, b, X, y)
    A, y = A[order], y[order]
    for start in np.arange(0, A.shape[0], batch_size):
        part = slice(start, min(start + batch_size, A.shape[0]))
        theta = theta - lr * slope(theta, A[part], y[part])
    return split(theta)


def sgd_epoch(w, b, X, y, lr, order):
    theta, A, y = augmented(w, b, X, y)
    for i in order:
        theta -= lr * slope(theta, A[i : i + 1], y[i : i + 1])
    return split(theta)
