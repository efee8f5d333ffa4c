"""Steps as closures that the optimizers call; the samples for both steps are made first; D frozen while G learns."""

import torch


def d_loss(real, fake):
    zero = torch.zeros((), dtype=real.dtype, device=real.device)
    return torch.logaddexp(zero, -real).mean() + torch.logaddexp(zero, fake).mean()


def g_loss(fake):
    return -torch.nn.functional.logsigmoid(fake).mean()


def train_step(G, D, real, z_d, z_g, opt_g, opt_d):
    D.train()
    G.train()
    for_g, for_d = G(z_g), G(z_d).data

    def of_d():
        opt_d.zero_grad(set_to_none=False)
        loss = d_loss(D(real), D(for_d))
        loss.backward()
        return loss

    def of_g():
        opt_g.zero_grad(set_to_none=False)
        loss = g_loss(D(for_g))
        loss.backward()
        return loss

    d = opt_d.step(of_d).item()
    D.requires_grad_(False)
    g = opt_g.step(of_g).item()
    D.requires_grad_(True)
    return d, g
