"""A learner's answer to exercise 03, as one might hand it in: it passes, and it is not the reference."""

import torch


def sigmoid(x):
    # For very negative x, exp(-x) is inf, and 1 / inf is 0: just what we want.
    return 1 / (1 + torch.exp(-x))


def tanh(x):
    # The definition gives inf / inf at 1000. Divided above and below by the larger exponential, it doesn't.
    small = torch.exp(-2 * x.abs())
    return torch.sign(x) * (1 - small) / (1 + small)


def sigmoid_grad(x):
    value = sigmoid(x)
    return value * (1 - value)


def tanh_grad(x):
    return 1 - tanh(x) ** 2


def tanh_from_sigmoid(x):
    s = sigmoid(2 * x)
    return s - (1 - s)
