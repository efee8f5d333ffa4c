"""By way of NumPy, and back to where the input was; in place by copy_ and through .data."""

import numpy as np
import torch


def back(array, like):
    return torch.from_numpy(array).to(like.device)


def add(x, y):
    return back(x.cpu().numpy() + y.cpu().numpy(), x).reshape(x.shape) if x.dim() else y + x


def affine(x, a, c):
    return torch.as_tensor(np.asarray(x.cpu()) * a + c, dtype=x.dtype, device=x.device)


def add_(x, y):
    return x.copy_(x + y)


def affine_(x, a, c):
    x.data.mul_(a)
    x.data.add_(c)
    return x


def pick_device(name="auto"):
    cuda, mps = torch.cuda.is_available(), torch.backends.mps.is_available()
    return torch.device({"auto": ("cuda" if cuda else ("mps" if mps else "cpu"))}.get(name, name))


def to_device(batch, device):
    match batch:
        case torch.Tensor():
            return torch.as_tensor(batch, device=device)
        case dict():
            return {key: to_device(batch[key], device) for key in batch}
        case list() | tuple():
            return type(batch)([to_device(item, device) for item in batch])
        case _:
            return batch


def run_on(module, x, device):
    if x.device != device:
        x = x.to(device)
    if any(parameter.device != device for parameter in module.parameters()):
        module.to(device)
    return module(x)


def append_ones(x):
    return back(np.insert(x.cpu().numpy(), x.shape[1], 1, axis=1), x)


def one_hot(y, C):
    return back(np.eye(C, dtype=np.float32)[y.cpu().numpy()], y)
