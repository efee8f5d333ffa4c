"""Nothing is kept but the gradients themselves: every mean is a weighted sum over all of them."""

import torch


def weighted(history, beta):
    """Σ βᵏ·h, where k counts back from the last."""
    powers = [beta ** (len(history) - 1 - k) for k in range(len(history))]
    return sum(power * h for power, h in zip(powers, history, strict=True))


def seen(p, decay, history):
    with torch.no_grad():
        history.append(p.grad + decay * p)
    return history


class SGD:
    def __init__(self, params, lr, momentum=0.0, weight_decay=0.0):
        self.params = [(p, []) for p in params]
        self.lr, self.momentum, self.weight_decay = lr, momentum, weight_decay

    def step(self):
        for p, history in self.params:
            if p.grad is not None:
                move = weighted(seen(p, self.weight_decay, history), self.momentum)
                p.data.sub_(self.lr * move)

    def zero_grad(self):
        for p, _ in self.params:
            p.grad = torch.zeros_like(p)


class RMSprop:
    def __init__(self, params, lr=0.01, alpha=0.99, eps=1e-8):
        self.params = [(p, []) for p in params]
        self.lr, self.alpha, self.eps = lr, alpha, eps

    def step(self):
        for p, history in self.params:
            if p.grad is not None:
                s = (1 - self.alpha) * weighted([g**2 for g in seen(p, 0, history)], self.alpha)
                p.data.sub_(self.lr * p.grad / (s**0.5 + self.eps))

    def zero_grad(self):
        for p, _ in self.params:
            p.grad = torch.zeros_like(p)


class Adam:
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0):
        self.params = [(p, []) for p in params]
        self.lr, self.betas, self.eps, self.weight_decay = lr, betas, eps, weight_decay

    def step(self):
        for p, history in self.params:
            if p.grad is not None:
                gs = seen(p, self.weight_decay, history)
                ones = [torch.ones_like(g) for g in gs]
                # A mean whose weights add up to 1 needs no correction.
                m = weighted(gs, self.betas[0]) / weighted(ones, self.betas[0])
                v = weighted([g**2 for g in gs], self.betas[1]) / weighted(ones, self.betas[1])
                p.data.sub_(self.lr * m / (v.sqrt() + self.eps))

    def zero_grad(self):
        for p, _ in self.params:
            p.grad = torch.zeros_like(p)
