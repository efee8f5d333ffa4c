# %% sgd_dampened
# SGD: v = mu*v + (1-mu)*g (a running mean).
# like: base
# named: sgd_dampened
class SGD:
    def __init__(self, params, lr, momentum=0.0, weight_decay=0.0):
        self.params = list(params)
        self.lr = lr
        self.momentum = momentum
        self.wd = weight_decay
        self.v = [torch.zeros_like(p) for p in self.params]

    @torch.no_grad()
    def step(self):
        for p, v in zip(self.params, self.v):
            if p.grad is None:
                continue
            g = p.grad + self.wd * p
            v.mul_(self.momentum).add_((1 - self.momentum) * g)
            p.sub_(self.lr * v)


# %% sgd_decay_after
# SGD: weight decay added to the step after the momentum: p -= lr*(v + lambda*p).
# like: base
# named: sgd_decay_beside_momentum
class SGD:
    def __init__(self, params, lr, momentum=0.0, weight_decay=0.0):
        self.tensors = list(params)
        self.lr = lr
        self.momentum = momentum
        self.weight_decay = weight_decay
        self.velocities = [torch.zeros_like(t) for t in self.tensors]

    def step(self):
        with torch.no_grad():
            for tensor, velocity in zip(self.tensors, self.velocities):
                if tensor.grad is None:
                    continue
                velocity *= self.momentum
                velocity += tensor.grad
                tensor -= self.lr * (velocity + self.weight_decay * tensor)

    def zero_grad(self):
        for tensor in self.tensors:
            tensor.grad = None


# %% sgd_decay_decoupled
# SGD: weight decay taken from p directly, not through v.
# like: base
# named: sgd_decay_beside_momentum
class SGD:
    def __init__(self, params, lr, momentum=0.0, weight_decay=0.0):
        self.params = list(params)
        self.lr = lr
        self.momentum = momentum
        self.weight_decay = weight_decay
        self.v = [0.0 for _ in self.params]

    def step(self):
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            with torch.no_grad():
                self.v[i] = self.momentum * self.v[i] + p.grad
                p.mul_(1 - self.lr * self.weight_decay)
                p.sub_(self.lr * self.v[i])


# %% sgd_decay_sign
# SGD: weight decay subtracted, g - lambda*p.
# like: base
# named: sgd_decay_sign
class SGD:
    def __init__(self, params, lr, momentum=0.0, weight_decay=0.0):
        self.params = list(params)
        self.lr = lr
        self.momentum = momentum
        self.weight_decay = weight_decay
        self.buffers = [None] * len(self.params)

    @torch.no_grad()
    def step(self):
        for i in range(len(self.params)):
            p = self.params[i]
            if p.grad is None:
                continue
            d = p.grad - self.weight_decay * p
            b = self.buffers[i]
            b = d if b is None else self.momentum * b + d
            self.buffers[i] = b
            p.add_(b, alpha=-self.lr)


# %% sgd_grad_changed
# SGD: adds the weight decay to .grad itself.
# like: base
# named: sgd_changes_grad
class SGD:
    def __init__(self, params, lr, momentum=0.0, weight_decay=0.0):
        self.params = list(params)
        self.lr = lr
        self.momentum = momentum
        self.weight_decay = weight_decay
        self.v = [torch.zeros_like(p) for p in self.params]

    @torch.no_grad()
    def step(self):
        for i, p in enumerate(self.params):
            g = p.grad
            if g is None:
                continue
            if self.weight_decay:
                g.add_(p, alpha=self.weight_decay)
            self.v[i] = self.momentum * self.v[i] + g
            p -= self.lr * self.v[i]


# %% sgd_iterator
# SGD: keeps params as it came: an iterator is used up after one loop.
# like: base
# named: sgd_iterator_used_up, sgd_iterator_used_up_later
class SGD:
    def __init__(self, params, lr, momentum=0.0, weight_decay=0.0):
        self.params = params
        self.lr = lr
        self.momentum = momentum
        self.weight_decay = weight_decay
        self.v = {}

    @torch.no_grad()
    def step(self):
        for p in self.params:
            if p.grad is None:
                continue
            g = p.grad + self.weight_decay * p
            self.v[p] = self.momentum * self.v[p] + g if p in self.v else g
            p -= self.lr * self.v[p]


# %% sgd_lr_frozen
# SGD: step uses the lr from the constructor, .lr is ignored later.
# like: base
# named: sgd_lr_fixed
class SGD:
    def __init__(self, params, lr, momentum=0.0, weight_decay=0.0):
        self.params = list(params)
        self.lr = lr
        self.defaults = {"lr": lr, "momentum": momentum, "weight_decay": weight_decay}
        self.v = [torch.zeros_like(p) for p in self.params]

    @torch.no_grad()
    def step(self):
        d = self.defaults
        for p, v in zip(self.params, self.v):
            if p.grad is None:
                continue
            v.mul_(d["momentum"]).add_(p.grad).add_(p, alpha=d["weight_decay"])
            p.add_(v, alpha=-d["lr"])


# %% sgd_lr_in_v
# SGD: keeps lr*v instead of v.
# like: base
# named: sgd_lr_in_velocity
class SGD:
    def __init__(self, params, lr, momentum=0.0, weight_decay=0.0):
        self.params, self.lr, self.momentum, self.decay = list(params), lr, momentum, weight_decay
        self.change = {}

    def step(self):
        with torch.no_grad():
            for n, p in enumerate(self.params):
                if p.grad is None:
                    continue
                old = self.change.get(n, 0.0)
                self.change[n] = self.momentum * old + self.lr * (p.grad + self.decay * p)
                p -= self.change[n]


# %% sgd_nesterov
# SGD: Nesterov, p -= lr*(g + mu*v).
# like: base
# named: sgd_nesterov
class SGD:
    def __init__(self, params, lr, momentum=0.0, weight_decay=0.0):
        self.params = [*params]
        self.lr = lr
        self.mu = momentum
        self.weight_decay = weight_decay
        self.v = {p: torch.zeros_like(p) for p in self.params}

    def step(self):
        for p in self.params:
            if p.grad is not None:
                g = p.grad + self.weight_decay * p.data
                self.v[p] = self.mu * self.v[p].data + g
                p.data -= self.lr * (g + self.mu * self.v[p])


# %% sgd_none_as_zeros
# SGD: a missing .grad counts as zeros: momentum goes on.
# like: base
# named: sgd_none_as_zeros
class SGD:
    def __init__(self, params, lr, momentum=0.0, weight_decay=0.0):
        self.params = list(params)
        self.lr, self.momentum, self.weight_decay = lr, momentum, weight_decay
        self.v = [torch.zeros_like(p) for p in self.params]

    @torch.no_grad()
    def step(self):
        for i, p in enumerate(self.params):
            grad = torch.zeros_like(p) if p.grad is None else p.grad
            grad = grad + self.weight_decay * p
            self.v[i] = self.momentum * self.v[i] + grad
            p -= self.lr * self.v[i]


# %% sgd_rebinds
# SGD: p = p - ... makes a new tensor.
# like: base
# named: sgd_stays
class SGD:
    def __init__(self, params, lr, momentum=0.0, weight_decay=0.0):
        self.params = list(params)
        self.lr = lr
        self.momentum = momentum
        self.weight_decay = weight_decay
        self.v = [None] * len(self.params)

    def step(self):
        with torch.no_grad():
            for i, p in enumerate(self.params):
                if p.grad is None:
                    continue
                g = p.grad + self.weight_decay * p
                self.v[i] = g if self.v[i] is None else self.momentum * self.v[i] + g
                p = p - self.lr * self.v[i]


# %% sgd_shared_state
# SGD: the velocities are a class attribute keyed by position, shared by all optimizers.
# like: base
# named: sgd_shared_state
class SGD:
    velocity = {}

    def __init__(self, params, lr, momentum=0.0, weight_decay=0.0):
        self.params = list(params)
        self.lr = lr
        self.momentum = momentum
        self.weight_decay = weight_decay

    def step(self):
        with torch.no_grad():
            for k, p in enumerate(self.params):
                if p.grad is None:
                    continue
                g = p.grad + self.weight_decay * p
                if k in SGD.velocity:
                    g = g + self.momentum * SGD.velocity[k]
                SGD.velocity[k] = g
                p -= self.lr * g


# %% sgd_uphill
# SGD: the wrong sign, p + lr*v.
# like: base
# named: sgd_uphill
class SGD:
    def __init__(self, params, lr, momentum=0.0, weight_decay=0.0):
        self.params = list(params)
        self.lr = lr
        self.momentum = momentum
        self.weight_decay = weight_decay
        self.v = [0] * len(self.params)

    def step(self):
        for i, p in enumerate(self.params):
            if p.grad is not None:
                self.v[i] = self.momentum * self.v[i] + p.grad + self.weight_decay * p.data
                p.data += self.lr * self.v[i]


# %% sgd_v_is_grad
# SGD: v is .grad itself in the first step, no copy.
# like: base
# named: sgd_keeps_grad, sgd_adds_to_grad
class SGD:
    def __init__(self, params, lr, momentum=0.0, weight_decay=0.0):
        self.params = list(params)
        self.lr = lr
        self.momentum = momentum
        self.weight_decay = weight_decay
        self.bufs = [None for _ in self.params]

    @torch.no_grad()
    def step(self):
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            d_p = p.grad
            if self.weight_decay != 0:
                d_p = d_p.add(p, alpha=self.weight_decay)
            if self.momentum != 0:
                if self.bufs[i] is None:
                    self.bufs[i] = d_p
                else:
                    self.bufs[i].mul_(self.momentum).add_(d_p)
                d_p = self.bufs[i]
            p.add_(d_p, alpha=-self.lr)


# %% sgd_ends_after_one
# SGD: return inside of the loop, so that only the first tensor with a gradient moves.
# like: base
# named: sgd_first_only
class SGD:
    def step(self):
        with torch.no_grad():
            for i, p in enumerate(self.params):
                if p.grad is None:
                    continue
                g = p.grad + self.weight_decay * p
                old = self.velocity[i]
                self.velocity[i] = g if old is None else self.momentum * old + g
                p -= self.lr * self.velocity[i]
                return


# %% sgd_share_of_v
# SGD: keeps the share 1 - mu of v.
# like: base
# named: sgd_momentum_as_rate
class SGD:
    @torch.no_grad()
    def step(self):
        for i, p in enumerate(self.params):
            if p.grad is not None:
                old = 0 if self.velocity[i] is None else self.velocity[i]
                self.velocity[i] = (1 - self.momentum) * old + p.grad + self.weight_decay * p
                p.sub_(self.lr * self.velocity[i])


# %% sgd_v_too_late
# SGD: p moves first, by the old v, and then v is made new.
# like: base
# named: sgd_velocity_of_before
class SGD:
    @torch.no_grad()
    def step(self):
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            g = p.grad + self.weight_decay * p
            v = torch.zeros_like(p) if self.velocity[i] is None else self.velocity[i]
            p -= self.lr * v
            self.velocity[i] = self.momentum * v + g


# %% sgd_decay_of_the_square
# SGD: weight decay as the gradient of wd * |p|^2, so twice as large.
# like: base
# named: sgd_decay_doubled
class SGD:
    def step(self):
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            g = p.grad + 2 * self.weight_decay * p.data
            self.velocity[i] = g if self.velocity[i] is None else g + self.momentum * self.velocity[i]
            p.data -= self.lr * self.velocity[i]


# %% sgd_rate_left_out
# SGD: p moves by v, without lr.
# like: base
# named: sgd_without_lr
class SGD:
    def step(self):
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            g = p.grad + self.weight_decay * p.data
            self.velocity[i] = g if self.velocity[i] is None else g + self.momentum * self.velocity[i]
            p.data -= self.velocity[i]


# %% sgd_decay_of_the_sign
# SGD: weight decay adds wd * sign(p), as for an L1 penalty.
# like: base
# named: -
class SGD:
    def step(self):
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            g = p.grad + self.weight_decay * p.data.sign()
            self.velocity[i] = g if self.velocity[i] is None else g + self.momentum * self.velocity[i]
            p.data -= self.lr * self.velocity[i]


# %% sgd_clips
# SGD: clips each gradient to -1 ... 1.
# like: base
# named: -
class SGD:
    def step(self):
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            g = p.grad.clamp(-1, 1) + self.weight_decay * p.data
            self.velocity[i] = g if self.velocity[i] is None else g + self.momentum * self.velocity[i]
            p.data -= self.lr * self.velocity[i]
