# %% adam_t_from_0
# Adam: t is 0 in the first step, so it divides by 0.
# like: base
# named: adam_t_from_zero
class Adam:
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0):
        self.params = list(params)
        self.lr, self.betas, self.eps, self.weight_decay = lr, betas, eps, weight_decay
        self.m = [torch.zeros_like(p) for p in self.params]
        self.v = [torch.zeros_like(p) for p in self.params]
        self.t = [0 for _ in self.params]

    @torch.no_grad()
    def step(self):
        b1, b2 = self.betas
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            g = p.grad + self.weight_decay * p
            self.m[i].lerp_(g, 1 - b1)
            self.v[i].mul_(b2).add_((1 - b2) * g * g)
            mhat = self.m[i] / (1 - b1 ** self.t[i])
            vhat = self.v[i] / (1 - b2 ** self.t[i])
            p.sub_(self.lr * mhat / (torch.sqrt(vhat) + self.eps))
            self.t[i] += 1


# %% adam_t_from_2
# Adam: t starts at 2 (self.t = 1 and then counted up).
# like: base
# named: adam_t_from_two
class Adam:
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0):
        self.params = list(params)
        self.lr, self.betas, self.eps, self.weight_decay = lr, betas, eps, weight_decay
        self.state = {i: (torch.zeros_like(p), torch.zeros_like(p), 1) for i, p in enumerate(self.params)}

    @torch.no_grad()
    def step(self):
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            m, v, t = self.state[i]
            t = t + 1
            g = p.grad + self.weight_decay * p
            m = self.betas[0] * m + (1 - self.betas[0]) * g
            v = self.betas[1] * v + (1 - self.betas[1]) * g**2
            self.state[i] = (m, v, t)
            mh, vh = m / (1 - self.betas[0] ** t), v / (1 - self.betas[1] ** t)
            p -= self.lr * mh / (vh.sqrt() + self.eps)


# %% adam_t_global
# Adam: one t for all tensors, also counted for those without .grad.
# like: base
# named: adam_t_of_the_optimizer
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
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            g = p.grad + self.weight_decay * p
            self.m[i] = b1 * self.m[i] + (1 - b1) * g
            self.v[i] = b2 * self.v[i] + (1 - b2) * g**2
            p -= self.lr * (self.m[i] / (1 - b1**self.t)) / ((self.v[i] / (1 - b2**self.t)).sqrt() + self.eps)


# %% adam_t_per_tensor
# Adam: t is counted up once per tensor instead of once per step.
# like: base
# named: adam_t_per_tensor, adam_t_of_the_optimizer
class Adam:
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0):
        self.params = list(params)
        self.lr = lr
        self.beta1, self.beta2 = betas
        self.eps = eps
        self.weight_decay = weight_decay
        self.m = [torch.zeros_like(p) for p in self.params]
        self.v = [torch.zeros_like(p) for p in self.params]
        self.t = 0

    def step(self):
        for p, m, v in zip(self.params, self.m, self.v):
            if p.grad is None:
                continue
            self.t += 1
            g = p.grad + self.weight_decay * p.data
            m.data.mul_(self.beta1).add_(g, alpha=1 - self.beta1)
            v.data.mul_(self.beta2).addcmul_(g, g, value=1 - self.beta2)
            m_hat = m / (1 - self.beta1**self.t)
            v_hat = v / (1 - self.beta2**self.t)
            p.data -= self.lr * m_hat / (v_hat.sqrt() + self.eps)


# %% adam_corrects_m_only
# Adam: v is not corrected.
# like: base
# named: adam_v_uncorrected
class Adam:
    @torch.no_grad()
    def step(self):
        b1, b2 = self.betas
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            self.t[i] += 1
            g = p.grad + self.weight_decay * p
            self.m[i] = b1 * self.m[i] + (1 - b1) * g
            self.v[i] = b2 * self.v[i] + (1 - b2) * g**2
            p -= self.lr / (1 - b1 ** self.t[i]) * self.m[i] / (self.v[i].sqrt() + self.eps)


# %% adam_corrects_v_only
# Adam: m is not corrected.
# like: base
# named: adam_m_uncorrected
class Adam:
    @torch.no_grad()
    def step(self):
        b1, b2 = self.betas
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            self.t[i] += 1
            g = p.grad + self.weight_decay * p
            self.m[i].lerp_(g, 1 - b1)
            self.v[i].lerp_(g * g, 1 - b2)
            p -= self.lr * self.m[i] / ((self.v[i] / (1 - b2 ** self.t[i])).sqrt() + self.eps)


# %% adam_root_left_out
# Adam: divides by v_hat, not by its root.
# like: base
# named: adam_without_root
class Adam:
    @torch.no_grad()
    def step(self):
        b1, b2 = self.betas
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            self.t[i] += 1
            g = p.grad + self.weight_decay * p
            self.m[i].lerp_(g, 1 - b1)
            self.v[i].lerp_(g * g, 1 - b2)
            p -= self.lr * self.m[i] / (1 - b1 ** self.t[i]) / (self.v[i] / (1 - b2 ** self.t[i]) + self.eps)


# %% adam_shares_exchanged
# Adam: lerp_ with beta in place of 1 - beta, so that beta is the share of the new value.
# like: base
# named: adam_shares_swapped
class Adam:
    @torch.no_grad()
    def step(self):
        b1, b2 = self.betas
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            self.t[i] += 1
            g = p.grad + self.weight_decay * p
            self.m[i].lerp_(g, b1)
            self.v[i].lerp_(g * g, b2)
            m_hat, v_hat = self.m[i] / (1 - b1 ** self.t[i]), self.v[i] / (1 - b2 ** self.t[i])
            p -= self.lr * m_hat / (v_hat.sqrt() + self.eps)


# %% adam_v_from_m
# Adam: v is a mean of m^2.
# like: base
# named: adam_square_of_mean
class Adam:
    @torch.no_grad()
    def step(self):
        b1, b2 = self.betas
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            self.t[i] += 1
            g = p.grad + self.weight_decay * p
            self.m[i] = b1 * self.m[i] + (1 - b1) * g
            self.v[i] = b2 * self.v[i] + (1 - b2) * self.m[i] * self.m[i]
            m_hat, v_hat = self.m[i] / (1 - b1 ** self.t[i]), self.v[i] / (1 - b2 ** self.t[i])
            p -= self.lr * m_hat / (v_hat.sqrt() + self.eps)


# %% adam_amsgrad
# Adam: divides by the root of the largest v so far, as AMSGrad does.
# like: base
# named: -
class Adam:
    @torch.no_grad()
    def step(self):
        b1, b2 = self.betas
        if not hasattr(self, "largest"):
            self.largest = [torch.zeros_like(p) for p in self.params]
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            self.t[i] += 1
            g = p.grad + self.weight_decay * p
            self.m[i] = b1 * self.m[i] + (1 - b1) * g
            self.v[i] = b2 * self.v[i] + (1 - b2) * g**2
            self.largest[i] = torch.maximum(self.largest[i], self.v[i])
            m_hat, v_hat = self.m[i] / (1 - b1 ** self.t[i]), self.largest[i] / (1 - b2 ** self.t[i])
            p -= self.lr * m_hat / (v_hat.sqrt() + self.eps)


# %% adam_second_beta_unused
# Adam: the first beta is used for both means.
# like: base
# named: adam_one_beta
class Adam:
    @torch.no_grad()
    def step(self):
        beta = self.betas[0]
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            self.t[i] += 1
            g = p.grad + self.weight_decay * p
            self.m[i] = beta * self.m[i] + (1 - beta) * g
            self.v[i] = beta * self.v[i] + (1 - beta) * g**2
            c = 1 - beta ** self.t[i]
            p -= self.lr * (self.m[i] / c) / ((self.v[i] / c).sqrt() + self.eps)


# %% adam_steps_by_g
# Adam: g stands above the root, where m_hat is asked for.
# like: base
# named: adam_g_for_m
class Adam:
    @torch.no_grad()
    def step(self):
        b2 = self.betas[1]
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            self.t[i] += 1
            g = p.grad + self.weight_decay * p
            self.v[i] = b2 * self.v[i] + (1 - b2) * g**2
            p -= self.lr * g / ((self.v[i] / (1 - b2 ** self.t[i])).sqrt() + self.eps)


# %% adam_beta_times_steps
# Adam: the correction is 1 - beta * t.
# like: base
# named: adam_product_for_power
class Adam:
    @torch.no_grad()
    def step(self):
        b1, b2 = self.betas
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            self.t[i] += 1
            g = p.grad + self.weight_decay * p
            self.m[i] = b1 * self.m[i] + (1 - b1) * g
            self.v[i] = b2 * self.v[i] + (1 - b2) * g**2
            m_hat, v_hat = self.m[i] / (1 - b1 * self.t[i]), self.v[i] / (1 - b2 * self.t[i])
            p -= self.lr * m_hat / (v_hat.sqrt() + self.eps)
