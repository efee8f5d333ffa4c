"""Classes that hold the parameters; float64 inside, and back."""

import torch


class Autoencoder:
    def __init__(self, W1, b1, W2, b2, f):
        self.encoder, self.decoder, self.f = (W1, b1), (W2, b2), f

    @staticmethod
    def layer(x, weight, bias):
        return (weight @ x.T + bias[:, None]).T

    def __call__(self, x):
        return self.layer(self.f(self.layer(x, *self.encoder)), *self.decoder)


def autoencoder_loss(x, W1, b1, W2, b2, f):
    dtype = x.dtype
    x, W1, b1, W2, b2 = (part.double() for part in (x, W1, b1, W2, b2))
    made = Autoencoder(W1, b1, W2, b2, f)(x)
    return torch.linalg.vector_norm(made - x).square().div(x.numel()).to(dtype)


def soft_threshold(z, t):
    return torch.clamp(z - t, min=0) + torch.clamp(z + t, max=0)


def ista_step(z, x, A, lam, lr):
    gram, match = A @ A.T, x @ A.T
    moved = z + lr * match - lr * z @ gram
    return torch.where(moved.abs() > lr * lam, moved - lr * lam * moved.sign(), torch.zeros_like(moved))


class Machine:
    def __init__(self, W, b, c):
        self.W, self.b, self.c = W.double(), b.double(), c.double()

    def hidden(self, v):
        return torch.special.expit(v @ self.W.mT + self.c)

    def visible(self, h):
        return torch.special.expit(h @ self.W + self.b)

    def statistics(self, v):
        p = self.hidden(v)
        return p.mT @ v / v.shape[0], v.mean(dim=0), p.mean(dim=0)


def rbm_cd1(v, W, b, c, uh, uv):
    machine = Machine(W, b, c)
    h = (uh < machine.hidden(v.double())).double()
    made = (uv < machine.visible(h)).double()
    pairs = zip(machine.statistics(v.double()), machine.statistics(made), strict=True)
    return tuple((data - model).to(v.dtype) for data, model in pairs)
