# %% base
# Plain formulas on tensors.
import torch


def autoencoder_loss(x, W1, b1, W2, b2, f):
    h = f(x @ W1.T + b1)
    x_hat = h @ W2.T + b2
    return ((x_hat - x) ** 2).mean()


def soft_threshold(z, t):
    return torch.sign(z) * torch.relu(z.abs() - t)


def ista_step(z, x, A, lam, lr):
    return soft_threshold(z - lr * (z @ A - x) @ A.T, lr * lam)


def rbm_cd1(v, W, b, c, uh, uv):
    N = v.shape[0]
    p = torch.sigmoid(v @ W.T + c)
    h = (uh < p).to(v.dtype)
    v1 = (uv < torch.sigmoid(h @ W + b)).to(v.dtype)
    p1 = torch.sigmoid(v1 @ W.T + c)
    return (p.T @ v - p1.T @ v1) / N, (v - v1).mean(0), (p - p1).mean(0)


# %% functional
# torch.nn.functional, torch.where, autograd of the first term.
import torch
import torch.nn.functional as F


def autoencoder_loss(x, W1, b1, W2, b2, f):
    return F.mse_loss(F.linear(f(F.linear(x, W1, b1)), W2, b2), x)


def soft_threshold(z, t):
    return torch.where(z > t, z - t, torch.where(z < -t, z + t, torch.zeros_like(z)))


def ista_step(z, x, A, lam, lr):
    with torch.enable_grad():
        code = z.detach().clone().requires_grad_()
        first = 0.5 * ((x.detach() - code @ A.detach()) ** 2).sum()
        (slope,) = torch.autograd.grad(first, code)
    return soft_threshold(z.detach() - lr * slope, lr * lam)


def rbm_cd1(v, W, b, c, uh, uv):
    p = F.linear(v, W, c).sigmoid()
    h = torch.where(uh < p, 1.0, 0.0).to(v)
    v_new = torch.where(uv < F.linear(h, W.T, b).sigmoid(), 1.0, 0.0).to(v)
    p_new = F.linear(v_new, W, c).sigmoid()
    dW = torch.einsum("nh,nd->hd", p, v) - torch.einsum("nh,nd->hd", p_new, v_new)
    return dW / len(v), (v - v_new).sum(0) / len(v), (p - p_new).sum(0) / len(v)


# %% loops
# Loops over samples, inputs and units.
import math

import torch


def autoencoder_loss(x, W1, b1, W2, b2, f):
    N, D = x.shape
    H = W1.shape[0]
    total = 0
    for n in range(N):
        code = f(torch.stack([(W1[j] * x[n]).sum() + b1[j] for j in range(H)]))
        for d in range(D):
            x_hat = (W2[d] * code).sum() + b2[d]
            total = total + (x_hat - x[n, d]) ** 2
    return total / (N * D)


def soft_threshold(z, t):
    numbers = []
    for number in z.flatten().tolist():
        if number > t:
            numbers.append(number - t)
        elif number < -t:
            numbers.append(number + t)
        else:
            numbers.append(0.0)
    return torch.tensor(numbers, dtype=z.dtype, device=z.device).reshape(z.shape)


def ista_step(z, x, A, lam, lr):
    N, K = z.shape
    result = torch.zeros_like(z)
    for n in range(N):
        residual = -x[n].clone()
        for k in range(K):
            residual = residual + z[n, k] * A[k]
        for k in range(K):
            moved = z[n, k] - lr * torch.dot(residual, A[k])
            result[n, k] = torch.sign(moved) * max(abs(moved.item()) - lr * lam, 0.0)
    return result


def _sigmoid(a):
    return 1 / (1 + math.exp(-a)) if a >= 0 else math.exp(a) / (1 + math.exp(a))


def rbm_cd1(v, W, b, c, uh, uv):
    N, D = v.shape
    H = W.shape[0]
    dW, db, dc = torch.zeros_like(W), torch.zeros_like(b), torch.zeros_like(c)
    for n in range(N):
        p = [_sigmoid(float(W[j] @ v[n] + c[j])) for j in range(H)]
        h = [1.0 if uh[n, j] < p[j] else 0.0 for j in range(H)]
        new = torch.zeros(D, dtype=v.dtype)
        for d in range(D):
            q = _sigmoid(float(b[d]) + sum(h[j] * float(W[j, d]) for j in range(H)))
            new[d] = 1.0 if uv[n, d] < q else 0.0
        p1 = [_sigmoid(float(W[j] @ new + c[j])) for j in range(H)]
        for j in range(H):
            dW[j] += (p[j] * v[n] - p1[j] * new) / N
            dc[j] += (p[j] - p1[j]) / N
        db += (v[n] - new) / N
    return dW, db, dc


# %% numpy_inside
# NumPy where no gradient has to pass.
import numpy as np
import torch


def autoencoder_loss(x, W1, b1, W2, b2, f):
    difference = f(torch.addmm(b1, x, W1.t())) @ W2.t() + b2 - x
    return difference.pow(2).sum() / difference.numel()


def soft_threshold(z, t):
    a = z.detach().cpu().numpy()
    return torch.from_numpy(np.asarray(np.sign(a) * np.maximum(np.abs(a) - t, 0.0), dtype=a.dtype))


def ista_step(z, x, A, lam, lr):
    zn, xn, An = (tensor.detach().numpy() for tensor in (z, x, A))
    moved = zn - lr * (zn @ An - xn) @ An.T
    return torch.from_numpy(moved - np.clip(moved, -lr * lam, lr * lam))


def rbm_cd1(v, W, b, c, uh, uv):
    v, W, b, c, uh, uv = (tensor.detach().numpy() for tensor in (v, W, b, c, uh, uv))

    def hidden(visible):
        return np.exp(-np.logaddexp(0, -(visible @ W.T + c)))

    p = hidden(v)
    h = (uh < p).astype(v.dtype)
    v1 = (uv < np.exp(-np.logaddexp(0, -(h @ W + b)))).astype(v.dtype)
    p1 = hidden(v1)
    n = len(v)
    parts = (p.T @ v - p1.T @ v1) / n, (v - v1).mean(0), (p - p1).mean(0)
    return tuple(torch.from_numpy(part) for part in parts)


# %% modules
# nn.Linear with the given tensors, two relus, outer products of each sample.
import torch
from torch import nn


def _linear(weight, bias):
    layer = nn.Linear(weight.shape[1], weight.shape[0])
    del layer.weight, layer.bias
    layer.weight, layer.bias = weight, bias
    return layer


def autoencoder_loss(x, W1, b1, W2, b2, f):
    encoder, decoder = _linear(W1, b1), _linear(W2, b2)
    return nn.MSELoss()(decoder(f(encoder(x))), x)


def soft_threshold(z, t):
    return torch.relu(z - t) - torch.relu(-z - t)


def ista_step(z, x, A, lam, lr):
    gram = A @ A.T
    return soft_threshold(z - lr * (z @ gram - x @ A.T), lam * lr)


class RBM:
    def __init__(self, W, b, c):
        self.W, self.b, self.c = W, b, c

    def hidden(self, v):
        return torch.sigmoid(v @ self.W.T + self.c)

    def visible(self, h):
        return torch.sigmoid(h @ self.W + self.b)


def rbm_cd1(v, W, b, c, uh, uv):
    rbm = RBM(W, b, c)
    p = rbm.hidden(v)
    fantasy = uv.lt(rbm.visible(uh.lt(p).type_as(v))).type_as(v)
    q = rbm.hidden(fantasy)
    dW = (p[:, :, None] * v[:, None, :] - q[:, :, None] * fantasy[:, None, :]).mean(0)
    return dW, torch.mean(v - fantasy, 0), torch.mean(p - q, 0)


# %% copies_in_place
# Everything in place, on copies.
import torch


def autoencoder_loss(x, W1, b1, W2, b2, f):
    out = f(x.matmul(W1.T).add_(b1)).matmul(W2.T)
    out += b2
    out -= x
    return out.square().mean()


def soft_threshold(z, t):
    out = z.clone()
    out[z.abs() <= t] = 0
    out[z > t] -= t
    out[z < -t] += t
    return out


def ista_step(z, x, A, lam, lr):
    out = z.clone()
    out.sub_(torch.mm(torch.mm(z, A).sub_(x), A.T).mul_(lr))
    s = out.sign()
    return out.abs_().sub_(lr * lam).clamp_(min=0).mul_(s)


def rbm_cd1(v, W, b, c, uh, uv):
    p = torch.mm(v, W.T).add_(c).sigmoid_()
    h = torch.zeros_like(p)
    h[uh < p] = 1
    q = torch.mm(h, W).add_(b).sigmoid_()
    v1 = torch.zeros_like(v)
    v1[uv < q] = 1
    p1 = torch.mm(v1, W.T).add_(c).sigmoid_()
    dW = p.T.mm(v).sub_(p1.T.mm(v1)).div_(len(v))
    return dW, v.mean(0).sub_(v1.mean(0)), p.mean(0).sub_(p1.mean(0))


# %% float64_inside
# float64 inside, and the given dtype at the end.
import torch


def autoencoder_loss(x, W1, b1, W2, b2, f):
    x64 = x.double()
    hat = f(x64 @ W1.double().T + b1.double()) @ W2.double().T + b2.double()
    return ((hat - x64) ** 2).mean().to(x.dtype)


def soft_threshold(z, t):
    wide = z.to(torch.float64)
    return (wide - wide.clamp(-t, t)).to(z.dtype)


def ista_step(z, x, A, lam, lr):
    codes, atoms = z.double(), A.double()
    codes = codes - lr * (codes @ atoms - x.double()) @ atoms.T
    return soft_threshold(codes, lr * lam).to(z.dtype)


def rbm_cd1(v, W, b, c, uh, uv):
    kind = v.dtype
    v, W, b, c = v.double(), W.double(), b.double(), c.double()
    p = 1 / (1 + torch.exp(-(v @ W.T + c)))
    h = (uh < p).double()
    v1 = (uv < 1 / (1 + torch.exp(-(h @ W + b)))).double()
    p1 = 1 / (1 + torch.exp(-(v1 @ W.T + c)))
    parts = (p.T @ v - p1.T @ v1) / len(v), (v - v1).mean(0), (p - p1).mean(0)
    return tuple(part.to(kind) for part in parts)


# %% columns
# Samples as columns, as in the books; the sigmoid by tanh.
import torch


def autoencoder_loss(x, W1, b1, W2, b2, f):
    X = x.T
    hidden = f(W1 @ X + b1.unsqueeze(1))
    error = W2 @ hidden + b2.unsqueeze(1) - X
    return (error * error).sum() / X.numel()


def soft_threshold(z, t):
    return torch.clamp(z - t, min=0) + torch.clamp(z + t, max=0)


def ista_step(z, x, A, lam, lr):
    Z, X, D = z.T, x.T, A.T
    Z = Z - lr * D.T @ (D @ Z - X)
    return soft_threshold(Z.T, lr * lam)


def rbm_cd1(v, W, b, c, uh, uv):
    def sigmoid(a):
        return 0.5 * (1 + torch.tanh(0.5 * a))

    V0 = v.T
    P0 = sigmoid(W @ V0 + c[:, None])
    H0 = (P0 > uh.T).to(V0.dtype)
    V1 = (sigmoid(W.T @ H0 + b[:, None]) > uv.T).to(V0.dtype)
    P1 = sigmoid(W @ V1 + c[:, None])
    N = V0.shape[1]
    return (P0 @ V0.T - P1 @ V1.T) / N, (V0 - V1).sum(1) / N, (P0 - P1).sum(1) / N
