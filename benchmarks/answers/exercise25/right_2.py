# %% free_energy
# The gradient of a difference of free energies; the bias as one more weight; the median of three.
import torch


def autoencoder_loss(x, W1, b1, W2, b2, f):
    one = x.new_ones(len(x), 1)
    codes = f(torch.cat([x, one], 1) @ torch.cat([W1, b1[:, None]], 1).T)
    hat = torch.cat([codes, one], 1) @ torch.cat([W2, b2[:, None]], 1).T
    return (x - hat).pow(2).mean(dim=1).mean()


def soft_threshold(z, t):
    return torch.stack([z - t, torch.zeros_like(z), z + t]).median(dim=0).values


def ista_step(z, x, A, lam, lr):
    def smooth(codes):
        return (x - codes @ A).pow(2).sum() / 2

    slope = torch.autograd.functional.jacobian(smooth, z)
    return soft_threshold(z - lr * slope, lr * lam)


def rbm_cd1(v, W, b, c, uh, uv):
    v, W, b, c = (tensor.detach() for tensor in (v, W, b, c))
    h = (uh < torch.sigmoid(v @ W.T + c)).to(v.dtype)
    v1 = (uv < torch.sigmoid(h @ W + b)).to(v.dtype)

    def minus_energy(s):
        a = s @ W.T + c
        return s @ b + torch.logaddexp(a, torch.zeros_like(a)).sum(1)

    parameters = [tensor.detach().requires_grad_() for tensor in (W, b, c)]
    W, b, c = parameters
    with torch.enable_grad():
        gain = (minus_energy(v) - minus_energy(v1)).mean()
        return torch.autograd.grad(gain, parameters)


# %% each_sample
# vmap over the samples.
import torch
from torch.func import vmap


def autoencoder_loss(x, W1, b1, W2, b2, f):
    def one(row):
        return ((W2 @ f(W1 @ row + b1) + b2 - row) ** 2).mean()

    return vmap(one)(x).mean()


def soft_threshold(z, t):
    size = z.abs()
    keep = size > t
    return torch.where(keep, z * ((size - t) / torch.where(keep, size, 1.0)), 0.0)


def ista_step(z, x, A, lam, lr):
    def one(code, sample):
        moved = code - lr * (A @ (code @ A - sample))
        return moved.sign() * (moved.abs() - lr * lam).clamp(min=0)

    return vmap(one)(z, x)


def rbm_cd1(v, W, b, c, uh, uv):
    def one(v0, u0, u1):
        p0 = torch.sigmoid(W @ v0 + c)
        h = (u0 < p0).to(v0.dtype)
        v1 = (u1 < torch.sigmoid(W.T @ h + b)).to(v0.dtype)
        p1 = torch.sigmoid(W @ v1 + c)
        return torch.outer(p0, v0) - torch.outer(p1, v1), v0 - v1, p0 - p1

    return tuple(part.mean(0) for part in vmap(one)(v, uh, uv))


# %% masks
# Masks as numbers, products by hand, comparisons with <=.
import torch


def autoencoder_loss(x, W1, b1, W2, b2, f):
    z1 = (x[:, None, :] * W1[None, :, :]).sum(-1) + b1
    out = (f(z1)[:, None, :] * W2[None, :, :]).sum(-1) + b2
    return torch.mean(torch.square(torch.sub(x, out)))


def soft_threshold(z, t):
    up = (z > t).to(z.dtype)
    down = (z < -t).to(z.dtype)
    return up * (z - t) + down * (z + t)


def ista_step(z, x, A, lam, lr):
    g = torch.einsum("nd,kd->nk", torch.einsum("nk,kd->nd", z, A) - x, A)
    u = z - lr * g
    u = torch.where(u.abs() <= lr * lam, torch.zeros_like(u), u - lr * lam * torch.sign(u))
    return u


def rbm_cd1(v, W, b, c, uh, uv):
    p = 1 - torch.sigmoid(-(torch.einsum("hd,nd->nh", W, v) + c))
    h = 1.0 * (uh <= p).type(v.dtype)
    q = torch.sigmoid(torch.einsum("hd,nh->nd", W, h) + b)
    vis = 1.0 * (uv <= q).type(v.dtype)
    p_neg = 1 - torch.sigmoid(-(torch.einsum("hd,nd->nh", W, vis) + c))
    dW = torch.stack([p[:, j] @ v - p_neg[:, j] @ vis for j in range(len(c))]) / v.size(0)
    return dW, v.mean(0) - vis.mean(0), p.mean(0) - p_neg.mean(0)


# %% own_backward
# The squared error with a backward of its own; signs by copysign; logsigmoid.
import torch
import torch.nn.functional as F


class MeanSquare(torch.autograd.Function):
    @staticmethod
    def forward(ctx, error):
        ctx.save_for_backward(error)
        return (error * error).sum() / error.numel()

    @staticmethod
    def backward(ctx, up):
        (error,) = ctx.saved_tensors
        return up * 2 * error / error.numel()


def autoencoder_loss(x, W1, b1, W2, b2, f):
    return MeanSquare.apply(f(x @ W1.mT + b1) @ W2.mT + b2 - x)


def soft_threshold(z, t):
    return torch.copysign(torch.maximum(z.abs() - t, torch.zeros_like(z)), z)


def ista_step(z, x, A, lam, lr):
    moved = torch.addmm(z, z @ A - x, A.T, alpha=-lr)
    return moved - torch.clamp(moved, -lr * lam, lr * lam)


def rbm_cd1(v, W, b, c, uh, uv):
    p = F.logsigmoid(v @ W.T + c).exp()
    h = torch.heaviside(p - uh, torch.zeros((), dtype=v.dtype))
    v1 = torch.heaviside(F.logsigmoid(h @ W + b).exp() - uv, torch.zeros((), dtype=v.dtype))
    p1 = F.logsigmoid(v1 @ W.T + c).exp()
    both = torch.cat([v, -v1])
    return torch.cat([p, p1]).T @ both / len(v), both.sum(0) / len(v), (p - p1).sum(0) / len(v)


# %% without_gradients
# Decorators against gradients, rows one by one, early return of a copy.
import torch


def autoencoder_loss(x, W1, b1, W2, b2, f):
    losses = []
    for row in x:
        code = f(W1.mv(row) + b1)
        losses.append((W2.mv(code) + b2 - row).square().sum())
    return torch.stack(losses).sum() / (x.shape[0] * x.shape[1])


@torch.no_grad()
def soft_threshold(z, t):
    if t == 0:
        return z.clone()
    rest = z.abs() - t
    return z.sign() * rest * (rest > 0)


@torch.no_grad()
def ista_step(z, x, A, lam, lr):
    rows = []
    for code, sample in zip(z, x, strict=True):
        residual = code @ A - sample
        rows.append(soft_threshold(code - lr * (A @ residual), lr * lam))
    return torch.stack(rows)


@torch.no_grad()
def rbm_cd1(v, W, b, c, uh, uv):
    N = len(v)
    dW, db, dc = torch.zeros_like(W), torch.zeros_like(b), torch.zeros_like(c)
    for n in range(N):
        p = torch.sigmoid(W @ v[n] + c)
        h = (uh[n] < p).to(v.dtype)
        sample = (uv[n] < torch.sigmoid(h @ W + b)).to(v.dtype)
        q = torch.sigmoid(W @ sample + c)
        dW += torch.ger(p, v[n]) - torch.ger(q, sample)
        db += v[n] - sample
        dc += p - q
    return dW / N, db / N, dc / N
