"""One class with switches: SGD and RMSprop are special cases of the general step. copy_ writes the values back."""

import torch


class General:
    def __init__(self, params, lr, first, second, eps, decay):
        self.slots = [[p, None, None, 0] for p in params]
        self.lr, self.first, self.second, self.eps, self.decay = lr, first, second, eps, decay

    def step(self):
        torch_was = torch.is_grad_enabled()
        torch.set_grad_enabled(False)
        try:
            for slot in self.slots:
                if slot[0].grad is not None:
                    self.move(slot)
        finally:
            torch.set_grad_enabled(torch_was)

    def move(self, slot):
        p, a, b, t = slot
        g = p.grad + self.decay * p
        t = t + 1
        (keep_a, add_a, fix_a), (keep_b, add_b, fix_b) = self.first, self.second
        a = add_a * g if a is None else keep_a * a + add_a * g
        up = a / (1 - keep_a**t) if fix_a else a
        down = 1.0
        if add_b:
            b = add_b * g * g if b is None else keep_b * b + add_b * g * g
            down = torch.sqrt(b / (1 - keep_b**t) if fix_b else b) + self.eps
        p.copy_(p - self.lr * up / down)
        slot[1:] = a, b, t

    def zero_grad(self):
        for p, *_ in self.slots:
            if p.grad is not None:
                p.grad.zero_()


class SGD(General):
    def __init__(self, params, lr, momentum=0.0, weight_decay=0.0):
        super().__init__(params, lr, (momentum, 1.0, False), (0.0, 0.0, False), 0.0, weight_decay)


class RMSprop(General):
    def __init__(self, params, lr=0.01, alpha=0.99, eps=1e-8):
        super().__init__(params, lr, (0.0, 1.0, False), (alpha, 1 - alpha, False), eps, 0.0)


class Adam(General):
    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0):
        b1, b2 = betas
        super().__init__(params, lr, (b1, 1 - b1, True), (b2, 1 - b2, True), eps, weight_decay)
