# %% base
# Plain formulas under torch.no_grad.
import torch


class SGD:
    def __init__(self, params, lr, momentum=0.0, weight_decay=0.0):
        self.params = list(params)
        self.lr = lr
        self.momentum = momentum
        self.weight_decay = weight_decay
        self.velocity = [None for _ in self.params]

    def step(self):
        with torch.no_grad():
            for i, p in enumerate(self.params):
                if p.grad is None:
                    continue
                g = p.grad + self.weight_decay * p
                if self.velocity[i] is None:
                    self.velocity[i] = g
                else:
                    self.velocity[i] = self.momentum * self.velocity[i] + g
                p -= self.lr * self.velocity[i]

    def zero_grad(self):
        for p in self.params:
            p.grad = None


class RMSprop:
    def __init__(self, params, lr=0.01, alpha=0.99, eps=1e-8):
        self.params = list(params)
        self.lr = lr
        self.alpha = alpha
        self.eps = eps
        self.s = [torch.zeros_like(p) for p in self.params]

    def step(self):
        with torch.no_grad():
            for i, p in enumerate(self.params):
                if p.grad is None:
                    continue
                self.s[i] = self.alpha * self.s[i] + (1 - self.alpha) * p.grad**2
                p -= self.lr * p.grad / (self.s[i].sqrt() + self.eps)

    def zero_grad(self):
        for p in self.params:
            p.grad = None


class Adam:
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0):
        self.params = list(params)
        self.lr = lr
        self.betas = betas
        self.eps = eps
        self.weight_decay = weight_decay
        self.m = [torch.zeros_like(p) for p in self.params]
        self.v = [torch.zeros_like(p) for p in self.params]
        self.t = [0] * len(self.params)

    def step(self):
        b1, b2 = self.betas
        with torch.no_grad():
            for i, p in enumerate(self.params):
                if p.grad is None:
                    continue
                self.t[i] += 1
                g = p.grad + self.weight_decay * p
                self.m[i] = b1 * self.m[i] + (1 - b1) * g
                self.v[i] = b2 * self.v[i] + (1 - b2) * g**2
                mhat = self.m[i] / (1 - b1 ** self.t[i])
                vhat = self.v[i] / (1 - b2 ** self.t[i])
                p -= self.lr * mhat / (vhat.sqrt() + self.eps)

    def zero_grad(self):
        for p in self.params:
            p.grad = None


# %% in_place_data
# In-place operations on p.data; powers of the roots are taken apart.
import torch


class SGD:
    def __init__(self, params, lr, momentum=0.0, weight_decay=0.0):
        self.ps = [p for p in params]
        self.lr, self.mu, self.wd = lr, momentum, weight_decay
        self.buf = {}

    def step(self):
        for k, p in enumerate(self.ps):
            if p.grad is not None:
                g = p.grad.detach().clone()
                if self.wd != 0:
                    g.add_(p.data, alpha=self.wd)
                if self.mu != 0:
                    if k in self.buf:
                        self.buf[k].mul_(self.mu).add_(g)
                    else:
                        self.buf[k] = g.clone()
                    g = self.buf[k]
                p.data.add_(g, alpha=-self.lr)

    def zero_grad(self):
        for p in self.ps:
            if p.grad is not None:
                p.grad.zero_()


class RMSprop:
    def __init__(self, params, lr=0.01, alpha=0.99, eps=1e-8):
        self.ps = [p for p in params]
        self.lr, self.alpha, self.eps = lr, alpha, eps
        self.sq = {k: torch.zeros_like(p.data) for k, p in enumerate(self.ps)}

    def step(self):
        for k, p in enumerate(self.ps):
            if p.grad is not None:
                s = self.sq[k]
                s.mul_(self.alpha).addcmul_(p.grad, p.grad, value=1 - self.alpha)
                p.data.addcdiv_(p.grad, s.sqrt().add_(self.eps), value=-self.lr)

    def zero_grad(self):
        for p in self.ps:
            if p.grad is not None:
                p.grad.zero_()


class Adam:
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0):
        self.ps = [p for p in params]
        self.lr, self.eps, self.wd = lr, eps, weight_decay
        self.b1, self.b2 = betas
        self.state = {}

    def step(self):
        for k, p in enumerate(self.ps):
            if p.grad is not None:
                g = p.grad.data
                if self.wd:
                    g = g.add(p.data, alpha=self.wd)
                st = self.state.setdefault(k, {"t": 0, "m": torch.zeros_like(p.data), "v": torch.zeros_like(p.data)})
                st["t"] += 1
                st["m"].mul_(self.b1).add_(g, alpha=1 - self.b1)
                st["v"].mul_(self.b2).addcmul_(g, g, value=1 - self.b2)
                c1 = 1 - self.b1 ** st["t"]
                c2 = 1 - self.b2 ** st["t"]
                denom = (st["v"].sqrt() / c2**0.5).add_(self.eps)
                p.data.addcdiv_(st["m"], denom, value=-self.lr / c1)

    def zero_grad(self):
        for p in self.ps:
            if p.grad is not None:
                p.grad.zero_()


# %% base_class
# A base class does the loop; each rule is one method that returns the direction.
import math
from abc import ABC, abstractmethod

import torch


class _Optimizer(ABC):
    def __init__(self, params, lr, weight_decay=0.0):
        self.params = tuple(params)
        self.lr = lr
        self.weight_decay = weight_decay
        self.memory = {}

    @abstractmethod
    def direction(self, mem, g): ...

    @torch.no_grad()
    def step(self):
        for p in self.params:
            if p.grad is None:
                continue
            mem = self.memory.setdefault(id(p), {"t": 0})
            mem["t"] += 1
            p.sub_(self.lr * self.direction(mem, p.grad + self.weight_decay * p))

    def zero_grad(self):
        for p in self.params:
            p.grad = None


class SGD(_Optimizer):
    def __init__(self, params, lr, momentum=0.0, weight_decay=0.0):
        super().__init__(params, lr, weight_decay)
        self.momentum = momentum

    def direction(self, mem, g):
        mem["v"] = self.momentum * mem.get("v", 0) + g
        return mem["v"]


class RMSprop(_Optimizer):
    def __init__(self, params, lr=0.01, alpha=0.99, eps=1e-8):
        super().__init__(params, lr)
        self.alpha, self.eps = alpha, eps

    def direction(self, mem, g):
        mem["s"] = self.alpha * mem.get("s", 0) + (1 - self.alpha) * g.square()
        return g / (mem["s"].sqrt() + self.eps)


class Adam(_Optimizer):
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0):
        super().__init__(params, lr, weight_decay)
        self.betas, self.eps = betas, eps

    def direction(self, mem, g):
        b1, b2 = self.betas
        mem["m"] = b1 * mem.get("m", 0) + (1 - b1) * g
        mem["v"] = b2 * mem.get("v", 0) + (1 - b2) * g * g
        return (
            mem["m"] / (1 - math.pow(b1, mem["t"])) / (torch.sqrt(mem["v"] / (1 - math.pow(b2, mem["t"]))) + self.eps)
        )


# %% running_powers
# Powers kept as running products; the new values are written with p.data = ... and p[...] = ...
import torch


class SGD:
    def __init__(self, params, lr, momentum=0.0, weight_decay=0.0):
        self.lr = lr
        self.momentum = momentum
        self.weight_decay = weight_decay
        self.items = [[p, None] for p in params]

    @torch.no_grad()
    def step(self):
        for item in self.items:
            p, v = item
            g = p.grad
            if g is None:
                continue
            g = g.clone()
            if self.weight_decay > 0:
                g += self.weight_decay * p
            item[1] = v = g if v is None else v.mul(self.momentum).add(g)
            p[...] = p - self.lr * v
        return None

    @torch.no_grad()
    def zero_grad(self):
        for p, _ in self.items:
            if p.grad is not None:
                p.grad.fill_(0)


class RMSprop:
    def __init__(self, params, lr=0.01, alpha=0.99, eps=1e-8):
        self.lr = lr
        self.alpha = alpha
        self.eps = eps
        self.items = [[p, torch.zeros(p.shape, dtype=p.dtype, device=p.device)] for p in params]

    @torch.no_grad()
    def step(self):
        for p, s in self.items:
            if p.grad is None:
                continue
            s *= self.alpha
            s += (1 - self.alpha) * p.grad * p.grad
            p.copy_(p - self.lr * p.grad / (torch.sqrt(s) + self.eps))

    def zero_grad(self):
        for p, _ in self.items:
            p.grad = None


class Adam:
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0):
        self.lr = lr
        self.betas = betas
        self.eps = eps
        self.weight_decay = weight_decay
        self.items = [
            {"p": p, "m": p.new_zeros(p.shape), "v": p.new_zeros(p.shape), "b1t": 1.0, "b2t": 1.0} for p in params
        ]

    @torch.no_grad()
    def step(self):
        beta1, beta2 = self.betas
        for d in self.items:
            p = d["p"]
            if p.grad is None:
                continue
            d["b1t"] *= beta1
            d["b2t"] *= beta2
            g = p.grad if self.weight_decay == 0 else p.grad.add(p, alpha=self.weight_decay)
            d["m"] += (1 - beta1) * (g - d["m"])
            d["v"].mul_(beta2).add_(g.pow(2).mul_(1 - beta2))
            step = (d["m"] / (1 - d["b1t"])) / ((d["v"] / (1 - d["b2t"])).sqrt() + self.eps)
            p.add_(step, alpha=-self.lr)

    def zero_grad(self):
        for d in self.items:
            d["p"].grad = None


# %% slots
# A small record for each tensor, and detached views of them.
from dataclasses import dataclass

import torch


@dataclass
class _Slot:
    p: torch.Tensor
    a: torch.Tensor
    b: torch.Tensor
    t: int = 0


def _slots(params):
    out = []
    for p in params:
        d = p.detach()
        out.append(_Slot(p, torch.zeros_like(d), torch.zeros_like(d)))
    return out


def _clear(slots):
    for s in slots:
        s.p.grad = None if s.p.grad is None else torch.zeros_like(s.p.grad)


class SGD:
    def __init__(self, params, lr, momentum=0.0, weight_decay=0.0):
        self.slots, self.lr = _slots(params), lr
        self.momentum, self.weight_decay = momentum, weight_decay

    def step(self):
        for s in self.slots:
            if s.p.grad is None:
                continue
            d = s.p.detach()
            s.a = torch.add(s.p.grad, s.a, alpha=self.momentum) + self.weight_decay * d
            d -= self.lr * s.a

    def zero_grad(self):
        _clear(self.slots)


class RMSprop:
    def __init__(self, params, lr=0.01, alpha=0.99, eps=1e-8):
        self.slots, self.lr = _slots(params), lr
        self.alpha, self.eps = alpha, eps

    def step(self):
        for s in self.slots:
            if s.p.grad is None:
                continue
            s.a = torch.lerp(s.p.grad.square(), s.a, self.alpha)
            s.p.detach().sub_(s.p.grad / (s.a**0.5 + self.eps) * self.lr)

    def zero_grad(self):
        _clear(self.slots)


class Adam:
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0):
        self.slots, self.lr = _slots(params), lr
        self.beta1, self.beta2 = betas
        self.eps, self.weight_decay = eps, weight_decay

    def step(self):
        for s in self.slots:
            if s.p.grad is None:
                continue
            s.t += 1
            d = s.p.detach()
            g = s.p.grad + self.weight_decay * d
            s.a = s.a + (1 - self.beta1) * (g - s.a)
            s.b = self.beta2 * s.b + (1 - self.beta2) * g.pow(2)
            first = s.a / (1 - self.beta1**s.t)
            second = s.b / (1 - self.beta2**s.t)
            d.copy_(d - self.lr * first / (second.sqrt() + self.eps))

    def zero_grad(self):
        _clear(self.slots)
