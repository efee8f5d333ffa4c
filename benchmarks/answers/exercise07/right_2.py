# %% explicit_expand
# Rows and columns are expanded before the sum; everything says the sizes aloud.
import torch

def as_view(x, shape):
    return x.view(*shape) if shape else x.view(())

def as_shape(x, shape):
    try:
        return as_view(x, shape)
    except RuntimeError:
        return x.flatten().view(shape)

def swap(x, i, j):
    axes = x.dim()
    i, j = i % axes, j % axes
    if i == j:
        return x.view(x.shape)
    return x.movedim((i, j), (j, i))

def get(x, i, j):
    A, B = x.shape
    return x.reshape(A * B)[i * B + j]

def put(x, i, j, v):
    x[i : i + 1, j : j + 1] = v
    return x

def column(x, j):
    return x.unbind(dim=1)[j]

def row_max(x):
    A = x.size(0)
    j = x.argmax(1)
    return x[torch.arange(A, device=x.device), j], j

def residual(pred, y):
    N = y.size(0)
    difference = pred - y.view(N, 1)
    return difference.view(N)

def add_row(x, r):
    N, D = x.shape
    return x + r.view(1, D).expand(N, D)

def add_column(x, c):
    N, D = x.shape
    return x + c.expand(D, N).t()

# %% one_rule_for_all
# A small class of rules and one broadcasting helper; the diagonal of all the differences is the residual.
import torch
from dataclasses import dataclass

@dataclass(frozen=True)
class Shape:
    sizes: tuple
    @property
    def axes(self): return len(self.sizes)
    @property
    def elements(self):
        n = 1
        for s in self.sizes: n *= s
        return n

def describe(x):
    s = Shape(tuple(x.shape))
    return s.sizes, s.axes, s.elements

def as_view(x, shape):
    return torch.ops.aten.view(x, shape)

def reorder(x, order):
    return x.permute(*order)

def transpose(x): return swap(x, 0, 1)

def swap(x, i, j):
    names = [*range(x.ndim)]
    a, b = names[i], names[j]
    return reorder(x, [b if k == a else a if k == b else k for k in names])

def channels_last(x): return reorder(x, (0, 2, 3, 1))

def put(x, i, j, v):
    value = torch.tensor([v], dtype=x.dtype, device=x.device)
    return x.index_put_((torch.tensor([i]), torch.tensor([j])), value)

def column(x, j): return transpose(x)[j, :]

def row_max(x):
    pairs = [max(enumerate(row), key=lambda p: p[1]) for row in x.tolist()]
    k = torch.tensor([j for j, _ in pairs], dtype=torch.int64, device=x.device)
    return torch.take_along_dim(x, k.reshape(-1, 1), dim=1).reshape(-1), k

def residual(pred, y): return torch.diagonal(pred - y).clone()

def along(x, v, axis):
    shape = [1, 1]
    shape[axis] = -1 if len(v) else 0
    return x + v.reshape(shape)

def add_row(x, r): return along(x, r, axis=1)

def add_column(x, c): return along(x, c, axis=0)
