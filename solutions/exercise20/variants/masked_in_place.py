"""Copies that are changed in place; masks set by index."""

import torch


def dropout(x, p, training, gen):
    result = x.clone()
    if training and p > 0:
        dropped = torch.zeros(x.shape, dtype=torch.bool)
        dropped |= torch.empty(x.shape, dtype=torch.float64).uniform_(0, 1, generator=gen) < p
        result[dropped] = 0
        if p < 1:
            result /= 1 - p
    return result


def split(n, n_val, n_test, gen):
    keys = torch.rand(n, generator=gen, dtype=torch.float64)
    order = torch.argsort(keys)
    test, order = order[:n_test], order[n_test:]
    val, train = order[:n_val], order[n_val:]
    return train, val, test


def standardize(train, other):
    train, other = train.clone(), other.clone()
    mean = train.mean(0)
    train -= mean
    other -= mean
    scale = train.square().mean(0).sqrt()
    scale.masked_fill_(scale == 0, 1.0)
    train /= scale
    other /= scale
    return train, other


def early_stopping(val, patience, min_delta):
    best, since, limit = 0, 0, float("inf")
    for epoch in range(len(val)):
        since += 1
        if val[epoch] + min_delta < limit:
            best, since, limit = epoch, 0, val[epoch]
        if since >= patience:
            return best, epoch
    return best, epoch


def l2_penalty(params, lam):
    return sum((w.pow(2).sum() * (w.ndim > 1) for w in params), params[0].new_tensor(0.0)) * (lam / 2)
