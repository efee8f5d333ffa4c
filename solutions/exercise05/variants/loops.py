"""Loops over samples, neurons and layers; one number after another."""

import torch


def linear(x, W, b):
    if x.dim() > 1:
        out = torch.empty(x.shape[:-1] + b.shape, dtype=x.dtype, device=x.device)
        for i in range(len(x)):
            out[i] = linear(x[i], W, b)
        return out
    out = b.clone()
    for m in range(W.shape[0]):
        for d in range(W.shape[1]):
            out[m] += W[m, d] * x[d]
    return out


def mlp_forward(x, params, f):
    h = x
    for number, (W, b) in enumerate(params, start=1):
        h = linear(h, W, b)
        if number < len(params):
            h = f(h)
    return h


def count_parameters(sizes):
    total = 0
    for i in range(1, len(sizes)):
        total += sizes[i - 1] * sizes[i]
        total += sizes[i]
    return total


def collapse(params):
    W, b = params[-1]
    b = b.clone()
    for V, c in reversed(params[:-1]):
        for m in range(len(b)):
            b[m] += (W[m] * c).sum()
        W = W @ V
    return W, b
