"""What stands in for a function of the submission while another one is judged, and trials without stand-ins."""

from __future__ import annotations

import types
from typing import Any

import torch

#: What stands where there is no number: none of the right ones.
NOTHING = 1e300


def right_rnn_step(original: Any, *args: Any, **named: Any) -> Any:
    """A right `rnn_step`, so that an error in the submission's is not counted again. Whoever calls it in another way
    than the statement does has an agreement with the own function, and gets that."""
    given = _as_agreed(("x", "h", "Wx", "Wh", "b"), args, named)
    return original(*args, **named) if given is None else _step(*given)


def right_rnn_forward(original: Any, *args: Any, **named: Any) -> Any:
    """A right `rnn_forward`, for whoever computes the states anew."""
    given = _as_agreed(("x", "h0", "Wx", "Wh", "b"), args, named)
    if given is None:
        return original(*args, **named)
    x, h, *parameters = given
    states = []
    for now in x.unbind(dim=1):
        h = _step(now, h, *parameters)
        states.append(h)
    return torch.stack(states, dim=1)


def _as_agreed(names: tuple[str, ...], args: tuple[Any, ...], named: dict[str, Any]) -> list[Any] | None:
    """The arguments in order; None if these are others."""
    given = dict(zip(names, args, strict=False)) | named
    return [given[name] for name in names] if sorted(given) == sorted(names) and len(args) <= len(names) else None


def _step(x: torch.Tensor, h: torch.Tensor, Wx: torch.Tensor, Wh: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    return torch.tanh(torch.einsum("...d,hd->...h", x, Wx) + torch.einsum("...k,hk->...h", h, Wh) + b)


def tried(module: types.ModuleType, name: str, size: int, *args: Any) -> torch.Tensor:
    """All numbers that a function gives with the submission's own other functions, [size], float64; NOTHING where there
    are not so many. What is wrong with them is for the call to say that is judged."""
    nothing = torch.full((size,), NOTHING, dtype=torch.float64)
    try:
        value = getattr(module, name)(*(arg.clone() for arg in args))
        parts = value if isinstance(value, (tuple, list)) else [value]
        row = torch.cat([part.detach().cpu().double().reshape(-1) for part in parts])
    except Exception:
        return nothing
    return torch.where(row.isfinite(), row, nothing) if row.shape == nothing.shape else nothing
