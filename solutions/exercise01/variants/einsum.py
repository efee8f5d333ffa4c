"""Index notation."""

from torch import einsum


def neuron(a, w, b, f):
    return f(einsum("d,d->", a, w) + b)


def neuron_batch(A, W, b, f):
    return f(einsum("nd,md->nm", A, W).add(b))
