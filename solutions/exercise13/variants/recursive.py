"""Modules by recursion, batches by an iterator, the Jacobian row by row, steps taken and taken back in place."""

import torch


def grad_of(f, x):
    return vjp(f, x, torch.ones((), dtype=x.dtype, device=x.device))


def accumulate(f, w, batches):
    sums = torch.zeros_like(w, requires_grad=False)
    iterator = iter(batches)
    while True:
        try:
            batch = next(iterator)
        except StopIteration:
            break
        w.grad = None
        f(w, batch).backward()
        sums += w.grad
    w.grad = sums
    return torch.empty_like(sums).copy_(sums)


def vjp(f, x, v):
    x = torch.empty_like(x).copy_(x.detach()).requires_grad_()
    product = torch.zeros_like(x)
    for value, weight in zip(f(x).reshape(-1), v.reshape(-1), strict=True):
        product = product + weight * torch.autograd.grad(value, x, retain_graph=True)[0]
    return product.detach()


def freeze(module):
    for parameter in module._parameters.values():
        if parameter is not None:
            parameter.requires_grad_(False)
    for child in module.children():
        freeze(child)
    return module


def detached_copy(x):
    return torch.empty(x.shape, dtype=x.dtype, device=x.device).copy_(x.detach())


@torch.no_grad()
def numerical_gradient(f, x, eps):
    point = torch.empty(x.shape, dtype=torch.float64, device=x.device).copy_(x)
    flat = point.view(-1)
    slopes = torch.empty_like(flat)
    for i, value in enumerate(flat.tolist()):
        flat[i] = value + eps
        above = f(point).clone()
        flat[i] = value - eps
        slopes[i] = (above - f(point)) / (2 * eps)
        flat[i] = value
    return slopes.view(x.shape).to(x.dtype)
