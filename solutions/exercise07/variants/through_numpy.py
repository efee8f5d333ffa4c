"""NumPy for what is computed; views by slices, and reshape told from a copy by its address."""

import numpy as np
import torch


def array(x):
    return x.cpu().numpy()


def describe(x):
    return np.shape(array(x)), array(x).ndim, array(x).size


def as_view(x, shape):
    view = x.reshape(shape)
    if view.data_ptr() != x.data_ptr():
        raise RuntimeError("only a copy of x has this shape")
    return view


def as_shape(x, shape):
    return x.reshape(*shape)


def transpose(x):
    return x.mT


def swap(x, i, j):
    return x.transpose(j, i)


def channels_last(x):
    return x.transpose(1, 2).transpose(2, 3)


def get(x, i, j):
    return torch.as_tensor(array(x)[i, j], dtype=x.dtype, device=x.device)


def put(x, i, j, v):
    x[i : i + 1, j : j + 1].copy_(torch.full((1, 1), v, dtype=x.dtype))
    return x


def column(x, j):
    return x[..., j]


def row_max(x):
    where = np.argmax(array(x), axis=1)
    values = np.take_along_axis(array(x), where[:, None], axis=1).ravel()
    return torch.from_numpy(values).to(x.device), torch.from_numpy(where).to(x.device)


def residual(pred, y):
    return torch.from_numpy(array(pred).reshape(-1) - array(y)).to(y.device)


def add_row(x, r):
    return torch.from_numpy(array(x) + array(r)).to(x.device)


def add_column(x, c):
    return torch.from_numpy(array(x) + np.repeat(array(c), x.shape[1]).reshape(x.shape)).to(x.device)
