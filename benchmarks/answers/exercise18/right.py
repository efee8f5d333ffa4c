# %% base
# Plain formulas on tensors.
import torch


def logits(X, W, b):
    return X @ W.T + b


def predict(X, W, b):
    return logits(X, W, b).argmax(dim=1)


def log_sum_exp(z):
    m = z.detach().amax(dim=-1, keepdim=True)
    return m.squeeze(-1) + torch.exp(z - m).sum(dim=-1).log()


def fit(X, y, C, lr, steps):
    N, D = X.shape
    X = X.detach()
    W = torch.zeros(C, D, dtype=X.dtype, device=X.device)
    b = torch.zeros(C, dtype=X.dtype, device=X.device)
    for _ in range(steps):
        z = logits(X, W, b)
        P = torch.exp(z - log_sum_exp(z)[:, None])
        P[torch.arange(N), y] -= 1
        gW, gb = P.T @ X / N, P.mean(0)
        W, b = W - lr * gW, b - lr * gb
    return W, b


def hierarchical_log_prob(zg, zf, parent):
    G = zg.shape[1]
    member = parent[None, :] == torch.arange(G, device=parent.device)[:, None]
    per_group = zf[:, None, :].masked_fill(~member, float("-inf"))
    inner = log_sum_exp(per_group)
    outer = zg - log_sum_exp(zg)[:, None]
    return (outer - inner)[:, parent] + zf


def hierarchical_loss(zg, zf, parent, y):
    return -hierarchical_log_prob(zg, zf, parent).gather(1, y[:, None]).mean()

# %% layers
# nn.Linear, torch.optim and functional.
import torch
import torch.nn.functional as F
from torch import nn


def logits(X, W, b):
    return F.linear(X, W, b)


def predict(X, W, b):
    z = logits(X, W, b)
    best = z.max(dim=1, keepdim=True).values
    return (z == best).to(torch.int64).argmax(dim=1)


def log_sum_exp(z):
    return z[..., 0] - torch.log_softmax(z, dim=-1)[..., 0]


def fit(X, y, C, lr, steps):
    with torch.enable_grad():
        layer = nn.Linear(X.shape[1], C, dtype=X.dtype, device=X.device)
        nn.init.zeros_(layer.weight)
        nn.init.zeros_(layer.bias)
        opt = torch.optim.SGD(layer.parameters(), lr=lr)
        for _ in range(steps):
            opt.zero_grad()
            lp = F.log_softmax(layer(X.detach()), dim=1)
            loss = -lp[range(len(y)), y].mean()
            loss.backward()
            opt.step()
    return layer.weight.detach(), layer.bias.detach()


def hierarchical_log_prob(zg, zf, parent):
    lg = F.log_softmax(zg, dim=1)
    cols = [None] * zf.shape[1]
    for g in range(zg.shape[1]):
        members = (parent == g).nonzero().flatten()
        inside = F.log_softmax(zf[:, members], dim=1)
        for i, c in enumerate(members.tolist()):
            cols[c] = lg[:, g] + inside[:, i]
    return torch.stack(cols, dim=1)


def hierarchical_loss(zg, zf, parent, y):
    onehot = F.one_hot(y, zf.shape[1]).bool()
    return hierarchical_log_prob(zg, zf, parent)[onehot].neg().mean()

# %% numpy_and_scatter
# NumPy where no gradient passes, and scatter.
import numpy as np
import torch


def logits(X, W, b):
    return torch.einsum("nd,cd->nc", X, W) + b.unsqueeze(0)


def predict(X, W, b):
    z = logits(X, W, b).detach().cpu().numpy()
    return torch.from_numpy(np.argmax(z, axis=1).astype(np.int64)).to(X.device)


def log_sum_exp(z):
    top, _ = torch.max(z, dim=-1)
    shifted = z - top.unsqueeze(-1)
    return top + torch.log(torch.sum(torch.exp(shifted), dim=-1))


def fit(X, y, C, lr, steps):
    x = X.detach().cpu().numpy()
    Y = np.eye(C, dtype=x.dtype)[y.cpu().numpy()]
    W = np.zeros((C, x.shape[1]), dtype=x.dtype)
    b = np.zeros(C, dtype=x.dtype)
    for _ in range(steps):
        z = x @ W.T + b
        e = np.exp(z - z.max(1, keepdims=True))
        R = e / e.sum(1, keepdims=True) - Y
        W -= (lr / len(x)) * (R.T @ x)
        b -= (lr / len(x)) * R.sum(0)
    return torch.from_numpy(W).to(X), torch.from_numpy(b).to(X)


def hierarchical_log_prob(zg, zf, parent):
    N, G = zg.shape
    idx = parent.expand(N, -1)
    top = torch.full_like(zg, -float("inf")).scatter_reduce(1, idx, zf.detach(), "amax")
    e = (zf - top[:, parent]).exp()
    total = torch.zeros_like(zg).index_add(1, parent, e)
    within = zf - top[:, parent] - total.log()[:, parent]
    group = zg - log_sum_exp(zg).unsqueeze(1)
    return group[:, parent] + within


def hierarchical_loss(zg, zf, parent, y):
    lp = hierarchical_log_prob(zg, zf, parent)
    total = 0
    for n, c in enumerate(y.tolist()):
        total = total - lp[n, c]
    return total / len(y)

# %% loops
# Loops over classes; the bias as a column of ones.
import torch


def logits(X, W, b):
    return (X[:, None, :] * W[None]).sum(-1) + b


def predict(X, W, b):
    z = logits(X, W, b)
    best = torch.zeros(len(z), dtype=torch.int64, device=z.device)
    value = z[:, 0].clone()
    for c in range(1, z.shape[1]):
        better = z[:, c] > value
        best = torch.where(better, torch.full_like(best, c), best)
        value = torch.where(better, z[:, c], value)
    return best


def log_sum_exp(z):
    out = z[..., 0].clone()
    for c in range(1, z.shape[-1]):
        x = z[..., c]
        out = torch.maximum(out, x) + torch.log1p(torch.exp(-(out - x).abs()))
    return out


@torch.no_grad()
def fit(X, y, C, lr, steps):
    Xb = torch.cat([X, torch.ones_like(X[:, :1])], dim=1)
    theta = Xb.new_zeros(C, Xb.shape[1])
    Y = torch.zeros(len(X), C).to(X).scatter_(1, y.view(-1, 1), 1.0)
    while steps > 0:
        P = torch.softmax(Xb @ theta.t(), dim=1)
        theta -= lr * (P - Y).t() @ Xb / len(X)
        steps -= 1
    return theta[:, :-1].clone(), theta[:, -1].clone()


def hierarchical_log_prob(zg, zf, parent):
    same = parent[:, None] == parent[None, :]
    rows = []
    for c in range(zf.shape[1]):
        rows.append(zf[:, c] - log_sum_exp(zf[:, same[c]]) + zg[:, parent[c]] - log_sum_exp(zg))
    return torch.stack(rows, 1)


def hierarchical_loss(zg, zf, parent, y):
    losses = []
    for n in range(y.shape[0]):
        g = parent[y[n]]
        siblings = zf[n, parent == g]
        losses.append(log_sum_exp(zg[n]) - zg[n, g] + log_sum_exp(siblings) - zf[n, y[n]])
    return torch.stack(losses).mean()

# %% autograd_and_split
# autograd.grad; groups split off after a sort.
import math
import torch


def logits(X, W, b):
    return torch.addmm(b, X, W.mT)


def predict(X, W, b):
    return torch.sort(logits(X, W, b), dim=-1, descending=True, stable=True).indices[:, 0]


def log_sum_exp(z):
    with torch.no_grad():
        m = z.max(-1, keepdim=True)[0]
    return ((z - m).exp().sum(-1, keepdim=True).log() + m)[..., 0]


def fit(X, y, C, lr, steps):
    X = X.detach().clone()
    with torch.enable_grad():
        W = torch.zeros((C, X.size(1)), dtype=X.dtype, device=X.device, requires_grad=True)
        b = torch.zeros((C,), dtype=X.dtype, device=X.device, requires_grad=True)
        for _ in range(steps):
            z = logits(X, W, b)
            loss = (log_sum_exp(z) - z.gather(1, y[:, None]).squeeze(1)).mean()
            dW, db = torch.autograd.grad(loss, (W, b))
            W = (W - lr * dW).detach().requires_grad_()
            b = (b - lr * db).detach().requires_grad_()
    return W, b


def hierarchical_log_prob(zg, zf, parent):
    G = zg.size(1)
    sizes = torch.bincount(parent, minlength=G)
    order = torch.argsort(parent, stable=True)
    parts = torch.split(zf[:, order], sizes.tolist(), dim=1)
    lse = torch.stack([log_sum_exp(p) for p in parts], dim=1)
    return zf - lse.index_select(1, parent) + torch.log_softmax(zg, 1).index_select(1, parent)


def hierarchical_loss(zg, zf, parent, y):
    n = torch.arange(y.numel(), device=y.device)
    g = parent[y]
    mask = torch.where(parent[None] == g[:, None], 0.0, -math.inf).to(zf)
    inner = torch.log_softmax(zf + mask, 1)[n, y]
    outer = torch.log_softmax(zg, 1)[n, g]
    return torch.mean(-(inner + outer))
