# %% base
# Plain: a detached leaf, one backward pass, a loop over the entries.
import torch

def grad_of(f, x):
    z = x.detach().clone().requires_grad_(True)
    (gradient,) = torch.autograd.grad(f(z), z)
    return gradient.clone()

def accumulate(f, w, batches):
    w.grad = None
    for batch in batches:
        f(w, batch).backward()
    return w.grad.detach().clone()

def vjp(f, x, v):
    z = x.detach().clone().requires_grad_(True)
    y = f(z)
    (gradient,) = torch.autograd.grad((y * v).sum(), z)
    return gradient.clone()

def freeze(module):
    for p in module.parameters():
        p.requires_grad_(False)
    return module

def detached_copy(x):
    return x.detach().clone()

def numerical_gradient(f, x, eps):
    start = x.detach().to(torch.float64).contiguous()
    result = torch.zeros(start.shape, dtype=torch.float64)
    for i in range(start.numel()):
        up = start.clone()
        up.view(-1)[i] += eps
        down = start.clone()
        down.view(-1)[i] -= eps
        result.view(-1)[i] = (f(up).item() - f(down).item()) / (2 * eps)
    return result.to(x.dtype)

# %% short_forms
# The shortest forms, with grad_outputs and a method of the module.
import torch

def grad_of(f, x):
    z = x.detach().requires_grad_()
    return torch.autograd.grad(f(z), z)[0].clone()

def vjp(f, x, v):
    z = x.detach().requires_grad_()
    return torch.autograd.grad(f(z), z, grad_outputs=v)[0].clone()

def freeze(module):
    return module.requires_grad_(False)

def detached_copy(x):
    return x.clone().detach()

# %% backward_into_a_fresh_leaf
# backward() limited to a leaf of our own, and .grad read from it.
def grad_of(f, x):
    leaf = x.detach().clone()
    leaf.requires_grad = True
    f(leaf).backward(inputs=[leaf])
    return leaf.grad

def vjp(f, x, v):
    leaf = x.detach().clone()
    leaf.requires_grad = True
    f(leaf).backward(gradient=v, inputs=[leaf])
    return leaf.grad

def accumulate(f, w, batches):
    if w.grad is not None:
        w.grad = torch.zeros_like(w)
    for batch in batches:
        value = f(w, batch)
        value.backward()
        del value
    total = torch.empty_like(w.grad)
    total.copy_(w.grad)
    return total

# %% running_total_by_autograd_grad
# Gradients from autograd.grad go into a total of our own; w.grad gets a copy at the end.
def accumulate(f, w, batches):
    total = torch.zeros_like(w.detach())
    for batch in batches:
        total += torch.autograd.grad(f(w, batch), w)[0]
    w.grad = total.clone()
    return total

def freeze(module):
    for _, parameter in module.named_parameters():
        parameter.requires_grad = False
    return module

def numerical_gradient(f, x, eps):
    point = x.detach().double()
    directions = torch.eye(point.numel(), dtype=torch.float64).reshape((point.numel(),) + tuple(point.shape))
    slopes = [(float(f(point + eps * e)) - float(f(point - eps * e))) / (2 * eps) for e in directions]
    return torch.tensor(slopes, dtype=x.dtype).reshape(x.shape)

# %% numpy_for_values
# NumPy for copies and for the differences.
import numpy as np

def detached_copy(x):
    return torch.from_numpy(x.detach().numpy().copy())

def numerical_gradient(f, x, eps):
    a = np.array(x.detach().numpy(), dtype=np.float64)
    g = np.zeros_like(a)
    for index in np.ndindex(*a.shape):
        plus, minus = a.copy(), a.copy()
        plus[index] = a[index] + eps
        minus[index] = a[index] - eps
        g[index] = (f(torch.from_numpy(plus)).item() - f(torch.from_numpy(minus)).item()) / (2.0 * eps)
    return torch.from_numpy(g).to(dtype=x.dtype)

# %% pure_python_lists
# Lists of floats, and sum() over a generator of gradients.
import torch

def accumulate(f, w, batches):
    total = sum(torch.autograd.grad(f(w, batch), w)[0] for batch in batches)
    w.grad = total.clone()
    return total

def detached_copy(x):
    return torch.tensor(x.tolist(), dtype=x.dtype).reshape(x.shape)

def numerical_gradient(f, x, eps):
    values = x.detach().double().flatten().tolist()

    def at(i, shift):
        moved = values[:i] + [values[i] + shift] + values[i + 1:]
        return f(torch.tensor(moved, dtype=torch.float64).reshape(x.shape)).item()

    slopes = [(at(i, eps) - at(i, -eps)) / (2 * eps) for i in range(len(values))]
    return torch.tensor(slopes, dtype=torch.float64).reshape(x.shape).to(x.dtype)

# %% rows_of_the_jacobian
# vjp from the whole Jacobian, one row per output, joined by einsum; grad_of by a call of vjp.
def jacobian_rows(y, z):
    rows = [torch.autograd.grad(entry, z, retain_graph=True)[0].reshape(-1) for entry in y.reshape(-1)]
    return torch.stack(rows) if rows else z.new_zeros((0, z.numel()))

def vjp(f, x, v):
    z = x.detach().clone().requires_grad_()
    rows = jacobian_rows(f(z), z).detach()
    return torch.einsum("k,ki->i", v.detach().reshape(-1).to(x.dtype), rows).reshape(x.shape)

def grad_of(f, x):
    return vjp(f, x, torch.ones((), dtype=x.dtype))

def freeze(module):
    for part in module.modules():
        for p in part.parameters(recurse=False):
            p.requires_grad_(False)
    return module

# %% clone_with_its_history
# The clone keeps the history of x; autograd.grad stops at the clone.
def grad_of(f, x):
    inner = x.clone()
    if not inner.requires_grad:
        inner.requires_grad_()
    (g,) = torch.autograd.grad(f(inner), inner)
    return g.detach().clone()

def vjp(f, x, v):
    inner = x.clone()
    if not inner.requires_grad:
        inner.requires_grad_()
    (g,) = torch.autograd.grad([f(inner)], [inner], [v.clone()])
    return g.detach().clone()

def detached_copy(x):
    with torch.no_grad():
        out = torch.empty_like(x)
        out.copy_(x)
    return out

# %% in_place_on_a_clone
# One working copy whose entries are moved and put back to the saved value.
def numerical_gradient(f, x, eps):
    work = torch.empty(x.shape, dtype=torch.float64)
    work.copy_(x.detach())
    flat = work.view(-1)
    out = torch.empty_like(flat)
    for i in range(flat.numel()):
        saved = flat[i].item()
        flat[i] = saved + eps
        upper = f(work).item()
        flat[i] = saved - eps
        lower = f(work).item()
        flat[i] = saved
        out[i] = (upper - lower) / (2 * eps)
    return out.view(x.shape).type(x.dtype)

def accumulate(f, w, batches):
    if w.grad is not None:
        w.grad.zero_()
        w.grad = None
    iterator = iter(batches)
    while True:
        try:
            batch = next(iterator)
        except StopIteration:
            break
        f(w, batch).backward()
    return w.grad.clone()

def freeze(module):
    for p in list(module.parameters()):
        p.detach_()
    return module

# %% decorators_and_hints
# Type hints, no_grad as a decorator, keywords.
from typing import Any, Callable, Iterable
import torch
from torch import Tensor, nn

def _watched(x: Tensor) -> Tensor:
    return x.detach().clone().requires_grad_(True)

def grad_of(f: Callable[[Tensor], Tensor], x: Tensor) -> Tensor:
    return vjp(f=f, x=x, v=torch.ones((), dtype=x.dtype))

def vjp(f: Callable[[Tensor], Tensor], x: Tensor, v: Tensor) -> Tensor:
    leaf = _watched(x)
    weighted = torch.sum(f(leaf) * v.detach())
    grads = torch.autograd.grad(outputs=weighted, inputs=leaf, create_graph=False)
    return grads[0].detach().clone()

def accumulate(f: Callable[[Tensor, Any], Tensor], w: Tensor, batches: Iterable[Any]) -> Tensor:
    w.grad = torch.zeros_like(w, requires_grad=False)
    for batch in batches:
        loss: Tensor = f(w, batch)
        loss.backward()
    return w.grad.clone().detach()

@torch.no_grad()
def detached_copy(x: Tensor) -> Tensor:
    return x.clone()

def numerical_gradient(f: Callable[[Tensor], Tensor], x: Tensor, eps: float) -> Tensor:
    base = x.detach().to(torch.float64)
    out = torch.zeros(base.numel(), dtype=torch.float64)
    for i in range(base.numel()):
        e = torch.zeros(base.numel(), dtype=torch.float64)
        e[i] = eps
        e = e.reshape(base.shape)
        out[i] = (f(base + e).item() - f(base - e).item()) / (eps + eps)
    return out.reshape(x.shape).to(x.dtype)

def freeze(module: nn.Module) -> nn.Module:
    def switch_off(part: nn.Module) -> None:
        for p in part.parameters(recurse=False):
            p.requires_grad_(False)

    module.apply(switch_off)
    return module

# %% recursion_and_stack
# freeze walks the tree by recursion, the gradients are stacked and summed, the differences use unravel_index.
import numpy as np

def freeze(module):
    for p in module.parameters(recurse=False):
        p.requires_grad = False
    for child in module.children():
        freeze(child)
    return module

def accumulate(f, w, batches):
    parts = []
    for batch in batches:
        (g,) = torch.autograd.grad(f(w, batch), (w,))
        parts.append(g)
    total = torch.stack(parts).sum(dim=0)
    w.grad = total.detach().clone()
    return total

def detached_copy(x):
    return x.detach() * 1

def numerical_gradient(f, x, eps):
    point = x.detach().double()
    g = torch.zeros(x.shape, dtype=torch.float64)
    for k in range(point.numel()):
        where = tuple(int(j) for j in np.unravel_index(k, tuple(point.shape))) if point.dim() else ()
        ends = []
        for sign in (1, -1):
            moved = point.clone()
            moved[where] = point[where] + sign * eps
            ends.append(f(moved).item())
        g[where] = (ends[0] - ends[1]) / (2 * eps)
    return g.to(x)

# %% dataclass_and_reduce
# A small dataclass holds the leaf; functools.reduce sums; the copy comes from the standard library.
import copy
import functools
import operator
from dataclasses import dataclass
import torch

@dataclass
class Leaf:
    tensor: torch.Tensor

    @classmethod
    def of(cls, x):
        return cls(x.detach().clone().requires_grad_(True))

    def gradient(self, scalar):
        return torch.autograd.grad(scalar, self.tensor)[0].clone()

def grad_of(f, x):
    leaf = Leaf.of(x)
    return leaf.gradient(f(leaf.tensor))

def vjp(f, x, v):
    leaf = Leaf.of(x)
    return leaf.gradient((v * f(leaf.tensor)).sum())

def accumulate(f, w, batches):
    gradients = (torch.autograd.grad(f(w, batch), w)[0] for batch in batches)
    w.grad = functools.reduce(operator.add, gradients).clone()
    return w.grad.clone()

def detached_copy(x):
    return copy.deepcopy(x.detach().contiguous())

def freeze(module):
    any(p.requires_grad_(False) is None for p in module.parameters())
    return module
