# %% masked_fill
# A mask of those that are dropped; Bernoulli draws from a full tensor; multinomial for the order.
import torch
import torch.nn.functional as F


def dropout(x, p, training, gen):
    if not training:
        return x
    drop = torch.bernoulli(torch.full(x.shape, float(p)), generator=gen).bool()
    if p == 1:
        return torch.zeros_like(x)
    return (x / (1 - p)).masked_fill(drop, 0.0)


def split(n, n_val, n_test, gen):
    order = torch.multinomial(torch.ones(n, dtype=torch.float64), n, generator=gen)
    test = order[:n_test]
    val = order[n_test : n_test + n_val]
    train = order[n_test + n_val :]
    return train, val, test


def standardize(train, other):
    mu = train.sum(0) / len(train)
    sd = torch.sqrt(((train - mu) ** 2).sum(0) / len(train))
    constant = (train == train[0]).all(dim=0)
    sd = sd.masked_fill(constant, 1)
    both = (torch.cat([train, other]) - mu) / sd
    return both[: len(train)], both[len(train) :]


def l2_penalty(params, lam):
    weights = [w for w in params if w.dim() >= 2]
    total = sum((F.mse_loss(w, torch.zeros_like(w), reduction="sum") for w in weights), params[0].new_tensor(0.0))
    return total * (lam / 2)

# %% classes
# Objects that keep the state of one call.
import torch


class Stopper:
    def __init__(self, patience, min_delta):
        self.patience, self.min_delta = patience, min_delta
        self.best, self.loss, self.bad = 0, None, 0

    def step(self, epoch, loss):
        if self.is_better(loss):
            self.best, self.loss, self.bad = epoch, loss, 0
            return False
        self.bad += 1
        return self.bad == self.patience

    def is_better(self, loss):
        if loss != loss:
            return False
        return self.loss is None or loss < self.loss - self.min_delta


class Scaler:
    def fit(self, x):
        self.std, self.mean = torch.std_mean(x, dim=0, correction=0)
        self.std = torch.where(self.std > 0, self.std, 1.0)
        return self

    def transform(self, x):
        return (x - self.mean) / self.std


class Dropout(torch.nn.Module):
    def __init__(self, p, gen):
        super().__init__()
        self.p, self.gen = p, gen

    def forward(self, x):
        if not self.training or self.p == 0:
            return x
        keep = 1 - self.p
        mask = (torch.rand(x.shape, generator=self.gen, dtype=x.dtype) < keep).to(x.dtype)
        return x * mask / keep if keep > 0 else x * mask


def dropout(x, p, training, gen):
    return Dropout(p, gen).train(training)(x)


def standardize(train, other):
    scaler = Scaler().fit(train)
    return scaler.transform(train), scaler.transform(other)


def early_stopping(val, patience, min_delta):
    stopper = Stopper(patience, min_delta)
    stop = 0
    for stop, loss in enumerate(val):
        if stopper.step(stop, loss):
            break
    return stopper.best, stop

# %% in_place_on_copies
# Copies that are changed in place.
import random

import torch


def dropout(x, p, training, gen):
    out = x.clone()
    if not training:
        return out
    gone = torch.rand(x.shape, generator=gen) < p
    out[gone] = 0
    if p != 1:
        out /= 1 - p
    return out


def split(n, n_val, n_test, gen):
    numbers = list(range(n))
    random.Random(int(torch.empty((), dtype=torch.int64).random_(generator=gen))).shuffle(numbers)
    order = torch.tensor(numbers)
    end = n - n_test
    return order[: end - n_val].clone(), order[end - n_val : end].clone(), order[end:].clone()


def standardize(train, other):
    train, other = train.clone(), other.clone()
    mu = train.mean(0)
    train -= mu
    other -= mu
    sigma = (train**2).mean(0).sqrt_()
    sigma[sigma == 0] = 1
    train /= sigma
    other /= sigma
    return train, other


def early_stopping(val, patience, min_delta):
    left = list(val)
    t, best, ref, left_patience = -1, 0, None, patience
    while left and left_patience > 0:
        loss = left.pop(0)
        t += 1
        if loss == loss and (ref is None or ref - min_delta > loss):
            ref, best, left_patience = loss, t, patience
        else:
            left_patience -= 1
    return best, t


def l2_penalty(params, lam):
    total = params[0].detach().new_zeros([])
    for w in filter(lambda t: t.dim() > 1, params):
        total += torch.linalg.vector_norm(w) ** 2
    return total.mul(lam).div(2)

# %% norms
# Frobenius norms; the population standard deviation from the norm; a mask as a product.
import torch


def dropout(x, p, training, gen):
    if training and 0 < p < 1:
        return torch.mul(x, (torch.rand(x.size(), generator=gen) > p).to(x.dtype) / (1 - p))
    return torch.zeros_like(x) if training and p == 1 else x


def split(n, n_val, n_test, gen):
    perm = torch.randperm(n, generator=gen)
    return perm[n_val + n_test : n], perm[0:n_val], perm[n_val : n_val + n_test]


def standardize(train, other):
    mu = torch.mean(train, 0)
    sigma = torch.linalg.vector_norm(train - mu, dim=0) / train.shape[0] ** 0.5
    sigma = torch.where(sigma == 0, torch.ones_like(sigma), sigma)
    return (train - mu).div(sigma), (other - mu).div(sigma)


def l2_penalty(params, lam):
    norms = [torch.linalg.norm(w.reshape(-1)) for w in params if w.dim() not in (0, 1)]
    return lam / 2 * sum((v * v for v in norms), torch.zeros_like(params[0].sum()))

# %% einsum
# Einsum, recursion, and a generator made from a seed that the given one draws.
import torch


def _child(gen):
    seed = torch.randint(0, 2**31 - 1, (1,), generator=gen).item()
    return torch.Generator().manual_seed(seed)


def dropout(x, p, training, gen):
    if not training:
        return x
    keep = torch.rand(x.shape, generator=_child(gen), dtype=x.dtype) >= p
    return torch.where(keep, x / (1 - p if p < 1 else 1), 0.0)


def split(n, n_val, n_test, gen):
    order = torch.randperm(n, generator=_child(gen))
    test_at, val_at = n - n_test, n - n_test - n_val
    return tuple(order[a:b] for a, b in ((0, val_at), (val_at, test_at), (test_at, n)))


def standardize(train, other):
    n = train.shape[0]
    centred = train - torch.einsum("nd->d", train) / n
    sigma = (torch.einsum("nd,nd->d", centred, centred) / n).sqrt()
    sigma = sigma.where(sigma != 0, torch.ones_like(sigma))
    return centred / sigma, (other - train.mean(0)) / sigma


def early_stopping(val, patience, min_delta):
    def go(epoch, best, bad):
        if bad == patience or epoch == len(val):
            return best, epoch - 1
        loss = val[epoch]
        if loss == loss and (best is None or loss < val[best] - min_delta):
            return go(epoch + 1, epoch, 0)
        return go(epoch + 1, best, bad + 1)

    best, stop = go(0, None, 0)
    return (best or 0), stop


def l2_penalty(params, lam):
    zero = torch.zeros((), dtype=params[0].dtype)
    return sum((torch.einsum("i,i->", w.flatten(), w.flatten()) for w in params if w.dim() >= 2), zero) * lam / 2

# %% index_of_the_kept
# The kept ones are looked up and put in their places.
import torch


def dropout(x, p, training, gen):
    if not training or p == 0.0:
        return x.clone()
    flat = x.reshape(-1)
    kept = torch.nonzero(torch.rand(flat.numel(), generator=gen) >= p).squeeze(1)
    return torch.zeros_like(flat).index_put((kept,), flat[kept] / (1 - p)).reshape(x.shape)


def split(n, n_val, n_test, gen):
    left = torch.arange(n)
    order = left[torch.randperm(n, generator=gen)]
    val, test, train = order.split((n_val, n_test, n - n_val - n_test))
    return train, val, test


def early_stopping(val, patience, min_delta):
    best, stop = None, len(val) - 1
    for t, loss in enumerate(val):
        if loss != loss:
            pass
        elif best is None or not loss >= val[best] - min_delta:
            best = t
        if t - (-1 if best is None else best) == patience:
            stop = t
            break
    return best if best is not None else 0, stop

# %% float64_everywhere
# All inside in float64, back at the end.
import torch


def dropout(x, p, training, gen):
    if not training:
        return x
    if p == 1:
        return torch.zeros(x.shape, dtype=x.dtype)
    mask = torch.rand(x.shape, generator=gen, dtype=torch.float64).ge(p).double() / (1 - p)
    return (x.double() * mask).to(x.dtype)


def standardize(train, other):
    t, o = train.double(), other.double()
    mu = t.mean(0)
    var = ((t - mu) ** 2).mean(0)
    var[var == 0] = 1
    return ((t - mu) / var.sqrt()).type_as(train), ((o - mu) / var.sqrt()).type_as(other)


def l2_penalty(params, lam):
    total = torch.tensor(0.0, dtype=torch.float64, device=params[0].device)
    for t in params:
        if t.dim() > 1:
            total = total + t.double().square().sum()
    return (total * lam / 2).to(params[0].dtype)

# %% binomial
# A count of one trial for each entry; the penalty by a matrix product with itself.
import torch


def dropout(x, p, training, gen):
    if not training or p == 0:
        return x + 0
    if p == 1:
        return 0 * x.clone()
    one = torch.ones(x.shape, dtype=x.dtype)
    kept = torch.binomial(one, one * (1 - p), generator=gen)
    return x * (kept / (1 - p))


def split(n, n_val, n_test, gen):
    order = torch.randperm(n, generator=gen)
    part = torch.zeros(n, dtype=torch.int64)
    part[:n_val] = 1
    part[n_val : n_val + n_test] = 2
    return order[part == 0], order[part == 1], order[part == 2]


def standardize(train, other):
    mu, rows = train.mean(0), []
    sigma = torch.stack([(column - column.mean()).pow(2).mean().sqrt() for column in train.T])
    sigma = torch.where(sigma == 0, 1.0, sigma)
    for table in (train, other):
        rows.append(torch.stack([(row - mu) / sigma for row in table]) if len(table) else table.clone())
    return rows[0], rows[1]


def l2_penalty(params, lam):
    columns = [w.reshape(-1, 1) for w in params if w.dim() >= 2]
    if not columns:
        return torch.zeros((), dtype=params[0].dtype, device=params[0].device)
    flat = torch.cat(columns)
    return (flat.T @ flat).squeeze() * lam / 2
