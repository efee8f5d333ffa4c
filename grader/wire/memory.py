"""How the numbers of a tensor or array lie in memory, and in whose: who shares memory changes with the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import torch

from grader.twin import Twin

_TENSORS = (torch.Tensor, torch.nn.Parameter, Twin)


def is_plain(value: Any) -> bool:
    """Whether it is a tensor with memory that strides describe, and not of a class of the submission's."""
    if type(value) not in _TENSORS or value.layout is not torch.strided:
        return False
    return bool(value.device.type != "meta" and not value.is_nested)


def memory_of(value: Any) -> int:
    """The address at which the memory of a tensor or array begins, that of the whole which it is a view of. 0 where
    there is none: no entries, another layout, another kind of value. Exact types only: others may lie about it."""
    if type(value) is np.ndarray:
        return _of_array(value)
    return int(value.untyped_storage().data_ptr()) if is_plain(value) else 0


def _of_array(array: Any) -> int:
    if array.size == 0:
        return 0
    while type(array.base) is np.ndarray:
        array = array.base
    # An array made by x.numpy() is a view of x, which may itself be a part of something larger.
    return memory_of(array.base) or int(array.__array_interface__["data"][0])


def leaves_of(value: Any) -> Iterator[Any]:
    """What lies in lists, tuples and dicts, however deep, also where one holds itself; another value by itself."""
    seen: set[int] = set()
    waiting = [value]
    while waiting:
        part = waiting.pop()
        if type(part) not in (list, tuple, dict):
            yield part
        elif id(part) not in seen:
            seen.add(id(part))
            waiting += part.values() if type(part) is dict else part


def span(shape: Sequence[int], stride: Sequence[int]) -> int:
    """How many elements of memory a strided tensor or array reaches over; a step may be negative."""
    if 0 in shape:
        return 0
    return 1 + sum((size - 1) * abs(step) for size, step in zip(shape, stride, strict=True))


def steps_of(array: Any) -> tuple[int, ...] | None:
    """An array's strides, counted in elements; None where they are no multiples of one, or it has no entries."""
    if array.size == 0 or any(stride % array.itemsize for stride in array.strides):
        return None
    return tuple(
        stride // array.itemsize if size > 1 else 1 for size, stride in zip(array.shape, array.strides, strict=True)
    )


def reached(array: Any, steps: Sequence[int]) -> Any:
    """All the memory that an array reaches over, as an array of one axis; not copied."""
    upwards = array[tuple(slice(None, None, -1 if step < 0 else 1) for step in steps)]
    return np.lib.stride_tricks.as_strided(upwards, (span(array.shape, steps),), (array.itemsize,))


def laid_out(memory: Any, shape: tuple[int, ...], steps: Sequence[int]) -> Any:
    """The array of this shape that lies in so much memory, which is as `reached` gives it. Not copied."""
    if 0 in shape:
        return np.empty(shape, memory.dtype)
    first = sum((size - 1) * -step for size, step in zip(shape, steps, strict=True) if step < 0)
    strides = tuple(step * memory.itemsize for step in steps)
    return np.ndarray(shape, memory.dtype, memory, first * memory.itemsize, strides)
