"""torch.autograd.grad in the place of backward: each network gets the gradients of its own loss, and no others."""

import torch


def softplus(x):
    return torch.maximum(x, torch.zeros_like(x)) + torch.log1p(torch.exp(-torch.abs(x)))


def d_loss(real, fake):
    return torch.mean(softplus(-real)) + torch.mean(softplus(fake))


def g_loss(fake):
    return torch.mean(softplus(-fake))


def update(network, loss, optimizer):
    params = list(network.parameters())
    for p, gradient in zip(params, torch.autograd.grad(loss, params), strict=True):
        p.grad = gradient
    optimizer.step()
    optimizer.zero_grad()
    return loss.item()


def train_step(G, D, real, z_d, z_g, opt_g, opt_d):
    G.train()
    D.train()
    d = update(D, d_loss(fake=D(G(z_d)), real=D(real)), opt_d)
    g = update(G, g_loss(D(G(z_g))), opt_g)
    return d, g
