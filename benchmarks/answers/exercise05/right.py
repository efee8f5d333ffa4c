# %% base
# Plain formulas on tensors, one loop per stack.
import torch


def linear(x, W, b):
    return x @ W.T + b


def mlp_forward(x, params, f):
    h = x
    for W, b in params[:-1]:
        h = f(linear(h, W, b))
    W, b = params[-1]
    return linear(h, W, b)


def count_parameters(sizes):
    total = 0
    for d, m in zip(sizes[:-1], sizes[1:]):
        total += d * m + m
    return total


def collapse(params):
    W, b = params[0]
    for Wk, bk in params[1:]:
        b = Wk @ b + bk
        W = Wk @ W
    return W, b

# %% einsum_and_reduce
# Einsum for the sums, functools.reduce for the stack.
from functools import reduce
from itertools import pairwise

import torch


def linear(x: torch.Tensor, W: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    return torch.einsum("...d,md->...m", x, W) + b


def mlp_forward(x, params, f):
    *hidden, last = params
    h = reduce(lambda h, layer: f(linear(h, *layer)), hidden, x)
    return linear(h, *last)


def count_parameters(sizes: list[int]) -> int:
    return sum((d + 1) * m for d, m in pairwise(sizes))


def merge(first, second):
    (W1, b1), (W2, b2) = first, second
    return torch.einsum("cm,md->cd", W2, W1), torch.einsum("cm,m->c", W2, b1) + b2


def collapse(params):
    return reduce(merge, params)

# %% python_lists
# Everything with Python floats in nested lists; the tensor is built at the end.
import math

import torch


def affine(row, W, b):
    out = []
    for m in range(len(W)):
        s = b[m]
        for i in range(len(row)):
            s += row[i] * W[m][i]
        out.append(s)
    return out


def linear(x, W, b):
    D = W.shape[1]
    M = W.shape[0]
    flat = x.reshape(math.prod(x.shape[:-1]), D).tolist()
    Wl, bl = W.tolist(), b.tolist()
    rows = [affine(r, Wl, bl) for r in flat]
    return torch.tensor(rows, dtype=x.dtype).reshape(list(x.shape[:-1]) + [M])


def mlp_forward(x, params, f):
    out = x
    last = len(params) - 1
    for i, layer in enumerate(params):
        out = linear(out, layer[0], layer[1])
        if i != last:
            out = f(out)
    return out


def collapse(params):
    dtype = params[0][0].dtype
    W = params[0][0].tolist()
    b = params[0][1].tolist()
    for Wk, bk in params[1:]:
        Wk, bk = Wk.tolist(), bk.tolist()
        b = affine(b, Wk, bk)
        columns = list(zip(*W))
        W = [[sum(p * q for p, q in zip(row, col)) for col in columns] for row in Wk]
    return torch.tensor(W, dtype=dtype), torch.tensor(b, dtype=dtype)

# %% numpy_inside
# NumPy does the sums; f still gets a tensor.
import numpy as np
import torch


def linear(x, W, b):
    y = np.matmul(x.detach().numpy(), W.detach().numpy().T) + b.detach().numpy()
    return torch.from_numpy(np.ascontiguousarray(y))


def mlp_forward(x, params, f):
    n = len(params)
    k = 0
    while k < n:
        W, b = params[k]
        x = linear(x, W, b)
        k += 1
        if k < n:
            x = f(x)
    return x


def count_parameters(sizes):
    s = np.array(sizes, dtype=np.int64)
    return int((s[:-1] * s[1:]).sum() + s[1:].sum())


def collapse(params):
    arrays = [(W.detach().numpy(), b.detach().numpy()) for W, b in params]
    P = np.eye(arrays[-1][0].shape[0], dtype=arrays[-1][0].dtype)
    total = np.zeros_like(arrays[-1][1])
    for W, b in reversed(arrays):
        total = total + P @ b
        P = P @ W
    return torch.from_numpy(P), torch.from_numpy(total)

# %% broadcast_products
# Multiplies with broadcasting and sums over the inputs.
import torch


def linear(x, W, b):
    products = x.unsqueeze(-2) * W
    return products.sum(dim=-1) + b


def mlp_forward(x, params, f):
    h = linear(x, *params[0])
    for W, b in params[1:]:
        h = linear(f(h), W, b)
    return h


def count_parameters(sizes):
    weights = sum(sizes[i] * sizes[i + 1] for i in range(len(sizes) - 1))
    biases = sum(sizes) - sizes[0]
    return weights + biases


def collapse(params):
    W = params[0][0].clone()
    b = params[0][1].clone()
    for k in range(1, len(params)):
        Wk, bk = params[k]
        b = (Wk * b).sum(1) + bk
        W = (Wk.unsqueeze(2) * W.unsqueeze(0)).sum(1)
    return W, b

# %% recursive
# Every stack function calls itself with one layer less.
import torch


def mlp_forward(x, params, f):
    (W, b), rest = params[0], params[1:]
    y = linear(x, W, b)
    return mlp_forward(f(y), rest, f) if rest else y


def count_parameters(sizes):
    if len(sizes) < 2:
        return 0
    d, m, *_ = sizes
    return m * (d + 1) + count_parameters(sizes[1:])


def collapse(params):
    if len(params) == 1:
        W, b = params[0]
        return W, b
    W, b = collapse(params[:-1])
    W_last, b_last = params[-1]
    return W_last.mm(W), W_last.mv(b).add(b_last)

# %% homogeneous_coordinates
# A layer is one matrix that also holds the bias: x gets a 1, the matrix a last column and row.
import torch


def with_bias(W, b):
    return torch.cat([W, b[:, None]], dim=1)


def linear(x, W, b):
    ones = x.new_ones(x.shape[:-1] + (1,))
    return torch.cat([x, ones], dim=-1) @ with_bias(W, b).transpose(0, 1)


def collapse(params):
    D = params[0][0].shape[1]
    dtype = params[0][0].dtype
    A = torch.eye(D + 1, dtype=dtype)
    for W, b in params:
        bottom = torch.zeros(1, W.shape[1] + 1, dtype=dtype)
        bottom[0, -1] = 1
        A = torch.cat([with_bias(W, b), bottom]) @ A
    return A[:-1, :-1], A[:-1, -1]

# %% addmm_on_flat_rows
# Flattens the samples, calls addmm, and restores the axes; the weights of the collapsed layer come from multi_dot.
import torch


def linear(x, W, b):
    lead, D = x.shape[:-1], x.shape[-1]
    rows = x.reshape(-1, D)
    return torch.addmm(b, rows, W.t()).reshape(*lead, W.shape[0])


def mlp_forward(x, params, f):
    for i in range(len(params)):
        W = params[i][0]
        b = params[i][1]
        x = linear(x, W=W, b=b)
        if i < len(params) - 1:
            x = f(x)
    return x


def count_parameters(sizes):
    n = 0
    previous = None
    for size in sizes:
        if previous is not None:
            n = n + previous * size + size
        previous = size
    return n


def collapse(params):
    Ws = [W for W, _ in params]
    if len(Ws) == 1:
        return params[0][0].clone(), params[0][1].clone()
    b = torch.zeros_like(params[0][1])
    for k, (W, bk) in enumerate(params):
        b = bk if k == 0 else torch.addmv(bk, W, b)
    return torch.linalg.multi_dot(Ws[::-1]), b

# %% one_neuron_at_a_time
# Fills a new tensor column by column, neuron by neuron.
import torch


def linear(x, W, b):
    out = torch.empty(*x.shape[:-1], len(b), dtype=x.dtype)
    for m in range(len(b)):
        out[..., m] = (x * W[m]).sum(-1) + b[m]
    return out


def mlp_forward(x, params, f):
    outputs = [x]
    for W, b in params:
        inputs = outputs[-1] if len(outputs) == 1 else f(outputs[-1])
        outputs.append(linear(inputs, W, b))
    return outputs[-1]


def collapse(params):
    D = params[0][0].size(1)
    zero = torch.zeros(D, dtype=params[0][0].dtype)
    b = zero
    for W, bias in params:
        b = linear(b, W, bias)
    columns = []
    for i in range(D):
        column = zero.clone()
        column[i] = 1
        for W, _ in params:
            column = W @ column
        columns.append(column)
    return torch.stack(columns, dim=1), b

# %% dataclass_layers
# Small classes for the layer and the stack.
from dataclasses import dataclass
from functools import reduce

import torch


@dataclass(frozen=True)
class Dense:
    W: torch.Tensor
    b: torch.Tensor

    def __call__(self, x):
        return torch.tensordot(x, self.W, dims=([-1], [1])) + self.b

    def after(self, first):
        return Dense(self.W @ first.W, self.W @ first.b + self.b)


def linear(x, W, b):
    return Dense(W, b)(x)


def mlp_forward(x, params, f):
    layers = [Dense(*p) for p in params]
    for layer in layers[:-1]:
        x = f(layer(x))
    return layers[-1](x)


def count_parameters(sizes):
    tensors = []
    for d, m in zip(sizes, sizes[1:]):
        tensors += [torch.empty(m, d, device="meta"), torch.empty(m, device="meta")]
    return sum(t.numel() for t in tensors)


def collapse(params):
    one = reduce(lambda done, layer: layer.after(done), [Dense(*p) for p in params])
    return one.W, one.b

# %% convolution_and_jacobian
# A dense layer as a convolution with one tap; b is the stack's output at 0, W the stack's Jacobian there.
import torch
import torch.nn.functional as F


def linear(x, W, b):
    rows = x.reshape(-1, x.shape[-1], 1)
    return F.conv1d(rows, W[:, :, None], b).reshape(x.shape[:-1] + b.shape)


def count_parameters(sizes):
    return sum(sizes[i - 1] * sizes[i] + sizes[i] for i in range(1, len(sizes)))


def identity(z):
    return z


def collapse(params):
    D = params[0][0].shape[1]
    zero = torch.zeros(D, dtype=params[0][0].dtype)

    def stack(v):
        return mlp_forward(v, params, identity)

    return torch.autograd.functional.jacobian(stack, zero), stack(zero).detach()

# %% double_and_back
# Computes in float64 and rounds once, to the dtype of the input; the stack is written on copies.
import torch


def linear(x, W, b):
    y = torch.matmul(x.double(), W.double().transpose(-2, -1))
    y += b.double()
    return y.to(x.dtype)


def mlp_forward(x, params, f):
    layers = list(params)
    W_out, b_out = layers.pop()
    h = x.clone()
    while layers:
        W, b = layers.pop(0)
        h = f(h.matmul(W.T).add_(b))
    return h.matmul(W_out.T).add_(b_out)


def count_parameters(sizes):
    rest = list(sizes)
    d = rest.pop(0)
    total = 0
    while rest:
        m = rest.pop(0)
        total += d * m
        total += m
        d = m
    return total


def collapse(params):
    dtype = params[0][1].dtype
    stack = [(W.double(), b.double()) for W, b in params]
    while len(stack) > 1:
        W2, b2 = stack.pop()
        W1, b1 = stack.pop()
        stack.append((W2 @ W1, W2 @ b1 + b2))
    W, b = stack[0]
    return (W.to(dtype), b.to(dtype))
