"""Bernoulli masks, cat and split_with_sizes, var_mean, argmin over a list, norms."""

import torch


def dropout(x, p, training, gen):
    if not training:
        return x.clone()
    mask = torch.bernoulli(torch.full(x.shape, 1.0 - p, dtype=x.dtype), generator=gen)
    return torch.where(mask > 0, x / max(1 - p, 1e-9), torch.zeros_like(x))


def split(n, n_val, n_test, gen):
    return torch.randperm(n, generator=gen).split_with_sizes([n - n_val - n_test, n_val, n_test])


def standardize(train, other):
    var, mean = torch.var_mean(train, dim=0, unbiased=False, keepdim=True)
    std = var.sqrt()
    std[std == 0] = 1
    return (train - mean) / std, (other - mean) / std


def early_stopping(val, patience, min_delta):
    better = []
    threshold = float("inf")
    for epoch in range(len(val)):
        if val[epoch] < threshold:
            better.append(epoch)
            threshold = val[epoch] - min_delta
        last = better[-1] if better else -1
        if epoch - last >= patience:
            break
    return (better[-1] if better else 0), epoch


def l2_penalty(params, lam):
    weights = [w.flatten() for w in params if w.dim() > 1]
    if not weights:
        return torch.tensor(0.0, dtype=params[0].dtype, device=params[0].device)
    flat = torch.cat(weights)
    return 0.5 * lam * torch.dot(flat, flat)
