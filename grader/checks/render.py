"""Any value as one short line, and a call as a learner would write it.

The texts are code-like, so that they read the same in every language: `tensor([1.0, 2.5, …], shape=[64],
dtype=float64)`. They cost little whatever the value's size, and show nothing unprintable.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from types import MappingProxyType
from typing import Any

import numpy as np
import torch

from grader.checks.advice.quote import MORE, visible
from grader.wire.values import Call, Opaque, Probe, Remote

_FULL = 16  # tensors up to so many elements are shown whole, where they fit
_ITEMS = 8
_DEPTH = 3


def short(value: Any, width: int = 72) -> str:
    """One line of at most `width` characters that shows `value`, whole or by its beginning and its size."""
    return cut(_text(value, width, _DEPTH), width)


def cut(text: str, width: int) -> str:
    """`text`, or its beginning and an ellipsis."""
    return text if len(text) <= width else text[: max(width - 1, 0)] + MORE


def clean(text: str, width: int = 200) -> str:
    """A string of the submission's on one line: shortened, with control and formatting characters escaped."""
    return cut("".join(map(visible, text[: width + 1])), width)


def dtype_name(block: Any) -> str:
    """As torch and NumPy name it, without `torch.`."""
    return str(block.dtype).removeprefix("torch.")


def argument_names(call: Call, parameter_names: tuple[str, ...]) -> list[str]:
    """The name of each argument by its position: the parameters', then the keywords'; `args[2]` where unknown."""
    named = [parameter_names[i] if i < len(parameter_names) else f"args[{i}]" for i in range(len(call.args))]
    return named + list(call.kwargs)


def function_name(call: Call) -> str:
    """The function's name, or the probe's."""
    return call.target.name if isinstance(call.target, Probe) else call.target


def call_lines(
    call: Call, parameter_names: tuple[str, ...] = (), width: int = 72, lines: Mapping[str, str] = MappingProxyType({})
) -> tuple[str, tuple[str, ...]]:
    """`f(x, n=3)`, and a line `x = tensor(...)` for every argument too large for it.

    lines: such lines by the argument's name, where the beginning is not what is to be seen.
    """
    arguments = list(zip(argument_names(call, parameter_names), [*call.args, *call.kwargs.values()], strict=True))
    inline = [_inline(name, value) for name, value in arguments]
    below = tuple(
        lines.get(name) or f"{name} = {short(value, (2 * width if _is_container(value) else width) - len(name) - 3)}"
        for name, value in arguments
        if not _is_small(value)
    )
    name = function_name(call)
    head = f"{name}({', '.join(inline)})"
    if len(head) > width:
        fits = fitting(inline, width - len(name) - len(f"(, {MORE})"))
        head = cut(f"{name}({', '.join([*fits, MORE])})", width)
    return head, below


def _inline(name: str, value: Any) -> str:
    if not _is_small(value):
        return name
    return short(value, 24) if name.startswith("args[") else f"{name}={short(value, 24)}"


def _is_container(value: Any) -> bool:
    return isinstance(value, (list, tuple, dict))


def _is_small(value: Any) -> bool:
    return isinstance(value, int | float | complex | None) or (isinstance(value, str) and len(value) < 20)


def number_text(value: complex, digits: int = 6) -> str:
    """A number with so many significant digits; floats keep a point, so that 1.0 is told from 1."""
    if isinstance(value, int):
        return _whole_text(value)
    text = f"{value:.{digits}g}"
    return text if isinstance(value, complex) or any(mark in text for mark in ".en") else text + ".0"


def _whole_text(value: int) -> str:
    """All digits; of a long number the first and the last ones, since rounding changes the last; of one that Python
    refuses to print its power of two."""
    if value.bit_length() < 200:
        return str(value)
    sign = "-" if value < 0 else ""
    if value.bit_length() > 10_000:
        return f"{sign}2**{value.bit_length() - 1}{MORE}"
    digits = str(abs(value))
    return f"{sign}{digits[:12]}{MORE}{digits[-12:]}"


def _text(value: Any, width: int, depth: int) -> str:
    if value is None or isinstance(value, (bool, np.bool_)):
        return str(value)
    if isinstance(value, torch.Tensor):
        if value.layout != torch.strided or value.is_meta:
            return f"tensor(shape={list(value.shape)}, dtype={dtype_name(value)})"
        return _block_text("tensor", value.detach(), width)
    if isinstance(value, np.ndarray):
        return _block_text("array", value, width)
    if isinstance(value, bytes):
        return repr(value[:width])
    if isinstance(value, str):
        return f"'{clean(value, max(width - 2, 4))}'"
    if isinstance(value, np.generic):
        return f"{value.dtype}({cut(_element_text(value.item()), 24)})"
    if isinstance(value, (int, float, complex)):
        return number_text(value)
    if _is_container(value):
        return _container_text(value, width, depth)
    return f"<{_object_name(value)}>"


def _object_name(value: Any) -> str:
    if isinstance(value, (Remote, Opaque)):
        return clean(value.type_name, 40)
    name = value.name if isinstance(value, Probe) else getattr(value, "__name__", type(value).__name__)
    return clean(name, 40)


def _container_text(value: list[Any] | tuple[Any, ...] | dict[Any, Any], width: int, depth: int) -> str:
    opening, closing = ("{", "}") if isinstance(value, dict) else ("[", "]") if isinstance(value, list) else ("(", ")")
    if depth == 0:
        return f"{opening}{MORE}{closing}" if value else opening + closing
    most = _ITEMS if len(value) > _FULL else _FULL
    # If the entries of the tensors in it do not fit, their shapes may.
    for brief in (False, True):
        items = list(islice(_item_texts(value, width, depth - 1, brief), most))
        whole = opening + ", ".join(items) + ("," if isinstance(value, tuple) and len(value) == 1 else "") + closing
        if len(items) == len(value) and len(whole) <= width:
            return whole
    ending = f", {MORE}{closing} len={len(value)}"
    return opening + ", ".join(fitting(items, width - len(ending) - 1)) + ending


def _item_texts(value: Any, width: int, depth: int, brief: bool) -> Iterable[str]:
    def text(item: Any) -> str:
        if brief and isinstance(item, (torch.Tensor, np.ndarray)):
            return f"{'tensor' if isinstance(item, torch.Tensor) else 'array'}{list(item.shape)}"
        return _text(item, width // 2, depth)

    if isinstance(value, Mapping):
        return (f"{_text(key, 30, 1)}: {text(item)}" for key, item in value.items())
    return (text(item) for item in value)


def fitting(items: list[str], width: int) -> list[str]:
    """The first items that together fit `width`; at least one."""
    taken, used = items[:1], len(items[0]) if items else 0
    for item in items[1:]:
        used += len(item) + 2
        if used > width:
            break
        taken.append(item)
    return taken


def _block_text(word: str, block: Any, width: int) -> str:
    """A tensor or array: whole if small, else the start of its first row, its shape and its dtype."""
    shape, dtype = list(block.shape), dtype_name(block)
    if 0 in shape:
        return f"{word}([], shape={shape}, dtype={dtype})"
    if math.prod(shape) <= _FULL and len(shape) <= 4:
        whole = f"{word}({_nested(block.tolist(), _element_text)}, dtype={dtype})"
        if len(whole) <= width:
            return whole
    row = block[(0,) * (len(shape) - 1)] if shape else block.reshape(1)
    depth = min(len(shape), 3)
    ending = f", shape={shape}, dtype={dtype})"
    room = width - len(word) - len(ending) - 2 * depth - len(f"(, {MORE}")
    items = fitting([_element_text(item) for item in row[:_FULL].tolist()], room)
    inner = f"{'[' * depth}{', '.join(items)}"
    if len(items) < len(row):
        return f"{word}({inner}, {MORE}{']' * depth}{ending}"
    return f"{word}({inner}{f'], {MORE}' if depth > 1 else ''}{']' * min(depth, max(depth - 1, 1))}{ending}"


def _nested(items: Any, text: Callable[[Any], str]) -> str:
    return f"[{', '.join(_nested(item, text) for item in items)}]" if isinstance(items, list) else text(items)


def _element_text(value: Any) -> str:
    if isinstance(value, (bool, type(None))):
        return str(value)
    if isinstance(value, (int, float, complex)):
        return number_text(value, 4)
    return cut(repr(value) if isinstance(value, bytes) else clean(str(value), 20), 22)
