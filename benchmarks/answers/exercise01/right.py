# %% base
# Plain formulas on tensors.
import torch


def neuron(a, w, b, f):
    return f((a * w).sum() + b)


def neuron_batch(A, W, b, f):
    return f(A @ W.T + b)

# %% loops_over_elements
# Index loops; the sums go into a matrix and f is applied to the whole of it.
def neuron(a, w, b, f):
    z = torch.zeros((), dtype=a.dtype)
    for i in range(a.shape[0]):
        z = z + a[i] * w[i]
    z = z + b
    return f(z)

def neuron_batch(A, W, b, f):
    N, D = A.shape
    M = W.shape[0]
    Z = torch.zeros(N, M, dtype=A.dtype)
    for n in range(N):
        for m in range(M):
            for i in range(D):
                Z[n, m] += A[n, i] * W[m, i]
            Z[n, m] += b[m]
    return f(Z)

# %% python_lists
# Pure Python numbers, turned into a tensor of the right dtype at the end.
def neuron(a, w, b, f):
    z = b.item()
    for x, weight in zip(a.tolist(), w.tolist()):
        z += x * weight
    return f(torch.tensor(z, dtype=a.dtype))

def neuron_batch(A, W, b, f):
    biases = b.tolist()
    weights = W.tolist()
    rows = []
    for sample in A.tolist():
        row = []
        for ws, bias in zip(weights, biases):
            row.append(sum(x * y for x, y in zip(sample, ws)) + bias)
        rows.append(row)
    return f(torch.tensor(rows, dtype=A.dtype))

# %% einsum_both
# Index notation.
from collections.abc import Callable

Function = Callable[[torch.Tensor], torch.Tensor]

def neuron(a: torch.Tensor, w: torch.Tensor, b: torch.Tensor, f: Function) -> torch.Tensor:
    return f(torch.einsum("i,i->", a, w) + b)

def neuron_batch(A: torch.Tensor, W: torch.Tensor, b: torch.Tensor, f: Function) -> torch.Tensor:
    z = torch.einsum("ni,mi->nm", A, W) + b
    return f(z)

# %% numpy_arrays
# NumPy in the inputs' own dtype.
import numpy as np

def neuron(a, w, b, f):
    z = np.dot(a.numpy(), w.numpy()) + b.numpy()
    return f(torch.from_numpy(np.asarray(z, dtype=a.numpy().dtype)))

def neuron_batch(A, W, b, f):
    A_, W_, b_ = A.numpy(), W.numpy(), b.numpy()
    return f(torch.from_numpy(A_ @ W_.T + b_[np.newaxis, :]))

# %% dot_and_addmm
# torch.dot, and bias and product in one call.
def neuron(a, w, b, f):
    z = torch.add(torch.dot(a, w), b)
    return f(z)

def neuron_batch(A, W, b, f):
    return f(torch.addmm(b, A, W.t()))

# %% broadcast_then_sum
# All products in a block [N, M, D], summed over its last axis; the single neuron is a batch of one.
def neuron_batch(A, W, b, f):
    products = A[:, None, :] * W[None, :, :]
    sums = products.sum(dim=-1)
    return f(sums + b[None, :])

def neuron(a, w, b, f):
    z = neuron_batch(a[None], w[None], b[None], lambda s: s)
    return f(z.reshape(()))

# %% single_neuron_reused
# The batch asks neuron for each sum with the identity, and applies f once to the stacked sums.
def neuron(a, w, b, f):
    total = sum(ai * wi for ai, wi in zip(a, w))
    return f(total + b)

def same(z):
    return z

def neuron_batch(A, W, b, f):
    Z = torch.stack([
        torch.stack([neuron(A[n], W[m], b[m], same) for m in range(len(W))])
        for n in range(len(A))
    ])
    return f(Z)

# %% bias_as_extra_weight
# The bias is the weight of one more input, which is always 1.
def with_one(t):
    ones = t.new_ones(t.shape[:-1] + (1,))
    return torch.cat([t, ones], dim=-1)

def neuron(a, w, b, f):
    return f(torch.inner(with_one(a), torch.cat([w, b.reshape(1)])))

def neuron_batch(A, W, b, f):
    W1 = torch.cat((W, b.unsqueeze(1)), dim=1)
    return f(torch.matmul(with_one(A), W1.transpose(0, 1)))

# %% dataclass_layer
# A small class holds weights and bias; neurons first, then transposed.
from dataclasses import dataclass

@dataclass
class Layer:
    weights: torch.Tensor
    bias: torch.Tensor

    def sums(self, samples):
        return (self.weights @ samples.T + self.bias[:, None]).T

def neuron(a, w, b, f):
    layer = Layer(weights=w.unsqueeze(0), bias=b.unsqueeze(0))
    return f(layer.sums(a.unsqueeze(0))[0, 0])

def neuron_batch(A, W, b, f):
    return f(Layer(weights=W, bias=b).sums(samples=A))

# %% in_place_on_clones
# In-place steps, but only on copies; the batch adds one outer product per input.
def neuron(a, w, b, f):
    p = a.clone()
    p.mul_(w)
    z = p.sum()
    z.add_(b)
    return f(z)

def neuron_batch(A, W, b, f):
    Z = b.repeat(A.size(0), 1)
    for i in range(A.size(1)):
        Z += torch.outer(A[:, i], W[:, i])
    return f(Z)

# %% exact_sum_and_columns
# math.fsum for one neuron; the batch makes one column per neuron.
import math

def neuron(a, w, b, f):
    terms = [float(x) * float(y) for x, y in zip(a, w)]
    terms.append(float(b))
    return f(torch.full((), math.fsum(terms), dtype=w.dtype))

def neuron_batch(A, W, b, f):
    columns = [torch.mv(A, weights) + bias for weights, bias in zip(W, b)]
    return f(torch.stack(columns, dim=1))
