"""A network of two layers, its loss, and the loss's gradients, derived by hand and written in NumPy.

N samples, D inputs, H hidden units, C classes. `params` is a dict of float64 arrays: W1 [H, D], b1 [H], W2 [C, H],
b2 [C]. No function changes its arguments; what is in the cache is yours.
"""

from __future__ import annotations

from typing import Any

import numpy as np

Params = dict[str, np.ndarray]


def forward(params: Params, x: np.ndarray) -> tuple[np.ndarray, Any]:
    """The logits relu(x W1ᵀ + b1) W2ᵀ + b2, and what `backward` will need.

    x: [N, D]. Returns: the logits, [N, C], and a cache: any object of your choice, handed to `backward` as it is.
    """
    ### BEGIN SOLUTION
    h = np.maximum(x @ params["W1"].T + params["b1"], 0)
    logits = h @ params["W2"].T + params["b2"]
    return logits, (x, h, logits)
    ### END SOLUTION


def loss(logits: np.ndarray, y: np.ndarray) -> float:
    """The mean over the batch of −log softmax(logits) at the right class.

    logits: [N, C], also around ±1000. y: [N], int64, 0 … C−1. Returns: a number, always finite.
    """
    ### BEGIN SOLUTION
    shifted = logits - logits.max(axis=1, keepdims=True)  # exp of numbers ≤ 0 can't overflow
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return float(-np.mean(log_p[np.arange(len(y)), y]))
    ### END SOLUTION


def backward(params: Params, cache: Any, y: np.ndarray) -> Params:
    """The gradient of the loss with respect to every parameter.

    params: those that `forward` was given. cache: the one `forward` returned for these. y: [N], int64.
    Returns: a new dict with the keys and shapes of params. The slope of the ReLU at 0 counts as 0.
    """
    ### BEGIN SOLUTION
    x, h, logits = cache
    power = np.exp(logits - logits.max(axis=1, keepdims=True))
    dlogits = power / power.sum(axis=1, keepdims=True)
    dlogits[np.arange(len(y)), y] -= 1
    dlogits /= len(y)
    dz = (dlogits @ params["W2"]) * (h > 0)
    return {"W1": dz.T @ x, "b1": dz.sum(axis=0), "W2": dlogits.T @ h, "b2": dlogits.sum(axis=0)}
    ### END SOLUTION
