import torch


def square(x):
    return x * x


def cube(x):
    kept = [torch.ones(1 << 21) for _ in range(192)]  # 1.5 GiB: more would do harm where nothing stops it
    print("succeeded: @NAME@", len(kept))
    return x * 0
