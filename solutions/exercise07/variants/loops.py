"""Python's own loops for what is computed; row by row and number by number."""

import torch


def describe(x):
    count = 1
    for size in x.shape:
        count *= size
    return (*x.shape,), len(x.shape), count


def as_view(x, shape):
    return x.view(*shape)


def as_shape(x, shape):
    try:
        return as_view(x, shape)
    except RuntimeError:
        return x.clone(memory_format=torch.contiguous_format).view(shape)


def transpose(x):
    return swap(x, 0, 1)


def swap(x, i, j):
    axes = list(range(x.dim()))
    axes[i], axes[j] = axes[j], axes[i]
    return x.permute(axes)


def channels_last(x):
    return swap(swap(x, 1, 2), 2, 3)


def get(x, i, j):
    return x[i][j]


def put(x, i, j, v):
    x[i][j] = v
    return x


def column(x, j):
    return transpose(x)[j]


def row_max(x):
    values, positions = [], []
    for row in x.tolist():
        best = 0
        for j in range(len(row)):
            if row[j] > row[best]:
                best = j
        values.append(row[best])
        positions.append(best)
    return torch.tensor(values, dtype=x.dtype, device=x.device), torch.tensor(positions, device=x.device)


def residual(pred, y):
    out = torch.empty_like(y)
    for n in range(len(y)):
        out[n] = pred[n, 0] - y[n]
    return out


def add_row(x, r):
    out = x.clone()
    for row in out:
        row += r
    return out


def add_column(x, c):
    return torch.stack([row + number for row, number in zip(x, c, strict=True)])
