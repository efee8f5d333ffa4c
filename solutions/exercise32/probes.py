"""What stands in for a function of the submission while another one is judged, and scenarios that run beside it."""

from __future__ import annotations

import types
from typing import Any

import torch

Parameters = dict[str, torch.Tensor]


def right_predict(original: Any, p: Any, *rest: Any, **more: Any) -> Any:
    """A right `predict`, so that an error in the submission's is not counted again. Whoever gives it something else
    has an agreement with the own function, and gets that."""
    if rest or more or not isinstance(p, dict):
        return original(p, *rest, **more)
    return torch.einsum("uk,ik->ui", p["P"], p["Q"]) + (p["bi"] + p["mu"]) + p["bu"].reshape(-1, 1)


def right_masked_loss(original: Any, R: Any, seen: Any, p: Any, lam: Any, *rest: Any, **more: Any) -> Any:
    """A right `masked_loss`."""
    if rest or more or not isinstance(p, dict):
        return original(R, seen, p, lam, *rest, **more)
    errors = right_predict(None, p)[seen] - R[seen]
    return errors.square().sum() / errors.numel() + lam * sum(p[key].square().sum() for key in ("bu", "bi", "P", "Q"))


def loss_of_tensors(
    module: types.ModuleType,
    R: torch.Tensor,
    seen: torch.Tensor,
    mu: torch.Tensor,
    bu: torch.Tensor,
    bi: torch.Tensor,
    P: torch.Tensor,
    Q: torch.Tensor,
    lam: float,
) -> torch.Tensor:
    """`masked_loss(R, seen, p, lam)`, where p is the dict of these tensors."""
    return module.masked_loss(R, seen, {"mu": mu, "bu": bu, "bi": bi, "P": P, "Q": Q}, lam)


def with_gaps_and_without(
    module: types.ModuleType, R: torch.Tensor, full: torch.Tensor, seen: torch.Tensor, p: Parameters, lam: float
) -> list[torch.Tensor]:
    """`masked_loss` of R, which has unseen ratings, and then of full, the same table without gaps."""
    return [module.masked_loss(R, seen, p, lam), module.masked_loss(full, seen | True, p, lam)]


def fitted_before_a_change(
    module: types.ModuleType, R: torch.Tensor, seen: torch.Tensor, p: Parameters, lr: float, lam: float, steps: int
) -> Parameters:
    """What `fit` has returned, after bu, bi, P and Q, as they were given to it, have been filled with zeros."""
    found = module.fit(R, seen, p, lr, lam, steps)
    for name in ("bu", "bi", "P", "Q"):
        p[name].zero_()
    return found


def left_by_fit(
    module: types.ModuleType, R: torch.Tensor, seen: torch.Tensor, p: Parameters, lr: float, lam: float, steps: int
) -> dict[str, bool]:
    """What `fit` leaves behind."""
    default = torch.get_default_dtype()
    found = module.fit(R, seen, p, lr, lam, steps)
    return {
        "a result requires gradients": any(found[name].requires_grad for name in ("mu", "bu", "bi", "P", "Q")),
        "gradients are switched on": torch.is_grad_enabled(),
        "the default dtype is as before": torch.get_default_dtype() == default,
    }


def tried(module: types.ModuleType, name: str, size: int, *args: Any) -> torch.Tensor:
    """The numbers that a function of the submission gives by itself, [size], float64; 1e300, which is never right,
    where there are no such numbers: what it is built on may be the reason. What is wrong with them is for the call to
    say that is judged."""
    nothing = torch.full((size,), 1e300, dtype=torch.float64)
    try:
        row = in_one_row(getattr(module, name)(*map(_copied, args)))
    except NotImplementedError:
        raise
    except Exception:
        return nothing
    return torch.where(row.isfinite(), row, nothing) if row.shape == nothing.shape else nothing


def in_one_row(value: Any) -> torch.Tensor:
    """All numbers of a tensor, or of a dict of tensors in the order of their names, as float64."""
    parts = [value[name] for name in sorted(value)] if isinstance(value, dict) else [value]
    return torch.cat([part.detach().cpu().double().reshape(-1) for part in parts])


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copied(item) for key, item in value.items()}
    return value.clone() if isinstance(value, torch.Tensor) else value
