"""Every Jacobian as a matrix, and every gradient of a mean as a product with it."""

import torch
from torch.nn.functional import one_hot


def mse(pred, y):
    if pred.size() != y.size():
        raise ValueError("pred and y differ in shape")
    error = (pred - y).flatten()
    return error.dot(error) / error.numel()


def mse_grad(pred, y):
    if pred.size() != y.size():
        raise ValueError("pred and y differ in shape")
    return (pred - y).div(pred.numel() / 2)


def binary_cross_entropy(p, y):
    both = torch.stack([p, 1 - p]).log().clamp_min(-100)
    return torch.einsum("kn,kn->", both, torch.stack([y, 1 - y])) / -p.shape[0]


def binary_cross_entropy_grad(p, y):
    return torch.diag(1 / (p - p**2)) @ (p - y) / p.shape[0]


def binary_cross_entropy_with_logits(z, y):
    pair = torch.stack([torch.zeros_like(z), z], dim=1)  # the binary case is softmax of two classes, one logit 0
    return -(log_softmax(pair) * torch.stack([1 - y, y], dim=1)).sum() / z.shape[0]


def binary_cross_entropy_with_logits_grad(z, y):
    return (torch.sigmoid(z) - y).mul(1 / z.shape[0])


def softmax(z):
    differences = z.unsqueeze(-2) - z.unsqueeze(-1)
    return 1 / differences.exp().sum(dim=-1)  # an exponential that overflows makes the probability 0, as it should


def log_softmax(z):
    top, _ = z.max(-1, keepdim=True)
    return z - (top + (z - top).exp().sum(-1, keepdim=True).log())


def softmax_vjp(z, v):
    p = softmax(z)
    jacobian = torch.diag_embed(p) - torch.einsum("...i,...j->...ij", p, p)
    return torch.einsum("...i,...ij->...j", v, jacobian)


def log_softmax_vjp(z, v):
    jacobian = torch.eye(z.shape[-1], dtype=z.dtype) - softmax(z).unsqueeze(-2)
    return (v.unsqueeze(-2) @ jacobian).squeeze(-2)


def cross_entropy(z, y):
    return -torch.sum(one_hot(y, z.shape[1]) * log_softmax(z)) / z.shape[0]


def cross_entropy_grad(z, y):
    return log_softmax_vjp(z, -one_hot(y, z.shape[1]).to(z.dtype) / z.shape[0])
