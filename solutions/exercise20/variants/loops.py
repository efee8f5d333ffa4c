"""One entry, one row, one column after another."""

import math

import torch


def dropout(x, p, training, gen):
    if not training:
        return x
    result = []
    for entry in x.reshape(-1):
        u = torch.rand((), generator=gen).item()
        result.append(entry * 0 if u < p else entry / (1 - p))
    if not result:
        return torch.zeros_like(x)
    return torch.stack(result).reshape(x.shape)


def split(n, n_val, n_test, gen):
    rows = list(range(n))
    for last in range(n - 1, 0, -1):
        other = int(torch.randint(0, last + 1, (), generator=gen))
        rows[last], rows[other] = rows[other], rows[last]
    test, val, train = rows[:n_test], rows[n_test : n_test + n_val], rows[n_test + n_val :]
    return tuple(torch.tensor(part, dtype=torch.int64) for part in (train, val, test))


def standardize(train, other):
    new_train, new_other = torch.empty_like(train), torch.empty_like(other)
    for j in range(train.shape[1]):
        column = train[:, j]
        mean = sum(column) / len(column)
        deviation = (sum((entry - mean) ** 2 for entry in column) / len(column)) ** 0.5
        if deviation == 0:
            deviation = 1.0
        new_train[:, j] = (column - mean) / deviation
        new_other[:, j] = (other[:, j] - mean) / deviation
    return new_train, new_other


def early_stopping(val, patience, min_delta):
    best, best_loss, bad = 0, None, 0
    epoch = -1
    while bad < patience and epoch + 1 < len(val):
        epoch += 1
        loss = val[epoch]
        if not math.isnan(loss) and (best_loss is None or best_loss - loss > min_delta):
            best, best_loss, bad = epoch, loss, 0
        else:
            bad += 1
    return best, epoch


def l2_penalty(params, lam):
    total = torch.zeros((), dtype=params[0].dtype, device=params[0].device)
    for w in params:
        if len(w.shape) >= 2:
            total = total + (w**2).sum()
    return total * lam / 2
