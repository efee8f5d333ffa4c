"""A base class does the walking; state hangs on the tensors' own keys, and p.data is replaced."""

from collections import defaultdict

import torch


class Optimizer:
    def __init__(self, params, lr):
        self.params = tuple(params)
        self.lr = lr
        self.state = defaultdict(dict)

    def zero_grad(self):
        for p in self.params:
            p.grad = None

    @torch.no_grad()
    def step(self):
        for p in self.params:
            if p.grad is not None:
                p.data = p.data - self.lr * self.direction(p.detach(), p.grad.detach(), self.state[p])

    def direction(self, p, g, state):
        raise NotImplementedError


class SGD(Optimizer):
    def __init__(self, params, lr, momentum=0.0, weight_decay=0.0):
        super().__init__(params, lr)
        self.mu, self.wd = momentum, weight_decay

    def direction(self, p, g, state):
        state["v"] = self.mu * state.get("v", 0.0) + g + self.wd * p
        return state["v"]


class RMSprop(Optimizer):
    def __init__(self, params, lr=0.01, alpha=0.99, eps=1e-8):
        super().__init__(params, lr)
        self.alpha, self.eps = alpha, eps

    def direction(self, p, g, state):
        s = state["s"] = self.alpha * state.get("s", 0.0) + (1 - self.alpha) * g * g
        return g / (torch.sqrt(s) + self.eps)


class Adam(Optimizer):
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0):
        super().__init__(params, lr)
        self.betas, self.eps, self.wd = betas, eps, weight_decay

    def direction(self, p, g, state):
        g = g + self.wd * p
        hats = []
        state["t"] = t = state.get("t", 0) + 1
        for name, beta, value in zip(("m", "v"), self.betas, (g, g.square()), strict=True):
            state[name] = beta * state.get(name, 0.0) + (1 - beta) * value
            hats.append(state[name] / (1 - beta**t))
        return hats[0] / (hats[1] ** 0.5 + self.eps)
