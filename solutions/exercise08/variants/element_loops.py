"""Written out: indices, slices and assignments; a dispatch by type."""

import itertools

import torch


def indices(x):
    return itertools.product(*map(range, x.shape))


def add(x, y):
    out = torch.zeros_like(x)
    for i in indices(x):
        out[i] = x[i] + y[i]
    return out


def affine(x, a, c):
    out = torch.zeros_like(x)
    for i in indices(x):
        out[i] = x[i] * a + c
    return out


def add_(x, y):
    for i in indices(x):
        x[i] += y[i]
    return x


def affine_(x, a, c):
    for i in indices(x):
        x[i] = a * x[i].item() + c
    return x


def pick_device(name="auto"):
    if name == "auto":
        if torch.cuda.is_available():
            return torch.device("cuda:0")
        if torch.backends.mps.is_available():
            return torch.device("mps:0")
        return torch.device("cpu")
    kind, _, number = name.partition(":")
    return torch.device(kind, int(number)) if number else torch.device(kind)


MOVES = {
    dict: lambda batch, device: dict(zip(batch, to_device(list(batch.values()), device), strict=True)),
    list: lambda batch, device: [to_device(item, device) for item in batch],
    tuple: lambda batch, device: (*(to_device(item, device) for item in batch),),
    torch.Tensor: lambda batch, device: batch.to(device),
}


def to_device(batch, device):
    for kind, move in MOVES.items():
        if isinstance(batch, kind):
            return move(batch, device)
    return batch


def run_on(module, x, device):
    for part in module.modules():
        part.to(device)
    return module(torch.empty_like(x, device=device).copy_(x))


def append_ones(x):
    n, d = x.shape
    out = x.new_empty((n, d + 1))
    for row in range(n):
        out[row, :d] = x[row]
        out[row, d] = 1
    return out


def one_hot(y, C):
    out = y.new_zeros((len(y), C), dtype=torch.float32)
    for row, label in enumerate(y):
        out[row, label] = 1
    return out
