# %% first_reshape_everywhere
# as_view: reshape, which copies silently. transpose: only rereads the numbers as [B, A]. channels_last: reshape to [N, H, W, C].
# residual: [N, N]. add_column: c added as a row.
# named: reshape_for_view, reshaped_for_transposed, reshaped_for_permuted, all_pairs, column_as_a_row
import torch

def describe(x):
    return tuple(x.shape), x.dim(), x.numel()

def as_view(x, shape):
    return x.reshape(shape)

def as_shape(x, shape):
    return x.reshape(shape)

def transpose(x):
    return x.reshape(x.shape[1], x.shape[0])

def swap(x, i, j):
    return x.transpose(i, j)

def channels_last(x):
    n, c, h, w = x.shape
    return x.reshape(n, h, w, c)

def get(x, i, j):
    return x[i, j]

def put(x, i, j, v):
    x[i, j] = v
    return x

def column(x, j):
    return x[:, j]

def row_max(x):
    return x.max(dim=1)

def residual(pred, y):
    return pred - y

def add_row(x, r):
    return x + r

def add_column(x, c):
    return x + c

# %% first_numpy_habits
# describe: the shape is a list. get: a Python number. put: writes into a copy, and returns that.
# row_max: the columns are float, not int64. residual: the shape [N, 1].
# named: shape_as_a_list, entry_as_a_number, put_into_a_copy, put_into_a_name, residual_as_a_column
import numpy as np
import torch

def describe(x):
    return list(x.shape), x.ndim, x.numel()

def as_view(x, shape):
    return x.view(shape)

def as_shape(x, shape):
    return x.reshape(shape)

def transpose(x):
    return x.T

def swap(x, i, j):
    return x.swapaxes(i, j)

def channels_last(x):
    return x.permute(0, 2, 3, 1)

def get(x, i, j):
    return float(x[i, j])

def put(x, i, j, v):
    y = x.clone()
    y[i, j] = v
    return y

def column(x, j):
    return x[:, j]

def row_max(x):
    a = x.numpy()
    best = torch.tensor(a.max(axis=1))
    where = torch.tensor(a.argmax(axis=1), dtype=x.dtype)
    return best, where

def residual(pred, y):
    return pred - y.reshape(-1, 1)

def add_row(x, r):
    return x + r

def add_column(x, c):
    return x + c[:, None]

# %% first_in_place_habits
# transpose: turns x itself over. as_shape: raises where no view is possible. put: returns the entry.
# add_row: changes x. add_column: changes x.
# named: transposed_in_place, view_for_reshape, put_returns_the_entry, put_returns_a_view, row_into_x, column_into_x
import torch

def describe(x):
    return tuple(x.size()), len(x.size()), x.nelement()

def as_view(x, shape):
    return x.view(shape)

def as_shape(x, shape):
    return x.view(shape)

def transpose(x):
    return x.transpose_(0, 1)

def swap(x, i, j):
    return x.transpose(i, j)

def channels_last(x):
    return x.transpose(1, 2).transpose(2, 3)

def get(x, i, j):
    return x[i][j]

def put(x, i, j, v):
    x[i][j] = v
    return x[i][j]

def column(x, j):
    return x.select(1, j)

def row_max(x):
    m, k = torch.max(x, dim=1)
    return m, k

def residual(pred, y):
    return pred.flatten() - y

def add_row(x, r):
    x += r
    return x

def add_column(x, c):
    x += c.view(-1, 1)
    return x

# %% first_loops_from_memory
# describe: the number of axes is the size of the first axis, and the elements are the sum of the sizes. swap: moves axis i to j, no swap.
# row_max: starts at 0, and takes the last of equal entries.
# named: axes_by_the_first, axes_by_the_first_if_any, sizes_added, axis_moved, maximum_from_zero, last_of_equals
import torch

def describe(x):
    shape = tuple(x.shape)
    axes = shape[0] if shape else 0
    elements = 0
    for s in shape:
        elements += s
    return shape, axes, elements

def as_view(x, shape):
    return x.view(shape)

def as_shape(x, shape):
    return x.reshape(shape)

def transpose(x):
    return x.t()

def swap(x, i, j):
    return x.movedim(i, j)

def channels_last(x):
    return x.movedim(1, 3)

def get(x, i, j):
    return x[i, j]

def put(x, i, j, v):
    x[i, j] = v
    return x

def column(x, j):
    return x[:, j]

def row_max(x):
    best = torch.zeros(len(x), dtype=x.dtype, device=x.device)
    where = torch.zeros(len(x), dtype=torch.long, device=x.device)
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            if x[i, j] >= best[i]:
                best[i] = x[i, j]
                where[i] = j
    return best, where

def residual(pred, y):
    out = torch.zeros_like(y)
    for n in range(len(y)):
        out[n] = pred[n, 0] - y[n]
    return out

def add_row(x, r):
    return x + r

def add_column(x, c):
    out = x.clone()
    for n in range(len(c)):
        out[n] += c[n]
    return out

# %% first_counts_from_one
# swap: i - 1 and j - 1. get: row i - 1, column j - 1. put: row i - 1, column j - 1. column: column j - 1.
# channels_last: swaps the axes 1 and 3, [N, W, H, C].
# named: swapped_from_one, entry_from_one, put_from_one, column_from_one, height_and_width_swapped
import torch

def describe(x):
    return tuple(x.shape), x.dim(), x.numel()

def as_view(x, shape):
    return x.view(shape)

def as_shape(x, shape):
    return x.reshape(shape)

def transpose(x):
    return x.permute(1, 0)

def swap(x, i, j):
    return x.transpose(i - 1, j - 1)

def channels_last(x):
    return x.transpose(1, 3)

def get(x, i, j):
    return x[i - 1, j - 1]

def put(x, i, j, v):
    x[i - 1, j - 1] = v
    return x

def column(x, j):
    return x[:, j - 1]

def row_max(x):
    return x.max(1).values, x.max(1).indices

def residual(pred, y):
    return pred.view(-1) - y

def add_row(x, r):
    return x + r.unsqueeze(0)

def add_column(x, c):
    return x + c.unsqueeze(1)

# %% first_contiguous_to_be_safe
# as_view: contiguous() first, a copy that is never refused. transpose: a contiguous copy. channels_last: a contiguous copy.
# column: squeeze() without an axis, 0-d for one row. residual: the sign, y - pred.
# named: view_of_a_contiguous_copy, reshape_for_view, transposed_copy, permuted_copy, column_squeezed, residual_reversed
import torch

def describe(x: torch.Tensor):
    return tuple(x.shape), len(x.shape), x.numel()

def as_view(x: torch.Tensor, shape):
    return x.contiguous().view(shape)

def as_shape(x: torch.Tensor, shape):
    return x.reshape(shape)

def transpose(x: torch.Tensor):
    return x.T.contiguous()

def swap(x: torch.Tensor, i: int, j: int):
    return x.transpose(i, j)

def channels_last(x: torch.Tensor):
    return x.permute(0, 2, 3, 1).contiguous()

def get(x: torch.Tensor, i: int, j: int):
    return x[i, j].clone()

def put(x: torch.Tensor, i: int, j: int, v: float):
    x[i, j] = v
    return x

def column(x: torch.Tensor, j: int):
    return x[:, j:j + 1].squeeze()

def row_max(x: torch.Tensor):
    k = x.argmax(dim=1)
    return x.amax(dim=1), k

def residual(pred: torch.Tensor, y: torch.Tensor):
    return y - pred.squeeze(1)

def add_row(x: torch.Tensor, r: torch.Tensor):
    return x + r

def add_column(x: torch.Tensor, c: torch.Tensor):
    return (x.t() + c).t()
