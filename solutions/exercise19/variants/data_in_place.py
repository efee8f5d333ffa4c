"""Everything in place, through .data; state is made at a tensor's first gradient, and gradients are reset to zeros."""

import math

import torch


class SGD:
    def __init__(self, params, lr, momentum=0.0, weight_decay=0.0):
        self.params = list(params)
        self.velocity = {}
        self.lr, self.momentum, self.weight_decay = lr, momentum, weight_decay

    def step(self):
        for index, p in enumerate(self.params):
            if p.grad is None:
                continue
            g = p.grad.data
            if self.weight_decay != 0:
                g = g.add(p.data, alpha=self.weight_decay)
            if self.momentum != 0:
                if index not in self.velocity:
                    self.velocity[index] = g.clone()
                else:
                    self.velocity[index].mul_(self.momentum).add_(g)
                g = self.velocity[index]
            p.data.add_(g, alpha=-self.lr)

    def zero_grad(self):
        for p in self.params:
            if p.grad is not None:
                p.grad.detach_().zero_()


class RMSprop:
    def __init__(self, params, lr=0.01, alpha=0.99, eps=1e-8):
        self.params = list(params)
        self.square = {}
        self.lr, self.alpha, self.eps = lr, alpha, eps

    def step(self):
        for index, p in enumerate(self.params):
            if p.grad is None:
                continue
            square = self.square.setdefault(index, torch.zeros_like(p.data))
            square.mul_(self.alpha).addcmul_(p.grad, p.grad, value=1 - self.alpha)
            p.data.addcdiv_(p.grad, square.sqrt().add_(self.eps), value=-self.lr)

    def zero_grad(self):
        for p in self.params:
            if p.grad is not None:
                p.grad.detach_().zero_()


class Adam:
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0):
        self.params = list(params)
        self.state = {}
        self.lr, self.betas, self.eps, self.weight_decay = lr, betas, eps, weight_decay

    def step(self):
        b1, b2 = self.betas
        for index, p in enumerate(self.params):
            if p.grad is None:
                continue
            if index not in self.state:
                self.state[index] = {"t": 0, "m": torch.zeros_like(p.data), "v": torch.zeros_like(p.data)}
            state = self.state[index]
            state["t"] += 1
            g = p.grad.detach().clone()
            g.add_(p.data, alpha=self.weight_decay)
            state["m"].lerp_(g, 1 - b1)
            state["v"].mul_(b2).addcmul_(g, g.conj(), value=1 - b2)
            c1, c2 = 1 - b1 ** state["t"], 1 - b2 ** state["t"]
            denominator = (state["v"].sqrt() / math.sqrt(c2)).add_(self.eps)
            p.data.addcdiv_(state["m"], denominator, value=-self.lr / c1)

    def zero_grad(self):
        for p in self.params:
            if p.grad is not None:
                p.grad.detach_().zero_()
