# %% foreach
# Lists of tensors and the _foreach functions; only the tensors that have a gradient are gathered.
import torch


def gather(state, params):
    live = [p for p in params if p.grad is not None]
    for p in live:
        if id(p) not in state:
            state[id(p)] = {"t": 0, "a": torch.zeros_like(p), "b": torch.zeros_like(p)}
        state[id(p)]["t"] += 1
    states = [state[id(p)] for p in live]
    return live, [p.grad for p in live], [s["a"] for s in states], [s["b"] for s in states], [s["t"] for s in states]


class SGD:
    def __init__(self, params, lr, momentum=0.0, weight_decay=0.0):
        self.params, self.lr, self.momentum, self.weight_decay = list(params), lr, momentum, weight_decay
        self.state = {}

    @torch.no_grad()
    def step(self):
        ps, grads, vs, _, _ = gather(self.state, self.params)
        if not ps:
            return
        grads = torch._foreach_add(grads, torch._foreach_mul(ps, self.weight_decay))
        torch._foreach_mul_(vs, self.momentum)
        torch._foreach_add_(vs, grads)
        torch._foreach_sub_(ps, torch._foreach_mul(vs, self.lr))

    def zero_grad(self):
        for p in self.params:
            p.grad = None


class RMSprop:
    def __init__(self, params, lr=0.01, alpha=0.99, eps=1e-8):
        self.params, self.lr, self.alpha, self.eps = list(params), lr, alpha, eps
        self.state = {}

    @torch.no_grad()
    def step(self):
        ps, grads, ss, _, _ = gather(self.state, self.params)
        for p, g, s in zip(ps, grads, ss):
            s.mul_(self.alpha).addcmul_(g, g, value=1 - self.alpha)
            p.addcdiv_(g, s.sqrt() + self.eps, value=-self.lr)

    def zero_grad(self):
        for p in self.params:
            p.grad = None


class Adam:
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0):
        self.params, self.lr, self.betas, self.eps = list(params), lr, betas, eps
        self.weight_decay = weight_decay
        self.state = {}

    @torch.no_grad()
    def step(self):
        ps, grads, ms, vs, ts = gather(self.state, self.params)
        for p, g, m, v, t in zip(ps, grads, ms, vs, ts):
            g = g.add(p, alpha=self.weight_decay)
            m.lerp_(g, 1 - self.betas[0])
            v.lerp_(g * g, 1 - self.betas[1])
            root = (v / (1 - self.betas[1] ** t)).sqrt()
            p.addcdiv_(m, root + self.eps, value=-self.lr / (1 - self.betas[0] ** t))

    def zero_grad(self):
        for p in self.params:
            p.grad = None


# %% closures
# Each tensor has a function of its own, whose variables are the state.
import torch


def sgd_rule(o):
    v = None

    def move(p, g):
        nonlocal v
        v = g.clone() if v is None else o.momentum * v + g
        return v

    return move


def rms_rule(o):
    s = 0.0

    def move(p, g):
        nonlocal s
        s = o.alpha * s + (1 - o.alpha) * g**2
        return g / (s**0.5 + o.eps)

    return move


def adam_rule(o):
    m = v = 0.0
    t = 0

    def move(p, g):
        nonlocal m, v, t
        t += 1
        m = o.betas[0] * m + (1 - o.betas[0]) * g
        v = o.betas[1] * v + (1 - o.betas[1]) * g**2
        return m / (1 - o.betas[0] ** t) / ((v / (1 - o.betas[1] ** t)) ** 0.5 + o.eps)

    return move


class Rules:
    weight_decay = 0.0

    def prepare(self, params, rule):
        self.rules = [(p, rule(self)) for p in params]

    def step(self):
        for p, move in self.rules:
            if p.grad is not None:
                g = p.grad.data
                if self.weight_decay:
                    g = g + self.weight_decay * p.data
                p.data.sub_(self.lr * move(p.data, g))

    def zero_grad(self):
        for p, _ in self.rules:
            p.grad = None


class SGD(Rules):
    def __init__(self, params, lr, momentum=0.0, weight_decay=0.0):
        self.lr, self.momentum, self.weight_decay = lr, momentum, weight_decay
        self.prepare(params, sgd_rule)


class RMSprop(Rules):
    def __init__(self, params, lr=0.01, alpha=0.99, eps=1e-8):
        self.lr, self.alpha, self.eps = lr, alpha, eps
        self.prepare(params, rms_rule)


class Adam(Rules):
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0):
        self.lr, self.betas, self.eps, self.weight_decay = lr, betas, eps, weight_decay
        self.prepare(params, adam_rule)


# %% pure_functions
# Functions without effects make the new value and the new state; the classes only store them.
from typing import NamedTuple

import torch


class Moments(NamedTuple):
    m: torch.Tensor
    v: torch.Tensor
    t: int


def sgd_update(p, g, v, lr, momentum):
    v = g if v is None else momentum * v + g
    return p - lr * v, v


def rmsprop_update(p, g, s, lr, alpha, eps):
    s = alpha * s + (1 - alpha) * g * g
    return p - lr * g / (s.sqrt() + eps), s


def adam_update(p, g, old, lr, betas, eps):
    new = Moments(betas[0] * old.m + (1 - betas[0]) * g, betas[1] * old.v + (1 - betas[1]) * g * g, old.t + 1)
    m_hat = new.m / (1 - betas[0] ** new.t)
    v_hat = new.v / (1 - betas[1] ** new.t)
    return p - lr * m_hat / (v_hat.sqrt() + eps), new


def reset(params):
    for p in params:
        if p.grad is not None:
            p.grad = torch.zeros_like(p.grad)


class SGD:
    def __init__(self, params, lr, momentum=0.0, weight_decay=0.0):
        self.params = list(params)
        self.lr, self.momentum, self.weight_decay = lr, momentum, weight_decay
        self.state = [None] * len(self.params)

    @torch.no_grad()
    def step(self):
        for i, p in enumerate(self.params):
            if p.grad is not None:
                g = p.grad + self.weight_decay * p
                new, self.state[i] = sgd_update(p, g, self.state[i], self.lr, self.momentum)
                p.copy_(new)

    def zero_grad(self):
        reset(self.params)


class RMSprop:
    def __init__(self, params, lr=0.01, alpha=0.99, eps=1e-8):
        self.params = list(params)
        self.lr, self.alpha, self.eps = lr, alpha, eps
        self.state = [torch.zeros_like(p, requires_grad=False) for p in self.params]

    @torch.no_grad()
    def step(self):
        for i, p in enumerate(self.params):
            if p.grad is not None:
                new, self.state[i] = rmsprop_update(p, p.grad, self.state[i], self.lr, self.alpha, self.eps)
                p.copy_(new)

    def zero_grad(self):
        reset(self.params)


class Adam:
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0):
        self.params = list(params)
        self.lr, self.betas, self.eps, self.weight_decay = lr, betas, eps, weight_decay
        self.state = [Moments(torch.zeros_like(p), torch.zeros_like(p), 0) for p in self.params]

    @torch.no_grad()
    def step(self):
        for i, p in enumerate(self.params):
            if p.grad is not None:
                g = p.grad + self.weight_decay * p
                new, self.state[i] = adam_update(p, g, self.state[i], self.lr, self.betas, self.eps)
                p.copy_(new)

    def zero_grad(self):
        reset(self.params)


# %% history
# All gradients so far are kept, and the means are sums over them.
import torch


class SGD:
    def __init__(self, params, lr, momentum=0.0, weight_decay=0.0):
        self.params = list(params)
        self.lr, self.momentum, self.weight_decay = lr, momentum, weight_decay
        self.past = [[] for _ in self.params]

    def step(self):
        with torch.no_grad():
            for p, past in zip(self.params, self.past):
                if p.grad is None:
                    continue
                past.append(p.grad + self.weight_decay * p)
                v = sum(self.momentum ** (len(past) - 1 - k) * g for k, g in enumerate(past))
                p -= self.lr * v

    def zero_grad(self):
        for p in self.params:
            p.grad = None


class RMSprop:
    def __init__(self, params, lr=0.01, alpha=0.99, eps=1e-8):
        self.params = list(params)
        self.lr, self.alpha, self.eps = lr, alpha, eps
        self.past = [[] for _ in self.params]

    def step(self):
        with torch.no_grad():
            for p, past in zip(self.params, self.past):
                if p.grad is None:
                    continue
                past.append(p.grad.clone())
                s = (1 - self.alpha) * sum(self.alpha**k * g**2 for k, g in enumerate(reversed(past)))
                p -= self.lr * p.grad / (s.sqrt() + self.eps)

    def zero_grad(self):
        for p in self.params:
            p.grad = None


class Adam:
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0):
        self.params = list(params)
        self.lr, self.betas, self.eps, self.weight_decay = lr, betas, eps, weight_decay
        self.past = [[] for _ in self.params]

    def step(self):
        with torch.no_grad():
            for p, past in zip(self.params, self.past):
                if p.grad is None:
                    continue
                past.append(p.grad + self.weight_decay * p)
                b1, b2 = self.betas
                t = len(past)
                m = (1 - b1) * sum(b1 ** (t - 1 - k) * g for k, g in enumerate(past))
                v = (1 - b2) * sum(b2 ** (t - 1 - k) * g * g for k, g in enumerate(past))
                p -= self.lr * (m / (1 - b1**t)) / ((v / (1 - b2**t)).sqrt() + self.eps)

    def zero_grad(self):
        for p in self.params:
            p.grad = None
