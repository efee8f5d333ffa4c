"""Three ways to learn a representation: an autoencoder, a sparse code, a restricted Boltzmann machine.

N samples with D inputs; H hidden units; K atoms. [*] is any shape. No function changes its arguments.
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
    """
    ### BEGIN SOLUTION
    code = f(x @ W1.T + b1)
    reconstruction = code @ W2.T + b2
    return ((reconstruction - x) ** 2).mean()
    ### END SOLUTION


def soft_threshold(z: torch.Tensor, t: float) -> torch.Tensor:
    """Every entry moved towards 0 by t; those that would get past 0 are 0.

    z: [*]. t: at least 0. Returns: [*], same dtype.
    """
    ### BEGIN SOLUTION
    return z.sign() * (z.abs() - t).clamp(min=0)
    ### END SOLUTION


def ista_step(z: torch.Tensor, x: torch.Tensor, A: torch.Tensor, lam: float, lr: float) -> torch.Tensor:
    """One step of ISTA on ½‖x − zA‖² + lam·‖z‖₁: a step of descent on the first term, then a threshold of lr·lam.

    z: [N, K], a code for each sample. x: [N, D]. A: [K, D], an atom in each row. lam: at least 0. lr: above 0.
    Returns: [N, K], same dtype.
    """
    ### BEGIN SOLUTION
    gradient = (z @ A - x) @ A.T
    return soft_threshold(z - lr * gradient, lr * lam)
    ### END SOLUTION


def rbm_cd1(
    v: torch.Tensor, W: torch.Tensor, b: torch.Tensor, c: torch.Tensor, uh: torch.Tensor, uv: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """The direction of ascent of an RBM by contrastive divergence with one step, CD-1.

    v: [N, D], 0. or 1. W: [H, D]. b: [D], of the visible units. c: [H], of the hidden ones. uh: [N, H] and uv: [N, D],
    uniform in [0, 1): a unit is 1 where u < p. Returns: (dW, db, dc), like W, b and c: means over the N samples.
    """
    ### BEGIN SOLUTION
    p = torch.sigmoid(v @ W.T + c)  # p(h = 1 | v)
    h = (uh < p).to(v.dtype)
    v1 = (uv < torch.sigmoid(h @ W + b)).to(v.dtype)  # v′, drawn from p(v | h)
    p1 = torch.sigmoid(v1 @ W.T + c)  # p(h = 1 | v′)
    dW = (p.T @ v - p1.T @ v1) / len(v)
    return dW, (v - v1).mean(dim=0), (p - p1).mean(dim=0)
    ### END SOLUTION
