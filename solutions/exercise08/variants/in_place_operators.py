"""Operators, queries asked through imported names, containers built item by item, ones written into a new tensor."""

import torch
from torch.backends import mps
from torch.cuda import is_available as has_cuda


def add(x, y):
    out = x.clone()
    out += y
    return out


def affine(x, a, c):
    out = torch.empty_like(x)
    out.copy_(x)
    out *= a
    out += c
    return out


def add_(x, y):
    x += y
    return x


def affine_(x, a, c):
    x *= a
    x += c
    return x


def pick_device(name="auto"):
    if name == "auto":
        name = "cuda" if has_cuda() else "mps" if mps.is_available() else "cpu"
    return torch.device(name)


def to_device(batch, device):
    if torch.is_tensor(batch):
        return batch.to(device=device)
    if isinstance(batch, dict):
        moved = {}
        for key, item in batch.items():
            moved[key] = to_device(item, device)
        return moved
    if isinstance(batch, tuple):
        return tuple(to_device(list(batch), device))
    if isinstance(batch, list):
        moved = []
        for item in batch:
            moved.append(to_device(item, device))
        return moved
    return batch


def run_on(module, x, device):
    module = module.to(device)
    x = x.to(device)
    return module(x)


def append_ones(x):
    out = torch.ones(x.shape[0], x.shape[1] + 1, dtype=x.dtype, device=x.device)
    out[:, :-1] = x
    return out


def one_hot(y, C):
    out = torch.zeros(len(y), C, device=y.device)
    out[range(len(y)), y] = 1
    return out
