"""By way of log σ(x) = −log(1 + e⁻ˣ)."""

import torch


def log_sigmoid(x):
    return -torch.logaddexp(torch.zeros_like(x), -x)


def sigmoid(x):
    return log_sigmoid(x).exp()


def tanh(x):
    return torch.exp(log_sigmoid(2 * x)) - torch.exp(log_sigmoid(-2 * x))


def sigmoid_grad(x):
    return torch.exp(-x.abs() - 2 * torch.log1p(torch.exp(-x.abs())))


def tanh_grad(x):
    return 4 * torch.exp(log_sigmoid(2 * x) + log_sigmoid(-2 * x))


def tanh_from_sigmoid(x):
    odds = sigmoid(2 * x)
    return odds - (1 - odds)
