"""A generative adversarial network: its two losses, and one step of its training.

A generator G turns noise into samples. A discriminator D gives each sample a logit, which is large where it takes the
sample for a real one. Each is trained against the other.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F


def d_loss(real: torch.Tensor, fake: torch.Tensor) -> torch.Tensor:
    """The loss of D: mean softplus(−real) + mean softplus(fake).

    real: logits of real samples, [N]. fake: logits of generated ones, [M]. Returns: 0-d, of their dtype; autograd goes
    through it to both. Finite for logits of any size.
    """
    ### BEGIN SOLUTION
    return F.softplus(-real).mean() + F.softplus(fake).mean()
    ### END SOLUTION


def g_loss(fake: torch.Tensor) -> torch.Tensor:
    """The loss of G: mean softplus(−fake), small where D takes generated samples for real ones.

    fake: logits of generated samples, [M]. Returns: 0-d, of their dtype; autograd goes through it. Finite for logits of
    any size.
    """
    ### BEGIN SOLUTION
    return F.softplus(-fake).mean()
    ### END SOLUTION


def train_step(
    G: torch.nn.Module,
    D: torch.nn.Module,
    real: torch.Tensor,
    z_d: torch.Tensor,
    z_g: torch.Tensor,
    opt_g: torch.optim.Optimizer,
    opt_d: torch.optim.Optimizer,
) -> tuple[float, float]:
    """One step of D, then one step of G, both networks in training mode.

    real: samples, [N, F]. z_d, z_g: noise for the step of D, [M, K], and for that of G, [P, K]. G turns noise into as
    many samples, D samples into as many logits. D's step trains D alone, on D(real) and D(G(z_d)); no gradient reaches
    G. G's step trains G alone, on the new D's D(G(z_g)). Gradients that are there before count in neither.
    Returns: the losses of D and of G as floats, each as it was before its own update.
    """
    ### BEGIN SOLUTION
    G.train()
    D.train()
    opt_d.zero_grad()
    loss_d = d_loss(D(real), D(G(z_d).detach()))  # detached: D's loss is not G's business
    loss_d.backward()
    opt_d.step()
    opt_g.zero_grad()
    loss_g = g_loss(D(G(z_g)))  # not detached: the gradient reaches G through D, and D's share of it is never used
    loss_g.backward()
    opt_g.step()
    return loss_d.item(), loss_g.item()
    ### END SOLUTION
