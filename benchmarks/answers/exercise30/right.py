# %% base
# As in most tutorials: softplus, detach, zero_grad.
import torch
import torch.nn.functional as F


def d_loss(real, fake):
    return F.softplus(-real).mean() + F.softplus(fake).mean()


def g_loss(fake):
    return F.softplus(-fake).mean()


def train_step(G, D, real, z_d, z_g, opt_g, opt_d):
    G.train()
    D.train()

    opt_d.zero_grad()
    fake = G(z_d).detach()
    loss_d = d_loss(D(real), D(fake))
    loss_d.backward()
    opt_d.step()

    opt_g.zero_grad()
    loss_g = g_loss(D(G(z_g)))
    loss_g.backward()
    opt_g.step()
    return loss_d.item(), loss_g.item()

# %% cross_entropy
# Binary cross-entropy with labels, real and generated samples in one pass of D.
import torch
import torch.nn.functional as F


def d_loss(real, fake):
    bce = F.binary_cross_entropy_with_logits
    return bce(real, torch.ones_like(real)) + bce(fake, torch.zeros_like(fake))


def g_loss(fake):
    return F.binary_cross_entropy_with_logits(fake, torch.ones_like(fake))


def train_step(G, D, real, z_d, z_g, opt_g, opt_d):
    for net in (G, D):
        net.train()
        net.zero_grad()
    with torch.no_grad():
        fake = G(z_d)
    out = D(torch.cat([real, fake]))
    n = real.shape[0]
    loss = d_loss(out[:n], out[n:])
    loss.backward()
    opt_d.step()

    lg = g_loss(D(G(z_g)))
    lg.backward()
    opt_g.step()
    opt_d.zero_grad()
    return float(loss.detach()), float(lg.detach())

# %% frozen
# logsigmoid; D is frozen in G's step, and set back.
import torch
from torch.nn.functional import logsigmoid


def d_loss(real, fake):
    return -(logsigmoid(real).mean() + logsigmoid(-fake).mean())


def g_loss(fake):
    return -torch.mean(logsigmoid(fake))


def train_step(G, D, real, z_d, z_g, opt_g, opt_d):
    G.train(True), D.train(True)
    with torch.no_grad():
        x = G(z_d)
    opt_d.zero_grad(set_to_none=True)
    ld = d_loss(D(real), D(x))
    ld.backward()
    opt_d.step()

    wanted = [p.requires_grad for p in D.parameters()]
    for p in D.parameters():
        p.requires_grad_(False)
    opt_g.zero_grad(set_to_none=True)
    lg = g_loss(D(G(z_g)))
    lg.backward()
    opt_g.step()
    for p, w in zip(D.parameters(), wanted):
        p.requires_grad_(w)
    return ld.item(), lg.item()

# %% gradients_by_hand
# autograd.grad gives what is put into .grad; logaddexp.
import torch


def _softplus(x):
    return torch.logaddexp(x, torch.zeros_like(x))


def d_loss(real, fake):
    return _softplus(-real).sum() / real.numel() + _softplus(fake).sum() / fake.numel()


def g_loss(fake):
    return _softplus(-fake).sum() / fake.numel()


def _update(loss, network, optimizer):
    parameters = list(network.parameters())
    gradients = torch.autograd.grad(loss, parameters)
    for p, g in zip(parameters, gradients):
        p.grad = g
    optimizer.step()
    return loss.item()


def train_step(G, D, real, z_d, z_g, opt_g, opt_d):
    G.train()
    D.train()
    first = _update(d_loss(D(real), D(G(z_d))), D, opt_d)
    second = _update(g_loss(D(G(z_g))), G, opt_g)
    return first, second

# %% loops
# One logit after another; a stable formula; 0-d tensors returned.
import torch


def _log_one_plus_exp(x):
    return torch.maximum(x, torch.zeros_like(x)) + torch.log1p(torch.exp(-torch.abs(x)))


def d_loss(real, fake):
    total = 0
    for r in real:
        total = total + _log_one_plus_exp(-r) / len(real)
    for f in fake:
        total = total + _log_one_plus_exp(f) / len(fake)
    return total


def g_loss(fake):
    total = 0
    for f in fake:
        total = total + _log_one_plus_exp(-f)
    return total / len(fake)


def train_step(G, D, real, z_d, z_g, opt_g, opt_d):
    if not G.training:
        G.train()
    if not D.training:
        D.train()
    for p in D.parameters():
        p.grad = None
    ld = d_loss(D(real), D(G(z_d).detach()))
    ld.backward()
    opt_d.step()
    for p in G.parameters():
        p.grad = None
    lg = g_loss(D(G(z_g)))
    lg.backward()
    opt_g.step()
    return ld.detach(), lg.detach()

# %% numpy_function
# An autograd function of NumPy, float64 inside.
import numpy as np
import torch


class Softplus(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        a = x.detach().cpu().numpy().astype(np.float64)
        ctx.slope = torch.from_numpy(0.5 * (1 + np.tanh(a / 2))).to(x)
        return torch.from_numpy(np.logaddexp(0.0, a)).to(x)

    @staticmethod
    def backward(ctx, grad):
        return grad * ctx.slope


def d_loss(real, fake):
    return Softplus.apply(-real).mean() + Softplus.apply(fake).mean()


def g_loss(fake):
    return Softplus.apply(-fake).mean()

# %% closures
# step(closure) computes the loss and its gradient.
def train_step(G, D, real, z_d, z_g, opt_g, opt_d):
    G.train()
    D.train()
    fake = G(z_d).detach()

    def for_d():
        opt_d.zero_grad()
        loss = d_loss(D(real), D(fake))
        loss.backward()
        return loss

    def for_g():
        opt_g.zero_grad()
        loss = g_loss(D(G(z_g)))
        loss.backward()
        return loss

    loss_d = opt_d.step(for_d)
    loss_g = opt_g.step(for_g)
    return float(loss_d), float(loss_g)

# %% trainer
# A class that holds both networks, and a module as the criterion.
import torch
from torch import nn


class Criterion(nn.Module):
    def __init__(self, label):
        super().__init__()
        self.label = label
        self.bce = nn.BCEWithLogitsLoss()

    def forward(self, x):
        return self.bce(x, torch.full_like(x, self.label))


REAL, FAKE = Criterion(1.0), Criterion(0.0)


class Trainer:
    def __init__(self, G, D, opt_g, opt_d):
        self.G, self.D = G.train(), D.train()
        self.opt_g, self.opt_d = opt_g, opt_d

    def discriminator(self, real, z):
        self.opt_d.zero_grad()
        loss_real = REAL(self.D(real))
        loss_real.backward()
        loss_fake = FAKE(self.D(self.G(z).detach()))
        loss_fake.backward()
        self.opt_d.step()
        return loss_real.item() + loss_fake.item()

    def generator(self, z):
        self.opt_g.zero_grad()
        loss = REAL(self.D(self.G(z)))
        loss.backward()
        self.opt_g.step()
        return loss.item()


def d_loss(real, fake):
    return REAL(real) + FAKE(fake)


def g_loss(fake):
    return REAL(fake)


def train_step(G, D, real, z_d, z_g, opt_g, opt_d):
    trainer = Trainer(G, D, opt_g, opt_d)
    d = trainer.discriminator(real, z_d)
    return d, trainer.generator(z_g)

# %% backward_with_inputs
# backward(inputs=...): nothing gets a gradient but what is trained.
import torch
import torch.nn.functional as F


def d_loss(real, fake):
    signed = torch.cat([-real, fake])
    weight = torch.cat([torch.ones_like(real) / real.numel(), torch.ones_like(fake) / fake.numel()])
    return (weight * F.softplus(signed)).sum()


def g_loss(fake):
    return F.softplus(fake.neg()).mean(dim=0)


def train_step(G, D, real, z_d, z_g, opt_g, opt_d):
    G.train()
    D.train()
    opt_g.zero_grad()
    opt_d.zero_grad()
    ld = d_loss(D(real), D(G(z_d)))
    ld.backward(inputs=list(D.parameters()))
    opt_d.step()
    lg = g_loss(D(G(z_g)))
    lg.backward(inputs=list(G.parameters()))
    opt_g.step()
    return ld.item(), lg.item()
