"""Which numbers of the inputs belong to the entry that is furthest off, so that a report can show these."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
from msgspec import structs

from grader.checks.closeness import close, tight_tolerance
from grader.checks.mismatch import as_tensor
from grader.checks.render import number_text
from grader.text import Message, listed
from grader.wire.values import Call, Outcome

#: An index, from the first axis on.
Index = tuple[int, ...]
#: What the reference gives for a call; None where it can't be asked.
Ask = Callable[[Call], Outcome | None]


class Belonging(msgspec.Struct, frozen=True):
    """The number of the input `name` that belongs to an entry of the result, and its index there."""

    name: str
    index: Index
    value: str

    @property
    def text(self) -> str:
        """`x = -5.31`."""
        return f"{self.name} = {self.value}"


def belonging(
    call: Call, names: list[str], worst: Index, shape: Index, is_right: Callable[[Call], bool] | None = None
) -> tuple[Belonging, ...]:
    """The numbers of the inputs from which the entry `worst` of a result of this shape comes; () where it is not sure.

    is_right: whether the reference, given one entry of each such input, gives that entry of the result. Without it
    inputs are taken only if all have the result's own shape.
    """
    placed = _places(call, names, worst, shape)
    if not placed or any(tuple(part.shape) != shape for part in call.upstream or ()):
        return ()
    if not _alike(call, shape) and (is_right is None or not is_right(at_one_place(call, names, placed, worst))):
        return ()
    values = dict(zip(names, [*call.args, *call.kwargs.values()], strict=True))
    return tuple(Belonging(name, index, number_text(values[name][index].item(), 6)) for name, index in placed.items())


def _places(call: Call, names: list[str], worst: Index, shape: Index) -> dict[str, Index]:
    """Of each block of numbers among the arguments the index that meets `worst` when it is broadcast to `shape`; empty
    if one of them can't be."""
    found: dict[str, Index] = {}
    for name, value in zip(names, [*call.args, *call.kwargs.values()], strict=True):
        if isinstance(value, (list, tuple, dict)):
            return {}
        block = as_tensor(value)
        if block is None or block.ndim == 0:
            continue
        if block.ndim > len(shape) or any(
            a not in (1, b) for a, b in zip(block.shape, shape[-block.ndim :], strict=True)
        ):
            return {}
        place = worst[len(shape) - block.ndim :]
        found[name] = tuple(0 if size == 1 else i for i, size in zip(place, block.shape, strict=True))
    return found


def _alike(call: Call, shape: Index) -> bool:
    """Whether all blocks of numbers have the result's shape, in a way that no product of matrices has."""
    blocks = [
        block for block in map(as_tensor, [*call.args, *call.kwargs.values()]) if block is not None and block.ndim
    ]
    return all(tuple(block.shape) == shape for block in blocks) and (len(shape) == 1 or len(blocks) == 1)


def at_one_place(call: Call, names: list[str], placed: dict[str, Index], worst: Index) -> Call:
    """The call with each of these inputs cut down to the entry at its index, its number of axes kept; and what comes
    from above of a gradient, which has the result's shape, to that at `worst`."""

    def cut(name: str, value: Any) -> Any:
        return value[tuple(slice(i, i + 1) for i in placed[name])] if name in placed else value

    args = tuple(cut(name, value) for name, value in zip(names, call.args, strict=False))
    kwargs = {name: cut(name, value) for name, value in call.kwargs.items()}
    upstream = call.upstream and tuple(part[tuple(slice(i, i + 1) for i in worst)] for part in call.upstream)
    return structs.replace(call, args=args, kwargs=kwargs, upstream=upstream)


def is_entry(value: Any, known: Any, worst: Index) -> bool:
    """Whether `value` is a block of one entry, and that is the entry `worst` of the block `known`."""
    block, whole = as_tensor(value), as_tensor(known)
    if block is None or whole is None or block.numel() != 1 or block.dtype != whole.dtype:
        return False
    one = whole[worst].reshape(1)
    return bool(close(block.reshape(1), one, tight_tolerance(one)).all())


def listed_words(found: tuple[Belonging, ...]) -> Message:
    """`x = -5.31, y = 2`."""
    return listed(one.text for one in found)
