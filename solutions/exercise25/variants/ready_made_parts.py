"""PyTorch's own functions for the parts."""

import torch
import torch.nn.functional as F


def autoencoder_loss(x, W1, b1, W2, b2, f):
    return F.mse_loss(F.linear(f(F.linear(x, W1, b1)), W2, b2), x)


def soft_threshold(z, t):
    return F.relu(z - t) - F.relu(-z - t)


def ista_step(z, x, A, lam, lr):
    return soft_threshold(torch.addmm(z, F.linear(x, A) - z @ A @ A.T, torch.eye(len(A)).to(A), alpha=lr), lr * lam)


def rbm_cd1(v, W, b, c, uh, uv):
    def up(visible):
        return torch.sigmoid(F.linear(visible, W, c))

    down = torch.sigmoid(F.linear((uh <= up(v)).type_as(v), W.T, b))
    made = torch.heaviside(down - uv, torch.zeros(()).to(v))
    n = v.size(0)
    dW = torch.bmm(up(v)[:, :, None], v[:, None]).sum(0) - torch.bmm(up(made)[:, :, None], made[:, None]).sum(0)
    return dW / n, (v.sum(0) - made.sum(0)) / n, (up(v).sum(0) - up(made).sum(0)) / n
