# %% rate_in_v_no_correction
# SGD keeps lr*v; RMSprop eps inside the root; Adam without bias correction.
# named: sgd_lr_in_velocity, rms_eps_in_root, adam_uncorrected
import torch


class SGD:
    def __init__(self, params, lr, momentum=0.0, weight_decay=0.0):
        self.params = list(params)
        self.lr = lr
        self.momentum = momentum
        self.weight_decay = weight_decay
        self.velocity = [torch.zeros_like(p) for p in self.params]

    @torch.no_grad()
    def step(self):
        for p, v in zip(self.params, self.velocity):
            if p.grad is None:
                continue
            v.mul_(self.momentum).add_(self.lr * (p.grad + self.weight_decay * p))
            p.sub_(v)

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

    @torch.no_grad()
    def step(self):
        for p, s in zip(self.params, self.s):
            if p.grad is None:
                continue
            s.mul_(self.alpha).add_((1 - self.alpha) * p.grad**2)
            p.sub_(self.lr * p.grad / (s + self.eps).sqrt())

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

    @torch.no_grad()
    def step(self):
        b1, b2 = self.betas
        for p, m, v in zip(self.params, self.m, self.v):
            if p.grad is None:
                continue
            g = p.grad + self.weight_decay * p
            m.mul_(b1).add_((1 - b1) * g)
            v.mul_(b2).add_((1 - b2) * g**2)
            p.sub_(self.lr * m / (v.sqrt() + self.eps))

    def zero_grad(self):
        for p in self.params:
            p.grad = None


# %% one_t_and_grad_written
# Adam: t counted once per tensor (shared); the weight decay is added into .grad; eps is not used.
# named: adam_t_per_tensor, adam_t_of_the_optimizer, adam_changes_grad, adam_without_eps, adam_eps_fixed
import torch


class SGD:
    def __init__(self, params, lr, momentum=0.0, weight_decay=0.0):
        self.p = list(params)
        self.lr, self.mu, self.wd = lr, momentum, weight_decay
        self.v = {}

    def step(self):
        for k, p in enumerate(self.p):
            if p.grad is None:
                continue
            g = p.grad + self.wd * p.data
            self.v[k] = self.mu * self.v[k] + g if k in self.v else g
            p.data -= self.lr * self.v[k]

    def zero_grad(self):
        for p in self.p:
            p.grad = None


class RMSprop:
    def __init__(self, params, lr=0.01, alpha=0.99, eps=1e-8):
        self.p = list(params)
        self.lr, self.alpha, self.eps = lr, alpha, eps
        self.s = {}

    def step(self):
        for k, p in enumerate(self.p):
            if p.grad is None:
                continue
            self.s[k] = self.alpha * self.s.get(k, 0) + (1 - self.alpha) * p.grad**2
            p.data -= self.lr * p.grad / (self.s[k] ** 0.5 + self.eps)

    def zero_grad(self):
        for p in self.p:
            p.grad = None


class Adam:
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0):
        self.p = list(params)
        self.lr, self.betas, self.eps, self.wd = lr, betas, eps, weight_decay
        self.m, self.v = {}, {}
        self.t = 0

    def step(self):
        b1, b2 = self.betas
        for k, p in enumerate(self.p):
            if p.grad is None:
                continue
            self.t += 1
            g = p.grad
            g += self.wd * p.data
            self.m[k] = b1 * self.m.get(k, 0) + (1 - b1) * g
            self.v[k] = b2 * self.v.get(k, 0) + (1 - b2) * g**2
            p.data -= self.lr * self.m[k] / (1 - b1**self.t) / (self.v[k] / (1 - b2**self.t)).sqrt()

    def zero_grad(self):
        for p in self.p:
            p.grad = None


# %% nothing_is_missing
# all three: params kept as it came (iterator used up); a missing .grad crashes (no test for None); zero_grad crashes on None.
# named: sgd_iterator_used_up, sgd_iterator_used_up_later, sgd_zero_grad_needs_grad, rms_iterator_used_up, rms_iterator_used_up_later, rms_zero_grad_needs_grad, adam_iterator_used_up, adam_iterator_used_up_later, adam_zero_grad_needs_grad
import torch


class SGD:
    def __init__(self, params, lr, momentum=0.0, weight_decay=0.0):
        self.params = params
        self.lr = lr
        self.momentum = momentum
        self.weight_decay = weight_decay
        self.v = {}

    def step(self):
        with torch.no_grad():
            for p in self.params:
                g = p.grad + self.weight_decay * p
                self.v[p] = self.momentum * self.v.get(p, 0) + g
                p -= self.lr * self.v[p]

    def zero_grad(self):
        for p in self.params:
            p.grad.zero_()


class RMSprop:
    def __init__(self, params, lr=0.01, alpha=0.99, eps=1e-8):
        self.params = params
        self.lr = lr
        self.alpha = alpha
        self.eps = eps
        self.s = {}

    def step(self):
        with torch.no_grad():
            for p in self.params:
                g = p.grad
                self.s[p] = self.alpha * self.s.get(p, 0) + (1 - self.alpha) * g * g
                p -= self.lr * g / (self.s[p].sqrt() + self.eps)

    def zero_grad(self):
        for p in self.params:
            p.grad.zero_()


class Adam:
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0):
        self.params = params
        self.lr = lr
        self.beta1, self.beta2 = betas
        self.eps = eps
        self.weight_decay = weight_decay
        self.state = {}

    def step(self):
        with torch.no_grad():
            for p in self.params:
                g = p.grad + self.weight_decay * p
                m, v, t = self.state.get(p, (0, 0, 0))
                t += 1
                m = self.beta1 * m + (1 - self.beta1) * g
                v = self.beta2 * v + (1 - self.beta2) * g * g
                self.state[p] = (m, v, t)
                p -= self.lr * (m / (1 - self.beta1**t)) / ((v / (1 - self.beta2**t)).sqrt() + self.eps)

    def zero_grad(self):
        for p in self.params:
            p.grad.zero_()
