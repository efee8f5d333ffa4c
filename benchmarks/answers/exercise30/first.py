# %% probabilities
# 1 d_loss and g_loss take the logarithm of the sigmoid; 2 the step forgets train().
# named: d_log_of_sigmoid, d_overflow, g_overflow, no_training_mode
import torch


def d_loss(real, fake):
    return -(torch.log(torch.sigmoid(real)).mean() + torch.log(1 - torch.sigmoid(fake)).mean())


def g_loss(fake):
    return -torch.log(torch.sigmoid(fake)).mean()


def train_step(G, D, real, z_d, z_g, opt_g, opt_d):
    opt_d.zero_grad()
    fake = G(z_d)
    ld = d_loss(D(real), D(fake.detach()))
    ld.backward()
    opt_d.step()

    opt_g.zero_grad()
    lg = g_loss(D(G(z_g)))
    lg.backward()
    opt_g.step()
    return ld.item(), lg.item()

# %% dcgan_tutorial
# 1 D's loss averaged; 2 the samples of D's step used again for G; 3 no train().
# named: d_half, same_noise, no_training_mode
import torch
import torch.nn as nn

criterion = nn.BCEWithLogitsLoss()


def d_loss(real, fake):
    return (criterion(real, torch.ones_like(real)) + criterion(fake, torch.zeros_like(fake))) / 2


def g_loss(fake):
    return criterion(fake, torch.ones_like(fake))


def train_step(G, D, real, z_d, z_g, opt_g, opt_d):
    D.zero_grad()
    fake = G(z_d)
    errD = d_loss(D(real), D(fake.detach()))
    errD.backward()
    opt_d.step()

    G.zero_grad()
    errG = g_loss(D(fake))
    errG.backward()
    opt_g.step()
    return errD.item(), errG.item()

# %% minimax
# 1 g_loss is the saturating one; 2 no detach; 3 G's gradients not reset after D's backward pass.
# named: g_saturating, not_detached
import torch
import torch.nn.functional as F


def d_loss(real, fake):
    return F.softplus(-real).mean() + F.softplus(fake).mean()


def g_loss(fake):
    return -F.softplus(fake).mean()


def train_step(G, D, real, z_d, z_g, opt_g, opt_d):
    G.train()
    D.train()
    opt_g.zero_grad()
    opt_d.zero_grad()
    loss_d = d_loss(D(real), D(G(z_d)))
    loss_d.backward()
    opt_d.step()
    loss_g = g_loss(D(G(z_g)))
    loss_g.backward()
    opt_g.step()
    return loss_d.item(), loss_g.item()

# %% plain_formulas
# 1 softplus overflows in both losses; 2 D's gradients are never reset.
# named: d_overflow, g_overflow, no_zero_grad_d
import torch


def softplus(x):
    return torch.log(1 + torch.exp(x))


def d_loss(real, fake):
    return softplus(-real).mean() + softplus(fake).mean()


def g_loss(fake):
    return softplus(-fake).mean()


def train_step(G, D, real, z_d, z_g, opt_g, opt_d):
    G.train()
    D.train()
    with torch.no_grad():
        fake = G(z_d)
    d = d_loss(D(real), D(fake))
    d.backward()
    opt_d.step()
    opt_g.zero_grad()
    g = g_loss(D(G(z_g)))
    g.backward()
    opt_g.step()
    return d.item(), g.item()

# %% likelihoods
# 1 d_loss without its minus; 2 g_loss a sum; 3 the losses are those after the updates.
# named: d_negated, g_sum, losses_afterwards
import torch
import torch.nn.functional as F


def d_loss(real, fake):
    return F.logsigmoid(real).mean() + F.logsigmoid(-fake).mean()


def g_loss(fake):
    return -F.logsigmoid(fake).sum()


def _losses(G, D, real, z_d, z_g):
    fake, made = D(G(z_d).detach()), D(G(z_g))
    d = F.softplus(-D(real)).mean() + F.softplus(fake).mean()
    return d, F.softplus(-made).mean()


def train_step(G, D, real, z_d, z_g, opt_g, opt_d):
    G.train()
    D.train()
    opt_d.zero_grad()
    _losses(G, D, real, z_d, z_g)[0].backward()
    opt_d.step()
    opt_g.zero_grad()
    _losses(G, D, real, z_d, z_g)[1].backward()
    opt_g.step()
    d, g = _losses(G, D, real, z_d, z_g)
    return d.item(), g.item()

# %% one_batch
# 1 d_loss is one mean over all samples; 2 g_loss has the label 0; 3 G's step comes before D's.
# named: d_pooled, g_sign, g_first
import torch
import torch.nn.functional as F


def d_loss(real, fake):
    logits = torch.cat((real, fake))
    y = torch.cat((torch.ones_like(real), torch.zeros_like(fake)))
    return F.binary_cross_entropy_with_logits(logits, y)


def g_loss(fake):
    return F.binary_cross_entropy_with_logits(fake, torch.zeros_like(fake))


def train_step(G, D, real, z_d, z_g, opt_g, opt_d):
    G.train()
    D.train()
    opt_g.zero_grad()
    lg = g_loss(D(G(z_g)))
    lg.backward()
    opt_g.step()

    opt_d.zero_grad()
    ld = d_loss(D(real), D(G(z_d).detach()))
    ld.backward()
    opt_d.step()
    return ld.item(), lg.item()

# %% detached_everywhere
# 1 d_loss detaches the generated logits; 2 the step makes G's samples under no_grad in both steps; 3 (g, d).
# named: d_detached_fake, g_unchanged, losses_exchanged
import torch
import torch.nn.functional as F


def d_loss(real, fake):
    return F.softplus(-real).mean() + F.softplus(fake.detach()).mean()


def g_loss(fake):
    return F.softplus(-fake).mean()


def train_step(G, D, real, z_d, z_g, opt_g, opt_d):
    G.train()
    D.train()
    with torch.no_grad():
        fake = G(z_d)
        fake_g = G(z_g)
    opt_d.zero_grad()
    ld = d_loss(D(real), D(fake))
    ld.backward()
    opt_d.step()
    opt_g.zero_grad()
    lg = g_loss(D(fake_g))
    lg.backward()
    opt_g.step()
    return lg.item(), ld.item()
