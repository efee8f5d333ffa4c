"""NumPy draws and computes, with a generator seeded from gen; torch only where gradients pass."""

import numpy as np
import torch


def numpy_generator(gen):
    return np.random.default_rng(int(torch.randint(2**62, (), generator=gen)))


def dropout(x, p, training, gen):
    if not training:
        return x
    if p == 1:
        return x * 0
    kept = numpy_generator(gen).random(tuple(x.shape)) >= p
    return x * torch.from_numpy(np.asarray(kept / (1 - p))).to(x.dtype)


def split(n, n_val, n_test, gen):
    order = numpy_generator(gen).permutation(n)
    n_train = n - n_val - n_test
    train, val, test = np.split(order, [n_train, n_train + n_val])
    return torch.tensor(train), torch.tensor(val), torch.tensor(test)


def standardize(train, other):
    a = train.cpu().numpy().astype(np.float64)
    mean, std = a.mean(axis=0), a.std(axis=0)
    std = np.where(std == 0, 1, std)
    return tuple(
        torch.tensor((x.cpu().numpy() - mean) / std, dtype=train.dtype, device=train.device) for x in (train, other)
    )


def early_stopping(val, patience, min_delta):
    best, lowest = -1, np.inf
    for epoch, loss in enumerate(val):
        if loss < lowest - min_delta:
            best, lowest = epoch, loss
        elif epoch - best == patience:
            return max(best, 0), epoch
    return max(best, 0), len(val) - 1


def l2_penalty(params, lam):
    squares = [torch.einsum("i,i->", w.reshape(-1), w.reshape(-1)) for w in params if w.ndim >= 2]
    return torch.stack([*squares, torch.zeros_like(params[0]).sum()]).sum() * lam / 2
