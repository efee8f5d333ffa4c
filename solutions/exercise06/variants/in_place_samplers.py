"""Empty memory first, then filled in place; constructors with their defaults spelled out."""

import numpy as np
import torch


def from_list(data):
    return torch.as_tensor(data)


def from_numpy_shared(a):
    return torch.as_tensor(a)


def from_numpy_copied(a):
    return torch.tensor(a)


def filled(kind, shape, dtype):
    result = torch.empty(shape, dtype=dtype)
    if kind == "zeros":
        result.zero_()
    elif kind == "ones":
        result.fill_(1)
    return result


def convert(x, dtype):
    return torch.empty(x.shape, dtype=dtype, device=x.device).copy_(x)


def uniform(shape, low, high, gen):
    return torch.empty(shape).uniform_(low, high, generator=gen)


def normal(shape, mean, std, gen):
    return torch.empty(shape).normal_(mean, std, generator=gen)


def integers(shape, low, high, gen):
    return torch.empty(shape, dtype=torch.int64).random_(low, high, generator=gen)


def mean_of_integers(x):
    return x.mean(dtype=torch.float32)


def divide(a, b):
    return torch.true_divide(a, b), torch.div(a, b, rounding_mode="floor")


def item(x):
    return x.detach().reshape(-1).tolist()[0]


def to_numpy(x):
    return np.array(x.detach().cpu())
