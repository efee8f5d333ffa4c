"""The sigmoid as a tanh of half the angle, and derivatives from cosh."""

import torch


def tanh(x):
    loss = torch.expm1(-2 * torch.abs(x))
    return torch.copysign(loss / (2 + loss), x)


def sigmoid(x):
    return 0.5 * (1 + tanh(0.5 * x))


def sigmoid_grad(x):
    return (2 * torch.cosh(x / 2)) ** -2


def tanh_grad(x):
    return 1 / torch.cosh(x).square()


def tanh_from_sigmoid(x):
    up, down = sigmoid(x) ** 2, sigmoid(-x) ** 2
    return (up - down) / (up + down)
