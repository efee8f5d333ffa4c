# %% masks_by_sign
# Boolean masks and torch.where, the sigmoid by the sign of z.
import torch


def my_sigmoid(z):
    out = torch.empty_like(z)
    pos = z >= 0
    out[pos] = 1 / (1 + torch.exp(-z[pos]))
    e = torch.exp(z[~pos])
    out[~pos] = e / (1 + e)
    return out


def bounded(logs):
    return torch.where(logs > -100, logs, torch.full_like(logs, -100.0))


def binary_cross_entropy(p, y):
    terms = y * bounded(torch.log(p)) + (1 - y) * bounded(torch.log1p(-p))
    return terms.sum() / -p.shape[0]


def binary_cross_entropy_with_logits(z, y):
    loss = torch.empty_like(z)
    pos = z > 0
    loss[pos] = (1 - y[pos]) * z[pos] + torch.log1p(torch.exp(-z[pos]))
    loss[~pos] = -y[~pos] * z[~pos] + torch.log1p(torch.exp(z[~pos]))
    return loss.mean()


def binary_cross_entropy_with_logits_grad(z, y):
    return (my_sigmoid(z) - y) / z.shape[0]


def cross_entropy(z, y):
    right = torch.arange(z.shape[1], device=z.device) == y.unsqueeze(1)
    return -log_softmax(z)[right].mean()


def cross_entropy_grad(z, y):
    right = torch.arange(z.shape[1], device=z.device) == y.unsqueeze(1)
    p = softmax(z)
    return torch.where(right, p - 1, p) / z.shape[0]

# %% one_row_at_a_time
# Recursion over the axes: a stack of the results of the rows.
import torch


def over_rows(f, *tensors):
    first = tensors[0]
    if first.dim() == 1:
        return f(*tensors)
    if first.shape[0] == 0:
        return torch.empty_like(first)
    return torch.stack([over_rows(f, *parts) for parts in zip(*tensors)])


def _softmax1(a):
    e = torch.exp(a - a.max())
    return e / e.sum()


def _log_softmax1(a):
    a = a - a.max()
    return a - torch.log(torch.exp(a).sum())


def softmax(z):
    return over_rows(_softmax1, z)


def log_softmax(z):
    return over_rows(_log_softmax1, z)


def softmax_vjp(z, v):
    def f(a, u):
        p = _softmax1(a)
        jac = torch.diag(p) - torch.outer(p, p)
        return u @ jac

    return over_rows(f, z, v)


def log_softmax_vjp(z, v):
    def f(a, u):
        jac = torch.eye(len(a), dtype=a.dtype, device=a.device) - _softmax1(a).expand(len(a), len(a))
        return jac.T @ u

    return over_rows(f, z, v)


def cross_entropy(z, y):
    total = z.new_zeros(())
    for row, c in zip(z, y):
        total = total - _log_softmax1(row)[c]
    return total / z.shape[0]


def cross_entropy_grad(z, y):
    g = torch.empty_like(z)
    for n in range(z.shape[0]):
        for c in range(z.shape[1]):
            g[n, c] = (_softmax1(z[n])[c] - (1 if c == y[n] else 0)) / z.shape[0]
    return g


def mse_grad(pred, y):
    if pred.shape != y.shape:
        raise ValueError(f"{pred.shape} is not {y.shape}")
    g = torch.empty(pred.numel(), dtype=pred.dtype, device=pred.device)
    for i, (a, b) in enumerate(zip(pred.reshape(-1), y.reshape(-1))):
        g[i] = (a - b) * 2 / pred.numel()
    return g.reshape(pred.shape)

# %% dataclass_and_hints
# A frozen dataclass that is built anew in each call, type hints, no_grad.
from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass(frozen=True)
class Shifted:
    logits: Tensor
    exps: Tensor
    total: Tensor

    @classmethod
    def of(cls, z: Tensor) -> "Shifted":
        logits = z - torch.max(z, dim=-1, keepdim=True).values
        exps = logits.exp()
        return cls(logits, exps, exps.sum(dim=-1, keepdim=True))

    @property
    def probabilities(self) -> Tensor:
        return self.exps / self.total

    @property
    def log_probabilities(self) -> Tensor:
        return self.logits - self.total.log()


@torch.no_grad()
def softmax(z: Tensor) -> Tensor:
    return Shifted.of(z).probabilities


@torch.no_grad()
def log_softmax(z: Tensor) -> Tensor:
    return Shifted.of(z).log_probabilities


@torch.no_grad()
def softmax_vjp(z: Tensor, v: Tensor) -> Tensor:
    s = Shifted.of(z)
    mean_v = (s.exps * v).sum(-1, keepdim=True) / s.total
    return s.probabilities * (v - mean_v)


@torch.no_grad()
def log_softmax_vjp(z: Tensor, v: Tensor) -> Tensor:
    return torch.addcmul(v, Shifted.of(z).probabilities, v.sum(-1, keepdim=True), value=-1.0)


@torch.no_grad()
def cross_entropy(z: Tensor, y: Tensor) -> Tensor:
    s = Shifted.of(z)
    right = s.logits.take_along_dim(y.reshape(-1, 1), dim=1)
    return (s.total.log() - right).mean()


@torch.no_grad()
def binary_cross_entropy(p: Tensor, y: Tensor) -> Tensor:
    floor: float = -100.0
    yes = p.log().nan_to_num(neginf=floor).clamp_min(floor)
    no = p.neg().log1p().nan_to_num(neginf=floor).clamp_min(floor)
    return torch.lerp(no, yes, y).mean().neg()

# %% own_log_sum
# Other formulas: a log-sum of two that is repeated over the classes, the binary loss as a mix of two such.
import torch


def log_add(a, b):
    return torch.maximum(a, b) + torch.log1p(torch.exp(-torch.abs(a - b)))


def log_one_plus_exp(x):
    return log_add(x, torch.zeros_like(x))


def binary_cross_entropy_with_logits(z, y):
    return (y * log_one_plus_exp(-z) + (1 - y) * log_one_plus_exp(z)).mean()


def binary_cross_entropy_with_logits_grad(z, y):
    log_p, log_q = -log_one_plus_exp(-z), -log_one_plus_exp(z)
    return ((1 - y) * log_p.exp() - y * log_q.exp()) / len(z)


def binary_cross_entropy_grad(p, y):
    return ((1 - y) / (1 - p) - y / p) / len(p)


def log_softmax(z):
    s = z - z.amax(-1, keepdim=True)
    total = s[..., :1]
    for c in range(1, z.shape[-1]):
        total = log_add(total, s[..., c : c + 1])
    return s - total


def mse(pred, y):
    if pred.shape != y.shape:
        raise ValueError("not the same shape")
    return torch.linalg.vector_norm(pred - y) ** 2 / pred.numel()


def cross_entropy(z, y):
    s = z - z.amax(-1, keepdim=True)
    margins = s - s.gather(1, y.unsqueeze(1))
    top = margins.amax(1, keepdim=True)
    return (top.squeeze(1) + (margins - top).exp().sum(1).log()).mean()

# %% keywords_and_lambdas
# Functions of torch with keywords, lambdas, the statement's literal log(1 + e**...) and log(1 - p).
import torch

_top = lambda z: torch.amax(input=z, dim=-1, keepdim=True)
_rowsum = lambda t: torch.sum(input=t, dim=-1, keepdim=True)
_floor_log = lambda x: torch.clamp(input=torch.log(x), min=-100.0)


def mse(pred, y):
    if not pred.shape == y.shape:
        raise ValueError("broadcasting is not wanted here")
    return torch.mean(torch.square(torch.sub(pred, y)))


def binary_cross_entropy(p, y):
    losses = -torch.mul(y, _floor_log(p)) - torch.mul(1.0 - y, _floor_log(1.0 - p))
    return torch.mean(losses)


binary_cross_entropy_grad = lambda p, y: torch.div(p - y, (p - p * p) * p.numel())


def binary_cross_entropy_with_logits(z, y):
    losses = torch.relu(z) - y * z + torch.log(1 + torch.exp(-torch.abs(z)))
    return torch.mean(losses)


def binary_cross_entropy_with_logits_grad(z, y):
    sig = torch.special.expit(z)
    return torch.div(sig - y, z.numel())


softmax = lambda z: torch.exp(z - _top(z)) / _rowsum(torch.exp(z - _top(z)))
log_softmax = lambda z: (z - _top(z)) - torch.log(_rowsum(torch.exp(z - _top(z))))
softmax_vjp = lambda z, v: (lambda p: p * v - p * _rowsum(p * v))(softmax(z))
log_softmax_vjp = lambda z, v: torch.sub(v, torch.mul(softmax(z), _rowsum(v)))


def cross_entropy(z, y):
    return torch.neg(torch.mean(torch.gather(input=log_softmax(z), dim=1, index=y.unsqueeze(dim=1))))


def cross_entropy_grad(z, y):
    target = torch.zeros_like(z).index_put((torch.arange(z.shape[0], device=z.device), y), z.new_ones(()))
    return (softmax(z) - target).div(z.shape[0])

# %% mse_grad_divides_first
# mse_grad computes the Python number 2 / numel first: a ZeroDivisionError without elements, which no gradient has to stand.
def mse_grad(pred, y):
    if pred.shape != y.shape:
        raise ValueError("shape")
    factor = 2 / pred.numel()
    return factor * (pred - y)
