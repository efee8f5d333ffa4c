"""Losses and softmax, with their gradients: the mean squared error, two binary cross-entropies, the cross-entropy.

All tensors are floating, float32 or float64, but the class labels, which are int64. Every function returns a new tensor
of its inputs' dtype. A loss is a mean, and its gradient is that with respect to the first argument.
"""

from __future__ import annotations

import torch


def mse(pred: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """The mean, over all elements, of the squared differences.

    pred, y: floats of any shape, but both of the same; else ValueError. Returns: [].
    """
    ### BEGIN SOLUTION
    if pred.shape != y.shape:
        raise ValueError(f"pred has the shape {tuple(pred.shape)}, y has {tuple(y.shape)}")
    return ((pred - y) ** 2).mean()
    ### END SOLUTION


def mse_grad(pred: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """The gradient of mse(pred, y) with respect to pred.

    pred, y: floats of any shape, but both of the same; else ValueError. Returns: the shape of pred.
    """
    ### BEGIN SOLUTION
    if pred.shape != y.shape:
        raise ValueError(f"pred has the shape {tuple(pred.shape)}, y has {tuple(y.shape)}")
    return 2 * (pred - y) / pred.numel()
    ### END SOLUTION


def binary_cross_entropy(p: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """The mean of −[y·log p + (1−y)·log(1−p)], each of the two logarithms not below −100.

    p: [N], probabilities, 0 and 1 included. y: [N], from 0 to 1. Returns: [].
    """
    ### BEGIN SOLUTION
    log_p = torch.clamp(torch.log(p), min=-100)
    log_q = torch.clamp(torch.log(1 - p), min=-100)
    return -(y * log_p + (1 - y) * log_q).mean()
    ### END SOLUTION


def binary_cross_entropy_grad(p: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """The gradient of binary_cross_entropy(p, y) with respect to p.

    p: [N], from 0.01 to 0.99. y: [N], from 0 to 1. Returns: [N].
    """
    ### BEGIN SOLUTION
    return ((1 - y) / (1 - p) - y / p) / len(p)
    ### END SOLUTION


def binary_cross_entropy_with_logits(z: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """The mean of −[y·log σ(z) + (1−y)·log(1−σ(z))], right for any logit and without a bound on the logarithms.

    z: [N], logits. y: [N], from 0 to 1. Returns: [].
    """
    ### BEGIN SOLUTION
    return (torch.clamp(z, min=0) - y * z + torch.log1p(torch.exp(-z.abs()))).mean()
    ### END SOLUTION


def binary_cross_entropy_with_logits_grad(z: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """The gradient of binary_cross_entropy_with_logits(z, y) with respect to z.

    z: [N], logits. y: [N], from 0 to 1. Returns: [N].
    """
    ### BEGIN SOLUTION
    return (1 / (1 + torch.exp(-z)) - y) / len(z)
    ### END SOLUTION


def softmax(z: torch.Tensor) -> torch.Tensor:
    """The softmax along the last axis: eᶻ over its sum.

    z: [*, C], logits. Returns: [*, C]; each row, all along the last axis, adds up to 1.
    """
    ### BEGIN SOLUTION
    power = torch.exp(z - z.amax(dim=-1, keepdim=True))
    return power / power.sum(dim=-1, keepdim=True)
    ### END SOLUTION


def log_softmax(z: torch.Tensor) -> torch.Tensor:
    """The logarithm of the softmax along the last axis, finite also where the softmax underflows to 0.

    z: [*, C], logits. Returns: [*, C].
    """
    ### BEGIN SOLUTION
    shifted = z - z.amax(dim=-1, keepdim=True)
    return shifted - torch.log(torch.exp(shifted).sum(dim=-1, keepdim=True))
    ### END SOLUTION


def softmax_vjp(z: torch.Tensor, v: torch.Tensor) -> torch.Tensor:
    """The vector-Jacobian product of softmax at z, row by row.

    z: [*, C], logits. v: [*, C], the upstream gradient. Returns: [*, C], for each j the sum over i of vᵢ·∂softmaxᵢ/∂zⱼ.
    """
    ### BEGIN SOLUTION
    p = softmax(z)
    return p * (v - (p * v).sum(dim=-1, keepdim=True))
    ### END SOLUTION


def log_softmax_vjp(z: torch.Tensor, v: torch.Tensor) -> torch.Tensor:
    """The vector-Jacobian product of log_softmax at z, row by row.

    z: [*, C], logits. v: [*, C], the upstream gradient. Returns: [*, C].
    """
    ### BEGIN SOLUTION
    return v - softmax(z) * v.sum(dim=-1, keepdim=True)
    ### END SOLUTION


def cross_entropy(z: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """The mean, over the N rows, of −log of the probability that softmax gives to the right class.

    z: [N, C], logits. y: [N], int64, 0 … C−1. Returns: [].
    """
    ### BEGIN SOLUTION
    return -log_softmax(z)[torch.arange(len(y)), y].mean()
    ### END SOLUTION


def cross_entropy_grad(z: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """The gradient of cross_entropy(z, y) with respect to z.

    z: [N, C], logits. y: [N], int64, 0 … C−1. Returns: [N, C].
    """
    ### BEGIN SOLUTION
    delta = softmax(z)
    delta[torch.arange(len(y)), y] -= 1
    return delta / len(y)
    ### END SOLUTION
