# %% base
# Plain formulas on tensors.
import torch


def dropout(x, p, training, gen):
    if not training or p == 0:
        return x
    if p == 1:
        return torch.zeros_like(x)
    keep = torch.rand(x.shape, generator=gen) >= p
    return x * keep / (1 - p)


def split(n, n_val, n_test, gen):
    order = torch.randperm(n, generator=gen)
    n_train = n - n_val - n_test
    return order[:n_train], order[n_train : n_train + n_val], order[n_train + n_val :]


def standardize(train, other):
    mu = train.mean(dim=0)
    sigma = train.std(dim=0, correction=0)
    sigma[sigma == 0] = 1
    return (train - mu) / sigma, (other - mu) / sigma


def early_stopping(val, patience, min_delta):
    best, lowest, waited = 0, float("inf"), 0
    for epoch, loss in enumerate(val):
        if loss < lowest - min_delta:
            best, lowest, waited = epoch, loss, 0
        else:
            waited += 1
            if waited == patience:
                return best, epoch
    return best, len(val) - 1


def l2_penalty(params, lam):
    total = torch.zeros((), dtype=params[0].dtype, device=params[0].device)
    for w in params:
        if w.dim() >= 2:
            total = total + (w**2).sum()
    return lam / 2 * total

# %% loops
# One entry after the other in Python.
import math

import torch


def dropout(x, p, training, gen):
    if training is False:
        return x
    draws = torch.rand(x.numel(), generator=gen, dtype=torch.float64).tolist()
    factors = [0.0 if u < p else 1 / (1 - p) for u in draws]
    return x * torch.tensor(factors, dtype=x.dtype).reshape(x.shape)


def split(n, n_val, n_test, gen):
    rows = list(range(n))
    for i in range(n - 1, 0, -1):
        j = int(torch.randint(i + 1, (1,), generator=gen))
        rows[i], rows[j] = rows[j], rows[i]
    test = [rows.pop() for _ in range(n_test)]
    val = [rows.pop() for _ in range(n_val)]
    return tuple(torch.tensor(part, dtype=torch.int64) for part in (rows, val, test))


def standardize(train, other):
    a, b = train.clone(), other.clone()
    N, D = train.shape
    for d in range(D):
        mean = sum(train[:, d]) / N
        var = sum((train[:, d] - mean) ** 2) / N
        std = var**0.5 if var > 0 else 1.0
        a[:, d] = (train[:, d] - mean) / std
        b[:, d] = (other[:, d] - mean) / std
    return a, b


def early_stopping(val, patience, min_delta):
    best = None
    bad = 0
    for e in range(len(val)):
        if math.isnan(val[e]):
            better = False
        elif best is None:
            better = True
        else:
            better = val[best] - val[e] > min_delta
        if better:
            best = e
            bad = 0
        else:
            bad += 1
        if bad >= patience:
            break
    return (0 if best is None else best), e


def l2_penalty(params, lam):
    s = 0 * params[0].sum()
    for t in params:
        if len(t.shape) > 1:
            for row in t.flatten(1):
                s = s + torch.dot(row, row)
    return 0.5 * lam * s

# %% bernoulli
# torch.bernoulli, torch.split, var; epochs since the best one.
import torch


def dropout(x, p, training, gen):
    if not training:
        return x.clone()
    if p == 1.0:
        return x * 0
    mask = torch.empty_like(x.detach()).bernoulli_(1 - p, generator=gen)
    return mask.div_(1 - p) * x


def split(n, n_val, n_test, gen):
    sizes = [n - n_val - n_test, n_val, n_test]
    return torch.split(torch.randperm(n, generator=gen), sizes)


def standardize(train, other):
    mean = train.mean(0, keepdim=True)
    var = train.var(0, unbiased=False, keepdim=True)
    std = torch.where(var == 0, torch.ones_like(var), var.sqrt())
    return tuple((t - mean) / std for t in (train, other))


def early_stopping(val, patience, min_delta):
    best = -1
    for t, v in enumerate(val):
        if (v == v) if best < 0 else v < val[best] - min_delta:
            best = t
        if t - best >= patience:
            return max(best, 0), t
    return max(best, 0), t


def l2_penalty(params, lam):
    squares = [w.pow(2).sum() for w in params if w.ndim >= 2]
    if not squares:
        return params[0].new_zeros(())
    return lam * torch.stack(squares).sum() / 2

# %% numpy_inside
# NumPy, seeded by one number of the generator; float64 inside.
import numpy as np
import torch


def _rng(gen):
    return np.random.default_rng(torch.randint(2**62, (1,), generator=gen).item())


def dropout(x, p, training, gen):
    if not training or p == 0:
        return x
    keep = torch.from_numpy(np.asarray(_rng(gen).random(tuple(x.shape)) >= p)).reshape(x.shape)
    scale = 1 / (1 - p) if p < 1 else 0.0
    return torch.where(keep, x * scale, torch.zeros_like(x))


def split(n, n_val, n_test, gen):
    order = torch.from_numpy(_rng(gen).permutation(n)).long()
    val, test, train = order.tensor_split([n_val, n_val + n_test])
    return train, val, test


def standardize(train, other):
    a = train.detach().double().cpu().numpy()
    b = other.detach().double().cpu().numpy()
    mu, sd = a.mean(axis=0), a.std(axis=0)
    sd = np.where(sd == 0, 1, sd)
    return torch.from_numpy((a - mu) / sd).to(train), torch.from_numpy((b - mu) / sd).to(other)


def early_stopping(val, patience, min_delta):
    losses = np.array(val)
    reference = np.inf
    best = since = 0
    for k in range(losses.size):
        since += 1
        if losses[k] < reference - min_delta:
            reference, best, since = losses[k], k, 0
        if since == patience:
            return best, k
    return best, losses.size - 1


def l2_penalty(params, lam):
    weights = [w.double().flatten() for w in params if w.dim() > 1]
    if len(weights) == 0:
        return torch.tensor(0.0, dtype=params[0].dtype, device=params[0].device)
    flat = torch.cat(weights)
    return (lam / 2 * (flat @ flat)).to(params[0].dtype)

# %% own_autograd
# A function with a backward of its own; order by sorting random keys.
import torch


class Drop(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, factor):
        ctx.save_for_backward(factor)
        return x * factor

    @staticmethod
    def backward(ctx, grad):
        (factor,) = ctx.saved_tensors
        return grad * factor, None


def dropout(x, p, training, gen):
    if not training:
        return x
    u = torch.rand(x.shape, generator=gen, dtype=torch.float64)
    factor = torch.zeros_like(u)
    if p < 1:
        factor[u >= p] = 1 / (1 - p)
    return Drop.apply(x, factor.to(x.dtype))


def split(n, n_val, n_test, gen):
    order = torch.rand(n, generator=gen, dtype=torch.float64).argsort()
    return order[n_val + n_test :], order[:n_val], order[n_val : n_val + n_test]


def standardize(train, other):
    centre = train.mean(0)
    spread = (train - centre).square().mean(0).sqrt()
    spread = spread + (spread == 0)
    return torch.sub(train, centre) / spread, torch.sub(other, centre) / spread


def early_stopping(val, patience, min_delta):
    better = []
    lowest = float("inf")
    for loss in val:
        ok = loss < lowest - min_delta
        better.append(ok)
        if ok:
            lowest = loss
    stop = len(val) - 1
    for t in range(patience - 1, len(val)):
        if not any(better[t - patience + 1 : t + 1]):
            stop = t
            break
    kept = [t for t in range(stop + 1) if better[t]]
    return (kept[-1] if kept else 0), stop


class Penalty(torch.autograd.Function):
    @staticmethod
    def forward(ctx, w):
        ctx.save_for_backward(w)
        return (w * w).sum()

    @staticmethod
    def backward(ctx, grad):
        (w,) = ctx.saved_tensors
        return 2 * grad * w


def l2_penalty(params, lam):
    out = params[0].detach().sum() * 0
    for w in params:
        if w.dim() >= 2:
            out = out + Penalty.apply(w)
    return out * lam / 2
