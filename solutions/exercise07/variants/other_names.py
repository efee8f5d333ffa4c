"""The same by torch's other names: swapaxes, movedim, select, narrow, index_put_, topk, expand."""

import torch


def describe(x):
    return x.size(), x.ndim, x.nelement()


def as_view(x, shape):
    return torch.Tensor.view(x, size=shape)


def as_shape(x, shape):
    return torch.reshape(x, shape)


def transpose(x):
    return torch.t(x)


def swap(x, i, j):
    return torch.swapaxes(x, i, j)


def channels_last(x):
    return x.movedim(1, -1)


def get(x, i, j):
    return x.narrow(0, i, 1).narrow(1, j, 1).squeeze()


def put(x, i, j, v):
    place = torch.tensor(i, device=x.device), torch.tensor(j, device=x.device)
    return x.index_put_(place, torch.tensor(v, dtype=x.dtype, device=x.device))


def column(x, j):
    return x.select(1, j)


def row_max(x):
    return torch.max(x, 1)


def residual(pred, y):
    return pred.flatten().sub(y)


def add_row(x, r):
    return torch.add(r.expand_as(x), x)


def add_column(x, c):
    return x.add(c.unsqueeze(1).expand(x.shape))
