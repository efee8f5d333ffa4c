"""Bandits: several arms pay at random, and only the arm that is pulled shows its reward.

A arms, T steps, D numbers that describe a situation. No function changes its inputs.
"""

from __future__ import annotations

import math

import torch


def update(q: torch.Tensor, n: torch.Tensor, a: int, r: float) -> tuple[torch.Tensor, torch.Tensor]:
    """The mean reward of an arm after one more reward, from the mean and the count before it.

    q: [A], floats, the mean reward of each arm. n: [A], int64, how many rewards each arm has had. a: the arm that was
    pulled. r: its reward. Returns: the new q and the new n; they differ at a only. A first reward is the mean.
    """
    ### BEGIN SOLUTION
    q, n = q.clone(), n.clone()
    n[a] += 1
    q[a] += (r - q[a]) / n[a]
    return q, n
    ### END SOLUTION


def epsilon_greedy(q: torch.Tensor, eps: float, u1: float, u2: float) -> int:
    """A random arm where u1 < eps, else the arm with the highest mean; of equal ones the first.

    q: [A], floats. eps: from 0 to 1. u1, u2: random numbers from [0, 1); the random arm is ⌊u2·A⌋. Returns: the arm.
    """
    ### BEGIN SOLUTION
    if u1 < eps:
        return int(u2 * len(q))
    return int(q.argmax())
    ### END SOLUTION


def ucb1(q: torch.Tensor, n: torch.Tensor) -> int:
    """The first arm that was never pulled; without one, the arm with the highest q + √(2 ln N / n), N = Σn.

    q: [A], floats. n: [A], int64, how many rewards each arm has had. Returns: the arm; of equal ones the first.
    """
    ### BEGIN SOLUTION
    untried = n == 0
    if untried.any():
        return int(untried.int().argmax())
    width = torch.sqrt(2 * math.log(n.sum()) / n)
    return int((q + width).argmax())
    ### END SOLUTION


def run(rewards: torch.Tensor, eps: float, u: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Epsilon-greedy for T steps, with all means and counts 0 at first.

    rewards: [T, A], floats; in step t arm a would pay rewards[t, a], and no other entry of this row is seen.
    u: [T, 2], floats, u1 and u2 of each step. T may be 0. Returns: the arms pulled, [T], int64; and q, [A], of the
    dtype of rewards, after the last step.
    """
    ### BEGIN SOLUTION
    q = rewards.new_zeros(rewards.shape[1])
    n = torch.zeros_like(q, dtype=torch.int64)
    arms = []
    for t, (u1, u2) in enumerate(u.tolist()):
        a = epsilon_greedy(q, eps, u1, u2)
        q, n = update(q, n, a, rewards[t, a].item())
        arms.append(a)
    return torch.tensor(arms, dtype=torch.int64, device=rewards.device), q
    ### END SOLUTION


def linucb(x: torch.Tensor, M: torch.Tensor, v: torch.Tensor, alpha: float) -> int:
    """The arm with the highest θ·x + α√(xᵀM⁻¹x), θ = M⁻¹v: its expected reward here, and how uncertain that is.

    x: [D], floats, the situation. M: [A, D, D], symmetric and positive definite, and v: [A, D], one of each per arm.
    alpha: at least 0. Returns: the arm; of equal ones the first.
    """
    ### BEGIN SOLUTION
    theta = torch.linalg.solve(M, v)
    z = torch.linalg.solve(M, x)  # M⁻¹x of each arm
    return int((theta @ x + alpha * torch.sqrt(z @ x)).argmax())
    ### END SOLUTION


def linucb_update(
    M: torch.Tensor, v: torch.Tensor, x: torch.Tensor, a: int, r: float
) -> tuple[torch.Tensor, torch.Tensor]:
    """What arm a has learned from the reward r in the situation x: M + xxᵀ and v + r·x.

    M: [A, D, D]. v: [A, D]. x: [D]. Returns: the new M and the new v; they differ at a only.
    """
    ### BEGIN SOLUTION
    M, v = M.clone(), v.clone()
    M[a] += torch.outer(x, x)
    v[a] += r * x
    return M, v
    ### END SOLUTION
