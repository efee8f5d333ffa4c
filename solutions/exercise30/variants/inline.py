"""train_step computes its losses itself, the two terms of D one after the other; G's parameters need no gradients while
D learns; the modes are put back in the end."""

import torch.nn as nn


def d_loss(real, fake):
    terms = [nn.Softplus()(-logit) / len(real) for logit in real] + [nn.Softplus()(logit) / len(fake) for logit in fake]
    total = terms[0]
    for term in terms[1:]:
        total = total + term
    return total


def g_loss(fake):
    total = 0
    for logit in fake:
        total = total + nn.Softplus()(-logit)
    return total / fake.shape[0]


def train_step(G, D, real, z_d, z_g, opt_g, opt_d):
    modes = G.training, D.training
    G.train(), D.train()
    G.zero_grad()
    D.zero_grad()
    G.requires_grad_(False)
    on_fake = -nn.functional.logsigmoid(-D(G(z_d))).mean()
    on_fake.backward()
    on_real = -nn.functional.logsigmoid(D(real)).mean()
    on_real.backward()
    opt_d.step()
    G.requires_grad_(True)
    loss_g = -nn.functional.logsigmoid(D(G(z_g))).mean()
    loss_g.backward()
    opt_g.step()
    D.zero_grad()
    G.train(modes[0]), D.train(modes[1])
    return [on_real.item() + on_fake.item(), loss_g.item()]
