"""One element after another, with an if where the sign matters."""

import torch


def each(function, x):
    values = [function(value) for value in x.reshape(-1)]
    return torch.stack(values).reshape(x.shape) if values else torch.zeros_like(x)


def sigmoid_of_one(value):
    if value >= 0:
        return 1 / (1 + torch.exp(-value))
    power = torch.exp(value)
    return power / (1 + power)


def tanh_of_one(value):
    if value < 0:
        return -tanh_of_one(-value)
    decay = torch.exp(-2 * value)
    return (1 - decay) / (1 + decay)


def sigmoid(x):
    return each(sigmoid_of_one, x)


def tanh(x):
    return each(tanh_of_one, x)


def sigmoid_grad(x):
    return each(lambda value: sigmoid_of_one(value) * sigmoid_of_one(-value), x)


def tanh_grad(x):
    return each(lambda value: 1 - tanh_of_one(value).pow(2), x)


def tanh_from_sigmoid(x):
    return each(lambda value: 2 * sigmoid(2 * value) - 1, x)
