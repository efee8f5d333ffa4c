# %% base
# Plain formulas.
import math

import torch


def importance_weights(z, n_train, n_test):
    return torch.exp(z) * (n_train / n_test)


def weighted_mean(loss, w, self_normalised):
    total = (w * loss).sum()
    return total / w.sum() if self_normalised else total / len(w)


def effective_sample_size(w):
    return w.sum() ** 2 / (w**2).sum()


def two_proportion_test(k_a, n_a, k_b, n_b):
    a, b = k_a / n_a, k_b / n_b
    q = (k_a + k_b) / (n_a + n_b)
    s0 = math.sqrt(q * (1 - q) * (1 / n_a + 1 / n_b))
    z, p = 0.0, 1.0
    if s0 > 0:
        z = (b - a) / s0
        p = math.erfc(abs(z) / math.sqrt(2))
    s1 = math.sqrt(a * (1 - a) / n_a + b * (1 - b) / n_b)
    return z, p, b - a - 1.96 * s1, b - a + 1.96 * s1

# %% loops
# Python's numbers and loops.
import math

import torch


def importance_weights(z, n_train, n_test):
    out = torch.empty_like(z)
    for i, logit in enumerate(z.tolist()):
        out[i] = math.exp(logit) * n_train / n_test
    return out


def weighted_mean(loss, w, self_normalised):
    top = 0.0
    bottom = 0.0
    for l_i, w_i in zip(loss, w):
        top = top + l_i * w_i
        bottom = bottom + (w_i if self_normalised else 1)
    return top / bottom


def effective_sample_size(w):
    values = w.tolist()
    s = math.fsum(values)
    s2 = math.fsum(v * v for v in values)
    return torch.tensor(s * s / s2, dtype=w.dtype, device=w.device)


def two_proportion_test(k_a, n_a, k_b, n_b):
    p_a = k_a / n_a
    p_b = k_b / n_b
    diff = p_b - p_a
    margin = 1.959964 * math.sqrt(p_a * (1 - p_a) / n_a + p_b * (1 - p_b) / n_b)
    if k_a + k_b == 0 or k_a + k_b == n_a + n_b:
        return (0.0, 1.0, diff - margin, diff + margin)
    pool = (k_a + k_b) / (n_a + n_b)
    z = diff / (pool * (1 - pool) / n_a + pool * (1 - pool) / n_b) ** 0.5
    return (z, math.erfc(math.fabs(z) / 2**0.5), diff - margin, diff + margin)

# %% log_space
# The ratio within the exponent; dot products; the tail by log_ndtr.
import math

import torch


def importance_weights(z, n_train, n_test):
    return torch.exp(z + math.log(n_train) - math.log(n_test))


def weighted_mean(loss, w, self_normalised):
    divisor = w.sum() if self_normalised else w.shape[0]
    return torch.dot(w, loss) / divisor


def effective_sample_size(w):
    return w.sum().square() / torch.dot(w, w)


def two_proportion_test(k_a, n_a, k_b, n_b):
    k = torch.tensor([k_a, k_b], dtype=torch.float64)
    n = torch.tensor([n_a, n_b], dtype=torch.float64)
    rate = k / n
    q = k.sum() / n.sum()
    d = rate[1] - rate[0]
    s0 = torch.sqrt(q * (1 - q) * (1 / n).sum())
    s1 = torch.sqrt((rate * (1 - rate) / n).sum())
    if s0 == 0:
        z = torch.zeros((), dtype=torch.float64)
        p = torch.ones((), dtype=torch.float64)
    else:
        z = d / s0
        p = 2 * torch.exp(torch.special.log_ndtr(-z.abs()))
    return z.item(), p.item(), (d - 1.96 * s1).item(), (d + 1.96 * s1).item()

# %% numpy
# NumPy where the statement leaves it free.
import math

import numpy as np
import torch


def importance_weights(z, n_train, n_test):
    w = np.exp(z.detach().cpu().numpy().astype(np.float64)) * (n_train / n_test)
    return torch.from_numpy(w).to(device=z.device, dtype=z.dtype)


def weighted_mean(loss, w, self_normalised):
    if self_normalised:
        w = w / w.sum()
        return (w * loss).sum()
    return (w * loss).mean()


def effective_sample_size(w):
    v = w.detach().cpu().numpy().astype(np.float64)
    return torch.as_tensor(np.sum(v) ** 2 / np.sum(v**2), dtype=w.dtype, device=w.device)


def two_proportion_test(k_a, n_a, k_b, n_b):
    k, n = np.array([k_a, k_b], dtype=float), np.array([n_a, n_b], dtype=float)
    r = k / n
    q = k.sum() / n.sum()
    d = r[1] - r[0]
    s0 = np.sqrt(q * (1 - q) * np.sum(1 / n))
    s1 = np.sqrt(np.sum(r * (1 - r) / n))
    z = d / s0 if s0 > 0 else np.float64(0)
    p = math.erfc(abs(z) / np.sqrt(2))
    return z, p, d - 1.96 * s1, d + 1.96 * s1

# %% in_place_on_copies
# In place, on copies.
import math

import torch


def importance_weights(z, n_train, n_test):
    w = z.clone()
    w.exp_()
    w *= n_train
    w /= n_test
    return w


def weighted_mean(loss, w, self_normalised):
    product = w.clone()
    product *= loss
    result = product.sum()
    result /= w.sum() if self_normalised else w.numel()
    return result


def effective_sample_size(w):
    shares = w.clone()
    shares /= shares.sum()
    shares.pow_(2)
    return shares.sum().reciprocal_()


def two_proportion_test(k_a, n_a, k_b, n_b):
    z, p = 0.0, 1.0
    q = (k_a + k_b) / (n_a + n_b)
    d = k_b / n_b
    d -= k_a / n_a
    if 0 < q < 1:
        z = d
        z /= math.sqrt(q * (1 - q))
        z /= math.sqrt(1 / n_a + 1 / n_b)
        p = float(torch.erfc(torch.tensor(abs(z) / math.sqrt(2), dtype=torch.float64)))
    margin = k_a * (n_a - k_a) / n_a**3
    margin += k_b * (n_b - k_b) / n_b**3
    margin = 1.959963984540054 * math.sqrt(margin)
    return z, p, d - margin, d + margin

# %% classes
# Small classes that hold the parts.
import math
from dataclasses import dataclass

import torch


@dataclass(frozen=True)
class Group:
    k: int
    n: int

    @property
    def rate(self):
        return self.k / self.n

    @property
    def variance(self):
        return self.rate * (1 - self.rate) / self.n

    def __add__(self, other):
        return Group(self.k + other.k, self.n + other.n)


class Weights:
    def __init__(self, w):
        self.w = w
        self.total = w.sum()

    def mean(self, values, by_count):
        return (self.w * values).sum() / (self.w.numel() if by_count else self.total)

    def kish(self):
        return self.total.pow(2) / self.w.pow(2).sum()


def weighted_mean(loss, w, self_normalised):
    return Weights(w).mean(loss, by_count=not self_normalised)


def effective_sample_size(w):
    return Weights(w).kish()


def two_proportion_test(k_a, n_a, k_b, n_b):
    a, b = Group(k_a, n_a), Group(k_b, n_b)
    both = a + b
    d = b.rate - a.rate
    s0 = math.sqrt(both.rate * (1 - both.rate) * (1 / a.n + 1 / b.n))
    s1 = math.sqrt(a.variance + b.variance)
    z = d / s0 if s0 else 0.0
    return z, math.erfc(abs(z) / math.sqrt(2)), d - 1.96 * s1, d + 1.96 * s1

# %% float64_inside
# Everything in float64, then back.
import math

import torch


def importance_weights(z, n_train, n_test):
    return (z.double().exp() * n_train / n_test).to(z.dtype)


def weighted_mean(loss, w, self_normalised):
    l64, w64 = loss.to(torch.float64), w.to(torch.float64)
    if self_normalised:
        return (l64 @ w64 / w64.sum()).to(loss.dtype)
    return (l64 @ w64 / loss.shape[0]).to(loss.dtype)


def effective_sample_size(w):
    w64 = w.double()
    return (w64.sum().pow(2) / w64.pow(2).sum()).to(w.dtype)


def two_proportion_test(k_a, n_a, k_b, n_b):
    ka, na, kb, nb = torch.tensor([k_a, n_a, k_b, n_b], dtype=torch.float64)
    a, b, q = ka / na, kb / nb, (ka + kb) / (na + nb)
    s0 = (q * (1 - q) * (1 / na + 1 / nb)).sqrt()
    s1 = (a * (1 - a) / na + b * (1 - b) / nb).sqrt()
    z = torch.where(s0 > 0, (b - a) / s0, torch.zeros_like(s0))
    p = torch.special.erfc(z.abs() / math.sqrt(2))
    return tuple(float(x) for x in (z, p, b - a - 1.96 * s1, b - a + 1.96 * s1))

# %% exact_fractions
# Fractions up to the square root.
from fractions import Fraction
import math

import torch


def effective_sample_size(w):
    p = w / w.sum()
    return 1 / (p * p).sum()


def two_proportion_test(k_a, n_a, k_b, n_b):
    a, b = Fraction(k_a, n_a), Fraction(k_b, n_b)
    q = Fraction(k_a + k_b, n_a + n_b)
    v0 = q * (1 - q) * (Fraction(1, n_a) + Fraction(1, n_b))
    v1 = a * (1 - a) / n_a + b * (1 - b) / n_b
    if v0 == 0:
        z, p = 0.0, 1.0
    else:
        z = math.copysign(math.sqrt((b - a) ** 2 / v0), b - a)
        p = math.erfc(abs(z) / math.sqrt(2))
    half = 1.96 * math.sqrt(v1)
    return z, p, float(b - a) - half, float(b - a) + half

# %% chi_square
# z from the chi-square of the 2 by 2 table; integers as long as possible.
import math

import torch


def importance_weights(z, n_train, n_test):
    return torch.exp(z - math.log(n_test / n_train))


def weighted_mean(loss, w, self_normalised):
    share = torch.full_like(w, 1 / w.numel())
    if self_normalised:
        share = 1 / w.sum()
    return torch.sum(share * w * loss)


def effective_sample_size(w):
    n = w.numel()
    return n * w.mean() ** 2 / (w**2).mean()


def two_proportion_test(k_a, n_a, k_b, n_b):
    n, k = n_a + n_b, k_a + k_b
    cross = k_b * n_a - k_a * n_b
    if k in (0, n):
        z, p = 0.0, 1.0
    else:
        chi2 = n * cross**2 / (n_a * n_b * k * (n - k))
        z = math.sqrt(chi2) if cross > 0 else -math.sqrt(chi2)
        p = math.erfc(math.sqrt(chi2 / 2))
    d = cross / (n_a * n_b)
    s1 = math.hypot(math.sqrt(k_a * (n_a - k_a) / n_a**3), math.sqrt(k_b * (n_b - k_b) / n_b**3))
    return z, p, d - 1.96 * s1, d + 1.96 * s1

# %% quantile_from_statistics
# einsum; the quantile from NormalDist; scaled weights.
import math
from statistics import NormalDist

import torch

QUANTILE = NormalDist().inv_cdf(0.975)


def importance_weights(z, n_train, n_test):
    return n_train * torch.exp(z) / n_test


def weighted_mean(loss, w, self_normalised):
    top = torch.einsum("n,n->", w, loss)
    return torch.div(top, torch.einsum("n->", w) if self_normalised else float(w.size(0)))


def effective_sample_size(w):
    scaled = w / w.max()
    return scaled.sum() ** 2 / (scaled**2).sum()


def standard_error(p, q, n_a, n_b):
    return math.sqrt(p * (1 - p) / n_a + q * (1 - q) / n_b)


def two_proportion_test(k_a, n_a, k_b, n_b):
    a, b, both = k_a / n_a, k_b / n_b, (k_a + k_b) / (n_a + n_b)
    pooled = standard_error(both, both, n_a, n_b)
    unpooled = standard_error(a, b, n_a, n_b)
    try:
        z = (b - a) / pooled
    except ZeroDivisionError:
        z = 0.0
    p = math.erfc(abs(z) * math.sqrt(0.5))
    return z, p, (b - a) - QUANTILE * unpooled, (b - a) + QUANTILE * unpooled

# %% own_backward
# An autograd function of its own; matmul of matrices.
import math

import torch


class Mean(torch.autograd.Function):
    @staticmethod
    def forward(ctx, loss, w, self_normalised):
        divisor = w.sum() if self_normalised else torch.tensor(float(len(w)), dtype=w.dtype, device=w.device)
        result = (w * loss).sum() / divisor
        ctx.save_for_backward(loss, w, divisor, result)
        ctx.flag = self_normalised
        return result

    @staticmethod
    def backward(ctx, g):
        loss, w, divisor, result = ctx.saved_tensors
        d_w = (loss - result) / divisor if ctx.flag else loss / divisor
        return g * w / divisor, g * d_w, None


def importance_weights(z, n_train, n_test):
    return torch.stack([x.exp() for x in z]) * (n_train / n_test) if len(z) else z.clone()


def weighted_mean(loss, w, self_normalised):
    return Mean.apply(loss, w, self_normalised)


def effective_sample_size(w):
    row = w.reshape(1, -1)
    return ((row @ torch.ones_like(row).T) ** 2 / (row @ row.T)).reshape(())

# %% by_norms
# Norms; the tail as an incomplete gamma function; lerp of nothing.
import torch


def importance_weights(z, n_train, n_test):
    return z.exp().mul(n_train).div(n_test)


def weighted_mean(loss, w, self_normalised):
    return torch.inner(loss, w) / (torch.ones_like(w) if not self_normalised else w).sum()


def effective_sample_size(w):
    return (torch.linalg.norm(w, ord=1) / torch.linalg.norm(w, ord=2)) ** 2


def two_proportion_test(k_a, n_a, k_b, n_b):
    def tail(z):
        half = torch.tensor(0.5, dtype=torch.float64)
        return torch.special.gammaincc(half, torch.tensor(z * z / 2, dtype=torch.float64)).item()

    a, b = k_a / n_a, k_b / n_b
    q = (k_a + k_b) / (n_a + n_b)
    s0 = (q * (1 - q) * (n_a + n_b) / (n_a * n_b)) ** 0.5
    s1 = (a * (1 - a) / n_a + b * (1 - b) / n_b) ** 0.5
    z = (b - a) / s0 if s0 != 0 else 0.0
    return z, tail(z), b - a - 1.96 * s1, b - a + 1.96 * s1

# %% distributions
# Means of means; erfc from torch; broadcasting of a sign.
import torch


def importance_weights(z, n_train, n_test):
    ratio = torch.tensor(n_train, dtype=z.dtype, device=z.device) / n_test
    return ratio * torch.exp(z)


def weighted_mean(loss, w, self_normalised):
    mean = (w * loss).mean()
    return mean / w.mean() if self_normalised else mean


def effective_sample_size(w):
    n = w.numel()
    m = w.mean()
    return n / (1 + w.var(unbiased=False) / m**2)


def two_proportion_test(k_a, n_a, k_b, n_b):
    f = torch.float64
    a = torch.tensor(k_a, dtype=f) / n_a
    b = torch.tensor(k_b, dtype=f) / n_b
    one = torch.distributions.Bernoulli(probs=a)
    two = torch.distributions.Bernoulli(probs=b)
    both = torch.distributions.Bernoulli(probs=torch.tensor(k_a + k_b, dtype=f) / (n_a + n_b))
    s0 = torch.sqrt(both.variance * (1 / n_a + 1 / n_b))
    s1 = torch.sqrt(one.variance / n_a + two.variance / n_b)
    d = b - a
    z = torch.nan_to_num(d / s0, nan=0.0)
    p = torch.erfc(z.abs() / torch.sqrt(torch.tensor(2.0, dtype=f)))
    ends = d + torch.tensor([-1.96, 1.96], dtype=f) * s1
    return (z.item(), p.item(), *ends.tolist())
