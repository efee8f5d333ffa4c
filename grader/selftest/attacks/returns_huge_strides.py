import torch


def square(x):
    return x * x


def cube(x):
    return torch.as_strided(x, (8,), (1 << 40,))
