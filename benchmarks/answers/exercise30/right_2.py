# %% in_place_on_copies
# Clones that are changed in place; gradients zeroed, not dropped.
import torch


def d_loss(real, fake):
    r, f = real.clone(), fake.clone()
    r.neg_()
    return torch.nn.functional.softplus(r).mean() + torch.nn.functional.softplus(f).mean()


def g_loss(fake):
    f = fake.clone()
    f *= -1
    return torch.nn.Softplus()(f).mean()


def train_step(G, D, real, z_d, z_g, opt_g, opt_d):
    G.train()
    D.train()
    opt_d.zero_grad(set_to_none=False)
    opt_g.zero_grad(set_to_none=False)
    d = d_loss(D(real.clone()), D(G(z_d.clone()).detach().clone()))
    d.backward()
    opt_d.step()
    g = g_loss(D(G(z_g.clone())))
    g.backward()
    opt_g.step()
    opt_g.zero_grad(set_to_none=False)
    opt_d.zero_grad(set_to_none=False)
    return d.item(), g.item()

# %% chain_rule
# G's gradient in two parts: that of the samples first, then backward from them.
import torch


def d_loss(real, fake):
    zero_r, zero_f = torch.zeros_like(real), torch.zeros_like(fake)
    lr = torch.logsumexp(torch.stack([zero_r, -real]), dim=0)
    lf = torch.logsumexp(torch.stack([zero_f, fake]), dim=0)
    return lr.mean() + lf.mean()


def g_loss(fake):
    return -torch.log_softmax(torch.stack([fake, torch.zeros_like(fake)], dim=1), dim=1)[:, 0].mean()


def train_step(G, D, real, z_d, z_g, opt_g, opt_d):
    G.train()
    D.train()
    opt_d.zero_grad()
    with torch.no_grad():
        made = G(z_d)
    logits_real, logits_fake = D(real), D(made)
    ld = d_loss(logits_real, logits_fake)
    ld.backward()
    opt_d.step()

    opt_g.zero_grad()
    samples = G(z_g)
    leaf = samples.detach().requires_grad_()
    lg = g_loss(D(leaf))
    (upstream,) = torch.autograd.grad(lg, leaf)
    samples.backward(upstream)
    opt_g.step()
    return ld.item(), lg.item()

# %% double_inside
# The losses are computed in float64; the gradient is scaled back by autograd.
import torch


def d_loss(real, fake):
    r, f = real.double(), fake.double()
    value = torch.nn.functional.softplus(-r).mean() + torch.nn.functional.softplus(f).mean()
    return value.to(real.dtype)


def g_loss(fake):
    return -torch.nn.functional.logsigmoid(fake.to(torch.float64)).mean().to(fake.dtype)

# %% where_branches
# Two branches, each with its safe argument.
import torch


def _sp(x):
    positive = x > 0
    low = torch.where(positive, torch.zeros_like(x), x)
    high = torch.where(positive, x, torch.zeros_like(x))
    return torch.where(positive, high + torch.log1p(torch.exp(-high)), torch.log1p(torch.exp(low)))


def d_loss(real, fake):
    return torch.mean(_sp(-real)) + torch.mean(_sp(fake))


def g_loss(fake):
    return torch.mean(_sp(-fake))


def train_step(G, D, real, z_d, z_g, opt_g, opt_d):
    nets = torch.nn.ModuleList([G, D])
    nets.train()
    nets.zero_grad()
    d = d_loss(D(real), D(G(z_d).data))
    d.backward()
    opt_d.step()
    nets.zero_grad()
    g = g_loss(D(G(z_g)))
    g.backward()
    opt_g.step()
    nets.zero_grad()
    return d.item(), g.item()

# %% generator_frozen_too
# Each network's parameters are switched off while the other one is trained.
from contextlib import contextmanager


@contextmanager
def frozen(network):
    before = [(p, p.requires_grad) for p in network.parameters()]
    for p, _ in before:
        p.requires_grad_(False)
    try:
        yield
    finally:
        for p, flag in before:
            p.requires_grad_(flag)


def train_step(G, D, real, z_d, z_g, opt_g, opt_d):
    G.train()
    D.train()
    with frozen(G):
        opt_d.zero_grad()
        ld = d_loss(D(real), D(G(z_d)))
        ld.backward()
        opt_d.step()
    with frozen(D):
        opt_g.zero_grad()
        lg = g_loss(D(G(z_g)))
        lg.backward()
        opt_g.step()
    return ld.item(), lg.item()
