"""Three optimizers: SGD with momentum, RMSprop and Adam. Each moves tensors in place, by what is in their .grad."""

from __future__ import annotations

from collections.abc import Iterable

import torch


class SGD:
    """Gradient descent with momentum: v ← μ·v + g, p ← p − lr·v. `lr` may be set at any time."""

    def __init__(
        self, params: Iterable[torch.Tensor], lr: float, momentum: float = 0.0, weight_decay: float = 0.0
    ) -> None:
        """params: the tensors to move, of any shapes; a list, or an iterator, which can be gone through only once."""
        ### BEGIN SOLUTION
        self.params = list(params)
        self.lr = lr
        self.momentum = momentum
        self.weight_decay = weight_decay
        self.v = [torch.zeros_like(p) for p in self.params]
        ### END SOLUTION

    def step(self) -> None:
        """Move every tensor that has a gradient, in place. What is in .grad stays as it is."""
        ### BEGIN SOLUTION
        with torch.no_grad():
            for i, p in enumerate(self.params):
                if p.grad is None:
                    continue
                g = p.grad + self.weight_decay * p
                self.v[i] = self.momentum * self.v[i] + g
                p -= self.lr * self.v[i]
        ### END SOLUTION

    def zero_grad(self) -> None:
        """Reset the .grad of every tensor, to None or to zeros."""
        ### BEGIN SOLUTION
        for p in self.params:
            p.grad = None
        ### END SOLUTION


class RMSprop:
    """s ← α·s + (1 − α)·g², p ← p − lr·g/(√s + eps). `lr` may be set at any time."""

    def __init__(
        self, params: Iterable[torch.Tensor], lr: float = 0.01, alpha: float = 0.99, eps: float = 1e-8
    ) -> None:
        """params: the tensors to move, of any shapes; a list, or an iterator, which can be gone through only once."""
        ### BEGIN SOLUTION
        self.params = list(params)
        self.lr = lr
        self.alpha = alpha
        self.eps = eps
        self.s = [torch.zeros_like(p) for p in self.params]
        ### END SOLUTION

    def step(self) -> None:
        """Move every tensor that has a gradient, in place. What is in .grad stays as it is."""
        ### BEGIN SOLUTION
        with torch.no_grad():
            for i, p in enumerate(self.params):
                g = p.grad
                if g is None:
                    continue
                self.s[i] = self.alpha * self.s[i] + (1 - self.alpha) * g**2
                p -= self.lr * g / (self.s[i].sqrt() + self.eps)
        ### END SOLUTION

    def zero_grad(self) -> None:
        """Reset the .grad of every tensor, to None or to zeros."""
        ### BEGIN SOLUTION
        for p in self.params:
            p.grad = None
        ### END SOLUTION


class Adam:
    """Both means, corrected for their start at 0: p ← p − lr·m̂/(√v̂ + eps). `lr` may be set at any time."""

    def __init__(
        self,
        params: Iterable[torch.Tensor],
        lr: float = 0.001,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0.0,
    ) -> None:
        """params: the tensors to move, of any shapes; a list, or an iterator, which can be gone through only once."""
        ### BEGIN SOLUTION
        self.params = list(params)
        self.lr = lr
        self.betas = betas
        self.eps = eps
        self.weight_decay = weight_decay
        self.m = [torch.zeros_like(p) for p in self.params]
        self.v = [torch.zeros_like(p) for p in self.params]
        self.t = [0 for _ in self.params]
        ### END SOLUTION

    def step(self) -> None:
        """Move every tensor that has a gradient, in place. What is in .grad stays as it is."""
        ### BEGIN SOLUTION
        beta1, beta2 = self.betas
        with torch.no_grad():
            for i, p in enumerate(self.params):
                if p.grad is None:
                    continue
                g = p.grad + self.weight_decay * p
                self.t[i] += 1
                self.m[i] = beta1 * self.m[i] + (1 - beta1) * g
                self.v[i] = beta2 * self.v[i] + (1 - beta2) * g**2
                m_hat = self.m[i] / (1 - beta1 ** self.t[i])
                v_hat = self.v[i] / (1 - beta2 ** self.t[i])
                p -= self.lr * m_hat / (v_hat.sqrt() + self.eps)
        ### END SOLUTION

    def zero_grad(self) -> None:
        """Reset the .grad of every tensor, to None or to zeros."""
        ### BEGIN SOLUTION
        for p in self.params:
            p.grad = None
        ### END SOLUTION
