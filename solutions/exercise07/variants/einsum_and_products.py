"""Axes by their letters, broadcasting as products with ones, and rows sorted for their first."""

import torch


def describe(x):
    shape = tuple(x.shape)
    return shape, len(shape), sum(1 for _ in x.flatten())


def as_view(x, shape):
    return x.view(-1).unflatten(0, shape) if x.is_contiguous() else x.view(shape)


def as_shape(x, shape):
    return x.reshape(shape) if x.is_contiguous() else torch.einsum("...->...", x.reshape(*shape))


def transpose(x):
    return torch.einsum("ab->ba", x)


def swap(x, i, j):
    letters = [chr(ord("a") + axis) for axis in range(x.dim())]
    before = "".join(letters)
    letters[i], letters[j] = letters[j], letters[i]
    return torch.einsum(f"{before}->{''.join(letters)}", x)


def channels_last(x):
    return torch.einsum("nchw->nhwc", x)


def get(x, i, j):
    row = torch.eye(len(x), dtype=x.dtype, device=x.device)[i]
    return (row @ x)[j]


def put(x, i, j, v):
    here = torch.zeros(x.shape, dtype=torch.bool, device=x.device)
    here[i, j] = True
    return x.masked_fill_(here, v)


def column(x, j):
    return x.unbind(dim=1)[j]


def row_max(x):
    values, order = x.sort(dim=1, descending=True, stable=True)
    return values[:, 0], order[:, 0]


def residual(pred, y):
    return torch.diagonal(pred - y)


def add_row(x, r):
    return x + torch.outer(x.new_ones(len(x)), r)


def add_column(x, c):
    return (x.T + c).T
