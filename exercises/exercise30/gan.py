# grade course: deep-learning-by-exercise
"""A generative adversarial network: its two losses, and one step of its training.

A generator G turns noise into samples. A discriminator D gives each sample a logit, which is large where it takes the
sample for a real one. Each is trained against the other.

生成对抗网络：它的两个损失，以及训练的一步。

生成器 G 把噪声变成样本。判别器 D 给每个样本一个 logit，认为样本是真实的，logit 就大。两者互相对抗着训练。
"""

from __future__ import annotations

import torch
import torch.nn.functional as F


def d_loss(real: torch.Tensor, fake: torch.Tensor) -> torch.Tensor:
    """The loss of D: mean softplus(−real) + mean softplus(fake).

    real: logits of real samples, [N]. fake: logits of generated ones, [M]. Returns: 0-d, of their dtype; autograd goes
    through it to both. Finite for logits of any size.

    D 的损失：softplus(−real) 的平均值，加上 softplus(fake) 的平均值。

    real：真实样本的 logits，[N]。fake：生成样本的 logits，[M]。返回：0 维张量，dtype 和它们相同；能对两者自动求导。不管 logits 多大，结果都有限。
    """
    raise NotImplementedError("d_loss")


def g_loss(fake: torch.Tensor) -> torch.Tensor:
    """The loss of G: mean softplus(−fake), small where D takes generated samples for real ones.

    fake: logits of generated samples, [M]. Returns: 0-d, of their dtype; autograd goes through it. Finite for logits of
    any size.

    G 的损失：softplus(−fake) 的平均值；D 把生成的样本当成真实的，它就小。

    fake：生成样本的 logits，[M]。返回：0 维张量，dtype 和它相同；能自动求导。不管 logits 多大，结果都有限。
    """
    raise NotImplementedError("g_loss")


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

    先更新 D 一步，再更新 G 一步；两个网络都处于训练模式。

    real：样本，[N, F]。z_d、z_g：D 这一步的噪声 [M, K] 和 G 这一步的噪声 [P, K]。G 把噪声变成同样多的样本，D 给每个样本一个 logit。
    D 这一步只训练 D，用 D(real) 和 D(G(z_d))，没有梯度传到 G。G 这一步只训练 G，用更新后的 D 给出的 D(G(z_g))。以前残留的梯度都不能混进来。
    返回：D 和 G 的损失，浮点数，都是各自更新之前的。
    """
    raise NotImplementedError("train_step")
