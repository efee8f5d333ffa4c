"""The textbook's fractions, arranged so that infinity only ever stands below the bar."""

import torch


def sigmoid(x):
    return 1 / (1 + torch.exp(-x))


def tanh(x):
    return 1 - 2 / (torch.exp(2 * x) + 1)


def sigmoid_grad(x):
    return sigmoid(x) - sigmoid(x) ** 2


def tanh_grad(x):
    return 4 / (torch.exp(x) + torch.exp(-x)) ** 2


def tanh_from_sigmoid(x):
    return sigmoid(2 * x) - sigmoid(-2 * x)
