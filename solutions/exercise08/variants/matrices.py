"""Linear algebra: products with the identity, stacked sums, rows of an identity matrix, an iterative walk."""

import torch


def add(x, y):
    return torch.stack([x, y]).sum(dim=0)


def affine(x, a, c):
    return torch.einsum("...,->...", x, torch.tensor(a, dtype=x.dtype, device=x.device)) + c


def add_(x, y):
    x[...] = add(x, y)
    return x


def affine_(x, a, c):
    return x.sub_(-c / a).multiply_(a)


def pick_device(name="auto"):
    options = [("cuda", torch.cuda.is_available), ("mps", torch.backends.mps.is_available), ("cpu", lambda: True)]
    return torch.device(next(kind for kind, there in options if there()) if name == "auto" else name)


def to_device(batch, device):
    if hasattr(batch, "to"):
        return batch.to(device)
    if isinstance(batch, (dict, list, tuple)):
        keys = list(batch) if isinstance(batch, dict) else range(len(batch))
        items = [to_device(batch[key], device) for key in keys]
        return dict(zip(keys, items, strict=True)) if isinstance(batch, dict) else type(batch)(items)
    return batch


def run_on(module, x, device):
    return module.to(device)(to_device([x], device)[0])


def append_ones(x):
    n, d = x.shape
    wider = torch.eye(d, d + 1, dtype=x.dtype, device=x.device)
    wider_ones = torch.zeros(n, d + 1, dtype=x.dtype, device=x.device)
    wider_ones[:, d:] += 1
    return x @ wider + wider_ones


def one_hot(y, C):
    return torch.eye(C, device=y.device)[y]
