# %% sums_and_lam
# 1 the loss is a sum; 2 the threshold is lam; 3 CD-1 sums over the samples.
# named: loss_sum, ista_threshold_without_lr, rbm_weights_sum, rbm_biases_sum
import torch


def autoencoder_loss(x, W1, b1, W2, b2, f):
    h = f(x @ W1.T + b1)
    x_hat = h @ W2.T + b2
    return torch.sum((x - x_hat) ** 2)


def soft_threshold(z, t):
    return torch.sign(z) * torch.clamp(torch.abs(z) - t, min=0)


def ista_step(z, x, A, lam, lr):
    z = z - lr * (z @ A - x) @ A.T
    return soft_threshold(z, lam)


def rbm_cd1(v, W, b, c, uh, uv):
    ph = torch.sigmoid(v @ W.T + c)
    h = (uh < ph).to(v.dtype)
    pv = torch.sigmoid(h @ W + b)
    v_neg = (uv < pv).to(v.dtype)
    ph_neg = torch.sigmoid(v_neg @ W.T + c)
    dW = ph.T @ v - ph_neg.T @ v_neg
    db = torch.sum(v - v_neg, dim=0)
    dc = torch.sum(ph - ph_neg, dim=0)
    return dW, db, dc


# %% hard_and_drawn
# 1 the hard threshold, also in ista_step; 2 the drawn h in the statistics; 3 the activation at the output.
# named: loss_f_twice, soft_hard, rbm_hidden_drawn_in_dW, rbm_hidden_drawn_in_dc
import torch
import torch.nn.functional as F


def autoencoder_loss(x, W1, b1, W2, b2, f):
    code = f(F.linear(x, W1, b1))
    return F.mse_loss(f(F.linear(code, W2, b2)), x)


def soft_threshold(z, t):
    out = z.clone()
    out[z.abs() <= t] = 0
    return out


def ista_step(z, x, A, lam, lr):
    residual = z @ A - x
    return soft_threshold(z - lr * residual @ A.T, lr * lam)


def rbm_cd1(v, W, b, c, uh, uv):
    h0 = (uh < torch.sigmoid(F.linear(v, W, c))).float().to(v.dtype)
    v1 = (uv < torch.sigmoid(h0 @ W + b)).to(v.dtype)
    h1 = torch.sigmoid(F.linear(v1, W, c))
    n = v.size(0)
    return (h0.t() @ v - h1.t() @ v1) / n, (v - v1).mean(0), (h0 - h1).mean(0)


# %% numpy_first
# 1 the loss through NumPy, no gradient; 2 the mean over the samples in ista_step; 3 v' as probabilities.
# named: loss_detached, ista_mean_over_samples, rbm_visible_means
import numpy as np
import torch


def autoencoder_loss(x, W1, b1, W2, b2, f):
    h = f(x @ W1.T + b1).detach().numpy()
    x_hat = h @ W2.detach().numpy().T + b2.detach().numpy()
    return torch.tensor(np.mean((x_hat - x.detach().numpy()) ** 2), dtype=x.dtype)


def soft_threshold(z, t):
    a = z.detach().numpy()
    return torch.tensor(np.where(a > t, a - t, np.where(a < -t, a + t, 0.0)), dtype=z.dtype)


def ista_step(z, x, A, lam, lr):
    g = (z @ A - x) @ A.T / len(x)
    return soft_threshold(z - lr * g, lr * lam)


def rbm_cd1(v, W, b, c, uh, uv):
    p = torch.sigmoid(v @ W.T + c)
    h = (uh < p).to(v.dtype)
    v2 = torch.sigmoid(h @ W + b)
    p2 = torch.sigmoid(v2 @ W.T + c)
    n = len(v)
    return (p.T @ v - p2.T @ v2) / n, (v - v2).sum(0) / n, (p - p2).sum(0) / n


# %% forgotten_parts
# 1 b2 is forgotten; 2 negative entries are lost; 3 the gradient twice, by autograd; 4 v' from p, not from h.
# named: loss_without_b2, soft_positive_only, ista_doubled, rbm_hidden_means
import torch


def autoencoder_loss(x, W1, b1, W2, b2, f):
    return ((f(x @ W1.T + b1) @ W2.T - x) ** 2).mean()


def soft_threshold(z, t):
    return torch.relu(z - t)


def ista_step(z, x, A, lam, lr):
    code = z.detach().clone().requires_grad_(True)
    loss = ((x - code @ A) ** 2).sum()
    loss.backward()
    with torch.no_grad():
        u = code - lr * code.grad
        return torch.sign(u) * torch.relu(u.abs() - lr * lam)


def rbm_cd1(v, W, b, c, uh, uv):
    p = torch.sigmoid(v @ W.T + c)
    v1 = (uv < torch.sigmoid(p @ W + b)).to(v.dtype)
    p1 = torch.sigmoid(v1 @ W.T + c)
    return (p.T @ v - p1.T @ v1) / v.shape[0], (v - v1).mean(0), (p - p1).mean(0)


# %% in_place_and_signs
# 1 soft_threshold writes into z; 2 the step goes uphill; 3 the RBM's direction has the other sign.
# named: soft_changes_z, ista_uphill, rbm_descent
import torch


def autoencoder_loss(x, W1, b1, W2, b2, f):
    x_hat = torch.addmm(b2, f(torch.addmm(b1, x, W1.T)), W2.T)
    return (x_hat - x).pow(2).mean()


def soft_threshold(z, t):
    small = z.abs() <= t
    z -= t * z.sign()
    z[small] = 0
    return z


def ista_step(z, x, A, lam, lr):
    r = x - z @ A
    return soft_threshold(z - lr * r @ A.T, lr * lam)


def rbm_cd1(v, W, b, c, uh, uv):
    def up(s):
        return torch.sigmoid(s @ W.T + c)

    p0 = up(v)
    v1 = torch.where(uv < torch.sigmoid((uh < p0).to(v.dtype) @ W + b), 1.0, 0.0).to(v.dtype)
    p1 = up(v1)
    return (p1.T @ v1 - p0.T @ v) / len(v), (v1 - v).mean(0), (p1 - p0).mean(0)


# %% halves_and_ratios
# 1 half the mean; 2 z times 1 - t/|z|, nan at 0; 3 the threshold is forgotten; 4 a sigmoid that overflows.
# named: loss_half, soft_ratio, ista_without_threshold, rbm_overflow
import torch


def autoencoder_loss(x, W1, b1, W2, b2, f):
    return 0.5 * torch.mean((f(x @ W1.T + b1) @ W2.T + b2 - x) ** 2)


def soft_threshold(z, t):
    return z * torch.clamp(1 - t / z.abs(), min=0)


def ista_step(z, x, A, lam, lr):
    return z - lr * (z @ A - x) @ A.T


def sigmoid(a):
    return torch.exp(a) / (1 + torch.exp(a))


def rbm_cd1(v, W, b, c, uh, uv):
    p = sigmoid(v @ W.T + c)
    h = (uh < p).to(v.dtype)
    v1 = (uv < sigmoid(h @ W + b)).to(v.dtype)
    p1 = sigmoid(v1 @ W.T + c)
    return (p.T @ v - p1.T @ v1) / len(v), (v - v1).mean(0), (p - p1).mean(0)


# %% sign_step_and_rounding
# 1 the target is detached; 2 a sign step in place of the threshold; 3 probabilities are rounded; 4 t inwards past 0.
# named: loss_target_detached, soft_unclamped, ista_subgradient, rbm_rounded
import torch
from torch import nn


def autoencoder_loss(x, W1, b1, W2, b2, f):
    target = x.detach()
    return nn.MSELoss()(f(x @ W1.T + b1) @ W2.T + b2, target)


def soft_threshold(z, t):
    return z - t * z.sign()


def ista_step(z, x, A, lam, lr):
    return z - lr * ((z @ A - x) @ A.T + lam * torch.sign(z))


def rbm_cd1(v, W, b, c, uh, uv):
    p = torch.sigmoid(v @ W.T + c)
    h = p.round()
    v1 = torch.sigmoid(h @ W + b).round()
    p1 = torch.sigmoid(v1 @ W.T + c)
    return (p.T @ v - p1.T @ v1) / len(v), (v - v1).mean(0), (p - p1).mean(0)
