"""What stands in for a function of the submission while another one is checked; what its own functions give by
themselves; and a function that is called again with the same tensor."""

from __future__ import annotations

import functools
import types
from collections.abc import Callable
from typing import Any

import torch

#: What stands where there is no number: none of the right ones.
NOTHING = 1e300


def right_logits(original: Any, X: torch.Tensor, W: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """A right `logits`, so that an error in the submission's is not counted again."""
    return X @ W.T + b


def right_log_sum_exp(original: Any, z: torch.Tensor) -> torch.Tensor:
    """A right `log_sum_exp`."""
    return torch.logsumexp(z, dim=-1)


def right_hierarchical_log_prob(
    original: Any, zg: torch.Tensor, zf: torch.Tensor, parent: torch.Tensor
) -> torch.Tensor:
    """A right `hierarchical_log_prob`."""
    others = parent[:, None] != parent
    among = zf[:, None, :].masked_fill(others, -torch.inf)
    return torch.log_softmax(zg, dim=1)[:, parent] + zf - torch.logsumexp(among, dim=-1)


RIGHT: dict[str, Callable[..., torch.Tensor]] = {
    "logits": right_logits,
    "log_sum_exp": right_log_sum_exp,
    "hierarchical_log_prob": right_hierarchical_log_prob,
}


def predict_by_itself(module: types.ModuleType, size: int, *args: Any, stand_ins: Any = ()) -> torch.Tensor:
    """The numbers that `predict` gives. One such scenario for each function: one that was stopped is not run again."""
    return _numbers(module, stand_ins, lambda: module.predict(*_copies(args)), size)


def fit_by_itself(module: types.ModuleType, size: int, *args: Any, stand_ins: Any = ()) -> torch.Tensor:
    """The numbers that `fit` gives."""
    return _numbers(module, stand_ins, lambda: module.fit(*_copies(args)), size)


def hierarchical_log_prob_by_itself(
    module: types.ModuleType, size: int, *args: Any, stand_ins: Any = ()
) -> torch.Tensor:
    """The numbers that `hierarchical_log_prob` gives."""
    return _numbers(module, stand_ins, lambda: module.hierarchical_log_prob(*_copies(args)), size)


def hierarchical_loss_by_itself(module: types.ModuleType, size: int, *args: Any, stand_ins: Any = ()) -> torch.Tensor:
    """The number that `hierarchical_loss` gives, and its gradients."""

    def found() -> list[torch.Tensor]:
        zg, zf, *rest = _copies(args)
        loss = module.hierarchical_loss(zg.requires_grad_(), zf.requires_grad_(), *rest)
        return [loss, *torch.autograd.grad(loss, (zg, zf))]

    return _numbers(module, stand_ins, found, size)


def _copies(args: tuple[Any, ...]) -> list[Any]:
    return [arg.clone() if isinstance(arg, torch.Tensor) else arg for arg in args]


def _numbers(module: types.ModuleType, stand_ins: Any, found: Callable[[], Any], size: int) -> torch.Tensor:
    """What it finds, with right functions in place of those that are named, in one vector of float64; NOTHING where
    these are not so many finite numbers. What is wrong with them is for the function's own check to say."""
    nothing = torch.full((size,), NOTHING, dtype=torch.float64)
    own = {name: getattr(module, name) for name in stand_ins if hasattr(module, name)}
    try:
        for name in own:
            setattr(module, name, functools.partial(RIGHT[name], own[name]))
        result = found()
        parts = result if isinstance(result, (tuple, list)) else [result]
        numbers = torch.cat([torch.as_tensor(part).detach().cpu().double().reshape(-1) for part in parts])
    except Exception:
        return nothing
    finally:
        for name in own:
            setattr(module, name, own[name])
    return numbers if numbers.shape == nothing.shape and numbers.isfinite().all() else nothing


def called_again(module: types.ModuleType, name: str, first: torch.Tensor, second: torch.Tensor) -> Any:
    """What a function gives for numbers that were written into the same tensor after a first call."""
    function, z = getattr(module, name), first.clone()
    function(z)
    return function(z.copy_(second))
