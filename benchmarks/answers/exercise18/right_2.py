# %% functional
# torch.func for the gradients, log_sum_exp with a backward of its own.
import torch
from torch.func import grad


def logits(X, W, b):
    z = X.new_empty(len(X), len(W))
    for c in range(len(W)):
        z[:, c] = (X * W[c]).sum(dim=1) + b[c]
    return z


def predict(X, W, b):
    return logits(X, W, b).max(dim=1).indices


class LogSumExp(torch.autograd.Function):
    @staticmethod
    def forward(ctx, z):
        top = z.amax(dim=-1)
        result = top + (z - top[..., None]).exp().sum(dim=-1).log()
        ctx.save_for_backward(z, result)
        return result

    @staticmethod
    def backward(ctx, g):
        z, result = ctx.saved_tensors
        return g[..., None] * torch.exp(z - result[..., None])


def log_sum_exp(z):
    return LogSumExp.apply(z)


def fit(X, y, C, lr, steps):
    X = X.detach()
    rows = torch.arange(len(y), device=y.device)

    def loss(W, b):
        return -torch.log_softmax(X @ W.T + b, dim=1)[rows, y].mean()

    slope = grad(loss, argnums=(0, 1))
    W, b = X.new_zeros(C, X.shape[1]), X.new_zeros(C)
    for _ in range(steps):
        dW, db = slope(W, b)
        W, b = W - lr * dW, b - lr * db
    return W.detach(), b.detach()


def hierarchical_log_prob(zg, zf, parent):
    same = parent[:, None] == parent[None, :]
    table = torch.where(same, zf[:, None, :], float("-inf"))
    top = table.detach().amax(dim=-1)
    among = top + (table - top[..., None]).exp().sum(dim=-1).log()
    return torch.log_softmax(zg, dim=1)[:, parent] + zf - among


def hierarchical_loss(zg, zf, parent, y):
    n = torch.arange(len(y), device=y.device)
    return hierarchical_log_prob(zg, zf, parent)[n, y].sum().neg() / len(y)

# %% rows_and_lists
# One row after the other, members of each group as a list, SGD on two tensors.
import torch


def predict(X, W, b):
    z = logits(X, W, b)
    hits = z == z.amax(dim=1, keepdim=True)
    return (hits.cumsum(dim=1) == 0).sum(dim=1)


def log_sum_exp(z):
    rows = z.reshape(-1, z.shape[-1])
    if len(rows) == 0:
        return z.sum(dim=-1)
    results = []
    for row in rows:
        m = row.max()
        results.append(m + torch.log(torch.exp(row - m).sum()))
    return torch.stack(results).reshape(z.shape[:-1])


def fit(X, y, C, lr, steps):
    X = X.detach()
    W = torch.zeros(C, X.shape[1], dtype=X.dtype, device=X.device, requires_grad=True)
    b = torch.zeros(C, dtype=X.dtype, device=X.device, requires_grad=True)
    optimizer = torch.optim.SGD([W, b], lr=lr)
    with torch.enable_grad():
        for _ in range(steps):
            z = X @ W.T + b
            loss = sum(log_sum_exp(z[n]) - z[n, y[n]] for n in range(len(y))) / len(y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return W.detach(), b.detach()


def hierarchical_log_prob(zg, zf, parent):
    members = {}
    for c, g in enumerate(parent.tolist()):
        members.setdefault(g, []).append(c)
    result = torch.empty_like(zf)
    of_group = torch.log_softmax(zg, dim=1)
    for g, own in members.items():
        result[:, own] = of_group[:, [g]] + torch.log_softmax(zf[:, own], dim=1)
    return result


def hierarchical_loss(zg, zf, parent, y):
    own = torch.nn.functional.one_hot(y, zf.shape[1])
    return -(own * hierarchical_log_prob(zg, zf, parent)).sum() / len(y)

# %% sorted_first
# The largest first: what is left goes through log1p. predict on Python lists.
import torch


def logits(X, W, b):
    return (W @ X.T + b[:, None]).T


def predict(X, W, b):
    chosen = [row.index(max(row)) for row in logits(X, W, b).tolist()]
    return torch.tensor(chosen, dtype=torch.int64, device=X.device)


def log_sum_exp(z):
    z = z.sort(dim=-1, descending=True).values
    first, rest = z[..., :1], z[..., 1:]
    return first.squeeze(-1) + torch.log1p(torch.exp(rest - first).sum(dim=-1))


def hierarchical_log_prob(zg, zf, parent):
    member = torch.nn.functional.one_hot(parent, zg.shape[1]).T.bool()
    top = torch.where(member, zf.detach()[:, None, :], float("-inf")).amax(dim=-1)
    shifted = zf - top[:, parent]
    total = torch.exp(shifted) @ member.T.to(zf.dtype)
    return (zg - log_sum_exp(zg)[:, None] - torch.log(total))[:, parent] + shifted

# %% bias_as_a_weight
# b is one more column of W; every entry of z - log_softmax is the logarithm of the sum.
import torch


def logits(X, W, b):
    return torch.cat([X, X.new_ones(len(X), 1)], dim=1) @ torch.cat([W, b[:, None]], dim=1).T


def log_sum_exp(z):
    return (z - torch.log_softmax(z, dim=-1)).mean(dim=-1)


@torch.no_grad()
def fit(X, y, C, lr, steps):
    W, b = X.new_zeros(C, X.shape[1]), X.new_zeros(C)
    for _ in range(steps):
        delta = torch.softmax(torch.addmm(b, X, W.T), dim=1)
        delta.scatter_add_(1, y[:, None], -torch.ones_like(delta))
        W = torch.addmm(W, delta.T, X, alpha=-lr / len(X))
        b = b - lr / len(X) * delta.sum(dim=0)
    return W, b


def hierarchical_log_prob(zg, zf, parent):
    among = {g: log_sum_exp(zf[:, parent == g]) for g in set(parent.tolist())}
    columns = [zg[:, g] + zf[:, c] - among[g] for c, g in enumerate(parent.tolist())]
    return torch.stack(columns, dim=1) - log_sum_exp(zg)[:, None]


def hierarchical_loss(zg, zf, parent, y):
    return -torch.take_along_dim(hierarchical_log_prob(zg, zf, parent), y[:, None], dim=1).mean()

# %% numpy_where_it_may
# NumPy for everything that needs no gradient.
import numpy as np
import torch


def logits(X, W, b):
    z = X.detach().numpy().dot(W.detach().numpy().T) + b.detach().numpy()
    return torch.from_numpy(z)


def predict(X, W, b):
    return torch.as_tensor(logits(X, W, b).numpy().argmax(axis=-1))


def fit(X, y, C, lr, steps):
    x, labels = X.detach().numpy(), y.numpy()
    W, b = np.zeros((C, x.shape[1]), x.dtype), np.zeros(C, x.dtype)
    for _ in range(steps):
        z = x @ W.T + b
        z = z - z.max(axis=1, keepdims=True)
        p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
        np.subtract.at(p, (np.arange(len(labels)), labels), 1)
        p /= len(labels)
        W, b = W - (lr * p.T @ x).astype(x.dtype), b - (lr * p.sum(axis=0)).astype(x.dtype)
    return torch.tensor(W), torch.tensor(b)

# %% small_helpers
# Small functions that call each other; the loss takes only the logits that it needs.
import torch


def one_hot(y, C, like):
    return (y[:, None] == torch.arange(C, device=y.device)).to(like.dtype)


def log_probabilities(z):
    return z - log_sum_exp(z).unsqueeze(-1)


def gradients(X, Y, W, b):
    error = log_probabilities(logits(X, W, b)).exp() - Y
    return error.T @ X / len(X), error.mean(dim=0)


def fit(X, y, C, lr, steps):
    X = X.detach()
    Y = one_hot(y, C, X)
    W, b = torch.zeros_like(Y.T @ X), torch.zeros_like(Y[0])
    for _ in range(steps):
        dW, db = gradients(X, Y, W, b)
        W, b = W - lr * dW, b - lr * db
    return W, b


def hierarchical_log_prob(zg, zf, parent):
    order = torch.argsort(parent, stable=True)
    back = torch.argsort(order)
    parts = [log_probabilities(zf[:, order[parent[order] == g]]) for g in range(zg.shape[1])]
    return torch.cat(parts, dim=1)[:, back] + log_probabilities(zg)[:, parent]


def hierarchical_loss(zg, zf, parent, y):
    total = zf.new_zeros(())
    for n, c in enumerate(y.tolist()):
        g = int(parent[c])
        siblings = (parent == g).nonzero().flatten().tolist()
        of_group = log_probabilities(zg[n])[g]
        of_class = log_probabilities(zf[n, siblings])[siblings.index(c)]
        total = total - of_group - of_class
    return total / len(y)

# %% module_and_backward
# An nn.Module whose parameters are stepped by hand.
import torch
from torch import nn


class Softmax(nn.Module):
    def __init__(self, D, C, like):
        super().__init__()
        self.W = nn.Parameter(torch.zeros(C, D, dtype=like.dtype, device=like.device))
        self.b = nn.Parameter(torch.zeros(C, dtype=like.dtype, device=like.device))

    def forward(self, X):
        return nn.functional.linear(X, self.W, self.b)


def log_sum_exp(z):
    m, _ = z.max(dim=-1, keepdim=True)
    m = m.detach()
    return torch.squeeze(torch.log(torch.exp(z - m).sum(dim=-1, keepdim=True)) + m, -1)


def fit(X, y, C, lr, steps):
    model = Softmax(X.shape[1], C, X)
    for _ in range(steps):
        with torch.enable_grad():
            z = model(X.detach())
            (log_sum_exp(z) - z.gather(1, y[:, None])[:, 0]).mean().backward()
        with torch.no_grad():
            for parameter in model.parameters():
                parameter.sub_(lr * parameter.grad)
                parameter.grad.zero_()
    return model.W.detach(), model.b.detach()
