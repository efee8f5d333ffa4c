"""All products at once, [N, M, D], summed along the last axis; f on a flat copy."""

import torch


def neuron(a, w, b, f):
    return neuron_batch(a[None], w[None], b[None], f)[0, 0]


def neuron_batch(A, W, b, f):
    z = torch.sum(A[:, None, :] * W[None, :, :], dim=-1) + b
    return f(z.flatten()).reshape(z.shape)
