"""Lists of tensors at once, with torch's foreach functions."""

import torch


def update(ps, directions, lr):
    with torch.no_grad():
        torch._foreach_sub_(ps, torch._foreach_mul(directions, lr))


class Lists:
    def __init__(self, params, lr, names):
        self.params = list(params)
        self.lr = lr
        self.names = names
        self.kept = [{name: torch.zeros_like(p) for name in names} for p in self.params]
        self.t = [0] * len(self.params)

    def present(self):
        """The tensors that have a gradient, these gradients, the lists of what is kept, and each tensor's t."""
        which = [i for i, p in enumerate(self.params) if p.grad is not None]
        for i in which:
            self.t[i] += 1
        kept = ([self.kept[i][name] for i in which] for name in self.names)
        ps = [self.params[i] for i in which]
        return ps, [p.grad for p in ps], *kept, [self.t[i] for i in which]

    def zero_grad(self):
        for p in self.params:
            p.grad = None


class SGD(Lists):
    def __init__(self, params, lr, momentum=0.0, weight_decay=0.0):
        super().__init__(params, lr, ["v"])
        self.momentum, self.weight_decay = momentum, weight_decay

    @torch.no_grad()
    def step(self):
        ps, gs, vs, _ = self.present()
        if ps:
            gs = torch._foreach_add(gs, ps, alpha=self.weight_decay)
            torch._foreach_mul_(vs, self.momentum)
            torch._foreach_add_(vs, gs)
            update(ps, vs, self.lr)


class RMSprop(Lists):
    def __init__(self, params, lr=0.01, alpha=0.99, eps=1e-8):
        super().__init__(params, lr, ["s"])
        self.alpha, self.eps = alpha, eps

    @torch.no_grad()
    def step(self):
        ps, gs, ss, _ = self.present()
        if ps:
            torch._foreach_mul_(ss, self.alpha)
            torch._foreach_addcmul_(ss, gs, gs, value=1 - self.alpha)
            below = torch._foreach_add(torch._foreach_sqrt(ss), self.eps)
            update(ps, torch._foreach_div(gs, below), self.lr)


class Adam(Lists):
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0):
        super().__init__(params, lr, ["m", "v"])
        self.betas, self.eps, self.weight_decay = betas, eps, weight_decay

    @torch.no_grad()
    def step(self):
        ps, gs, ms, vs, ts = self.present()
        if not ps:
            return
        b1, b2 = self.betas
        gs = torch._foreach_add(gs, ps, alpha=self.weight_decay)
        torch._foreach_lerp_(ms, gs, 1 - b1)
        torch._foreach_mul_(vs, b2)
        torch._foreach_addcmul_(vs, gs, gs, value=1 - b2)
        m_hats = torch._foreach_div(ms, [1 - b1**t for t in ts])
        v_hats = torch._foreach_div(vs, [1 - b2**t for t in ts])
        update(ps, torch._foreach_div(m_hats, torch._foreach_add(torch._foreach_sqrt(v_hats), self.eps)), self.lr)
