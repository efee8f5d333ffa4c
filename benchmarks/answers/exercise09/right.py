# %% base
# Plain formulas on tensors.
import torch


def same_shape(pred, y):
    if pred.shape != y.shape:
        raise ValueError(f"shapes differ: {tuple(pred.shape)} and {tuple(y.shape)}")


def mse(pred, y):
    same_shape(pred, y)
    return ((pred - y) ** 2).mean()


def mse_grad(pred, y):
    same_shape(pred, y)
    return 2 * (pred - y) / pred.numel()


def binary_cross_entropy(p, y):
    log_p = torch.log(p).clamp(min=-100)
    log_q = torch.log1p(-p).clamp(min=-100)
    return -(y * log_p + (1 - y) * log_q).mean()


def binary_cross_entropy_grad(p, y):
    return (p - y) / (p * (1 - p)) / p.numel()


def binary_cross_entropy_with_logits(z, y):
    return (z.clamp(min=0) - z * y + torch.log1p(torch.exp(-z.abs()))).mean()


def binary_cross_entropy_with_logits_grad(z, y):
    return (torch.sigmoid(z) - y) / z.numel()


def softmax(z):
    e = torch.exp(z - z.amax(dim=-1, keepdim=True))
    return e / e.sum(dim=-1, keepdim=True)


def log_softmax(z):
    s = z - z.amax(dim=-1, keepdim=True)
    return s - torch.log(torch.exp(s).sum(dim=-1, keepdim=True))


def softmax_vjp(z, v):
    p = softmax(z)
    return p * (v - (p * v).sum(dim=-1, keepdim=True))


def log_softmax_vjp(z, v):
    return v - softmax(z) * v.sum(dim=-1, keepdim=True)


def cross_entropy(z, y):
    n = torch.arange(len(y), device=y.device)
    return -log_softmax(z)[n, y].mean()


def cross_entropy_grad(z, y):
    g = softmax(z)
    g[torch.arange(len(y), device=y.device), y] -= 1
    return g / len(y)

# %% lists_and_math
# Pure Python: lists of rows and the math module, one tensor at the end.
import math

import torch


def pack(values, like, shape):
    return torch.tensor(values, dtype=like.dtype, device=like.device).reshape(shape)


def rows_of(t):
    return t.reshape(-1, t.shape[-1]).tolist()


def safe_log(x):
    return max(math.log(x), -100.0) if x > 0 else -100.0


def softmax_row(row):
    top = max(row)
    e = [math.exp(a - top) for a in row]
    total = math.fsum(e)
    return [a / total for a in e]


def log_softmax_row(row):
    top = max(row)
    log_total = math.log(math.fsum(math.exp(a - top) for a in row))
    return [a - top - log_total for a in row]


def mse(pred, y):
    if list(pred.shape) != list(y.shape):
        raise ValueError("pred and y need the same shape")
    squares = [(a - b) ** 2 for a, b in zip(pred.flatten().tolist(), y.flatten().tolist())]
    return pack(math.fsum(squares) / len(squares), pred, ())


def mse_grad(pred, y):
    if list(pred.shape) != list(y.shape):
        raise ValueError("pred and y need the same shape")
    a, b = pred.flatten().tolist(), y.flatten().tolist()
    return pack([2 * (a[i] - b[i]) / len(a) for i in range(len(a))], pred, pred.shape)


def binary_cross_entropy(p, y):
    total = 0.0
    for a, t in zip(p.tolist(), y.tolist()):
        total -= t * safe_log(a) + (1 - t) * safe_log(1 - a)
    return pack(total / len(p), p, ())


def binary_cross_entropy_grad(p, y):
    out = []
    for a, t in zip(p.tolist(), y.tolist()):
        out.append((a - t) / (a * (1 - a) * len(p)))
    return pack(out, p, p.shape)


def binary_cross_entropy_with_logits(z, y):
    total = 0.0
    for a, t in zip(z.tolist(), y.tolist()):
        total += max(a, 0.0) - a * t + math.log1p(math.exp(-abs(a)))
    return pack(total / len(z), z, ())


def binary_cross_entropy_with_logits_grad(z, y):
    out = []
    for a, t in zip(z.tolist(), y.tolist()):
        if a >= 0:
            s = 1 / (1 + math.exp(-a))
        else:
            s = math.exp(a) / (1 + math.exp(a))
        out.append((s - t) / len(z))
    return pack(out, z, z.shape)


def softmax(z):
    return pack([softmax_row(r) for r in rows_of(z)], z, z.shape)


def log_softmax(z):
    return pack([log_softmax_row(r) for r in rows_of(z)], z, z.shape)


def softmax_vjp(z, v):
    out = []
    for r, u in zip(rows_of(z), rows_of(v)):
        p = softmax_row(r)
        dot = math.fsum(a * b for a, b in zip(p, u))
        out.append([a * (b - dot) for a, b in zip(p, u)])
    return pack(out, z, z.shape)


def log_softmax_vjp(z, v):
    out = []
    for r, u in zip(rows_of(z), rows_of(v)):
        s = math.fsum(u)
        out.append([b - a * s for a, b in zip(softmax_row(r), u)])
    return pack(out, z, z.shape)


def cross_entropy(z, y):
    losses = [-log_softmax_row(r)[c] for r, c in zip(z.tolist(), y.tolist())]
    return pack(sum(losses) / len(losses), z, ())


def cross_entropy_grad(z, y):
    out = []
    for r, c in zip(z.tolist(), y.tolist()):
        p = softmax_row(r)
        out.append([(a - (k == c)) / len(y) for k, a in enumerate(p)])
    return pack(out, z, z.shape)

# %% numpy_all
# NumPy arrays inside, a tensor at the way out.
import numpy as np
import torch


def to_np(t):
    return t.detach().cpu().numpy()


def to_torch(a, like):
    return torch.from_numpy(np.array(a)).to(dtype=like.dtype, device=like.device)


def np_softmax(a):
    e = np.exp(a - np.max(a, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1, keepdims=True)


def mse(pred, y):
    if pred.shape != y.shape:
        raise ValueError("mse: unequal shapes")
    return to_torch(np.mean(np.square(to_np(pred) - to_np(y))), pred)


def mse_grad(pred, y):
    if pred.shape != y.shape:
        raise ValueError("mse_grad: unequal shapes")
    return to_torch((to_np(pred) - to_np(y)) * 2 / max(pred.numel(), 1), pred)


def binary_cross_entropy(p, y):
    p, t = to_np(p), to_np(y)
    with np.errstate(divide="ignore"):
        a = np.maximum(np.log(p), -100)
        b = np.maximum(np.log1p(-p), -100)
    return to_torch(-np.mean(t * a + (1 - t) * b), y)


def binary_cross_entropy_grad(p, y):
    q, t = to_np(p), to_np(y)
    return to_torch((q - t) / (q * (1 - q) * q.size), p)


def binary_cross_entropy_with_logits(z, y):
    a, t = to_np(z), to_np(y)
    return to_torch(np.mean(np.maximum(a, 0) - a * t + np.log1p(np.exp(-np.abs(a)))), z)


def binary_cross_entropy_with_logits_grad(z, y):
    a, t = to_np(z), to_np(y)
    e = np.exp(-np.abs(a))
    s = np.where(a >= 0, 1 / (1 + e), e / (1 + e))
    return to_torch((s - t) / a.size, z)


def softmax(z):
    return to_torch(np_softmax(to_np(z)), z)


def log_softmax(z):
    a = to_np(z)
    a = a - a.max(axis=-1, keepdims=True)
    return to_torch(a - np.log(np.exp(a).sum(axis=-1, keepdims=True)), z)


def softmax_vjp(z, v):
    p, u = np_softmax(to_np(z)), to_np(v)
    return to_torch(p * (u - (p * u).sum(axis=-1, keepdims=True)), z)


def log_softmax_vjp(z, v):
    u = to_np(v)
    return to_torch(u - np_softmax(to_np(z)) * u.sum(axis=-1, keepdims=True), z)


def cross_entropy(z, y):
    logp = to_np(log_softmax(z))
    picked = np.take_along_axis(logp, to_np(y)[:, None], axis=1)
    return to_torch(-picked.mean(), z)


def cross_entropy_grad(z, y):
    p = np_softmax(to_np(z))
    p[np.arange(p.shape[0]), to_np(y)] -= 1
    return to_torch(p / p.shape[0], z)

# %% einsum_jacobian
# Builds the Jacobians and contracts them with einsum; one-hot classes.
import torch
import torch.nn.functional as F


def jacobian_softmax(z):
    p = softmax(z)
    return torch.diag_embed(p) - torch.einsum("...i,...j->...ij", p, p)


def jacobian_log_softmax(z):
    p = softmax(z)
    eye = torch.eye(z.shape[-1], dtype=z.dtype, device=z.device)
    return eye - p.unsqueeze(-2)


def softmax_vjp(z, v):
    return torch.einsum("...i,...ij->...j", v, jacobian_softmax(z))


def log_softmax_vjp(z, v):
    return torch.einsum("...i,...ij->...j", v, jacobian_log_softmax(z))


def cross_entropy(z, y):
    hot = F.one_hot(y, z.shape[1]).to(z.dtype)
    return -torch.einsum("nc,nc->", hot, log_softmax(z)) / z.shape[0]


def cross_entropy_grad(z, y):
    hot = F.one_hot(y, z.shape[1]).to(z.dtype)
    return (softmax(z) - hot) / z.shape[0]


def mse(pred, y):
    if pred.shape != y.shape:
        raise ValueError
    r = (pred - y).reshape(-1)
    return torch.einsum("i,i->", r, r) / r.numel()

# %% double_inside
# Everything in float64 inside, cast back; e**-100 bounds the probability, which float64 can hold.
import math

import torch

TINY = math.exp(-100)


def mse(pred, y):
    if tuple(pred.shape) != tuple(y.shape):
        raise ValueError("shape mismatch")
    d = pred.double() - y.double()
    return (d * d).mean().to(pred.dtype)


def mse_grad(pred, y):
    if tuple(pred.shape) != tuple(y.shape):
        raise ValueError("shape mismatch")
    d = pred.double() - y.double()
    return (2 * d / d.numel()).to(pred.dtype)


def binary_cross_entropy(p, y):
    p64, y64 = p.to(torch.float64), y.to(torch.float64)
    a = p64.clamp(min=TINY).log()
    b = (1 - p64).clamp(min=TINY).log()
    return (y64 * a + (1 - y64) * b).mean().neg().to(p.dtype)


def binary_cross_entropy_with_logits(z, y):
    a, t = z.double(), y.double()
    losses = torch.relu(a) - a * t + torch.log1p((-a.abs()).exp())
    return losses.mean().to(z.dtype)


def log_softmax(z):
    a = z.double()
    a = a - a.max(-1, keepdim=True).values
    return (a - a.exp().sum(-1, keepdim=True).log()).to(z.dtype)


def softmax(z):
    return log_softmax(z.double()).exp().to(z.dtype)


def softmax_vjp(z, v):
    p, u = softmax(z.double()), v.double()
    return (p * u - p * (p * u).sum(-1, keepdim=True)).to(z.dtype)

# %% in_place_on_clones
# Methods with an underscore, on a copy of its own.
import torch


def mse(pred, y):
    if pred.size() != y.size():
        raise ValueError("sizes")
    d = pred.clone()
    d.sub_(y).pow_(2)
    return d.mean()


def mse_grad(pred, y):
    if pred.size() != y.size():
        raise ValueError("sizes")
    g = pred.detach().clone()
    g -= y
    g *= 2
    g /= g.numel()
    return g


def binary_cross_entropy_grad(p, y):
    g = p.detach().clone()
    g.sub_(y)
    g.div_(p).div_(1 - p).div_(p.shape[0])
    return g


def softmax(z):
    out = z.detach().clone()
    out.sub_(out.max(dim=-1, keepdim=True)[0])
    out.exp_()
    out.div_(out.sum(dim=-1, keepdim=True))
    return out


def log_softmax(z):
    out = z.detach().clone()
    out.sub_(out.max(dim=-1, keepdim=True)[0])
    out.sub_(out.exp().sum(dim=-1, keepdim=True).log_())
    return out


def softmax_vjp(z, v):
    p = softmax(z)
    out = v.detach().clone()
    out -= (v * p).sum(dim=-1, keepdim=True)
    out *= p
    return out


def log_softmax_vjp(z, v):
    out = softmax(z)
    out *= -v.sum(dim=-1, keepdim=True)
    out += v
    return out


def cross_entropy_grad(z, y):
    out = softmax(z)
    out.scatter_add_(1, y.view(-1, 1), -torch.ones(len(y), 1, dtype=z.dtype, device=z.device))
    out.div_(z.size(0))
    return out

# %% chain_of_vjps
# Each gradient as a vjp of log_softmax; a binary logit as two classes with logits (z, 0).
import torch


def two_classes(z):
    return torch.stack([z, torch.zeros_like(z)], dim=-1)


def binary_cross_entropy_with_logits(z, y):
    targets = torch.stack([y, 1 - y], dim=-1)
    return -(targets * log_softmax(two_classes(z))).sum(dim=-1).mean()


def binary_cross_entropy_with_logits_grad(z, y):
    targets = torch.stack([y, 1 - y], dim=-1)
    return log_softmax_vjp(two_classes(z), -targets / z.numel())[..., 0].clone()


def softmax_vjp(z, v):
    return log_softmax_vjp(z, v * softmax(z))


def cross_entropy(z, y):
    return -log_softmax(z).gather(1, y[:, None]).mean()


def cross_entropy_grad(z, y):
    v = torch.zeros_like(z)
    v[range(len(y)), y.tolist()] = -1 / max(len(y), 1)
    return log_softmax_vjp(z, v)
