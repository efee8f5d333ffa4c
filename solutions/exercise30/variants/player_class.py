"""A class for each side of the game; the losses through float64 and back."""

import torch


def softplus(x):
    wide = x.double()
    return torch.maximum(wide, torch.zeros_like(wide)) + torch.log1p(torch.exp(-wide.abs()))


def d_loss(real, fake):
    return (softplus(-real).mean() + softplus(fake).mean()).to(real.dtype)


def g_loss(fake):
    return softplus(-fake).mean().to(fake.dtype)


class Player:
    def __init__(self, network, optimizer):
        self.network = network.train()
        self.optimizer = optimizer

    def learn(self, loss):
        self.optimizer.zero_grad()
        loss.backward()
        self.optimizer.step()
        return loss.tolist()


def train_step(G, D, real, z_d, z_g, opt_g, opt_d):
    generator, critic = Player(G, opt_g), Player(D, opt_d)
    batch = torch.vstack([G(z_d).detach(), real])
    fake, true = torch.split(D(batch), [len(z_d), len(real)])
    d = critic.learn(d_loss(true, fake))
    return d, generator.learn(g_loss(D(G(z_g))))
