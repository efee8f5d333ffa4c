# %% mean_objects
# A small class for a running mean, which Adam has two of for each tensor.
import torch


class RunningMean:
    def __init__(self, share):
        self.share = share
        self.value = 0.0
        self.steps = 0

    def update(self, new):
        self.steps += 1
        self.value = self.share * self.value + (1 - self.share) * new
        return self

    def corrected(self):
        return self.value / (1 - self.share**self.steps)


class SGD:
    def __init__(self, params, lr, momentum=0.0, weight_decay=0.0):
        self.lr = lr
        self.momentum = momentum
        self.weight_decay = weight_decay
        self.velocity = {p: torch.zeros_like(p) for p in params}

    @torch.no_grad()
    def step(self):
        for p, v in self.velocity.items():
            if p.grad is not None:
                v *= self.momentum
                v += p.grad
                v += self.weight_decay * p
                p -= self.lr * v

    def zero_grad(self):
        for p in self.velocity:
            p.grad = None


class RMSprop:
    def __init__(self, params, lr=0.01, alpha=0.99, eps=1e-8):
        self.lr = lr
        self.eps = eps
        self.means = {p: RunningMean(alpha) for p in params}

    @torch.no_grad()
    def step(self):
        for p, mean in self.means.items():
            if p.grad is not None:
                p -= self.lr * p.grad / (mean.update(p.grad.square()).value.sqrt() + self.eps)

    def zero_grad(self):
        for p in self.means:
            p.grad = None


class Adam:
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0):
        self.lr = lr
        self.eps = eps
        self.weight_decay = weight_decay
        self.means = {p: [RunningMean(beta) for beta in betas] for p in params}

    @torch.no_grad()
    def step(self):
        for p, (m, v) in self.means.items():
            if p.grad is None:
                continue
            g = p.grad + self.weight_decay * p
            m.update(g)
            v.update(g * g)
            p -= self.lr * m.corrected() / (v.corrected().sqrt() + self.eps)

    def zero_grad(self):
        for p in self.means:
            p.grad = None


# %% generator
# A mixin whose generator gives the tensors that have a gradient; requires_grad is off during the change.
import contextlib

import torch


@contextlib.contextmanager
def unrecorded(p):
    before = p.requires_grad
    p.requires_grad_(False)
    try:
        yield p
    finally:
        p.requires_grad_(before)


class Params:
    def keep(self, params):
        self.all = tuple(params)
        self.state = [{} for _ in self.all]

    def moving(self):
        for p, state in zip(self.all, self.state):
            if p.grad is None:
                continue
            with unrecorded(p):
                yield p, p.grad.clone(), state

    def zero_grad(self):
        for p in self.all:
            if p.grad is not None:
                p.grad.detach_().zero_()


class SGD(Params):
    def __init__(self, params, lr, momentum=0.0, weight_decay=0.0):
        self.keep(params)
        self.lr, self.momentum, self.weight_decay = lr, momentum, weight_decay

    def step(self):
        for p, g, state in self.moving():
            g += self.weight_decay * p
            if "v" in state:
                g += self.momentum * state["v"]
            state["v"] = g
            p -= self.lr * g


class RMSprop(Params):
    def __init__(self, params, lr=0.01, alpha=0.99, eps=1e-8):
        self.keep(params)
        self.lr, self.alpha, self.eps = lr, alpha, eps

    def step(self):
        for p, g, state in self.moving():
            state["s"] = self.alpha * state.get("s", 0) + (1 - self.alpha) * g.pow(2)
            p -= self.lr * g.div(state["s"].sqrt().add(self.eps))


class Adam(Params):
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0):
        self.keep(params)
        self.lr, self.betas, self.eps, self.weight_decay = lr, betas, eps, weight_decay

    def step(self):
        for p, g, state in self.moving():
            g += self.weight_decay * p
            hats = []
            for name, beta, new in zip("mv", self.betas, (g, g.pow(2))):
                state[name] = beta * state.get(name, 0) + (1 - beta) * new
                state[name + "_weight"] = beta * state.get(name + "_weight", 0.0) + (1 - beta)
                hats.append(state[name] / state[name + "_weight"])
            p -= self.lr * hats[0] / (hats[1].sqrt() + self.eps)


# %% lr_property
# lr is a property; the new values go into p through p.data and slices.
import torch


class _WithRate:
    @property
    def lr(self):
        return self._rate

    @lr.setter
    def lr(self, value):
        self._rate = float(value)

    def zero_grad(self):
        for p in self.params:
            p.grad = None


class SGD(_WithRate):
    def __init__(self, params, lr, momentum=0.0, weight_decay=0.0):
        self.lr = lr
        self.params = [p for p in params]
        self.mu, self.decay = momentum, weight_decay
        self.v = [torch.zeros_like(p.data) for p in self.params]

    def step(self):
        for n in range(len(self.params)):
            p = self.params[n].data
            g = self.params[n].grad
            if g is None:
                continue
            self.v[n] = self.mu * self.v[n] + (g + self.decay * p)
            p[...] -= self.lr * self.v[n]


class RMSprop(_WithRate):
    def __init__(self, params, lr=0.01, alpha=0.99, eps=1e-8):
        self.lr = lr
        self.params = [p for p in params]
        self.alpha, self.eps = alpha, eps
        self.s = [torch.zeros_like(p.data) for p in self.params]

    def step(self):
        for n in range(len(self.params)):
            g = self.params[n].grad
            if g is None:
                continue
            self.s[n] += (1 - self.alpha) * (g * g - self.s[n])
            self.params[n].data[...] -= self.lr * g / (torch.sqrt(self.s[n]) + self.eps)


class Adam(_WithRate):
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0):
        self.lr = lr
        self.params = [p for p in params]
        self.betas, self.eps, self.decay = betas, eps, weight_decay
        self.m = [torch.zeros_like(p.data) for p in self.params]
        self.v = [torch.zeros_like(p.data) for p in self.params]
        self.powers = [[1.0, 1.0] for _ in self.params]

    def step(self):
        for n, power in enumerate(self.powers):
            p, g = self.params[n].data, self.params[n].grad
            if g is None:
                continue
            g = g + self.decay * p
            power[0] *= self.betas[0]
            power[1] *= self.betas[1]
            self.m[n] = self.betas[0] * self.m[n] + (1 - self.betas[0]) * g
            self.v[n] = self.betas[1] * self.v[n] + (1 - self.betas[1]) * g * g
            c1, c2 = 1 - power[0], 1 - power[1]
            p[...] = p - self.lr * (self.m[n] / c1) / (torch.sqrt(self.v[n] / c2) + self.eps)


# %% one_function
# One function for all of the three, told what to do by what each class hands it.
import torch


@torch.no_grad()
def move(optimizer, first, second, corrected):
    for p, state in optimizer.kept:
        if p.grad is None:
            continue
        g = p.grad + getattr(optimizer, "weight_decay", 0.0) * p
        state["t"] += 1
        direction = g
        if first is not None:
            keep, take = first
            state["m"] = keep * state["m"] + take * g
            direction = state["m"]
            if corrected:
                direction = direction / (1 - keep ** state["t"])
        if second is not None:
            state["s"] = second * state["s"] + (1 - second) * g.square()
            mean = state["s"] / (1 - second ** state["t"]) if corrected else state["s"]
            direction = direction / (mean.sqrt() + optimizer.eps)
        p.sub_(optimizer.lr * direction)


def kept(params):
    return [(p, {"t": 0, "m": torch.zeros_like(p), "s": torch.zeros_like(p)}) for p in params]


def forget(optimizer):
    for p, _ in optimizer.kept:
        p.grad = None


class SGD:
    def __init__(self, params, lr, momentum=0.0, weight_decay=0.0):
        self.kept = kept(params)
        self.lr, self.momentum, self.weight_decay = lr, momentum, weight_decay

    def step(self):
        move(self, (self.momentum, 1), None, False)

    zero_grad = forget


class RMSprop:
    def __init__(self, params, lr=0.01, alpha=0.99, eps=1e-8):
        self.kept = kept(params)
        self.lr, self.alpha, self.eps = lr, alpha, eps

    def step(self):
        move(self, None, self.alpha, False)

    zero_grad = forget


class Adam:
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0):
        self.kept = kept(params)
        self.lr, self.betas, self.eps, self.weight_decay = lr, betas, eps, weight_decay

    def step(self):
        beta1, beta2 = self.betas
        move(self, (beta1, 1 - beta1), beta2, True)

    zero_grad = forget
