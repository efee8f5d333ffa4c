"""Scenarios: tensors with gradients are made beside the submission, its optimizers move them, and numbers come back.

The gradients are handed in, so that no step depends on where an earlier one has led. A run is two dicts by the tensors'
names: `start`, and `gradients` with one more axis in front, the steps.
"""

from __future__ import annotations

import types
from typing import Any

import torch

Tensors = dict[str, torch.Tensor]


def _parameters(start: Tensors) -> Tensors:
    return {name: torch.nn.Parameter(value.clone()) for name, value in start.items()}


def _optimizer(module: types.ModuleType, kind: str, settings: dict[str, Any], params: Tensors) -> Any:
    return getattr(module, kind)(list(params.values()), **settings)


def _values(params: Tensors) -> list[torch.Tensor]:
    return [p.detach().clone() for p in params.values()]


def _by_name(params: Tensors, rows: list[list[torch.Tensor]]) -> Tensors:
    """For each tensor its rows, stacked."""
    return dict(zip(params, (torch.stack(column) for column in zip(*rows, strict=True)), strict=True))


def steps(
    module: types.ModuleType,
    kind: str,
    settings: dict[str, Any],
    start: Tensors,
    gradients: Tensors,
    lrs: list[float] | None = None,
    missing: dict[str, list[int]] | None = None,
) -> Tensors:
    """Each tensor after each step.

    lrs: what lr is set to before each step. missing: in which steps, counted from 0, .grad is None.
    """
    params = _parameters(start)
    optimizer = _optimizer(module, kind, settings, params)
    rows = []
    for t in range(len(next(iter(gradients.values())))):
        for name, p in params.items():
            p.grad = None if t in (missing or {}).get(name, ()) else gradients[name][t].clone()
        if lrs is not None:
            optimizer.lr = lrs[t]
        optimizer.step()
        rows.append(_values(params))
    return _by_name(params, rows)


def same_grad_tensor(
    module: types.ModuleType, kind: str, settings: dict[str, Any], start: Tensors, gradients: Tensors
) -> dict[str, Any]:
    """Each tensor and its .grad (zeros for None) after each step; .grad is one tensor that takes on new values."""
    params = _parameters(start)
    optimizer = _optimizer(module, kind, settings, params)
    rows, left = [], []
    kept = {name: torch.empty_like(p) for name, p in params.items()}
    for t in range(len(next(iter(gradients.values())))):
        for name, p in params.items():
            kept[name].copy_(gradients[name][t])
            p.grad = kept[name]
        optimizer.step()
        rows.append(_values(params))
        left.append([torch.zeros_like(p) if p.grad is None else p.grad.detach().clone() for p in params.values()])
    return _by_name(params, rows) | {f"{name}.grad": value for name, value in _by_name(params, left).items()}


def requires_grad_after_step(
    module: types.ModuleType, kind: str, settings: dict[str, Any], start: Tensors, gradients: Tensors
) -> dict[str, bool]:
    """Whether each tensor still requires gradients after a step."""
    params = _parameters(start)
    optimizer = _optimizer(module, kind, settings, params)
    for name, p in params.items():
        p.grad = gradients[name][0].clone()
    optimizer.step()
    return {f"{name}.requires_grad": p.requires_grad for name, p in params.items()}


def backward_after_zero_grad(
    module: types.ModuleType, kind: str, settings: dict[str, Any], start: Tensors, gradients: Tensors
) -> Tensors:
    """What backward leaves in .grad each time, with zero_grad before it; and the tensors in the end.

    backward is that of Σ p·g, whose gradient is g. Before the first one no .grad is there yet.
    """
    params = _parameters(start)
    optimizer = _optimizer(module, kind, settings, params)
    optimizer.zero_grad()
    rows = []
    for t in range(len(next(iter(gradients.values())))):
        sum((p * gradients[name][t]).sum() for name, p in params.items()).backward()
        rows.append([p.grad.clone() for p in params.values()])
        optimizer.zero_grad()
    left = {f"{name}.grad": value for name, value in _by_name(params, rows).items()}
    return left | dict(zip(params, _values(params), strict=True))


def two_at_once(
    module: types.ModuleType, kind: str, settings: list[float], runs: list[tuple[Tensors, Tensors]]
) -> list[Tensors]:
    """The tensors of two optimizers that make their steps in turn, after each step, which zero_grad follows.

    The tensors are handed over as an iterator, the settings by position.
    """
    params = [_parameters(start) for start, _ in runs]
    optimizers = [getattr(module, kind)(iter(tensors.values()), *settings) for tensors in params]
    rows: list[list[list[torch.Tensor]]] = [[], []]
    for t in range(len(next(iter(runs[0][1].values())))):
        for optimizer, tensors, (_, gradients), row in zip(optimizers, params, runs, rows, strict=True):
            for name, p in tensors.items():
                p.grad = gradients[name][t].clone()
            optimizer.step()
            row.append(_values(tensors))
            optimizer.zero_grad()
    return [_by_name(tensors, row) for tensors, row in zip(params, rows, strict=True)]


# What a submission's own simpler runs say of the scenarios above. In them, too, the submission does all the computing.


def own_lrs(
    module: types.ModuleType, kind: str, settings: dict[str, Any], start: Tensors, gradients: Tensors, lrs: list[float]
) -> Tensors:
    """`steps` with lrs, from a run with one lr: each of its moves, times what the new lr is of the old one."""
    found = {}
    for name, after in steps(module, kind, settings, start, gradients).items():
        before = torch.cat([start[name][None], after[:-1]])
        factors = torch.tensor(lrs, dtype=after.dtype, device=after.device) / settings["lr"]
        found[name] = start[name] + ((after - before) * factors.reshape(-1, *[1] * start[name].dim())).cumsum(0)
    return found


def own_missing(
    module: types.ModuleType,
    kind: str,
    settings: dict[str, Any],
    start: Tensors,
    gradients: Tensors,
    lrs: None,
    missing: dict[str, list[int]],
) -> Tensors:
    """`steps` with missing, from a run of each tensor alone, without those steps."""
    found = {}
    for name, value in start.items():
        there = [t for t in range(len(gradients[name])) if t not in missing.get(name, [])]
        after = steps(module, kind, settings, {name: value}, {name: gradients[name][there]})[name]
        done = [sum(other <= t for other in there) for t in range(len(gradients[name]))]
        found[name] = torch.cat([value[None], after])[done]
    return found


def own_decay(
    module: types.ModuleType, kind: str, settings: dict[str, Any], start: Tensors, gradients: Tensors
) -> Tensors:
    """`steps` with weight decay, from a run without it, where it is in the gradients already."""
    params = _parameters(start)
    optimizer = _optimizer(module, kind, settings | {"weight_decay": 0.0}, params)
    rows = []
    for t in range(len(next(iter(gradients.values())))):
        for name, p in params.items():
            p.grad = gradients[name][t] + settings["weight_decay"] * p.detach()
        optimizer.step()
        rows.append(_values(params))
    return _by_name(params, rows)


def own_same_grad_tensor(
    module: types.ModuleType, kind: str, settings: dict[str, Any], start: Tensors, gradients: Tensors
) -> Tensors:
    """`same_grad_tensor`, from a run in which .grad is a new tensor in each step."""
    left = {f"{name}.grad": value for name, value in gradients.items()}
    return steps(module, kind, settings, start, gradients) | left


def tried(
    module: types.ModuleType,
    scenario: str,
    kind: str,
    settings: dict[str, Any],
    start: Tensors,
    gradients: Tensors,
    *rest: Any,
) -> Tensors:
    """What a scenario gives; zeros in place of what has no such shape, dtype or size: what went wrong there is for the
    check's own call to say."""
    shapes = dict(gradients)
    if scenario.endswith("same_grad_tensor"):
        shapes |= {f"{name}.grad": value for name, value in gradients.items()}
    try:
        found = globals()[scenario](module, kind, settings, start, gradients, *rest)
    except NotImplementedError:
        raise
    except Exception:
        found = {}
    return {
        name: found[name] if _is_like(found.get(name), value) else torch.zeros_like(value)
        for name, value in shapes.items()
    }


def _is_like(value: Any, other: torch.Tensor) -> bool:
    if not isinstance(value, torch.Tensor) or value.shape != other.shape or value.dtype != other.dtype:
        return False
    return bool((value.abs() < 1e6).all())


def descend(
    module: types.ModuleType, kind: str, settings: dict[str, Any], start: list[float], steps: int
) -> torch.Tensor:
    """The way of one tensor of two numbers down x²/2 + 9y²: [steps + 1, 2], from its start on."""
    p = torch.nn.Parameter(torch.tensor(start, dtype=torch.float64))
    optimizer = getattr(module, kind)([p], **settings)
    places = [p.detach().clone()]
    for _ in range(steps):
        p.grad = p.detach() * torch.tensor([1.0, 18.0], dtype=torch.float64)
        optimizer.step()
        places.append(p.detach().clone())
    return torch.stack(places)
