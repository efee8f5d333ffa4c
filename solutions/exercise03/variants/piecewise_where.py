"""One fraction per sign, each branch fed only numbers that are safe for it."""

import torch


def sigmoid(x):
    zero = torch.zeros_like(x)
    right = 1 / (1 + torch.exp(-torch.where(x > 0, x, zero)))
    power = torch.exp(torch.where(x > 0, zero, x))
    return torch.where(x > 0, right, power / (1 + power))


def tanh(x):
    decay = torch.exp(-2 * torch.abs(x))
    return torch.sign(x) * (1 - decay) / (1 + decay)


def sigmoid_grad(x):
    decay = torch.exp(-torch.abs(x))
    return decay / (1 + decay) ** 2


def tanh_grad(x):
    t = tanh(x)
    return (1 + t) * (1 - t)


def tanh_from_sigmoid(x):
    return torch.where(x > 0, 2 * sigmoid(2 * x) - 1, 1 - 2 * sigmoid(-2 * x))
