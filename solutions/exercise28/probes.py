"""The model that tokens are generated with, scenarios around a block, and what stands in for a function of the
submission while another one is judged."""

from __future__ import annotations

import inspect
import types
from collections.abc import Callable
from typing import Any

import torch

#: What stands where there is no number: none of the right ones.
NOTHING = 1e300


class Model:
    """[N, t] ids → logits [N, t, V]: by each token, by all tokens so far in what it is shown, and by its place there.

    Any number counts as an id, so that a wrong one shows in the result and does not end the call.
    """

    def __init__(self, token: torch.Tensor, history: torch.Tensor, place: torch.Tensor) -> None:
        self.token, self.history, self.place = token, history, place

    def __call__(self, ids: torch.Tensor) -> torch.Tensor:
        if ids.ndim != 2 or ids.dtype != torch.int64 or ids.shape[1] == 0:
            raise ValueError(
                f"the model takes ids [N, t] of int64, t at least 1, and got {ids.dtype}, {tuple(ids.shape)}"
            )
        ids = ids % len(self.token)
        places = torch.arange(ids.shape[1], device=ids.device)
        before = self.history[ids].cumsum(dim=1) / (places + 1).to(self.history)[:, None]
        return self.token[ids] + before + self.place[places % len(self.place)]


def generated(
    module: types.ModuleType,
    token: Any,
    history: Any,
    place: Any,
    ids: Any,
    steps: int,
    temperature: float,
    top_k: int,
    context: int,
    u: Any,
) -> Any:
    """What `generate` returns with a model whose logits are sums of rows of three tables: one row by the token, one by
    all tokens so far, one by the place."""
    # The grader may draw others than a check sends, to tell one mistake from another.
    if not (temperature >= 0 and context >= 1 and bool(((u >= 0) & (u < 1)).all())):
        raise ValueError("temperature is below 0, context below 1, or u not from 0 to below 1")
    return module.generate(Model(token, history, place), ids, steps, temperature, top_k, context, u)


def all_allowed(
    module: types.ModuleType,
    token: Any,
    history: Any,
    place: Any,
    ids: Any,
    steps: int,
    temperature: float,
    context: int,
    u: Any,
) -> Any:
    """What `generate` returns with top_k 0, and a model whose logits are sums of rows of three tables: one row by the
    token, one by all tokens so far, one by the place."""
    return generated(module, token, history, place, ids, steps, temperature, 0, context, u)


def least_margin(module: types.ModuleType, tables: Any, ids: Any, settings: Any, u: Any) -> float:
    """How near the choices that led to these ids were: the least difference between two logits, and between u and a
    bound. settings: steps, temperature, top_k, context."""
    steps, temperature, top_k, context = settings
    margins = [1.0]
    for step in range(steps):
        end = ids.shape[1] - steps + step
        logits = Model(*tables)(ids[:, max(0, end - context) : end])[:, -1].double()
        ranked = logits.sort(dim=1, descending=True).values
        margins += (ranked[:, :-1] - ranked[:, 1:]).flatten().tolist()
        if temperature > 0:
            least = ranked[:, (top_k or len(tables[0])) - 1, None]
            weights = torch.where(logits < least, 0, torch.exp((logits - ranked[:, :1]) / temperature))
            bounds = weights.cumsum(dim=1) / weights.sum(dim=1, keepdim=True)
            margins.append(float((bounds - u[:, step, None]).abs().min()))
    return min(margins)


def earlier_outputs(module: types.ModuleType, x: Any, later: Any, p: Any, heads: int) -> dict[str, Any]:
    """What `gpt_block` gives at the first tokens of `x`, as it is and with those of `later` in the place of the last
    ones."""
    kept = x.shape[1] - later.shape[1]
    other = torch.cat([x[:, :kept], later], dim=1)
    return {
        "as it is": module.gpt_block(x, p, heads)[:, :kept],
        "with other tokens behind": module.gpt_block(other, p, heads)[:, :kept],
    }


def weights(module: types.ModuleType, q: torch.Tensor, k: torch.Tensor, causal: bool) -> Any:
    """The weights of attention: with the rows of an identity matrix as values, each weight is an output."""
    values = torch.eye(len(k), dtype=k.dtype)
    return module.attention(q, k, values, module.causal_mask(len(q)) if causal else None)


def alone(module: types.ModuleType, size: int, name: str, *args: Any) -> torch.Tensor:
    """What the function of this name gives with the submission's own functions, in one vector of float64; NOTHING where
    these are not so many finite numbers. What is wrong with them is for the function's own check to say."""
    nothing = torch.full((size,), NOTHING, dtype=torch.float64)
    try:
        numbers = getattr(module, name)(*map(_copy, args)).detach().cpu().double().reshape(-1)
    except Exception:
        return nothing
    return numbers if numbers.shape == nothing.shape and numbers.isfinite().all() else nothing


def _copy(arg: Any) -> Any:
    if isinstance(arg, dict):
        return {key: _copy(value) for key, value in arg.items()}
    return arg.clone() if isinstance(arg, torch.Tensor) else arg


def right_attention(original: Any, *args: Any, **named: Any) -> Any:
    """A right `attention`, so that an error in the submission's is not counted again."""

    def right(q: Any, k: Any, v: Any, mask: Any = None) -> Any:
        scores = torch.matmul(q, k.transpose(-2, -1)) * q.shape[-1] ** -0.5
        if mask is not None:
            scores = torch.where(mask, scores, -torch.inf)
        return torch.matmul(scores.softmax(dim=-1), v)

    return _in_place_of(original, right, args, named)


def right_causal_mask(original: Any, *args: Any, **named: Any) -> Any:
    """A right `causal_mask`."""

    def right(T: Any) -> Any:
        return torch.arange(T)[:, None] >= torch.arange(T)

    return _in_place_of(original, right, args, named)


def right_multi_head(original: Any, *args: Any, **named: Any) -> Any:
    """A right `multi_head`."""

    def right(x: Any, Wq: Any, Wk: Any, Wv: Any, Wo: Any, heads: Any, mask: Any) -> Any:
        q, k, v = (torch.stack((x @ W.T).chunk(heads, dim=-1)) for W in (Wq, Wk, Wv))
        return torch.cat(tuple(right_attention(None, q, k, v, mask)), dim=-1) @ Wo.T

    return _in_place_of(original, right, args, named)


def right_layer_norm(original: Any, *args: Any, **named: Any) -> Any:
    """A right `layer_norm`."""

    def right(x: Any, g: Any, c: Any, eps: Any = 1e-5) -> Any:
        centred = x - x.sum(dim=-1, keepdim=True) / x.shape[-1]
        size = (centred.square().sum(dim=-1, keepdim=True) / x.shape[-1] + eps) ** 0.5
        return centred / size * g + c

    return _in_place_of(original, right, args, named)


def _in_place_of(original: Any, right: Callable[..., Any], args: tuple[Any, ...], named: dict[str, Any]) -> Any:
    """Whoever calls a function otherwise than the statement says has an agreement with the own one, and gets that."""
    try:
        inspect.signature(right).bind(*args, **named)
    except TypeError:
        return original(*args, **named)
    return right(*args, **named)
