# %% base
# Plain tensor methods.
import torch


def describe(x):
    return tuple(x.shape), x.dim(), x.numel()


def as_view(x, shape):
    return x.view(shape)


def as_shape(x, shape):
    return x.reshape(shape)


def transpose(x):
    return x.t()


def swap(x, i, j):
    return x.transpose(i, j)


def channels_last(x):
    return x.permute(0, 2, 3, 1)


def get(x, i, j):
    return x[i, j]


def put(x, i, j, v):
    x[i, j] = v
    return x


def column(x, j):
    return x[:, j]


def row_max(x):
    values, where = x.max(dim=1)
    return values, where


def residual(pred, y):
    return pred.squeeze(1) - y


def add_row(x, r):
    return x + r


def add_column(x, c):
    return x + c.unsqueeze(1)

# %% short_and_typed
# Attributes and one-liners with type hints; the tuple subclasses of torch are returned as they are.
import torch
from torch import Tensor

def describe(x: Tensor) -> tuple[tuple[int, ...], int, int]: return x.shape, x.ndim, x.nelement()

def transpose(x: Tensor) -> Tensor: return x.T

def swap(x: Tensor, i: int, j: int) -> Tensor: return x.swapaxes(i, j)

def channels_last(x: Tensor) -> Tensor: return x.movedim(1, -1)

def get(x: Tensor, i: int, j: int) -> Tensor: return x[i][j]

def put(x: Tensor, i: int, j: int, v: float) -> Tensor:
    x[i][j] = v
    return x

def column(x: Tensor, j: int) -> Tensor: return x.T[j]

def row_max(x: Tensor) -> tuple[Tensor, Tensor]: return torch.max(x, 1)

def residual(pred: Tensor, y: Tensor) -> Tensor: return pred[:, 0] - y

def add_column(x: Tensor, c: Tensor) -> Tensor: return x + c[:, None]

# %% loops
# Loops over single entries; the results are filled into empty tensors.
import torch

def describe(x):
    shape = []
    n = 1
    for size in x.shape:
        shape.append(size)
        n = n * size
    return tuple(shape), len(shape), n

def as_view(x, shape):
    try:
        return x.view(shape)
    except RuntimeError:
        raise RuntimeError(f"no view of shape {shape}")

def as_shape(x, shape):
    try:
        out = as_view(x, shape)
    except RuntimeError:
        out = x.contiguous().view(shape)
    return out

def swap(x, i, j):
    order = list(range(x.dim()))
    order[i], order[j] = order[j], order[i]
    return x.permute(order)

def row_max(x):
    A, B = x.shape
    best = torch.empty(A, dtype=x.dtype, device=x.device)
    where = torch.zeros(A, dtype=torch.int64, device=x.device)
    for a in range(A):
        k = 0
        for b in range(1, B):
            if x[a, b] > x[a, k]:
                k = b
        best[a] = x[a, k]
        where[a] = k
    return best, where

def residual(pred, y):
    out = torch.zeros_like(y)
    for n in range(len(y)):
        out[n] = pred[n, 0] - y[n]
    return out

def add_row(x, r):
    out = torch.empty_like(x)
    for n in range(x.shape[0]):
        for d in range(x.shape[1]):
            out[n, d] = x[n, d] + r[d]
    return out

def add_column(x, c):
    out = torch.empty_like(x)
    for n in range(x.shape[0]):
        for d in range(x.shape[1]):
            out[n, d] = x[n, d] + c[n]
    return out

# %% strides_by_hand
# All views are made with as_strided; whether a view is possible is worked out from the strides.
import torch
from math import prod

def _full(x, shape):
    sizes = list(shape)
    if -1 in sizes:
        k = sizes.index(-1)
        others = prod(sizes[:k] + sizes[k + 1:])
        if others == 0 or x.numel() % others:
            raise RuntimeError("the -1 can't be worked out")
        sizes[k] = x.numel() // others
    if prod(sizes) != x.numel():
        raise RuntimeError("another number of elements")
    return tuple(sizes)

def _strides(x, sizes):
    # None where no view has these sizes
    if x.numel() == 0:
        return tuple(max(1, prod(sizes[k + 1:])) for k in range(len(sizes)))
    runs = []  # (elements, step) of the axes that follow one another in memory, the last run first
    for size, step in zip(reversed(x.shape), reversed(x.stride())):
        if size == 1:
            continue
        if runs and step == runs[-1][0] * runs[-1][1]:
            runs[-1] = (runs[-1][0] * size, runs[-1][1])
        else:
            runs.append((size, step))
    strides, left, step = [], 1, 1
    runs.reverse()
    for size in reversed(sizes):
        if size == 1:
            strides.append(step)
            continue
        if left == 1:
            left, step = runs.pop()
        if left % size:
            return None
        strides.append(step)
        left //= size
        step *= size
    return tuple(reversed(strides))

def as_view(x, shape):
    sizes = _full(x, shape)
    strides = _strides(x, sizes)
    if strides is None:
        raise RuntimeError("no constant steps visit these places")
    return torch.as_strided(x, sizes, strides, x.storage_offset())

def as_shape(x, shape):
    sizes = _full(x, shape)
    if _strides(x, sizes) is None:
        x = x.clone(memory_format=torch.contiguous_format)
    return as_view(x, sizes)

def transpose(x):
    (A, B), (s, t) = x.shape, x.stride()
    return x.as_strided((B, A), (t, s))

def swap(x, i, j):
    size, step = list(x.size()), list(x.stride())
    size[i], size[j] = size[j], size[i]
    step[i], step[j] = step[j], step[i]
    return x.as_strided(size, step)

def channels_last(x):
    n, c, h, w = x.stride()
    N, C, H, W = x.shape
    return x.as_strided((N, H, W, C), (n, h, w, c))

def _place(x, i, j):
    return x.storage_offset() + i * x.stride(0) + j * x.stride(1)

def get(x, i, j):
    return x.as_strided((), (), _place(x, i, j))

def put(x, i, j, v):
    x.as_strided((), (), _place(x, i, j)).fill_(v)
    return x

def column(x, j):
    return x.as_strided((x.size(0),), (x.stride(0),), _place(x, 0, j))

# %% python_lists
# What needn't be a view goes through Python lists.
import torch

def _tensor(numbers, like):
    return torch.tensor(numbers, dtype=like.dtype, device=like.device)

def as_shape(x, shape):
    try:
        return x.view(shape)
    except RuntimeError:
        return _tensor(x.tolist(), x).view(shape)

def get(x, i, j):
    return _tensor(x.tolist()[i][j], x)

def row_max(x):
    rows = x.tolist()
    best = [max(row) for row in rows]
    where = [row.index(m) for row, m in zip(rows, best)]
    return _tensor(best, x), torch.tensor(where, dtype=torch.long, device=x.device)

def residual(pred, y):
    return _tensor([p[0] - t for p, t in zip(pred.tolist(), y.tolist())], y)

def add_row(x, r):
    r = r.tolist()
    return _tensor([[a + b for a, b in zip(row, r)] for row in x.tolist()], x).reshape(x.shape)

def add_column(x, c):
    return _tensor([[a + b for a in row] for row, b in zip(x.tolist(), c.tolist())], x).reshape(x.shape)

# %% einsum_and_outer
# Letters for axes; rows and columns are spread out by an outer product with ones.
import torch

def transpose(x):
    return torch.einsum("ab->ba", x)

def channels_last(x):
    return torch.einsum("nchw->nhwc", x)

def column(x, j):
    return torch.select(torch.einsum("ab->ba", x), 0, j)

def row_max(x):
    j = torch.argmax(x, dim=-1)
    return x.gather(1, j.unsqueeze(1)).squeeze(1), j

def residual(pred, y):
    return torch.einsum("no->n", pred) - y

def add_row(x, r):
    ones = torch.ones(x.shape[0], dtype=x.dtype, device=x.device)
    return x + torch.einsum("n,d->nd", ones, r)

def add_column(x, c):
    return x + torch.outer(c, x.new_ones(x.shape[1]))

# %% numpy_for_new_tensors
# NumPy computes the new tensors.
import numpy as np
import torch

def to_np(t):
    return t.detach().cpu().numpy()

def describe(x):
    return tuple(int(s) for s in x.size()), len(x.size()), int(np.prod(x.size()))

def get(x, i, j):
    return torch.tensor(to_np(x)[i, j], dtype=x.dtype, device=x.device)

def row_max(x):
    a = to_np(x)
    k = np.argmax(a, axis=1)
    values = np.take_along_axis(a, k[:, np.newaxis], axis=1)[:, 0]
    return torch.from_numpy(values).to(x.device), torch.from_numpy(k.astype(np.int64)).to(x.device)

def residual(pred, y):
    return torch.from_numpy(to_np(pred).ravel() - to_np(y)).to(y.device)

def add_row(x, r):
    return torch.from_numpy(to_np(x) + to_np(r)).to(x.device)

def add_column(x, c):
    return torch.from_numpy(to_np(x) + to_np(c).reshape(-1, 1)).to(x.device)

# %% select_and_narrow
# select, narrow, unbind and split instead of brackets.
import torch

def as_view(x, shape):
    y = x.reshape(shape)
    if y.untyped_storage().data_ptr() != x.untyped_storage().data_ptr():
        raise RuntimeError("that would be a copy")
    return y

def transpose(x):
    return torch.permute(x, (1, 0))

def channels_last(x):
    return x.transpose(1, 2).transpose(2, 3)

def get(x, i, j):
    return x.select(0, i).select(0, j)

def put(x, i, j, v):
    x.narrow(0, i, 1).narrow(1, j, 1).fill_(v)
    return x

def column(x, j):
    return x.split(1, dim=1)[j].squeeze(1)

def row_max(x):
    values, order = x.sort(dim=1, descending=True, stable=True)
    return values[:, 0].clone(), order[:, 0].clone()

def residual(pred, y):
    (only,) = pred.unbind(1)
    return only.sub(y)

def add_row(x, r):
    return x.add(r.view(1, -1))

def add_column(x, c):
    return (x.T + c).T

# %% in_place_on_clones
# Clones are changed in place.
import torch

def as_shape(x, shape):
    try:
        return x.view(shape)
    except RuntimeError:
        pass
    copy = torch.empty(x.shape, dtype=x.dtype, device=x.device)
    copy.copy_(x)
    return copy.view(shape)

def get(x, i, j):
    return x[i, j].clone()

def put(x, i, j, v):
    column(x, j)[i] = v
    return x

def row_max(x):
    best = x[:, 0].clone()
    where = torch.zeros_like(best, dtype=torch.int64)
    for b in range(1, x.shape[1]):
        larger = x[:, b] > best
        best[larger] = x[larger, b]
        where[larger] = b
    return best, where

def residual(pred, y):
    out = pred.clone().reshape(-1)
    out -= y
    return out

def add_row(x, r):
    out = x.clone()
    for row in out:
        row += r
    return out

def add_column(x, c):
    out = x.clone()
    for n, number in enumerate(c):
        out[n] += number
    return out

# %% keywords_and_torch_functions
# Functions of torch with keyword arguments.
import torch

def describe(x):
    return tuple(x.size()), len(tuple(x.size())), torch.numel(x)

def as_view(x, shape):
    return torch.Tensor.view(x, tuple(shape))

def as_shape(x, shape):
    return torch.reshape(input=x, shape=shape)

def transpose(x):
    return torch.transpose(input=x, dim0=-2, dim1=-1)

def swap(x, i, j):
    return torch.swapdims(x, dim0=j, dim1=i)

def channels_last(x):
    return torch.moveaxis(x, source=(1, 2, 3), destination=(3, 1, 2))

def get(x, i, j):
    return torch.take(x, torch.tensor(i * x.shape[1] + j, device=x.device))

def put(x, i, j, v):
    mask = torch.zeros(x.shape, dtype=torch.bool, device=x.device)
    mask[i, j] = True
    return x.masked_fill_(mask, v)

def column(x, j):
    return torch.select(input=x, dim=1, index=j)

def row_max(x):
    best = torch.amax(x, dim=1, keepdim=True)
    first = torch.argmax((x == best).to(torch.uint8), dim=1)
    return torch.flatten(best), first

def residual(pred, y):
    return torch.sub(input=torch.flatten(pred), other=y)

def add_row(x, r):
    return torch.add(x, r, out=torch.empty_like(x))

def add_column(x, c):
    return torch.add(input=x, other=torch.reshape(c, (-1, 1)))
