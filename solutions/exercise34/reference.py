"""Markov decision processes: values and policies from a known model, returns and a loss from experience.

S states, A actions. P: [S, A, S], the probability of each next state. R: [S, A], the mean reward. end: [S], bool, true
for end states, where nothing is earned any more. Floats are float32 or float64, and results have their dtype and
device. No function changes its inputs.
"""

from __future__ import annotations

import torch


def bellman_backup(V: torch.Tensor, P: torch.Tensor, R: torch.Tensor, end: torch.Tensor, gamma: float) -> torch.Tensor:
    """What each action earns in each state, if the states that it leads to are worth V.

    V: [S], counted as 0 at end states, whatever it is there. gamma: from 0 to 1. Returns: [S, A], 0 in the rows of end
    states.
    """
    ### BEGIN SOLUTION
    after = P @ V.masked_fill(end, 0)  # [S, A]: the mean of V over the next states
    return (R + gamma * after).masked_fill(end[:, None], 0)
    ### END SOLUTION


def value_iteration(
    P: torch.Tensor, R: torch.Tensor, end: torch.Tensor, gamma: float, tol: float
) -> tuple[torch.Tensor, torch.Tensor]:
    """The values of the best policy, and its actions: backups from V = 0 on, until no value changes by more than tol.

    gamma: from 0 to below 1. Returns: V, [S], 0 at end states; the best action of each state, [S], int64.
    """
    ### BEGIN SOLUTION
    V = torch.zeros_like(R[:, 0])
    for _ in range(500):  # far more sweeps than are needed here: the change shrinks by gamma each time
        Q = bellman_backup(V, P, R, end, gamma)
        before, V = V, Q.amax(dim=1)
        if torch.dist(V, before, p=torch.inf) <= tol:  # the largest change
            break
    return V, Q.argmax(dim=1)
    ### END SOLUTION


def policy_evaluation(
    pi: torch.Tensor, P: torch.Tensor, R: torch.Tensor, end: torch.Tensor, gamma: float
) -> torch.Tensor:
    """The values of a given policy: V = Σₐ π(a|s) (R + γ Σ P V), a linear system.

    pi: [S, A], the probability of each action; its rows at end states don't matter. gamma: from 0 to below 1.
    Returns: [S], 0 at end states.
    """
    ### BEGIN SOLUTION
    pi = pi.masked_fill(end[:, None], 0)  # from an end state nothing is earned, and nothing is reached
    rewards = (pi * R).sum(dim=1)
    moves = torch.einsum("sa,sat->st", pi, P)
    return torch.linalg.solve(torch.eye(len(R)).to(R) - gamma * moves, rewards)
    ### END SOLUTION


def discounted_returns(r: torch.Tensor, done: torch.Tensor, gamma: float) -> torch.Tensor:
    """The return of each step: its reward and, discounted, what comes after it in the same episode.

    r: [T], rewards in the order of time; T may be 0. done: [T], bool, true at the last step of an episode. gamma: from
    0 to 1. Returns: [T].
    """
    ### BEGIN SOLUTION
    G, after = torch.empty_like(r), 0.0
    for t in reversed(range(len(r))):
        if done[t]:
            after = 0.0
        G[t] = r[t] + gamma * after
        after = G[t]
    return G
    ### END SOLUTION


def reinforce_loss(
    logits: torch.Tensor, actions: torch.Tensor, returns: torch.Tensor, baseline: float | torch.Tensor
) -> torch.Tensor:
    """REINFORCE: minus the mean over the steps of (G − b) log π(a); its gradient goes to the logits only.

    logits: [T, A], T at least 1. actions: [T], int64, 0 … A−1. returns: [T]; it may require gradients and gets none.
    baseline: a number, or a tensor like returns. Returns: [].
    """
    ### BEGIN SOLUTION
    log_p = torch.log_softmax(logits, dim=1).gather(1, actions[:, None])[:, 0]
    advantage = (returns - baseline).detach()
    return -(advantage * log_p).mean()
    ### END SOLUTION
