# %% half_the_formulas
# SGD: v is g alone, and the weight decay is forgotten. RMSprop: the sum of all g². Adam: AdamW, and one t for all tensors.
# named: sgd_without_momentum, sgd_without_decay, rms_sum_of_squares, rms_without_new_share, rms_alpha_fixed, adam_decoupled, adam_decoupled_after, adam_t_of_the_optimizer
import torch


class SGD:
    def __init__(self, params, lr, momentum=0.0, weight_decay=0.0):
        self.params = list(params)
        self.lr = lr
        self.momentum = momentum
        self.weight_decay = weight_decay

    @torch.no_grad()
    def step(self):
        for p in self.params:
            if p.grad is not None:
                p -= self.lr * p.grad

    def zero_grad(self):
        for p in self.params:
            p.grad = None


class RMSprop:
    def __init__(self, params, lr=0.01, alpha=0.99, eps=1e-8):
        self.params = list(params)
        self.lr, self.alpha, self.eps = lr, alpha, eps
        self.s = [torch.zeros_like(p) for p in self.params]

    @torch.no_grad()
    def step(self):
        for p, s in zip(self.params, self.s):
            if p.grad is not None:
                s += p.grad**2
                p -= self.lr * p.grad / (s.sqrt() + self.eps)

    def zero_grad(self):
        for p in self.params:
            p.grad = None


class Adam:
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0):
        self.params = list(params)
        self.lr, self.betas, self.eps, self.weight_decay = lr, betas, eps, weight_decay
        self.m = [torch.zeros_like(p) for p in self.params]
        self.v = [torch.zeros_like(p) for p in self.params]
        self.t = 0

    @torch.no_grad()
    def step(self):
        self.t += 1
        b1, b2 = self.betas
        for p, m, v in zip(self.params, self.m, self.v):
            if p.grad is None:
                continue
            m.mul_(b1).add_(p.grad, alpha=1 - b1)
            v.mul_(b2).addcmul_(p.grad, p.grad, value=1 - b2)
            p *= 1 - self.lr * self.weight_decay
            p -= self.lr * (m / (1 - b1**self.t)) / ((v / (1 - b2**self.t)).sqrt() + self.eps)

    def zero_grad(self):
        for p in self.params:
            p.grad = None


# %% autograd_in_the_way
# All three change p while autograd records. zero_grad fails without .grad. Adam corrects m only.
# named: sgd_recorded, rms_recorded, adam_recorded, sgd_zero_grad_needs_grad, rms_zero_grad_needs_grad, adam_zero_grad_needs_grad, adam_v_uncorrected
import torch


class SGD:
    def __init__(self, params, lr, momentum=0.0, weight_decay=0.0):
        self.params = list(params)
        self.lr, self.momentum, self.weight_decay = lr, momentum, weight_decay
        self.v = [torch.zeros_like(p) for p in self.params]

    def step(self):
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            self.v[i] = self.momentum * self.v[i] + p.grad + self.weight_decay * p
            p -= self.lr * self.v[i]

    def zero_grad(self):
        for p in self.params:
            p.grad.zero_()


class RMSprop:
    def __init__(self, params, lr=0.01, alpha=0.99, eps=1e-8):
        self.params = list(params)
        self.lr, self.alpha, self.eps = lr, alpha, eps
        self.s = [torch.zeros_like(p) for p in self.params]

    def step(self):
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            self.s[i] = self.alpha * self.s[i] + (1 - self.alpha) * p.grad**2
            p -= self.lr * p.grad / (self.s[i].sqrt() + self.eps)

    def zero_grad(self):
        for p in self.params:
            p.grad.zero_()


class Adam:
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0):
        self.params = list(params)
        self.lr, self.betas, self.eps, self.weight_decay = lr, betas, eps, weight_decay
        self.m = [torch.zeros_like(p) for p in self.params]
        self.v = [torch.zeros_like(p) for p in self.params]
        self.t = [0] * len(self.params)

    def step(self):
        b1, b2 = self.betas
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            self.t[i] += 1
            g = p.grad + self.weight_decay * p
            self.m[i] = b1 * self.m[i] + (1 - b1) * g
            self.v[i] = b2 * self.v[i] + (1 - b2) * g**2
            p -= self.lr * self.m[i] / (1 - b1 ** self.t[i]) / (self.v[i].sqrt() + self.eps)

    def zero_grad(self):
        for p in self.params:
            p.grad.zero_()


# %% means_mixed_up
# SGD: a mean of the gradients, and .grad is taken away. RMSprop: a mean of |g|, no eps. Adam: the betas are exchanged,
# t starts at 2, and no weight decay.
# named: sgd_dampened, sgd_resets_grad, rms_absolute, rms_without_eps, rms_eps_fixed, adam_betas_swapped, adam_t_from_two, adam_without_decay
import torch


class SGD:
    def __init__(self, params, lr, momentum=0.0, weight_decay=0.0):
        self.params = list(params)
        self.lr, self.momentum, self.weight_decay = lr, momentum, weight_decay
        self.v = {}

    @torch.no_grad()
    def step(self):
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            g = p.grad + self.weight_decay * p
            self.v[i] = self.momentum * self.v.get(i, 0) + (1 - self.momentum) * g
            p -= self.lr * self.v[i]
        self.zero_grad()

    def zero_grad(self):
        for p in self.params:
            p.grad = None


class RMSprop:
    def __init__(self, params, lr=0.01, alpha=0.99, eps=1e-8):
        self.params = list(params)
        self.lr, self.alpha = lr, alpha
        self.s = {}

    @torch.no_grad()
    def step(self):
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            self.s[i] = self.alpha * self.s.get(i, 0) + (1 - self.alpha) * p.grad.abs()
            p -= self.lr * p.grad / self.s[i].sqrt()

    def zero_grad(self):
        for p in self.params:
            p.grad = None


class Adam:
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0):
        self.params = list(params)
        self.lr, self.betas, self.eps = lr, betas, eps
        self.state = [(0, 0, 1) for _ in self.params]

    @torch.no_grad()
    def step(self):
        b2, b1 = self.betas
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            m, v, t = self.state[i]
            t += 1
            m = b1 * m + (1 - b1) * p.grad
            v = b2 * v + (1 - b2) * p.grad**2
            self.state[i] = m, v, t
            p -= self.lr * (m / (1 - b1**t)) / ((v / (1 - b2**t)).sqrt() + self.eps)

    def zero_grad(self):
        for p in self.params:
            p.grad = None
