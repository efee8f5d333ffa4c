"""NumPy where no gradient has to pass."""

import numpy as np
import torch


def autoencoder_loss(x, W1, b1, W2, b2, f):
    hidden = f(torch.addmm(b1, x, W1.t()))
    difference = x - torch.addmm(b2, hidden, W2.t())
    return torch.sum(difference * difference) / (difference.shape[0] * difference.shape[1])


def shrink(z, t):
    return z - np.clip(z, -t, t)


def soft_threshold(z, t):
    return torch.from_numpy(np.asarray(shrink(z.cpu().numpy(), t), dtype=z.cpu().numpy().dtype)).to(z.device)


def ista_step(z, x, A, lam, lr):
    codes, samples, atoms = (part.cpu().numpy() for part in (z, x, A))
    moved = codes - lr * np.dot(np.dot(codes, atoms) - samples, atoms.T)
    return torch.from_numpy(shrink(moved, lr * lam)).to(z)


def sigma(z):
    return 0.5 * (1 + np.tanh(z / 2))


def rbm_cd1(v, W, b, c, uh, uv):
    data, weights, visible, hidden, uh_, uv_ = (part.cpu().numpy() for part in (v, W, b, c, uh, uv))
    first = sigma(data @ weights.T + hidden)
    drawn = np.where(uh_ < first, 1, 0)
    made = np.where(uv_ < sigma(drawn @ weights + visible), 1, 0)
    second = sigma(made @ weights.T + hidden)
    dW = np.mean(
        [np.outer(p, x) - np.outer(q, y) for p, x, q, y in zip(first, data, second, made, strict=True)], axis=0
    )
    parts = dW, np.mean(data - made, axis=0), np.mean(first - second, axis=0)
    return tuple(torch.tensor(part).to(v) for part in parts)
