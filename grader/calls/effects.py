"""What a call does beside giving its value, looked at before and after it, and once more after a second call."""

from __future__ import annotations

import types
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import numpy as np
import torch
from msgspec import structs

from grader.calls.snapshots import copy_of, snapshot, unchanged
from grader.twin import Twin
from grader.wire.memory import memory_of
from grader.wire.values import Effects

# Bound now: a submission may replace them.
_get_grad, _set_grad = torch.is_grad_enabled, torch.set_grad_enabled
_get_dtype, _set_dtype = torch.get_default_dtype, torch.set_default_dtype
_attributes_of = object.__getattribute__  # whatever a class of the submission's makes of it

#: So many parts of a value are looked at. No second call is made where a result has more of them, more entries, or is
#: nested deeper.
_MOST, _MOST_ENTRIES, _DEEPEST = 2_000, 1 << 20, 50
_TENSORS = (torch.Tensor, torch.nn.Parameter, Twin)
#: What has attributes that are nobody's data.
_NO_DATA = (type, types.ModuleType, types.FunctionType, types.MethodType)


class Watch:
    """What may change with a call, as it is when this is made: just before the call."""

    def __init__(self, inputs: list[Any]) -> None:
        self._inputs = inputs
        self._before = [_Parts(argument) for argument in inputs]
        self._value: Any = None

    def seen(self) -> Effects:
        """What the call has done to its inputs; asked right after it."""
        return Effects(
            requires_grad=self._where(_Parts.requires_grad_changed),
            grad=self._where(_Parts.grad_changed),
            mode=self._where(_Parts.mode_changed),
            contents=self._where(_Parts.contents_changed),
        )

    def again(self, value: Any, effects: Effects, repeated: Callable[[], tuple[Any, list[Any]]]) -> tuple[Any, Effects]:
        """After a second call, which `repeated` makes and of which it gives value and inputs: the first one's value as
        it was before, and the effects with what the second one shows. Raises whatever that raises."""
        if not _is_small(value):
            return value, effects
        self._value = snapshot(value)
        second, inputs = repeated()
        mine, given = _memories(value), _memories(self._inputs) | _memories(inputs)
        first, found = self.kept(value), ""
        if first is not value:
            # What lies in an object that was given may well be changed by the next call.
            found = "changed" if mine.isdisjoint(given) else ""
        elif not mine.isdisjoint(_memories(second) - given):
            found = "shared"
        return first, structs.replace(effects, again=found)

    def kept(self, value: Any) -> Any:
        """The first call's value: itself, or a copy of what it was, if the second call has changed it."""
        return value if unchanged(self._value, value) else self._value

    def _where(self, changed: Callable[[_Parts], bool]) -> tuple[int, ...]:
        return tuple(position for position, parts in enumerate(self._before) if changed(parts))


@contextmanager
def settings_kept() -> Iterator[None]:
    """What runs within it leaves PyTorch's settings as they were."""
    settings = _Settings.now()
    try:
        yield
    finally:
        settings.restore()


class _Settings(NamedTuple):
    grad: bool
    dtype: torch.dtype

    @classmethod
    def now(cls) -> _Settings:
        return cls(_get_grad(), _get_dtype())

    def restore(self) -> None:
        _set_grad(self.grad)
        if _get_dtype() is not self.dtype:
            _set_dtype(self.dtype)


class _Parts:
    """What is looked at in one argument: its tensors and, if it holds modules, these."""

    def __init__(self, argument: Any) -> None:
        parts = list(_parts_of(argument))
        self._modules = [(part, _training(part)) for part in parts if isinstance(part, torch.nn.Module)]
        self._tensors = [
            (part, part.requires_grad, _grad(part), copy_of(part) if self._modules else None)
            for part in parts
            if type(part) in _TENSORS and memory_of(part)
        ]

    def requires_grad_changed(self) -> bool:
        return any(tensor.requires_grad is not before for tensor, before, _, _ in self._tensors)

    def grad_changed(self) -> bool:
        return any(not unchanged(before, _grad(tensor)) for tensor, _, before, _ in self._tensors)

    def mode_changed(self) -> bool:
        return any(_training(module) is not before for module, before in self._modules)

    def contents_changed(self) -> bool:
        """A tensor that was moved to another device holds what it held."""
        return any(
            before is not None and before.device == tensor.device and not unchanged(before, tensor)
            for tensor, _, _, before in self._tensors
        )


def _grad(tensor: torch.Tensor) -> Any:
    return snapshot(tensor.grad) if tensor.is_leaf else None


def _training(module: torch.nn.Module) -> Any:
    return _attributes_of(module, "__dict__").get("training")


def _is_small(value: Any) -> bool:
    """Whether a result can be copied and compared in no time, and holds neither itself nor too deep a nest."""
    waiting, seen = [(value, 0)], 0
    while waiting:
        part, depth = waiting.pop()
        seen += 1
        if depth > _DEEPEST or seen + len(waiting) > _MOST or _entries(part) > _MOST_ENTRIES:
            return False
        waiting += [(inner, depth + 1) for inner in _contents(part)]
    return True


def _entries(part: Any) -> int:
    if isinstance(part, (list, tuple, dict, set, frozenset)):
        return len(part) * (_MOST_ENTRIES // _MOST)
    if type(part) in _TENSORS:
        return int(part.numel())
    return part.size if isinstance(part, np.ndarray) else 0


def _memories(value: Any) -> set[tuple[str, int]]:
    """By what a value may be one with another: the memory of its tensors and arrays, and, other than in attributes,
    lists, dicts, sets and modules."""
    found = {("memory", start) for part in _parts_of(value) if (start := memory_of(part))}
    objects = _parts_of(value, _contents)
    return found | {("object", id(part)) for part in objects if isinstance(part, (list, dict, set, torch.nn.Module))}


def _parts_of(value: Any, held_by: Callable[[Any], list[Any]] | None = None) -> Iterator[Any]:
    """A value and all that it holds: in lists, tuples, dicts, sets and attributes, a module's parts among these. Each
    object once. Runs no code of the submission's."""
    held_by = held_by or _held_by
    seen: dict[int, Any] = {}
    waiting = [value]
    while waiting and len(seen) < _MOST:
        part = waiting.pop()
        if id(part) in seen:
            continue
        seen[id(part)] = part  # kept alive, so that no other object gets its number
        yield part
        waiting += held_by(part)


def _contents(part: Any) -> list[Any]:
    bases: tuple[type[Any], ...] = (list, tuple, set, frozenset)
    for base in bases:
        if isinstance(part, base):
            return list(base.__iter__(part))
    return list(dict.values(part)) if isinstance(part, dict) else []


def _held_by(part: Any) -> list[Any]:
    if contents := _contents(part):
        return contents
    if type(part) in _TENSORS or isinstance(part, _NO_DATA):
        return []
    try:
        attributes = _attributes_of(part, "__dict__")
    except AttributeError:
        return []
    return list(attributes.values()) if type(attributes) is dict else []
