import torch


def square(x):
    return x * x


def cube(x):
    return torch.full_like(x, float("nan"))
