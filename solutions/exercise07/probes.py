"""Scenarios: write to one thing, read the other."""

from __future__ import annotations

import types
from collections.abc import Callable
from typing import Any

import torch

#: Parts of a matrix, and the whole of a tensor: in one piece of memory, with gaps, and read the other way.
PARTS: dict[str, Callable[[torch.Tensor], torch.Tensor]] = {
    "all": lambda memory: memory,
    "memory[1:3]": lambda memory: memory[1:3],
    "memory[:, ::2]": lambda memory: memory[:, ::2],
    "memory[:, 1:4]": lambda memory: memory[:, 1:4],
    "memory.T": lambda memory: memory.T,
}


def saved(value: Any) -> Any:
    """What stands there now, whatever is written later."""
    return value.detach().clone() if isinstance(value, torch.Tensor) else value


def plain(value: Any) -> Any:
    """torch has tuples of its own kinds, for shapes and for pairs; they are as good as any."""
    return tuple(map(plain, value)) if isinstance(value, tuple) else value


def result_of(module: types.ModuleType, function: str, x: torch.Tensor) -> Any:
    """The result of this function of yours; torch's own kinds of tuple count as plain ones."""
    return plain(getattr(module, function)(x))


def results_of(module: types.ModuleType, function: str, inputs: list[tuple[torch.Tensor, ...]]) -> list[Any]:
    """What comes back for each of these inputs."""
    return [plain(getattr(module, function)(*arguments)) for arguments in inputs]


def write_through(
    module: types.ModuleType, function: str, x_is: str, memory: torch.Tensor, *rest: Any
) -> dict[str, Any]:
    """What comes back; what stands there once x has changed its sign; and x, once the result is filled with ones."""
    x = PARTS[x_is](memory)
    result = getattr(module, function)(x, *rest)
    seen = {"returned": saved(result)}
    x.neg_()
    seen["returned, once x is negated"] = saved(result)
    if isinstance(result, torch.Tensor):
        result.fill_(1)
    return {**seen, "x, once the result is 1": saved(x)}


def write_through_parts(
    module: types.ModuleType, function: str, parts: list[str], memory: torch.Tensor, *rest: Any
) -> dict[str, Any]:
    """The same for several parts of one memory."""
    return {x_is: write_through(module, function, x_is, memory.clone(), *rest) for x_is in parts}


def view_and_refuse(
    module: types.ModuleType, x_is: str, memory: torch.Tensor, possible: tuple[int, ...], impossible: tuple[int, ...]
) -> dict[str, Any]:
    """A view of x in a shape that it can have, read once x has changed its sign; and what an impossible one gives."""
    x = PARTS[x_is](memory)
    view = module.as_view(x, possible)
    x.neg_()
    seen = {"possible, once x is negated": saved(view)}
    try:
        result = module.as_view(x, impossible)
    except RuntimeError:
        return {**seen, "impossible": "RuntimeError"}
    return {**seen, "impossible": "a copy" if isinstance(result, torch.Tensor) else "no RuntimeError"}


def put_and_read(module: types.ModuleType, x_is: str, memory: torch.Tensor, i: int, j: int, v: float) -> dict[str, Any]:
    """What comes back, and what stands in the memory afterwards; and again, once the result is filled with ones."""
    x = PARTS[x_is](memory)
    result = module.put(x, i, j, v)
    seen = {"returned": saved(result), "memory": saved(memory)}
    if isinstance(result, torch.Tensor):
        result.fill_(1)
    return {**seen, "memory, once the result is 1": memory, "x itself was returned": result is x}


def memory_after_put(
    module: types.ModuleType, parts: list[str], memory: torch.Tensor, i: int, j: int, v: float
) -> dict[str, torch.Tensor]:
    """What stands in the memory after a number was put into a part of it."""
    found = {x_is: memory.clone() for x_is in parts}
    for x_is, own in found.items():
        module.put(PARTS[x_is](own), i, j, v)
    return found
