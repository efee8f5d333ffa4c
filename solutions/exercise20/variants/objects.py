"""Classes that hold the state: a mask with its own gradient, a scaler, a stopper; float64 inside and back."""

import torch


class Dropping(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, factor):
        ctx.save_for_backward(factor)
        return x * factor

    @staticmethod
    def backward(ctx, upstream):
        (factor,) = ctx.saved_tensors
        return upstream * factor, None


def dropout(x, p, training, gen):
    factor = torch.ones_like(x)
    if training:
        uniform = torch.rand(x.numel(), generator=gen, dtype=torch.float64).reshape(x.shape)
        factor = (uniform >= p).to(x.dtype) / (1 - p if p < 1 else 1)
    return Dropping.apply(x, factor)


def split(n, n_val, n_test, gen):
    order = torch.randperm(n, generator=gen)
    part = torch.cat([torch.full((size,), k) for k, size in enumerate((n - n_val - n_test, n_val, n_test))])
    return tuple(order[part == k] for k in range(3))


class Scaler:
    def __init__(self, train):
        train = train.double()
        self.mean = train.mean(0)
        variance = ((train - self.mean) ** 2).mean(0)
        self.std = torch.sqrt(variance)
        self.std += self.std == 0

    def __call__(self, x):
        return ((x.double() - self.mean) / self.std).to(x.dtype)


def standardize(train, other):
    scaler = Scaler(train)
    return scaler(train), scaler(other)


class Stopper:
    def __init__(self, patience, min_delta):
        self.patience, self.min_delta = patience, min_delta
        self.best, self.lowest, self.waited = 0, None, 0

    def see(self, epoch, loss):
        number = loss == loss
        if number and (self.lowest is None or loss < self.lowest - self.min_delta):
            self.best, self.lowest, self.waited = epoch, loss, 0
            return False
        self.waited += 1
        return self.waited >= self.patience


def early_stopping(val, patience, min_delta):
    stopper = Stopper(patience, min_delta)
    for epoch, loss in enumerate(val):
        if stopper.see(epoch, loss):
            break
    return stopper.best, epoch


def l2_penalty(params, lam):
    norms = [torch.linalg.vector_norm(w.double()) for w in params if w.ndim >= 2]
    total = sum((norm**2 for norm in norms), torch.zeros((), dtype=torch.float64, device=params[0].device))
    return (lam / 2 * total).to(params[0].dtype)
