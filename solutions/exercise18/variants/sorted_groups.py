"""Siblings side by side by sorting, and back; transposed weights; logits that also take a single row."""

import torch


def logits(X, W, b):
    return (W @ X.mT + b[:, None]).mT.contiguous()


def predict(X, W, b):
    return torch.argmax(logits(X, W, b), -1)


def log_sum_exp(z, dim=-1, keepdim=False):
    m = z.amax(dim, keepdim=True)
    s = m + (z - m).exp().sum(dim, keepdim=True).log()
    return s if keepdim else s.squeeze(dim)


def fit(X, y, C, lr, steps):
    Wt, b = torch.zeros(X.shape[1], C).to(X), torch.zeros(C).to(X)
    Y = torch.nn.functional.one_hot(y, C).to(X)
    for _ in range(steps):
        z = X @ Wt + b
        P = (z - log_sum_exp(z, dim=1, keepdim=True)).exp()
        Wt = Wt - lr * torch.einsum("nd,nc->dc", X, P - Y) / X.shape[0]
        b = b - lr * (P - Y).mean(0)
    return Wt.T.contiguous(), b


def hierarchical_log_prob(zg, zf, parent):
    order = torch.argsort(parent)
    sizes = torch.bincount(parent, minlength=zg.shape[1]).tolist()
    blocks = torch.split(zf[:, order], sizes, dim=1)
    shares = [block - log_sum_exp(block, keepdim=True) for block in blocks]
    groups = torch.split(zg - log_sum_exp(zg, keepdim=True), 1, dim=1)
    together = torch.cat([group + share for group, share in zip(groups, shares, strict=True)], dim=1)
    return together[:, torch.argsort(order)]


def hierarchical_loss(zg, zf, parent, y):
    return torch.stack([-row[c] for row, c in zip(hierarchical_log_prob(zg, zf, parent), y, strict=True)]).mean()
