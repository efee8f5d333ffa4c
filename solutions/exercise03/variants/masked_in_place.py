"""Fresh memory, filled in place."""

import torch


def sigmoid(x):
    result = torch.empty_like(x)
    positive = x >= 0
    result[positive] = 1 / (1 + torch.exp(-x[positive]))
    power = torch.exp(x[~positive])
    result[~positive] = power / (power + 1)
    return result


def tanh(x):
    denominator = x.mul(2).exp_() + 1
    denominator.reciprocal_()
    return denominator.mul(-2).add_(1)


def sigmoid_grad(x):
    s = sigmoid(x)
    rest = s.neg().add_(1)
    return rest.mul_(s)


def tanh_grad(x):
    t = tanh(x)
    t.square_().neg_().add_(1)
    return t


def tanh_from_sigmoid(x):
    t = sigmoid(x + x)
    t *= 2
    t -= 1
    return t
