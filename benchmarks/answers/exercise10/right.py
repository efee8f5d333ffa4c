# %% base
# Plain NumPy; the epochs call batch_step.
import numpy as np


def cost(w, b, X, y):
    r = X @ w + b - y.reshape(-1)
    return np.mean(r ** 2)


def gradient(w, b, X, y):
    m = X.shape[0]
    r = X @ w + b - y.reshape(-1)
    dw = 2 / m * (X.T @ r)
    db = 2 / m * np.sum(r)
    return dw, db


def batch_step(w, b, X, y, lr):
    dw, db = gradient(w, b, X, y)
    return w - lr * dw, b - lr * db


def minibatch_epoch(w, b, X, y, lr, batch_size, order):
    for start in range(0, len(order), batch_size):
        rows = order[start : start + batch_size]
        w, b = batch_step(w, b, X[rows], y[rows], lr)
    return w, b


def sgd_epoch(w, b, X, y, lr, order):
    for i in order:
        w, b = batch_step(w, b, X[i : i + 1], y[i : i + 1], lr)
    return w, b

# %% lists_and_loops
# Pure Python numbers in loops, an array only at the end.
import numpy as np


def errors(w, b, X, y):
    targets = y.flatten().tolist()
    weights = [float(a) for a in w]
    out = []
    for row, t in zip(X.tolist(), targets):
        s = float(b)
        for a, x in zip(weights, row):
            s += a * x
        out.append(s - t)
    return out


def cost(w, b, X, y):
    r = errors(w, b, X, y)
    return sum(e * e for e in r) / len(r)


def gradient(w, b, X, y):
    r = errors(w, b, X, y)
    m, D = X.shape
    dw = [0.0] * D
    db = 0.0
    for i in range(m):
        for j in range(D):
            dw[j] += 2.0 * r[i] * float(X[i, j]) / m
        db += 2.0 * r[i] / m
    return np.array(dw), db


def batch_step(w, b, X, y, lr):
    dw, db = gradient(w, b, X, y)
    new_w = np.zeros(len(w))
    for j in range(len(w)):
        new_w[j] = w[j] - lr * dw[j]
    return new_w, float(b) - lr * db


def minibatch_epoch(w, b, X, y, lr, batch_size, order):
    batch = []
    for i in order.tolist():
        batch.append(i)
        if len(batch) == batch_size:
            w, b = batch_step(w, b, X[batch], y[batch], lr)
            batch = []
    if batch:
        w, b = batch_step(w, b, X[batch], y[batch], lr)
    return w, b

# %% einsum_and_ravel
# einsum for the products, ravel for the column.
import numpy as np


def residual(w, b, X, y):
    return np.einsum("ij,j->i", X, w) + b - np.ravel(y)


def cost(w, b, X, y):
    r = residual(w, b, X, y)
    return np.einsum("i,i->", r, r) / len(r)


def gradient(w, b, X, y):
    r = residual(w, b, X, y)
    return np.einsum("i,ij->j", r, X) * 2 / r.size, np.einsum("i->", r) * 2 / r.size

# %% column_of_ones
# The bias as one more weight with the input 1.
import numpy as np


def with_ones(X):
    return np.hstack([X, np.ones((X.shape[0], 1))])


def theta_gradient(theta, A, t):
    return 2.0 * A.T @ (A @ theta - t) / A.shape[0]


def cost(w, b, X, y):
    theta = np.append(w, b)
    r = with_ones(X) @ theta - y.reshape(len(y))
    return float(r @ r) / len(r)


def gradient(w, b, X, y):
    g = theta_gradient(np.append(w, b), with_ones(X), y.reshape(len(y)))
    return g[:-1].copy(), float(g[-1])


def batch_step(w, b, X, y, lr):
    theta = np.append(w, b)
    theta = theta - lr * theta_gradient(theta, with_ones(X), y.reshape(len(y)))
    return theta[:-1].copy(), theta[-1]


def minibatch_epoch(w, b, X, y, lr, batch_size, order):
    A, t = with_ones(X)[order], y.reshape(len(y))[order]
    theta = np.append(w, b)
    for k in range(0, len(t), batch_size):
        theta -= lr * theta_gradient(theta, A[k : k + batch_size], t[k : k + batch_size])
    return theta[:-1].copy(), float(theta[-1])


def sgd_epoch(w, b, X, y, lr, order):
    return minibatch_epoch(w, b, X, y, lr, 1, order)

# %% columns_throughout
# y, w and the errors as columns, flattened at the end.
import numpy as np


def cost(w, b, X, y):
    Y = np.reshape(y, (-1, 1))
    W = np.reshape(w, (-1, 1))
    R = np.dot(X, W) + b - Y
    return (np.dot(R.T, R) / len(X)).item()


def gradient(w, b, X, y):
    Y = np.reshape(y, (-1, 1))
    W = np.reshape(w, (-1, 1))
    R = np.dot(X, W) + b - Y
    dW = np.dot(X.T, R) * (2 / len(X))
    dB = np.mean(R, axis=0) * 2
    return dW.flatten(), dB.item()


def sgd_epoch(w, b, X, y, lr, order):
    for row in order.reshape(-1, 1):
        w, b = batch_step(w, b, X[row], y[row], lr)
    return w, b

# %% in_place_on_a_copy
# A copy of w that the loop changes in place.
import numpy as np


def batch_step(w, b, X, y, lr):
    dw, db = gradient(w, b, X, y)
    w = w.copy()
    w -= lr * dw
    b -= lr * db
    return w, b


def minibatch_epoch(w, b, X, y, lr, batch_size, order):
    w = np.array(w, copy=True)
    t = y.reshape(-1)
    start = 0
    while start < len(order):
        idx = order[start : start + batch_size]
        r = X[idx].dot(w) + b - t[idx]
        w -= lr * 2 * X[idx].T.dot(r) / len(idx)
        b = b - lr * 2 * r.sum() / len(idx)
        start += batch_size
    return w, b


def sgd_epoch(w, b, X, y, lr, order):
    w = np.array(w, copy=True)
    t = y.reshape(-1)
    for i in order:
        r = X[i].dot(w) + b - t[i]
        w -= lr * 2 * r * X[i]
        b = b - lr * 2 * r
    return w, b

# %% dataclass_model
# A dataclass for the point (w, b), type hints, a generator of batches.
from dataclasses import dataclass
from typing import Iterator

import numpy as np


@dataclass(frozen=True)
class Point:
    w: np.ndarray
    b: float

    def errors(self, X: np.ndarray, y: np.ndarray) -> np.ndarray:
        return X @ self.w + self.b - y.ravel()

    def slope(self, X: np.ndarray, y: np.ndarray) -> "Point":
        r = self.errors(X, y)
        return Point(2 * np.mean(r[:, np.newaxis] * X, axis=0), 2 * float(np.mean(r)))

    def moved(self, X: np.ndarray, y: np.ndarray, lr: float) -> "Point":
        s = self.slope(X, y)
        return Point(self.w - lr * s.w, self.b - lr * s.b)


def batches(order: np.ndarray, size: int) -> Iterator[np.ndarray]:
    while order.size:
        yield order[:size]
        order = order[size:]


def cost(w: np.ndarray, b: float, X: np.ndarray, y: np.ndarray) -> float:
    return float(np.mean(np.square(Point(w, b).errors(X, y))))


def gradient(w: np.ndarray, b: float, X: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, float]:
    s = Point(w, b).slope(X, y)
    return s.w, s.b


def batch_step(w: np.ndarray, b: float, X: np.ndarray, y: np.ndarray, lr: float) -> tuple[np.ndarray, float]:
    p = Point(w, b).moved(X, y, lr)
    return p.w, p.b


def minibatch_epoch(w, b, X, y, lr: float, batch_size: int, order) -> tuple[np.ndarray, float]:
    p = Point(w, b)
    for rows in batches(order, batch_size):
        p = p.moved(X[rows], y[rows], lr)
    return p.w, p.b


def sgd_epoch(w, b, X, y, lr: float, order) -> tuple[np.ndarray, float]:
    return minibatch_epoch(w, b, X, y, lr, batch_size=1, order=order)

# %% reduce_and_lambdas
# functools.reduce over the batches.
from functools import reduce

import numpy as np

flat = lambda y: np.asarray(y).reshape(-1)
predict = lambda w, b, X: np.inner(X, w) + b


def cost(w, b, X, y):
    return np.average((flat(y) - predict(w, b, X)) ** 2)


def gradient(w, b, X, y):
    e = flat(y) - predict(w, b, X)
    return -2 * e @ X / e.shape[0], -2 * e.mean()


def minibatch_epoch(w, b, X, y, lr, batch_size, order):
    parts = [order[k : k + batch_size] for k in range(0, order.shape[0], batch_size)]
    return reduce(lambda wb, part: batch_step(*wb, X[part], y[part], lr), parts, (w, b))


def sgd_epoch(w, b, X, y, lr, order):
    return reduce(lambda wb, i: batch_step(*wb, X[[i]], y[[i]], lr), order, (w, b))

# %% recursion
# An epoch as its first step and the epoch of the rest.
import numpy as np


def gradient(w, b, X, y):
    r = (X * w).sum(axis=1) + b - y.flatten()
    m = len(r)
    dw = np.array([2 / m * np.dot(r, X[:, j]) for j in range(len(w))])
    return dw, 2 / m * r.sum()


def minibatch_epoch(w, b, X, y, lr, batch_size, order):
    if len(order) == 0:
        return w, b
    head, tail = order[:batch_size], order[batch_size:]
    w1, b1 = batch_step(w, b, X[head], y[head], lr)
    return minibatch_epoch(w1, b1, X, y, lr, batch_size, tail)


def sgd_epoch(w, b, X, y, lr, order):
    return minibatch_epoch(w, b, X, y, lr, 1, order)

# %% split_and_take
# np.array_split at the right places, take, tensordot, keywords.
import numpy as np


def cost(w, b, X, y):
    r = np.tensordot(X, w, axes=1) + b - y.squeeze(axis=1) if y.ndim == 2 else np.tensordot(X, w, axes=1) + b - y
    return np.linalg.norm(r) ** 2 / r.size


def gradient(w, b, X, y):
    if y.ndim == 2:
        y = y[:, 0]
    r = np.add(np.matmul(X, w), b) - y
    dw = np.multiply(2.0, np.matmul(r, X)) / r.size
    db = np.multiply(2.0, np.mean(r))
    return dw, db


def minibatch_epoch(w, b, X, y, lr, batch_size, order):
    cuts = np.arange(batch_size, len(order), batch_size)
    for rows in np.array_split(order, cuts):
        w, b = batch_step(w=w, b=b, X=np.take(X, rows, axis=0), y=np.take(y, rows, axis=0), lr=lr)
    return w, b


def sgd_epoch(w, b, X, y, lr, order):
    for x, t in zip(X[order], y[order]):
        w, b = batch_step(w=w, b=b, X=x[None, :], y=np.atleast_1d(t), lr=lr)
    return w, b

# %% own_step_in_each
# No function calls another; the epochs count batches with a rounded-up division.
import math

import numpy as np


def cost(w, b, X, y):
    total = 0.0
    for i in range(X.shape[0]):
        total += (float(X[i] @ w) + b - y[i].item()) ** 2
    return total / X.shape[0]


def batch_step(w, b, X, y, lr):
    r = X @ w + b - y.reshape(X.shape[0])
    step = 2 * lr / X.shape[0]
    return w - step * (r @ X), b - step * r.sum()


def minibatch_epoch(w, b, X, y, lr, batch_size, order):
    for k in range(math.ceil(len(order) / batch_size)):
        rows = order[k * batch_size : (k + 1) * batch_size]
        Xk, yk = X[rows], y[rows].reshape(-1)
        r = Xk @ w + b - yk
        w, b = w - lr * 2 * np.mean(Xk * r[:, None], axis=0), b - lr * 2 * np.mean(r)
    return w, b


def sgd_epoch(w, b, X, y, lr, order):
    for k in range(len(order)):
        x, t = X[order[k]], y[order[k]].item()
        r = np.dot(w, x) + b - t
        w, b = w - 2 * lr * r * x, b - 2 * lr * r
    return w, b

# %% sums_of_rows
# The gradient as a sum over single samples; data sorted once in a copy.
import numpy as np


def gradient(w, b, X, y):
    dw, db = np.zeros_like(w), 0.0
    for x, t in zip(X, y.flat):
        r = x.dot(w) + b - t
        dw = dw + 2 * r * x
        db = db + 2 * r
    return dw / len(X), db / len(X)


def minibatch_epoch(w, b, X, y, lr, batch_size, order):
    Xs, ys = X[order], y[order]
    while len(Xs) > 0:
        w, b = batch_step(w, b, Xs[:batch_size], ys[:batch_size], lr)
        Xs, ys = Xs[batch_size:], ys[batch_size:]
    return w, b


def sgd_epoch(w, b, X, y, lr, order):
    it = iter(order)
    while (i := next(it, None)) is not None:
        w, b = batch_step(w, b, X[i].reshape(1, -1), y[i].reshape(1), lr)
    return w, b
