"""Which tensors PyTorch lets meet in one call when some of them are on the CPU and some are not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import torch

from grader.fault import meant

#: Says of a tensor whether it is on the other device.
IsThere = Callable[[torch.Tensor], bool]

#: These take tensors of both devices: they copy from one to the other, or ask for no more than a shape or a dtype.
_FREE = frozenset(
    {
        "copy_",
        "result_type",
        "can_cast",
        "expand_as",
        "view_as",
        "reshape_as",
        "is_same_size",
        "new_tensor",
        "tensor_split",
        "_pack_padded_sequence",
        "is_set_to",
        "_has_compatible_shallow_copy_type",
    }
)

#: Operators that write into their first operand, and are not named like add_.
_IN_PLACE = frozenset(
    {
        "__iadd__", "__isub__", "__imul__", "__imatmul__", "__itruediv__", "__ifloordiv__", "__imod__", "__ipow__",
        "__iand__", "__ior__", "__ixor__", "__ilshift__", "__irshift__",
    }
)  # fmt: skip


class Found(NamedTuple):
    """A tensor among a call's arguments; `listed`: inside a list or tuple, as for torch.cat."""

    tensor: torch.Tensor
    listed: bool


def found_in(value: Any, listed: bool = False) -> Iterator[Found]:
    """Every tensor in an argument, those in lists, tuples and dicts included."""
    if isinstance(value, torch.Tensor):
        yield Found(value, listed)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from found_in(item, True)
    elif isinstance(value, dict):
        for item in value.values():
            yield from found_in(item, listed)


def refuse_mixing(name: str, args: tuple[Any, ...], kwargs: dict[str, Any], is_there: IsThere, device: object) -> None:
    """Raise PyTorch's RuntimeError where a call of the function `name` may not mix these tensors."""
    if name == "__getitem__":
        _refuse_index(args[0], args[1], is_there, device)
    elif name in ("__setitem__", "index_put", "index_put_"):
        _refuse_index(args[0], args[1], is_there, device)
        if len(args) > 2 and _holds_tensor(args[1]):
            _refuse_operands(name, (args[0], args[2]), {}, is_there, device)
        # Without a tensor among the indices this is a copy, which crosses devices.
    elif name not in _FREE:
        _refuse_operands(name, args, kwargs, is_there, device)


def _refuse_operands(
    name: str, args: tuple[Any, ...], kwargs: dict[str, Any], is_there: IsThere, device: object
) -> None:
    operands = [found for argument in (*args, *kwargs.values()) for found in found_in(argument)]
    here = [found for found in operands if not is_there(found.tensor)]
    if not here or len(here) == len(operands):
        return
    written = operands[0].tensor if name in _IN_PLACE or (name.endswith("_") and not name.endswith("__")) else None
    # A CPU tensor of no axes counts as a number, but not as the place for a result, nor as a part of torch.stack's.
    if all(found.tensor.dim() == 0 and not found.listed and found.tensor is not written for found in here):
        return
    text = f"Expected all tensors to be on the same device, but found at least two devices, {device} and cpu!"
    raise meant(RuntimeError(text))


def _refuse_index(tensor: torch.Tensor, index: Any, is_there: IsThere, device: object) -> None:
    """A tensor's indices may be on the CPU or with the tensor; a whole number in a tensor is as good as a number."""
    if not isinstance(tensor, torch.Tensor) or is_there(tensor):
        return
    if any(is_there(found.tensor) and not _is_whole_number(found.tensor) for found in found_in(index)):
        text = (
            f"indices should be either on cpu or on the same device as the indexed tensor (cpu); some are on {device}"
        )
        raise meant(RuntimeError(text))


def _holds_tensor(index: Any) -> bool:
    return any(not _is_whole_number(found.tensor) for found in found_in(index))


def _is_whole_number(tensor: torch.Tensor) -> bool:
    return tensor.dim() == 0 and not tensor.is_floating_point() and tensor.dtype not in (torch.bool, torch.uint8)
