"""Further calls like one that a check has made: what tells one mistake from another that gives the same there.

Each keeps to what the function must stand: the sign and the size of every number, the order of sizes, which sizes are
equal. Whether it still makes sense is asked of the reference, by who uses them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Literal

import numpy as np
import torch
from msgspec import structs

from grader.checks.mismatch import as_tensor
from grader.wire.values import Call, Callback, Probe, Remote

#: Other numbers; more samples; a list without its last item, or with one more; every size larger; a count one higher;
#: numbers of the opposite sign, three times as large, or a part of themselves.
Kind = Literal["values", "rows", "shorter", "longer", "sizes", "counts", "negated", "larger", "smaller"]

#: How much of each number is left, at least, where others are drawn.
_LEAST = 0.75

#: Larger values are not varied: each variation is a call of the submission, the reference and every suspect.
_MOST_ENTRIES = 1 << 16

_Change = Callable[[Any], Any]


def variations(call: Call, generator: torch.Generator, kinds: tuple[Kind, ...]) -> Iterator[tuple[Kind, Call]]:
    """The call with other arguments, for each kind that changes any. None for one that uses an object of the worker's.

    An upstream gradient is left out where the result may have another shape.
    """
    arguments = _Arguments(call)
    if not arguments.variable:
        return
    for kind in kinds:
        for change in _changes(kind, arguments, generator):
            varied = arguments.changed(change)
            if varied is not None:
                yield kind, varied if kind in _SAME_SHAPE else structs.replace(varied, upstream=None)


#: Kinds whose results have the same shapes.
_SAME_SHAPE: tuple[Kind, ...] = ("values", "negated", "larger", "smaller")


class _Arguments:
    """The values of a call, those bound to a probe included."""

    def __init__(self, call: Call) -> None:
        self._call = call
        self.blocks = [block for value in self._values() for block in _blocks(value)]
        entries = sum(as_numbers.numel() for block in self.blocks if (as_numbers := as_tensor(block)) is not None)
        self.variable = entries <= _MOST_ENTRIES and not any(map(_is_of_the_worker, self._values()))

    def _values(self) -> list[Any]:
        target = self._call.target
        return [*(target.args if isinstance(target, Probe) else ()), *self._call.args, *self._call.kwargs.values()]

    def changed(self, change: _Change) -> Call | None:
        """The call with every value changed; None where all stay as they are."""
        call = self._call
        if all(change(value) is value for value in self._values()):
            return None
        target = call.target
        if isinstance(target, Probe):
            target = structs.replace(target, args=tuple(map(change, target.args)))
        kwargs = {name: change(value) for name, value in call.kwargs.items()}
        return structs.replace(call, target=target, args=tuple(map(change, call.args)), kwargs=kwargs)

    @property
    def sizes(self) -> list[int]:
        """The sizes of all axes above 1, in ascending order."""
        return sorted({size for block in self.blocks for size in block.shape if size > 1})

    @property
    def samples(self) -> int | None:
        """The size of the first axis of the first value that has one: in most calls the samples'."""
        return next((block.shape[0] for block in self.blocks if block.ndim and block.shape[0] > 1), None)


def _changes(kind: Kind, arguments: _Arguments, generator: torch.Generator) -> Iterator[_Change]:
    match kind:
        case "values":
            yield partial(_deep, partial(_scaled_each, generator))
        case "negated" | "larger":
            yield partial(_deep, partial(_scaled, -1.0 if kind == "negated" else 3.0))
        case "smaller":
            for factor in (0.8, 0.4, 0.1):
                yield partial(_deep, partial(_scaled, factor))
        case "rows":
            if arguments.samples is not None:
                yield partial(_grown, {arguments.samples: arguments.samples + 2}, generator)
        case "sizes":
            if len(arguments.sizes) > 1:
                larger = {size: size + 1 + number for number, size in enumerate(arguments.sizes)}
                yield partial(_grown, larger, generator)
        case "counts":
            yield _one_more
        case "shorter":
            yield _shorter
        case "longer":
            yield _longer


def _deep(change: _Change, value: Any) -> Any:
    """The change made to every number and block of numbers in a value; the value itself where none changes."""
    if isinstance(value, (list, tuple)):
        items = [_deep(change, item) for item in value]
        return type(value)(items) if any(a is not b for a, b in zip(items, value, strict=True)) else value
    if isinstance(value, dict):
        changed = {key: _deep(change, item) for key, item in value.items()}
        return changed if any(changed[key] is not item for key, item in value.items()) else value
    return change(value)


def _is_measured(value: Any) -> bool:
    """Whether it holds numbers that were measured, so to speak: floats that are not all whole, as counts and labels
    are."""
    if isinstance(value, float):
        return not value.is_integer()
    if isinstance(value, torch.Tensor) and value.is_floating_point():
        return bool((value != value.round()).any())
    return isinstance(value, np.ndarray) and value.dtype.kind == "f" and bool((value != value.round()).any())


def _scaled_each(generator: torch.Generator, value: Any) -> Any:
    """Each number times another factor a little below 1: signs, zeros and what lies between 0 and 1 stay so."""
    if not _is_measured(value):
        return value
    shape = () if isinstance(value, float) else tuple(value.shape)
    return _times(value, _LEAST + (1 - _LEAST) * torch.rand(shape, generator=generator, dtype=torch.float64))


def _scaled(factor: float, value: Any) -> Any:
    return _times(value, torch.tensor(factor, dtype=torch.float64)) if _is_measured(value) else value


def _times(value: Any, factors: torch.Tensor) -> Any:
    """In the value's own type, dtype and layout."""
    if isinstance(value, float):
        return value * float(factors)
    if isinstance(value, np.ndarray):
        scaled = value * factors.numpy()
        return np.asarray(scaled, dtype=value.dtype)
    return torch.empty_like(value).copy_(value.detach() * factors.to(value.device))


def _grown(sizes: dict[int, int], generator: torch.Generator, value: Any) -> Any:
    """Axes of such sizes become longer, by entries like those that are there; and so do numbers that count them."""
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        return sizes.get(value, value)
    if isinstance(value, (list, tuple, dict)):
        return _deep(partial(_grown, sizes, generator), value)
    if not isinstance(value, (torch.Tensor, np.ndarray)) or not sizes.keys() & set(value.shape):
        return value
    for axis, size in enumerate(value.shape):
        if size in sizes:
            index = [n % size for n in range(sizes[size])]
            if isinstance(value, torch.Tensor):
                value = value.detach().index_select(axis, torch.tensor(index, device=value.device))
            else:
                value = np.take(value, index, axis)
    return _scaled_each(generator, value)


def _one_more(value: Any) -> Any:
    """0 and 1 stay: they are labels and flags more often than counts."""
    return value + 1 if type(value) is int and value > 1 else value


def _shorter(value: Any) -> Any:
    """A list of names stays: it says what a scenario is to do."""
    is_list = isinstance(value, (list, tuple)) and len(value) > 1
    return value[:-1] if is_list and not all(isinstance(item, str) for item in value) else value


def _longer(value: Any) -> Any:
    """A list of numbers gets one more, a list of equal blocks its last one again."""
    if not isinstance(value, (list, tuple)) or not value:
        return value
    if all(type(item) is int for item in value):
        return type(value)([*value, max(value) + 1])
    same = {_signature(item) for item in value}
    return type(value)([*value, value[0]]) if len(same) == 1 and None not in same else value


def _signature(item: Any) -> Any:
    if isinstance(item, float):
        return float
    return (item.dtype, tuple(item.shape)) if isinstance(item, (torch.Tensor, np.ndarray)) else None


def _blocks(value: Any) -> Iterator[Any]:
    if isinstance(value, (torch.Tensor, np.ndarray)):
        yield value
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _blocks(item)
    elif isinstance(value, dict):
        yield from _blocks(list(value.values()))


def _is_of_the_worker(value: Any) -> bool:
    """Whether it is, or holds, an object that a call may change for the calls after it."""
    if isinstance(value, (list, tuple)):
        return any(map(_is_of_the_worker, value))
    if isinstance(value, dict):
        return any(map(_is_of_the_worker, value.values()))
    return isinstance(value, (Remote, Callback))
