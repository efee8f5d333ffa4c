# %% as_remembered
# 1 dropout without the factor; 2 standardize: N - 1 and each by its own; 3 penalty with biases
# named: dropout_not_scaled, standardize_own, standardize_sample_std, standardize_constant, l2_biases
import torch


def dropout(x, p, training, gen):
    if not training:
        return x
    mask = (torch.rand(x.shape, generator=gen) > p).to(x.dtype)
    return x * mask


def standardize(train, other):
    def scale(t):
        return (t - t.mean(0)) / t.std(0)

    return scale(train), scale(other)


def l2_penalty(params, lam):
    s = 0
    for p in params:
        s = s + (p**2).sum()
    return lam / 2 * s

# %% numpy_habits
# 1 split with the global generator; 2 standardize with an epsilon; 3 early_stopping with argmin of all; 4 no half
# like: numpy_inside
# named: split_ignores_gen, standardize_epsilon, stopping_from_the_lowest, stopping_without_delta, stopping_lowest_of_all, l2_without_half
import numpy as np
import torch


def split(n, n_val, n_test, gen):
    idx = torch.randperm(n)
    return idx[n_val + n_test :], idx[:n_val], idx[n_val : n_val + n_test]


def standardize(train, other):
    mu = train.mean(0)
    sd = train.std(0, unbiased=False) + 1e-8
    return (train - mu) / sd, (other - mu) / sd


def early_stopping(val, patience, min_delta):
    best = int(np.argmin(val))
    stop = min(best + patience, len(val) - 1)
    return best, stop


def l2_penalty(params, lam):
    return lam * sum((w**2).sum() for w in params if w.dim() > 1)

# %% slices
# 1 split: test is order[-n_test:]; 2 early_stopping one too late; 3 penalty only for matrices
# named: split_from_the_end, stopping_late, l2_matrices
import torch


def split(n, n_val, n_test, gen):
    order = torch.randperm(n, generator=gen)
    train = order[: n - n_val - n_test]
    val = order[n - n_val - n_test : n - n_test]
    test = order[-n_test:]
    return train, val, test


def early_stopping(val, patience, min_delta):
    best_loss, best, wait = float("inf"), 0, 0
    for i, v in enumerate(val):
        if v < best_loss - min_delta:
            best_loss, best, wait = v, i, 0
        else:
            wait += 1
            if wait > patience:
                return best, i
    return best, len(val) - 1


def l2_penalty(params, lam):
    loss = torch.tensor(0.0, dtype=params[0].dtype)
    for w in params:
        if w.dim() == 2:
            loss = loss + lam / 2 * torch.sum(w**2)
    return loss

# %% quick
# 1 dropout: p = 1 divides 0 by 0, training ignored; 2 standardize: constant columns are nan; 3 early_stopping: min_delta
# not used
# like: own_autograd
# named: dropout_nan, dropout_always, standardize_constant, stopping_without_delta, stopping_first_is_best, stopping_first_is_best_and_counted
import torch


def dropout(x, p, training, gen):
    mask = (torch.rand(x.shape, generator=gen) >= p).to(x.dtype)
    return mask * x / (1 - p)


def standardize(train, other):
    mean, std = train.mean(0), train.std(0, correction=0)
    return (train - mean) / std, (other - mean) / std


def early_stopping(val, patience, min_delta):
    best, bad = 0, 0
    for i in range(1, len(val)):
        if val[i] < val[best]:
            best, bad = i, 0
        else:
            bad += 1
        if bad == patience:
            return best, i
    return best, len(val) - 1

# %% probabilities_confused
# 1 dropout keeps with p; 2 split: val and test overlap; 3 the penalty is the norm
# like: bernoulli
# named: dropout_the_other_way, split_overlap, l2_norm
import torch


def dropout(x, p, training, gen):
    if not training:
        return x
    keep = torch.bernoulli(torch.full(x.shape, float(p)), generator=gen).to(x.dtype)
    return x * keep / (1 - p) if p < 1 else torch.zeros_like(x)


def split(n, n_val, n_test, gen):
    perm = torch.randperm(n, generator=gen)
    val = perm[:n_val]
    test = perm[:n_test]
    train = perm[n_val + n_test :]
    return train, val, test


def l2_penalty(params, lam):
    out = torch.zeros((), dtype=params[0].dtype)
    for w in params:
        if w.dim() >= 2:
            out = out + torch.norm(w)
    return lam / 2 * out

# %% leaks
# 1 standardize by both tables; 2 split: sorted parts; 3 early_stopping: against the epoch before
# like: classes
# named: standardize_together, split_sorted, stopping_by_the_last
import torch


def split(n, n_val, n_test, gen):
    order = torch.randperm(n, generator=gen)
    test, _ = torch.sort(order[:n_test])
    val, _ = torch.sort(order[n_test : n_test + n_val])
    train, _ = torch.sort(order[n_test + n_val :])
    return train, val, test


def standardize(train, other):
    x = torch.cat([train, other], dim=0)
    mean = x.mean(dim=0)
    std = x.std(dim=0, unbiased=False)
    std[std == 0] = 1.0
    return (train - mean) / std, (other - mean) / std


def early_stopping(val, patience, min_delta):
    best, count = 0, 0
    for i in range(len(val)):
        if i == 0 or val[i] < val[i - 1] - min_delta:
            best, count = i, 0
        else:
            count += 1
            if count >= patience:
                return best, i
    return best, len(val) - 1

# %% first_of_everything
# 1 dropout with manual_seed; 2 split from 1; 3 penalty through a Python float
# named: dropout_seeds_needlessly, dropout_reseeds, dropout_ignores_gen, dropout_exact_count, split_from_one, l2_detached
import torch


def dropout(x, p, training, gen):
    if not training:
        return x
    torch.manual_seed(0)
    mask = torch.rand(x.shape) > p
    return torch.where(mask, x / (1 - p), torch.zeros_like(x))


def split(n, n_val, n_test, gen):
    order = torch.randperm(n, generator=gen) + 1
    return order[: n - n_val - n_test], order[n - n_val - n_test : n - n_test], order[n - n_test :]


def l2_penalty(params, lam):
    total = 0.0
    for w in params:
        if w.dim() >= 2:
            total += float((w**2).sum())
    return torch.tensor(lam / 2 * total)
