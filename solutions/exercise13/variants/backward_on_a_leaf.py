"""backward everywhere, on leaves of one's own; flags set one by one."""

import numpy as np
import torch


def grad_of(f, x):
    z = x.clone().detach().requires_grad_(True)
    f(z).backward()
    return z.grad


def accumulate(f, w, batches):
    if w.grad is not None:
        w.grad.zero_()
    for batch in batches:
        loss = f(w, batch)
        loss.backward()
    return w.grad.detach().clone()


def vjp(f, x, v):
    z = x.clone().detach().requires_grad_(True)
    f(z).backward(v)
    return z.grad


def freeze(module):
    for parameter in module.parameters():
        parameter.requires_grad = False
    return module


def detached_copy(x):
    with torch.no_grad():
        return x.clone()


def numerical_gradient(f, x, eps):
    values = x.detach().cpu().numpy().astype(np.float64)
    slopes = np.zeros_like(values)
    walk = np.nditer(values, flags=["multi_index"]) if values.size else ()
    for _ in walk:
        i = walk.multi_index
        above, below = values.copy(), values.copy()
        above[i] += eps
        below[i] -= eps
        difference = f(torch.from_numpy(above).to(x.device)) - f(torch.from_numpy(below).to(x.device))
        slopes[i] = difference.item() / (2 * eps)
    return torch.from_numpy(slopes).to(x)
