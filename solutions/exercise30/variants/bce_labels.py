"""Binary cross-entropy with labels, one pass of D for both kinds; .grad set to None by hand."""

import torch
from torch.nn.functional import binary_cross_entropy_with_logits as bce


def d_loss(real, fake):
    return bce(real, torch.ones_like(real)) + bce(fake, torch.zeros_like(fake))


def g_loss(fake):
    return bce(fake, torch.ones_like(fake))


def train_step(G, D, real, z_d, z_g, opt_g, opt_d):
    for network in (G, D):
        network.train()
        for p in network.parameters():
            p.grad = None
    with torch.no_grad():
        fake = G(z_d)
    logits = D(torch.cat([real, fake]))
    loss_d = d_loss(logits[: len(real)], logits[len(real) :])
    loss_d.backward()
    opt_d.step()
    loss_g = g_loss(D(G(z_g)))
    loss_g.backward()
    opt_g.step()
    return loss_d.detach(), loss_g.detach()
