"""What stands in for a function of the submission while another one is judged, the two results of `value_iteration`
one by one, and trials without stand-ins."""

from __future__ import annotations

import types
from collections.abc import Callable
from typing import Any

import torch

#: What stands where there is no number: none of the right ones.
NOTHING = 1e300

#: So many backups are far more than any trial needs: with a backup that is wrong, values may grow for ever.
MOST_BACKUPS = 5000


def right_bellman_backup(
    original: Any, V: torch.Tensor, P: torch.Tensor, R: torch.Tensor, end: torch.Tensor, gamma: float
) -> torch.Tensor:
    """A right `bellman_backup`, so that an error in the submission's is not counted again."""
    open_ = (~end).to(R)
    return (R + gamma * torch.matmul(P, V * open_)) * open_[:, None]


def right_policy_evaluation(
    original: Any, pi: torch.Tensor, P: torch.Tensor, R: torch.Tensor, end: torch.Tensor, gamma: float
) -> torch.Tensor:
    """A right `policy_evaluation`, on which policy iteration may be built."""
    weights = pi * (~end).to(R)[:, None]
    moves = (weights[:, :, None] * P).sum(dim=1)
    one = torch.eye(len(R), dtype=R.dtype, device=R.device)
    return torch.linalg.solve(one - gamma * moves, (weights * R).sum(dim=1))


def values(module: types.ModuleType, P: Any, R: Any, end: Any, gamma: float, tol: float) -> Any:
    """The values V alone."""
    return both(module, P, R, end, gamma, tol)[0]


def actions(module: types.ModuleType, P: Any, R: Any, end: Any, gamma: float, tol: float) -> Any:
    """The actions alone, those of end states left out."""
    found = both(module, P, R, end, gamma, tol)[1]
    return found[~end] if isinstance(found, torch.Tensor) and found.shape == end.shape else found


def both(module: types.ModuleType, P: Any, R: Any, end: Any, gamma: float, tol: float) -> Any:
    """V and the actions."""
    _see_that_sweeps_converge(P, gamma)
    if tol <= 0:
        raise ValueError("tol is not above 0")
    return module.value_iteration(P, R, end, gamma, tol)


# No docstring: in a report the scenario goes by the name of the function, which is all that it calls.
def policy_evaluation(module: types.ModuleType, pi: Any, P: Any, R: Any, end: Any, gamma: float) -> Any:
    _see_that_sweeps_converge(P, gamma)
    return module.policy_evaluation(pi, P, R, end, gamma)


def _see_that_sweeps_converge(P: torch.Tensor, gamma: float) -> None:
    """Raises ValueError for what is no process, as the grader may draw it to tell one mistake from another: a
    submission would sweep for ever."""
    chances = P.detach().cpu()
    if not 0 <= gamma < 1 or bool((chances < 0).any()) or bool((chances.sum(dim=-1) > 1.001).any()):
        raise ValueError("gamma is not from 0 to below 1, or P holds no probabilities")


def values_alone(module: types.ModuleType, size: int, *args: Any) -> torch.Tensor:
    """What `values` gives with the submission's own functions, in numbers. A trial for each function: one that was
    stopped is not run again."""
    return _numbers(module, lambda: values(module, *_copies(args)), size)


def actions_alone(module: types.ModuleType, size: int, *args: Any) -> torch.Tensor:
    """The same of `actions`."""
    return _numbers(module, lambda: actions(module, *_copies(args)), size)


def both_alone(module: types.ModuleType, size: int, *args: Any) -> torch.Tensor:
    """The same of `both`, in one vector."""
    return _numbers(module, lambda: torch.cat([part.double() for part in both(module, *_copies(args))]), size)


def policy_evaluation_alone(module: types.ModuleType, size: int, *args: Any) -> torch.Tensor:
    """The same of `policy_evaluation`."""
    return _numbers(module, lambda: module.policy_evaluation(*_copies(args)), size)


def sweeps(module: types.ModuleType, count: int, P: Any, R: Any, end: Any, gamma: float) -> Any:
    """V after so many backups from 0 on."""
    V = torch.zeros_like(R[:, 0])
    for _ in range(count):
        V = module.bellman_backup(V, P, R, end, gamma).amax(dim=1)
    return V


def _copies(args: tuple[Any, ...]) -> list[Any]:
    return [arg.clone() if isinstance(arg, torch.Tensor) else arg for arg in args]


def _numbers(module: types.ModuleType, found: Callable[[], Any], size: int) -> torch.Tensor:
    """What it finds in one vector of float64; NOTHING where these are not so many finite numbers. What is wrong with
    them is for the function's own check to say."""
    nothing = torch.full((size,), NOTHING, dtype=torch.float64)
    own = getattr(module, "bellman_backup", None)
    try:
        if own is not None:
            module.bellman_backup = _limited(own)  # type: ignore[attr-defined]
        numbers = found().detach().cpu().double().reshape(-1)
    except Exception:
        return nothing
    finally:
        if own is not None:
            module.bellman_backup = own  # type: ignore[attr-defined]
    return numbers if numbers.shape == nothing.shape and numbers.isfinite().all() else nothing


def _limited(function: Callable[..., Any]) -> Callable[..., Any]:
    left = iter(range(MOST_BACKUPS))

    def limited(*args: Any, **named: Any) -> Any:
        next(left)
        return function(*args, **named)

    return limited
