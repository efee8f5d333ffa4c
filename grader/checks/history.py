"""What a failing call has in common with none of the check's calls before it, which were right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from grader.checks.mismatch import as_tensor
from grader.checks.render import function_name, short
from grader.text import Message, listed, say
from grader.wire.values import Call, Probe

_PLAIN = (bool, int, float, str, type(None))


def unlike_before(call: Call, passed: Sequence[Call], names: list[str]) -> Message | None:
    """The one thing in which this call differs from the last that was right: a plain argument, or shapes.

    None where more than one does, a dtype among them, or nothing but the numbers.
    """
    before = [earlier for earlier in passed if _form(earlier) is not None and _form(earlier) == _form(call)]
    if not before:
        return None
    pairs = list(zip(names, _values(before[-1]), _values(call), strict=True))
    plain = [(name, old, new) for name, old, new in pairs if isinstance(new, _PLAIN) and not _same(old, new)]
    if any(_dtype(old) != _dtype(new) for _, old, new in pairs):
        return None
    both = [(name, _shape(old), _shape(new)) for name, old, new in pairs]
    shapes = [(name, old_shape, new_shape) for name, old_shape, new_shape in both if old_shape != new_shape]
    if len(plain) == 1 and not shapes:
        name, old, new = plain[0]
        was, is_now = f"{name}={short(old, 30)}", f"{name}={short(new, 30)}"
        return say("With {before} this check's call was right; with {now} it is not.", before=was, now=is_now)
    if not plain and shapes:
        return _of_shapes(shapes)
    return None


def _form(call: Call) -> tuple[Any, ...] | None:
    """What two calls must share to be held against each other; None where more than the arguments decides."""
    bound = isinstance(call.target, Probe) and bool(call.target.args)
    asked_for = (call.requires_grad, call.twin, call.effects, call.identity)
    return None if bound or call.replace else (function_name(call), len(call.args), tuple(call.kwargs), asked_for)


def _of_shapes(shapes: list[tuple[str, Any, Any]]) -> Message | None:
    if any(old is None or new is None for _, old, new in shapes):
        return None
    fields = {
        "before": listed(f"{name}: {list(old)}" for name, old, _ in shapes),
        "now": listed(f"{name}: {list(new)}" for name, _, new in shapes),
    }
    squares = [(_is_square(old), _is_square(new)) for _, old, new in shapes]
    if (True, False) in squares and all(old or not new for old, new in squares):
        return say("With square inputs ({before}) this check's call was right; with {now} it is not.", **fields)
    return say("With these shapes this check's call was right: {before}; with these it is not: {now}.", **fields)


def _is_square(shape: tuple[int, ...]) -> bool:
    return len(shape) == 2 and shape[0] == shape[1]


def _values(call: Call) -> Iterator[Any]:
    yield from call.args
    yield from call.kwargs.values()


def _same(old: Any, new: Any) -> bool:
    return type(old) is type(new) and old == new


def _dtype(value: Any) -> Any:
    return getattr(value, "dtype", None)


def _shape(value: Any) -> tuple[int, ...] | None:
    block = as_tensor(value)
    return None if block is None else tuple(block.shape)
