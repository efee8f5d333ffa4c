"""What stands in for a function of the submission while `run` is judged, a trial without that, regret for a picture."""

from __future__ import annotations

import types
from typing import Any

import torch


def right_update(
    original: Any, q: torch.Tensor, n: torch.Tensor, a: int, r: float
) -> tuple[torch.Tensor, torch.Tensor]:
    """A right `update`, so that an error in the submission's is not counted again."""
    pulled = torch.arange(len(q), device=q.device) == a
    q = torch.where(pulled, (q * n + r) / (n + 1), q).to(q.dtype)
    return q, n + pulled.to(n.dtype)


def right_epsilon_greedy(original: Any, q: torch.Tensor, eps: float, u1: float, u2: float) -> int:
    """A right `epsilon_greedy`."""
    return int(u2 * len(q)) if u1 < eps else q.tolist().index(max(q.tolist()))


def tried(module: types.ModuleType, rewards: torch.Tensor, eps: float, u: torch.Tensor) -> torch.Tensor:
    """The arms and q of the submission's `run` by itself in one vector, [T + A], float64; −1, which is no arm, in all
    places where it gives nothing of that kind. What is wrong with it is for the call to say that is judged."""
    steps, arms = rewards.shape
    try:
        pulled, q = module.run(rewards.clone(), eps, u.clone())
        if pulled.shape != (steps,) or q.shape != (arms,) or pulled.dtype != torch.int64 or q.dtype != rewards.dtype:
            raise ValueError("another kind of result")
        return torch.cat([pulled.double(), q.double().nan_to_num(0, 0, 0).clamp(-1e6, 1e6)]).cpu()
    except Exception as error:
        del error
        return torch.full((steps + arms,), -1.0, dtype=torch.float64)


def lost_by_run(
    module: types.ModuleType, chances: torch.Tensor, rewards: torch.Tensor, eps: float, u: torch.Tensor
) -> torch.Tensor:
    """What each step of `run` loses against the arm with the highest of these chances: [T], floats."""
    return _lost(chances, module.run(rewards, eps, u)[0])


def lost_by_ucb1(module: types.ModuleType, chances: torch.Tensor, rewards: torch.Tensor) -> torch.Tensor:
    """What each step loses in which `ucb1` chooses and `update` learns: [T], floats."""
    q, n = rewards.new_zeros(rewards.shape[1]), torch.zeros(rewards.shape[1], dtype=torch.int64)
    arms = []
    for row in rewards:
        arms.append(module.ucb1(q, n))
        q, n = module.update(q, n, arms[-1], row[arms[-1]].item())
    return _lost(chances, torch.tensor(arms))


def _lost(chances: torch.Tensor, arms: torch.Tensor) -> torch.Tensor:
    return chances.max() - chances[arms.clamp(0, len(chances) - 1)]
