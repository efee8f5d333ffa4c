"""A recommender by matrix factorization: unseen ratings are predicted from biases and factors, learned from seen ones.

U users, I items, K factors. The parameters are a dict p of tensors: mu [], the general level; bu [U] and bi [I], the
biases; P [U, K] and Q [I, K], the factors. Ratings R are [U, I], NaN where they are unseen; seen is bool, [U, I]. R and
the parameters are all float32 or all float64, which the results keep. No function changes its arguments.
"""

from __future__ import annotations

import torch

Parameters = dict[str, torch.Tensor]


def predict(p: Parameters) -> torch.Tensor:
    """The predicted rating of every item by every user: μ + bu[u] + bi[i] + P[u] · Q[i].

    Returns: [U, I].
    """
    ### BEGIN SOLUTION
    return p["mu"] + p["bu"][:, None] + p["bi"] + p["P"] @ p["Q"].T
    ### END SOLUTION


def masked_loss(R: torch.Tensor, seen: torch.Tensor, p: Parameters, lam: float) -> torch.Tensor:
    """The mean of the squared errors of the seen ratings, plus lam times the sum of the squares of P, Q, bu and bi.

    R: [U, I]. seen: [U, I], bool, with at least one True. lam: at least 0. Returns: []; autograd works through it, by
    each tensor of p.
    """
    ### BEGIN SOLUTION
    error = (R - predict(p))[seen]  # before the square: its derivative at NaN would be NaN, whatever comes after it
    penalty = sum((p[name] ** 2).sum() for name in ("P", "Q", "bu", "bi"))
    return (error**2).mean() + lam * penalty
    ### END SOLUTION


def fit(R: torch.Tensor, seen: torch.Tensor, p: Parameters, lr: float, lam: float, steps: int) -> Parameters:
    """Gradient descent on `masked_loss`: p after so many steps, each with all seen ratings; mu stays as it is.

    R: [U, I]. seen: [U, I], bool. p: where the descent begins. lr: the learning rate. lam: as in `masked_loss`.
    Returns: a new dict with the same keys, of new tensors that do not require gradients; mu may be the one given.
    """
    ### BEGIN SOLUTION
    p = {name: tensor.clone() for name, tensor in p.items()}
    for _ in range(steps):
        slope = torch.where(seen, predict(p) - R, 0) * 2 / seen.sum()  # by each predicted rating
        gradients = {"bu": slope.sum(dim=1), "bi": slope.sum(dim=0), "P": slope @ p["Q"], "Q": slope.T @ p["P"]}
        for name, gradient in gradients.items():
            p[name] = p[name] - lr * (gradient + 2 * lam * p[name])
    return p
    ### END SOLUTION


def recommend(p: Parameters, seen: torch.Tensor, n: int) -> torch.Tensor:
    """For each user the n items with the highest predictions among those not seen, the highest first.

    seen: [U, I], bool. n: at least 1; each user has at least n unseen items, no two of which are predicted alike.
    Returns: [U, n], int64, numbers of items.
    """
    ### BEGIN SOLUTION
    return predict(p).masked_fill(seen, -torch.inf).topk(n).indices
    ### END SOLUTION
