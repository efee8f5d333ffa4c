"""Loops over inputs, samples and neurons; numbers collected in lists."""

import torch


def neuron(a, w, b, f):
    z = b.clone()
    for i in range(len(a)):
        z += a[i] * w[i]
    return f(z)


def neuron_batch(A, W, b, f):
    rows = []
    for a in A:
        row = []
        for m in range(W.shape[0]):
            row.append(neuron(a, W[m], b[m], f))
        rows.append(torch.stack(row))
    return torch.stack(rows)
