# %% adam_adamw
# Adam: weight decay taken from p directly (AdamW).
# like: base
# named: adam_decoupled, adam_decoupled_after
class Adam:
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0):
        self.params = list(params)
        self.lr, self.eps, self.weight_decay = lr, eps, weight_decay
        self.beta1, self.beta2 = betas
        self.m, self.v, self.t = {}, {}, {}

    @torch.no_grad()
    def step(self):
        for k, p in enumerate(self.params):
            if p.grad is None:
                continue
            g = p.grad
            t = self.t[k] = self.t.get(k, 0) + 1
            self.m[k] = self.beta1 * self.m.get(k, 0) + (1 - self.beta1) * g
            self.v[k] = self.beta2 * self.v.get(k, 0) + (1 - self.beta2) * g * g
            p.mul_(1 - self.lr * self.weight_decay)
            p -= self.lr * (self.m[k] / (1 - self.beta1**t)) / ((self.v[k] / (1 - self.beta2**t)) ** 0.5 + self.eps)


# %% adam_corrects_by_one_minus_beta
# Adam: corrects by 1 - beta (no power of t).
# like: base
# named: adam_t_stays
class Adam:
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0):
        self.params = list(params)
        self.lr, self.betas, self.eps, self.weight_decay = lr, betas, eps, weight_decay
        self.m = [torch.zeros_like(p) for p in self.params]
        self.v = [torch.zeros_like(p) for p in self.params]

    def step(self):
        b1, b2 = self.betas
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            with torch.no_grad():
                g = p.grad + self.weight_decay * p
                self.m[i] = b1 * self.m[i] + (1 - b1) * g
                self.v[i] = b2 * self.v[i] + (1 - b2) * g**2
                p -= self.lr * (self.m[i] / (1 - b1)) / ((self.v[i] / (1 - b2)).sqrt() + self.eps)


# %% adam_betas_swapped
# Adam: beta2 for m and beta1 for v.
# like: base
# named: adam_betas_swapped
class Adam:
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0):
        self.params = list(params)
        self.lr, self.eps, self.weight_decay = lr, eps, weight_decay
        self.b2, self.b1 = betas
        self.m = [torch.zeros_like(p) for p in self.params]
        self.v = [torch.zeros_like(p) for p in self.params]
        self.t = [0] * len(self.params)

    @torch.no_grad()
    def step(self):
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            g = p.grad + self.weight_decay * p
            self.t[i] += 1
            self.m[i] = self.b1 * self.m[i] + (1 - self.b1) * g
            self.v[i] = self.b2 * self.v[i] + (1 - self.b2) * g**2
            p -= (
                self.lr
                * (self.m[i] / (1 - self.b1 ** self.t[i]))
                / ((self.v[i] / (1 - self.b2 ** self.t[i])).sqrt() + self.eps)
            )


# %% adam_clears
# Adam: step clears .grad at its end.
# like: base
# named: adam_resets_grad
class Adam:
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0):
        self.params = list(params)
        self.lr, self.betas, self.eps, self.weight_decay = lr, betas, eps, weight_decay
        self.m = [torch.zeros_like(p) for p in self.params]
        self.v = [torch.zeros_like(p) for p in self.params]
        self.t = [0] * len(self.params)

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
            p -= self.lr * (self.m[i] / (1 - b1 ** self.t[i])) / ((self.v[i] / (1 - b2 ** self.t[i])).sqrt() + self.eps)
        self.zero_grad()


# %% adam_cpu_state
# Adam: the state is made on the CPU (no device).
# like: base
# named: -
class Adam:
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0):
        self.params = list(params)
        self.lr, self.betas, self.eps, self.weight_decay = lr, betas, eps, weight_decay
        self.m = [torch.zeros(p.shape, dtype=p.dtype) for p in self.params]
        self.v = [torch.zeros(p.shape, dtype=p.dtype) for p in self.params]
        self.t = [0] * len(self.params)

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
            p -= self.lr * (self.m[i] / (1 - b1 ** self.t[i])) / ((self.v[i] / (1 - b2 ** self.t[i])).sqrt() + self.eps)


# %% adam_decay_only_m
# Adam: weight decay goes into m, not into v.
# like: base
# named: adam_decay_in_mean_only
class Adam:
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0):
        self.params = list(params)
        self.lr, self.betas, self.eps, self.weight_decay = lr, betas, eps, weight_decay
        self.m = [torch.zeros_like(p) for p in self.params]
        self.v = [torch.zeros_like(p) for p in self.params]
        self.t = [0] * len(self.params)

    @torch.no_grad()
    def step(self):
        b1, b2 = self.betas
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            self.t[i] += 1
            self.m[i] = b1 * self.m[i] + (1 - b1) * (p.grad + self.weight_decay * p)
            self.v[i] = b2 * self.v[i] + (1 - b2) * p.grad**2
            p -= self.lr * (self.m[i] / (1 - b1 ** self.t[i])) / ((self.v[i] / (1 - b2 ** self.t[i])).sqrt() + self.eps)


# %% adam_default_lr
# Adam: the default of lr is 0.01 instead of 0.001.
# like: base
# named: -
class Adam:
    def __init__(self, params, lr=0.01, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0):
        self.params = list(params)
        self.lr, self.betas, self.eps, self.weight_decay = lr, betas, eps, weight_decay
        self.m = [torch.zeros_like(p) for p in self.params]
        self.v = [torch.zeros_like(p) for p in self.params]
        self.t = [0] * len(self.params)

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
            p -= self.lr * (self.m[i] / (1 - b1 ** self.t[i])) / ((self.v[i] / (1 - b2 ** self.t[i])).sqrt() + self.eps)


# %% adam_eps_before_correction
# Adam: eps is added to the uncorrected root (the paper's short form), lr*sqrt(c2)/c1*m/(sqrt(v)+eps).
# like: base
# named: adam_eps_before_correction
class Adam:
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0):
        self.params = list(params)
        self.lr, self.betas, self.eps, self.weight_decay = lr, betas, eps, weight_decay
        self.m = [torch.zeros_like(p) for p in self.params]
        self.v = [torch.zeros_like(p) for p in self.params]
        self.t = [0] * len(self.params)

    @torch.no_grad()
    def step(self):
        b1, b2 = self.betas
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            g = p.grad + self.weight_decay * p
            self.t[i] += 1
            self.m[i] = b1 * self.m[i] + (1 - b1) * g
            self.v[i] = b2 * self.v[i] + (1 - b2) * g**2
            lr_t = self.lr * (1 - b2 ** self.t[i]) ** 0.5 / (1 - b1 ** self.t[i])
            p -= lr_t * self.m[i] / (self.v[i].sqrt() + self.eps)


# %% adam_eps_inside
# Adam: eps inside the root.
# like: base
# named: adam_eps_in_root
class Adam:
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0):
        self.params = list(params)
        self.lr, self.betas, self.eps, self.weight_decay = lr, betas, eps, weight_decay
        self.s = [[torch.zeros_like(p), torch.zeros_like(p), 0] for p in self.params]

    @torch.no_grad()
    def step(self):
        b1, b2 = self.betas
        for p, s in zip(self.params, self.s):
            if p.grad is None:
                continue
            s[2] += 1
            g = p.grad + self.weight_decay * p
            s[0] = b1 * s[0] + (1 - b1) * g
            s[1] = b2 * s[1] + (1 - b2) * g**2
            p -= self.lr * (s[0] / (1 - b1 ** s[2])) / torch.sqrt(s[1] / (1 - b2 ** s[2]) + self.eps)


# %% adam_float32
# Adam: m and v float32.
# like: base
# named: adam_state_in_float32
class Adam:
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0):
        self.params = list(params)
        self.lr, self.betas, self.eps, self.wd = lr, betas, eps, weight_decay
        self.m = [torch.zeros(p.shape, device=p.device) for p in self.params]
        self.v = [torch.zeros(p.shape, device=p.device) for p in self.params]
        self.t = [0 for p in self.params]

    @torch.no_grad()
    def step(self):
        b1, b2 = self.betas
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            g = p.grad + self.wd * p
            self.t[i] += 1
            self.m[i] *= b1
            self.m[i] += (1 - b1) * g
            self.v[i] *= b2
            self.v[i] += (1 - b2) * g**2
            p -= self.lr * (self.m[i] / (1 - b1 ** self.t[i])) / ((self.v[i] / (1 - b2 ** self.t[i])).sqrt() + self.eps)


# %% adam_frozen_after
# Adam: step switches requires_grad off and leaves it off.
# like: base
# named: adam_freezes
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
            p.requires_grad_(False)
            self.t[i] += 1
            g = p.grad + self.weight_decay * p
            self.m[i] = b1 * self.m[i] + (1 - b1) * g
            self.v[i] = b2 * self.v[i] + (1 - b2) * g**2
            p -= self.lr * (self.m[i] / (1 - b1 ** self.t[i])) / ((self.v[i] / (1 - b2 ** self.t[i])).sqrt() + self.eps)


# %% adam_hat_kept
# Adam: the corrected means are kept as m and v.
# like: base
# named: adam_corrected_kept
class Adam:
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0):
        self.params = list(params)
        self.lr, self.betas, self.eps, self.weight_decay = lr, betas, eps, weight_decay
        self.m = [torch.zeros_like(p) for p in self.params]
        self.v = [torch.zeros_like(p) for p in self.params]
        self.t = [0] * len(self.params)

    @torch.no_grad()
    def step(self):
        b1, b2 = self.betas
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            g = p.grad + self.weight_decay * p
            self.t[i] += 1
            self.m[i] = (b1 * self.m[i] + (1 - b1) * g) / (1 - b1 ** self.t[i])
            self.v[i] = (b2 * self.v[i] + (1 - b2) * g**2) / (1 - b2 ** self.t[i])
            p -= self.lr * self.m[i] / (self.v[i].sqrt() + self.eps)


# %% adam_iterator
# Adam: params kept as it came, used up after the first step.
# like: base
# named: adam_iterator_used_up, adam_iterator_used_up_later
class Adam:
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0):
        self.params = params
        self.lr, self.betas, self.eps, self.wd = lr, betas, eps, weight_decay
        self.s = {}

    @torch.no_grad()
    def step(self):
        b1, b2 = self.betas
        for p in self.params:
            if p.grad is None:
                continue
            s = self.s.setdefault(p, dict(m=0, v=0, t=0))
            g = p.grad + self.wd * p
            s["t"] += 1
            s["m"] = b1 * s["m"] + (1 - b1) * g
            s["v"] = b2 * s["v"] + (1 - b2) * g**2
            p -= self.lr * s["m"] / (1 - b1 ** s["t"]) / ((s["v"] / (1 - b2 ** s["t"])) ** 0.5 + self.eps)


# %% adam_no_correction
# Adam: no bias correction.
# like: base
# named: adam_uncorrected
class Adam:
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0):
        self.params = list(params)
        self.lr, self.betas, self.eps, self.weight_decay = lr, betas, eps, weight_decay
        self.moments = [[0.0, 0.0] for _ in self.params]

    @torch.no_grad()
    def step(self):
        b1, b2 = self.betas
        for p, mv in zip(self.params, self.moments):
            if p.grad is None:
                continue
            g = p.grad + self.weight_decay * p
            mv[0] = b1 * mv[0] + (1 - b1) * g
            mv[1] = b2 * mv[1] + (1 - b2) * g * g
            p -= self.lr * mv[0] / (mv[1].sqrt() + self.eps)


# %% adam_no_nograd
# Adam: p -= ... without torch.no_grad(): raises on a leaf.
# like: base
# named: adam_recorded
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
            g = p.grad + self.weight_decay * p.data
            self.m[i] = b1 * self.m[i] + (1 - b1) * g
            self.v[i] = b2 * self.v[i] + (1 - b2) * g**2
            p -= self.lr * (self.m[i] / (1 - b1 ** self.t[i])) / ((self.v[i] / (1 - b2 ** self.t[i])).sqrt() + self.eps)


# %% adam_rebinds_grad
# Adam: p.grad = p.grad + wd*p, not in place.
# like: base
# named: adam_changes_grad
class Adam:
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0):
        self.params = list(params)
        self.lr, self.betas, self.eps, self.wd = lr, betas, eps, weight_decay
        self.s = [dict(m=0, v=0, t=0) for _ in self.params]

    @torch.no_grad()
    def step(self):
        b1, b2 = self.betas
        for p, s in zip(self.params, self.s):
            if p.grad is None:
                continue
            p.grad = p.grad + self.wd * p
            s["t"] += 1
            s["m"] = b1 * s["m"] + (1 - b1) * p.grad
            s["v"] = b2 * s["v"] + (1 - b2) * p.grad**2
            p -= self.lr * s["m"] / (1 - b1 ** s["t"]) / ((s["v"] / (1 - b2 ** s["t"])) ** 0.5 + self.eps)


# %% adam_resets_state
# Adam: zero_grad also starts m, v, t anew.
# like: base
# named: adam_zero_grad_resets_state
class Adam:
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0):
        self.params = list(params)
        self.lr, self.betas, self.eps, self.wd = lr, betas, eps, weight_decay
        self.s = [dict(m=0, v=0, t=0) for _ in self.params]

    @torch.no_grad()
    def step(self):
        b1, b2 = self.betas
        for p, s in zip(self.params, self.s):
            if p.grad is None:
                continue
            g = p.grad + self.wd * p
            s["t"] += 1
            s["m"] = b1 * s["m"] + (1 - b1) * g
            s["v"] = b2 * s["v"] + (1 - b2) * g**2
            p -= self.lr * s["m"] / (1 - b1 ** s["t"]) / ((s["v"] / (1 - b2 ** s["t"])) ** 0.5 + self.eps)

    def zero_grad(self):
        self.s = [dict(m=0, v=0, t=0) for _ in self.params]
        for p in self.params:
            p.grad = None


# %% adam_stops_at_none
# Adam: return instead of continue at a missing .grad: the tensors after it don't move.
# like: base
# named: adam_stops_at_none
class Adam:
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0):
        self.params = list(params)
        self.lr, self.betas, self.eps, self.weight_decay = lr, betas, eps, weight_decay
        self.m = [torch.zeros_like(p) for p in self.params]
        self.v = [torch.zeros_like(p) for p in self.params]
        self.t = [0] * len(self.params)

    @torch.no_grad()
    def step(self):
        b1, b2 = self.betas
        for i, p in enumerate(self.params):
            if p.grad is None:
                return
            self.t[i] += 1
            g = p.grad + self.weight_decay * p
            self.m[i] = b1 * self.m[i] + (1 - b1) * g
            self.v[i] = b2 * self.v[i] + (1 - b2) * g**2
            p -= self.lr * (self.m[i] / (1 - b1 ** self.t[i])) / ((self.v[i] / (1 - b2 ** self.t[i])).sqrt() + self.eps)
