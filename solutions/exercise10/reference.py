"""Linear regression by gradient descent: with all samples per step, with small batches, with one sample.

m samples, D inputs. The prediction is X w + b. All arrays are float64; no function changes its arguments.
"""

from __future__ import annotations

import numpy as np


def cost(w: np.ndarray, b: float, X: np.ndarray, y: np.ndarray) -> float:
    """The mean over the samples of (prediction − target)².

    w: [D]. b: a number. X: [m, D]. y: [m] or [m, 1]. Returns: a number.
    """
    ### BEGIN SOLUTION
    error = X @ w + b - y.ravel()
    return np.mean(error**2)
    ### END SOLUTION


def gradient(w: np.ndarray, b: float, X: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, float]:
    """The gradient of `cost` with respect to w and to b.

    w: [D]. b: a number. X: [m, D]. y: [m] or [m, 1]. Returns: (dw, db), dw of shape [D], db a number.
    """
    ### BEGIN SOLUTION
    error = X @ w + b - y.ravel()
    return 2 * X.T @ error / len(X), 2 * np.mean(error)
    ### END SOLUTION


def batch_step(w: np.ndarray, b: float, X: np.ndarray, y: np.ndarray, lr: float) -> tuple[np.ndarray, float]:
    """One step of gradient descent with all samples of X and y; w and b move together.

    lr: the learning rate. Returns: the new (w, b); the old w stays as it is.
    """
    ### BEGIN SOLUTION
    dw, db = gradient(w, b, X, y)
    return w - lr * dw, b - lr * db
    ### END SOLUTION


def minibatch_epoch(
    w: np.ndarray, b: float, X: np.ndarray, y: np.ndarray, lr: float, batch_size: int, order: np.ndarray
) -> tuple[np.ndarray, float]:
    """One epoch of mini-batches: a step with the first batch_size rows named in order, one with the next, and so on.

    order: [m], int64, numbers of rows. The last batch may be shorter. Returns: (w, b) after the last step.
    """
    ### BEGIN SOLUTION
    for start in range(0, len(order), batch_size):
        rows = order[start : start + batch_size]
        w, b = batch_step(w, b, X[rows], y[rows], lr)
    return w, b
    ### END SOLUTION


def sgd_epoch(
    w: np.ndarray, b: float, X: np.ndarray, y: np.ndarray, lr: float, order: np.ndarray
) -> tuple[np.ndarray, float]:
    """One epoch of stochastic gradient descent: a step with each single row, in the sequence that order gives.

    order: [m], int64, numbers of rows. Returns: (w, b) after the last step.
    """
    ### BEGIN SOLUTION
    for row in order:
        w, b = batch_step(w, b, X[[row]], y[[row]], lr)
    return w, b
    ### END SOLUTION
