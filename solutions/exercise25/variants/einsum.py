"""Index notation, in place on copies, autograd for the gradient of the sparse code."""

import torch


def autoencoder_loss(x, W1, b1, W2, b2, f):
    code = f(torch.einsum("nd,hd->nh", x, W1) + b1)
    error = torch.einsum("nh,dh->nd", code, W2) + b2 - x
    return torch.einsum("nd,nd->", error, error) / x.numel()


def soft_threshold(z, t):
    result = z.clone()
    result[z.abs() <= t] = 0
    result[z > t] -= t
    result[z < -t] += t
    return result


def ista_step(z, x, A, lam, lr):
    at = z.detach().clone().requires_grad_()
    with torch.enable_grad():
        half = (x - at @ A).pow(2).sum() / 2
    (slope,) = torch.autograd.grad(half, at)
    return soft_threshold(z - lr * slope, lr * lam)


def rbm_cd1(v, W, b, c, uh, uv):
    ph = torch.einsum("nd,hd->nh", v, W).add_(c).sigmoid_()
    h = torch.where(uh < ph, 1.0, 0.0).to(v.dtype)
    v1 = torch.einsum("nh,hd->nd", h, W).add_(b).sigmoid_().gt(uv).to(v.dtype)
    ph1 = torch.einsum("nd,hd->nh", v1, W).add_(c).sigmoid_()
    dW = torch.einsum("nh,nd->nhd", ph, v) - torch.einsum("nh,nd->nhd", ph1, v1)
    return dW.mean(0), v.mean(0) - v1.mean(0), ph.mean(0) - ph1.mean(0)
