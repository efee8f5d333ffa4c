# grade course: deep-learning-by-exercise
"""Three ways to learn a representation: an autoencoder, a sparse code, a restricted Boltzmann machine.

N samples with D inputs; H hidden units; K atoms. [*] is any shape. No function changes its arguments.

学习表示的三种办法：自编码器、稀疏编码、受限玻尔兹曼机。

N 个样本，每个有 D 个输入；H 个隐藏单元；K 个原子。[*] 表示任意形状。所有函数都不改动参数。
"""

from __future__ import annotations

from collections.abc import Callable

import torch


def autoencoder_loss(
    x: torch.Tensor,
    W1: torch.Tensor,
    b1: torch.Tensor,
    W2: torch.Tensor,
    b2: torch.Tensor,
    f: Callable[[torch.Tensor], torch.Tensor],
) -> torch.Tensor:
    """The mean over all entries of (x̂ − x)², where x̂ = W2 f(W1 x + b1) + b2 for each sample.

    x: [N, D]. W1: [H, D]. b1: [H]. W2: [D, H]. b2: [D]. f: the activation, entry by entry; keeps shape and dtype.
    Returns: [], same dtype; autograd goes through it to all five tensors.

    (x̂ − x)² 对所有元素的平均，其中每个样本的 x̂ = W2 f(W1 x + b1) + b2。

    x：[N, D]。W1：[H, D]。b1：[H]。W2：[D, H]。b2：[D]。f：激活函数，逐元素计算，形状和 dtype 不变。
    返回：[]，dtype 不变；能对这五个张量自动求导。
    """
    raise NotImplementedError("autoencoder_loss")


def soft_threshold(z: torch.Tensor, t: float) -> torch.Tensor:
    """Every entry moved towards 0 by t; those that would get past 0 are 0.

    z: [*]. t: at least 0. Returns: [*], same dtype.

    每个元素向 0 移动 t；会越过 0 的，结果就是 0。

    z：[*]。t：不小于 0。返回：[*]，dtype 不变。
    """
    raise NotImplementedError("soft_threshold")


def ista_step(z: torch.Tensor, x: torch.Tensor, A: torch.Tensor, lam: float, lr: float) -> torch.Tensor:
    """One step of ISTA on ½‖x − zA‖² + lam·‖z‖₁: a step of descent on the first term, then a threshold of lr·lam.

    z: [N, K], a code for each sample. x: [N, D]. A: [K, D], an atom in each row. lam: at least 0. lr: above 0.
    Returns: [N, K], same dtype.

    对 ½‖x − zA‖² + lam·‖z‖₁ 走一步 ISTA：先对第一项做一步梯度下降，再以 lr·lam 为阈值取软阈值。

    z：[N, K]，每个样本的编码。x：[N, D]。A：[K, D]，每行一个原子。lam：不小于 0。lr：大于 0。
    返回：[N, K]，dtype 不变。
    """
    raise NotImplementedError("ista_step")


def rbm_cd1(
    v: torch.Tensor, W: torch.Tensor, b: torch.Tensor, c: torch.Tensor, uh: torch.Tensor, uv: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """The direction of ascent of an RBM by contrastive divergence with one step, CD-1.

    v: [N, D], 0. or 1. W: [H, D]. b: [D], of the visible units. c: [H], of the hidden ones. uh: [N, H] and uv: [N, D],
    uniform in [0, 1): a unit is 1 where u < p. Returns: (dW, db, dc), like W, b and c: means over the N samples.

    RBM 的上升方向，用一步对比散度（CD-1）求得。

    v：[N, D]，取 0. 或 1.。W：[H, D]。b：[D]，可见单元的偏置。c：[H]，隐藏单元的偏置。uh：[N, H]；uv：[N, D]；
    都是 [0, 1) 上的均匀随机数：u < p 时单元取 1。返回：(dW, db, dc)，形状与 W、b、c 相同，都是 N 个样本的平均。
    """
    raise NotImplementedError("rbm_cd1")
