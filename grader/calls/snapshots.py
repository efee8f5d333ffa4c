"""What a value held before a call, to see whether it holds the same afterwards."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from grader.wire.memory import is_plain, laid_out, reached, span, steps_of

_NUMBERS = (bool, int, float, complex)


def copy_of(tensor: torch.Tensor) -> torch.Tensor:
    """A detached copy with the same strides: a function that mishandles strided input must meet it strided."""
    source = tensor.detach()
    if source.is_contiguous():
        return source.clone()
    shape, stride = tuple(source.shape), tuple(source.stride())
    memory = source.as_strided((span(shape, stride),), (1,)).clone()
    return memory.as_strided(shape, stride)


def copy_of_array(array: Any) -> Any:
    """A copy of a NumPy array with the same strides."""
    steps = None if array.flags.c_contiguous else steps_of(array)
    return array.copy() if steps is None else laid_out(reached(array, steps).copy(), array.shape, steps)


def snapshot(value: Any) -> Any:
    """A copy of all that can change in a value: tensors, arrays, and the lists, tuples and dicts that hold them. One of
    a derived type is copied as its base. Other objects are themselves."""
    if isinstance(value, torch.Tensor):
        return copy_of(value) if is_plain(value) else value
    if isinstance(value, np.ndarray):
        return value.copy()
    if isinstance(value, list):
        return [snapshot(item) for item in list.__iter__(value)]
    if isinstance(value, tuple):
        return tuple(snapshot(item) for item in tuple.__iter__(value))
    if isinstance(value, dict):
        return {key: snapshot(item) for key, item in dict.items(value)}
    return value


def unchanged(before: Any, after: Any) -> bool:
    """Whether a value still holds what its snapshot does, NaN equal to NaN."""
    if before is after:
        return True
    if isinstance(before, torch.Tensor):
        return (
            isinstance(after, torch.Tensor)
            and before.shape == after.shape
            and before.dtype == after.dtype
            and before.device == after.device
            and (torch.equal(before, after) or _equal_but_nan(before, after.detach()))
        )
    if isinstance(before, np.ndarray):
        alike = isinstance(after, np.ndarray) and before.shape == after.shape and before.dtype == after.dtype
        return alike and before.tobytes() == after.tobytes()
    if isinstance(before, (list, tuple)):
        return isinstance(after, (list, tuple)) and len(before) == len(after) and all(map(unchanged, before, after))
    if isinstance(before, dict):
        if not isinstance(after, dict) or before.keys() != after.keys():
            return False
        return all(unchanged(before[key], after[key]) for key in before)
    if type(before) in _NUMBERS:
        return type(before) is type(after) and bool(before == after or (before != before and after != after))
    return type(before) is type(after) is str and bool(before == after)


def _equal_but_nan(before: torch.Tensor, after: torch.Tensor) -> bool:
    return bool(((before == after) | ((before != before) & (after != after))).all())
