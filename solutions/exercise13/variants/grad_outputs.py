"""autograd.grad everywhere; x itself where it may be differentiated; the sum kept beside w.grad."""

import copy

import torch


def differentiable(x):
    return x if x.requires_grad else x.detach().requires_grad_()


def grad_of(f, x):
    x = differentiable(x)
    (gradient,) = torch.autograd.grad(outputs=f(x), inputs=x)
    return gradient


def accumulate(f, w, batches):
    total = 0
    for batch in batches:
        total = total + torch.autograd.grad(f(w, batch), w)[0]
    w.grad = total.clone()
    return total


def vjp(f, x, v):
    x = differentiable(x)
    return torch.autograd.grad(f(x), x, grad_outputs=v)[0]


def freeze(module):
    return module.requires_grad_(False)


def detached_copy(x):
    return copy.deepcopy(x.detach())


def numerical_gradient(f, x, eps):
    flat = x.detach().to(torch.float64).flatten()
    steps = eps * torch.eye(flat.numel(), dtype=torch.float64, device=x.device)

    def at(row):
        return float(f(row.reshape(x.shape)))

    pairs = zip(flat + steps, flat - steps, strict=True)
    slopes = [(at(above) - at(below)) / (2 * eps) for above, below in pairs]
    return torch.tensor(slopes, dtype=x.dtype, device=x.device).reshape(x.shape)
