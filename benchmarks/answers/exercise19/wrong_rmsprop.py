# %% rms_adagrad
# RMSprop: s = s + g*g, a sum that never forgets (Adagrad).
# like: base
# named: rms_sum_of_squares, rms_without_new_share, rms_alpha_fixed
class RMSprop:
    def __init__(self, params, lr=0.01, alpha=0.99, eps=1e-8):
        self.params = list(params)
        self.lr, self.alpha, self.eps = lr, alpha, eps
        self.s = [torch.zeros_like(p) for p in self.params]

    @torch.no_grad()
    def step(self):
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            self.s[i] += p.grad**2
            p -= self.lr * p.grad / (self.s[i].sqrt() + self.eps)


# %% rms_alpha_swapped
# RMSprop: alpha and 1-alpha swapped.
# like: base
# named: rms_alpha_swapped
class RMSprop:
    def __init__(self, params, lr=0.01, alpha=0.99, eps=1e-8):
        self.lr, self.alpha, self.eps = lr, alpha, eps
        self.state = [(p, torch.zeros_like(p)) for p in params]

    def step(self):
        with torch.no_grad():
            for p, s in self.state:
                if p.grad is not None:
                    s.mul_(1 - self.alpha).add_(self.alpha * p.grad**2)
                    p.sub_(self.lr * p.grad / (s.sqrt() + self.eps))

    def zero_grad(self):
        for p, _ in self.state:
            p.grad = None


# %% rms_eps_inside
# RMSprop: eps inside the root.
# like: base
# named: rms_eps_in_root
class RMSprop:
    def __init__(self, params, lr=0.01, alpha=0.99, eps=1e-8):
        self.params = list(params)
        self.lr = lr
        self.alpha = alpha
        self.eps = eps
        self.mean_square = [torch.zeros_like(p) for p in self.params]

    @torch.no_grad()
    def step(self):
        for p, ms in zip(self.params, self.mean_square):
            if p.grad is None:
                continue
            ms.copy_(self.alpha * ms + (1 - self.alpha) * p.grad**2)
            p -= self.lr * p.grad / torch.sqrt(ms + self.eps)


# %% rms_first_is_g2
# RMSprop: in the first step s = g*g instead of (1-alpha)*g*g.
# like: base
# named: rms_starts_at_square
class RMSprop:
    def __init__(self, params, lr=0.01, alpha=0.99, eps=1e-8):
        self.params = list(params)
        self.lr = lr
        self.alpha = alpha
        self.eps = eps
        self.s = {}

    @torch.no_grad()
    def step(self):
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            sq = p.grad.square()
            if i in self.s:
                self.s[i] = self.alpha * self.s[i] + (1 - self.alpha) * sq
            else:
                self.s[i] = sq
            p -= self.lr * p.grad / (self.s[i].sqrt() + self.eps)


# %% rms_float32_state
# RMSprop: the state is float32 whatever the tensor is (torch.zeros(p.shape)).
# like: base
# named: rms_state_in_float32
class RMSprop:
    def __init__(self, params, lr=0.01, alpha=0.99, eps=1e-8):
        self.params = list(params)
        self.lr, self.alpha, self.eps = lr, alpha, eps
        self.s = [torch.zeros(p.shape, device=p.device) for p in self.params]

    @torch.no_grad()
    def step(self):
        for p, s in zip(self.params, self.s):
            if p.grad is None:
                continue
            s.mul_(self.alpha).add_((1 - self.alpha) * p.grad**2)
            p -= self.lr * p.grad / (s.sqrt() + self.eps)


# %% rms_no_root
# RMSprop: divides by s, the root is missing.
# like: base
# named: rms_without_root
class RMSprop:
    def __init__(self, params, lr=0.01, alpha=0.99, eps=1e-8):
        self.params = list(params)
        self.lr = lr
        self.alpha = alpha
        self.eps = eps
        self.s = [0.0] * len(self.params)

    def step(self):
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            self.s[i] = self.alpha * self.s[i] + (1 - self.alpha) * p.grad * p.grad
            p.data -= self.lr * p.grad / (self.s[i] + self.eps)


# %% rms_norm_mean
# RMSprop: one s per tensor, the mean of g*g over its entries.
# like: base
# named: missing
class RMSprop:
    def __init__(self, params, lr=0.01, alpha=0.99, eps=1e-8):
        self.params = list(params)
        self.lr, self.alpha, self.eps = lr, alpha, eps
        self.s = [0.0 for _ in self.params]

    def step(self):
        with torch.no_grad():
            for i, p in enumerate(self.params):
                if p.grad is None:
                    continue
                self.s[i] = self.alpha * self.s[i] + (1 - self.alpha) * (p.grad**2).mean()
                p -= self.lr * p.grad / (self.s[i] ** 0.5 + self.eps)


# %% rms_old_s
# RMSprop: divides by the root of s from before this step.
# like: base
# named: rms_s_of_before
class RMSprop:
    def __init__(self, params, lr=0.01, alpha=0.99, eps=1e-8):
        self.params = list(params)
        self.lr, self.alpha, self.eps = lr, alpha, eps
        self.s = [torch.zeros_like(p) for p in self.params]

    @torch.no_grad()
    def step(self):
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            p -= self.lr * p.grad / (self.s[i].sqrt() + self.eps)
            self.s[i] = self.alpha * self.s[i] + (1 - self.alpha) * p.grad**2


# %% rms_zero_grad_none
# RMSprop: zero_grad fails when .grad is None.
# like: base
# named: rms_zero_grad_needs_grad
class RMSprop:
    def __init__(self, params, lr=0.01, alpha=0.99, eps=1e-8):
        self.params = list(params)
        self.lr, self.alpha, self.eps = lr, alpha, eps
        self.s = [torch.zeros_like(p) for p in self.params]

    @torch.no_grad()
    def step(self):
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            self.s[i] = self.alpha * self.s[i] + (1 - self.alpha) * p.grad**2
            p -= self.lr * p.grad / (self.s[i].sqrt() + self.eps)

    def zero_grad(self):
        for p in self.params:
            p.grad.zero_()


# %% rms_zero_skipped
# RMSprop: a gradient of zeros is skipped as if there were none.
# like: base
# named: rms_zeros_skipped
class RMSprop:
    def __init__(self, params, lr=0.01, alpha=0.99, eps=1e-8):
        self.params = list(params)
        self.lr, self.alpha, self.eps = lr, alpha, eps
        self.s = [torch.zeros_like(p) for p in self.params]

    @torch.no_grad()
    def step(self):
        for p, s in zip(self.params, self.s):
            if p.grad is None or not p.grad.any():
                continue
            s.mul_(self.alpha).addcmul_(p.grad, p.grad, value=1 - self.alpha)
            p.addcdiv_(p.grad, s.sqrt() + self.eps, value=-self.lr)


# %% rms_bias_corrected
# RMSprop: s is corrected for its start at 0.
# like: base
# named: rms_corrected
class RMSprop:
    @torch.no_grad()
    def step(self):
        if not hasattr(self, "t"):
            self.t = [0] * len(self.params)
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            self.t[i] += 1
            self.s[i] = self.alpha * self.s[i] + (1 - self.alpha) * p.grad**2
            s_hat = self.s[i] / (1 - self.alpha ** self.t[i])
            p -= self.lr * p.grad / (s_hat.sqrt() + self.eps)


# %% rms_eps_left_out
# RMSprop: eps is not used.
# like: base
# named: rms_without_eps, rms_eps_fixed
class RMSprop:
    @torch.no_grad()
    def step(self):
        for p, s in zip(self.params, self.s):
            if p.grad is not None:
                s.copy_(self.alpha * s + (1 - self.alpha) * p.grad * p.grad)
                p -= self.lr * p.grad / s.sqrt()


# %% rms_only_the_new
# RMSprop: s is (1 - alpha) g^2; nothing of the old s is kept.
# like: base
# named: rms_without_old
class RMSprop:
    @torch.no_grad()
    def step(self):
        for p in self.params:
            if p.grad is not None:
                s = (1 - self.alpha) * p.grad**2
                p -= self.lr * p.grad / (s.sqrt() + self.eps)


# %% rms_mean_of_sizes
# RMSprop: s is a running mean of |g|.
# like: base
# named: rms_absolute
class RMSprop:
    @torch.no_grad()
    def step(self):
        for i, p in enumerate(self.params):
            if p.grad is not None:
                self.s[i] = self.alpha * self.s[i] + (1 - self.alpha) * p.grad.abs()
                p -= self.lr * p.grad / (self.s[i].sqrt() + self.eps)


# %% rms_whole_square
# RMSprop: the factor 1 - alpha of g^2 is missing.
# like: base
# named: rms_without_new_share
class RMSprop:
    @torch.no_grad()
    def step(self):
        for p, s in zip(self.params, self.s):
            if p.grad is not None:
                s.mul_(self.alpha).add_(p.grad**2)
                p.sub_(self.lr * p.grad / (s.sqrt() + self.eps))


# %% rms_eps_as_bound
# RMSprop: eps is a lower bound of the root, and not added to it.
# like: base
# named: -
class RMSprop:
    @torch.no_grad()
    def step(self):
        for p, s in zip(self.params, self.s):
            if p.grad is not None:
                s.mul_(self.alpha).add_((1 - self.alpha) * p.grad**2)
                p.sub_(self.lr * p.grad / s.sqrt().clamp(min=self.eps))


# %% rms_factor_squared
# RMSprop: the factor 1 - alpha is squared together with g.
# like: base
# named: -
class RMSprop:
    @torch.no_grad()
    def step(self):
        for p, s in zip(self.params, self.s):
            if p.grad is not None:
                s.mul_(self.alpha).add_(((1 - self.alpha) * p.grad) ** 2)
                p.sub_(self.lr * p.grad / (s.sqrt() + self.eps))


# %% rms_writes_the_square
# RMSprop: g is squared in place, so that .grad holds g^2 afterwards.
# like: base
# named: missing
class RMSprop:
    @torch.no_grad()
    def step(self):
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            g = p.grad.clone()
            self.s[i] = self.alpha * self.s[i] + (1 - self.alpha) * p.grad.pow_(2)
            p -= self.lr * g / (self.s[i].sqrt() + self.eps)
