"""What is put around a function of the reference. Nothing here is run: `attacks.py` copies what a submission needs.

`_audit_KIND(function, *more)` gives the function with the fault KIND. PyTorch is named only by faults that it alone can
have, NumPy by none, since an exercise may forbid either.
"""

from __future__ import annotations

import copy as _audit_copy
from collections.abc import Callable
from typing import Any

import torch as _audit_torch


def _audit_of(value: Any, name: str) -> Any:
    """An attribute, None if there is none. An exercise may forbid to write it with a dot."""
    return getattr(value, name, None)


def _audit_leaves(value: Any) -> list[Any]:
    """The tensors and arrays in it."""
    if hasattr(value, "shape") and hasattr(value, "dtype"):
        return [value]
    if isinstance(value, (list, tuple)):
        return [leaf for item in value for leaf in _audit_leaves(item)]
    return _audit_leaves(list(value.values())) if isinstance(value, dict) else []


def _audit_mapped(change: Callable[..., Any], value: Any) -> Any:
    """The value with every tensor, array and number in it changed."""
    if isinstance(value, (int, float, complex)) or (hasattr(value, "shape") and hasattr(value, "dtype")):
        return change(value)
    if type(value) in (list, tuple):
        return type(value)(_audit_mapped(change, item) for item in value)
    if type(value) is dict:
        return {key: _audit_mapped(change, item) for key, item in value.items()}
    return value


def _audit_name(value: Any) -> str:
    """The dtype's name, such as float64."""
    return str(value.dtype).rpartition(".")[2]


def _audit_marked(value: Any, mask: Any) -> Any:
    """The value, wrong where the mask holds; wholly, where that is True. Numbers are wholly wrong."""
    if not hasattr(value, "shape"):
        return not value if isinstance(value, bool) else value + 1
    if hasattr(value, "masked_fill"):
        held = (value == value) | (value != value) if mask is True else mask
        if _audit_name(value) == "bool":
            return value ^ held
        return value.masked_fill(held, 0.12345) if value.is_floating_point() else value + held
    held = value == value if mask is True else mask
    if _audit_name(value) == "bool":
        return value ^ held
    return value + held * (abs(value) + 1) if value.shape else value + 1


def _audit_result(result: Any, masks: Any) -> Any:
    """The result, wrong where a mask of its shape holds; wholly, if its shape is another and a mask holds anywhere."""

    def change(value: Any) -> Any:
        for mask in masks:
            if getattr(value, "shape", None) == mask.shape:
                value = _audit_marked(value, mask)
            elif mask.any():
                return _audit_marked(value, True)
        return value

    return _audit_mapped(change, result)


def _audit_floats(args: Any, named: Any) -> list[Any]:
    """The floating tensors and arrays among the arguments."""
    leaves = _audit_leaves([args, named])
    return [leaf.detach() if hasattr(leaf, "detach") else leaf for leaf in leaves if "float" in _audit_name(leaf)]


def _audit_entries(function: Callable[..., Any], holds: Callable[..., Any]) -> Callable[..., Any]:
    """Wrong in the entries for which `holds` of the input's entry."""

    def faulty(*args: Any, **named: Any) -> Any:
        masks = [holds(leaf) for leaf in _audit_floats(args, named)]
        return _audit_result(function(*args, **named), masks)

    return faulty


def _audit_beyond(function: Callable[..., Any], bound: float) -> Callable[..., Any]:
    return _audit_entries(function, lambda leaf: abs(leaf) > bound)


def _audit_negative(function: Callable[..., Any]) -> Callable[..., Any]:
    return _audit_entries(function, lambda leaf: leaf < 0)


def _audit_clamped(function: Callable[..., Any], bound: float) -> Callable[..., Any]:
    """Every input clamped to [-bound, bound]."""

    def change(value: Any) -> Any:
        if "float" not in _audit_name(value) or not bool((abs(value) > bound).any()):
            return value
        return value.clip(-bound, bound)

    def faulty(*args: Any, **named: Any) -> Any:
        args, named = _audit_mapped(lambda value: change(value) if hasattr(value, "shape") else value, (args, named))
        return function(*args, **named)

    return faulty


def _audit_capped(function: Callable[..., Any], bound: float) -> Callable[..., Any]:
    """Every result clamped to [-bound, bound]."""

    def change(value: Any) -> Any:
        if not hasattr(value, "clip"):
            return max(-bound, min(bound, value)) if isinstance(value, float) else value
        beyond = "float" in _audit_name(value) and bool((abs(value) > bound).any())
        return value.clip(-bound, bound) if beyond else value

    return lambda *args, **named: _audit_mapped(change, function(*args, **named))


def _audit_thresholded(function: Callable[..., Any], bound: float) -> Callable[..., Any]:
    """Every result that is nearer to 0 than the bound made 0."""

    def change(value: Any) -> Any:
        if not hasattr(value, "shape"):
            return 0.0 if isinstance(value, float) and abs(value) < bound else value
        near = "float" in _audit_name(value) and bool(((abs(value) < bound) & (value != 0)).any())
        return value * (abs(value) >= bound) if near else value

    return lambda *args, **named: _audit_mapped(change, function(*args, **named))


def _audit_whenever(function: Callable[..., Any], holds: Callable[..., Any]) -> Callable[..., Any]:
    """Wholly wrong if `holds` of any tensor or array among the arguments."""

    def faulty(*args: Any, **named: Any) -> Any:
        wrong = any(holds(leaf) for leaf in _audit_leaves([args, named]))
        result = function(*args, **named)
        return _audit_mapped(lambda value: _audit_marked(value, True), result) if wrong else result

    return faulty


def _audit_axes(function: Callable[..., Any], count: int, position: int) -> Callable[..., Any]:
    """Wholly wrong if the argument at this position has so many axes."""

    def faulty(*args: Any, **named: Any) -> Any:
        wrong = len(args) > position and len(args[position].shape) == count
        result = function(*args, **named)
        return _audit_mapped(lambda value: _audit_marked(value, True), result) if wrong else result

    return faulty


def _audit_strided(function: Callable[..., Any]) -> Callable[..., Any]:
    def holds(leaf: Any) -> bool:
        return not (leaf.is_contiguous() if hasattr(leaf, "is_contiguous") else leaf.flags.c_contiguous)

    return _audit_whenever(function, holds)


def _audit_length_one(function: Callable[..., Any]) -> Callable[..., Any]:
    return _audit_whenever(function, lambda leaf: 1 in leaf.shape)


def _audit_ties(function: Callable[..., Any]) -> Callable[..., Any]:
    """Wholly wrong if some entry of a floating argument is equal to another one on its last axis."""

    def holds(leaf: Any) -> bool:
        if "float" not in _audit_name(leaf) or not leaf.shape or leaf.shape[-1] < 2:
            return False
        return any(len(set(row)) < len(row) for row in leaf.reshape(-1, leaf.shape[-1]).tolist())

    return _audit_whenever(function, holds)


def _audit_empty(function: Callable[..., Any]) -> Callable[..., Any]:
    def faulty(*args: Any, **named: Any) -> Any:
        if any(0 in leaf.shape for leaf in _audit_leaves([args, named])):
            raise ValueError("empty")
        return function(*args, **named)

    return faulty


def _audit_row(function: Callable[..., Any], place: int) -> Callable[..., Any]:
    """The first row of a result of several wrong (place 0), or the last (-1)."""

    def change(value: Any) -> Any:
        if not getattr(value, "shape", ()) or value.shape[0] < 2:
            return value
        mask = value != value
        mask = mask & False
        mask[place] = True
        return _audit_marked(value, mask)

    return lambda *args, **named: _audit_mapped(change, function(*args, **named))


def _audit_huge(function: Callable[..., Any]) -> Callable[..., Any]:
    """Whole numbers beyond 2**53 rounded, as they are in a float64."""

    def change(value: Any) -> Any:
        if type(value) is int:
            return int(float(value)) if abs(value) > 2**53 else value
        if not hasattr(value, "dtype") or _audit_name(value) != "int64" or not bool((abs(value) > 2**53).any()):
            return value
        return value.double().long() if hasattr(value, "double") else value.astype("float64").astype("int64")

    def faulty(*args: Any, **named: Any) -> Any:
        args, named = _audit_mapped(change, (args, named))
        return function(*args, **named)

    return faulty


def _audit_address(value: Any) -> Any:
    """Where the memory of a tensor or an array begins."""
    while hasattr(value, "__array_interface__") and value.base is not None:
        value = value.base
    if hasattr(value, "untyped_storage"):
        return value.untyped_storage().data_ptr()
    return value.__array_interface__["data"][0] if hasattr(value, "__array_interface__") else id(value)


def _audit_same(left: Any, right: Any) -> bool:
    """Whether both are tensors or arrays of one kind, shape, dtype and device, and their numbers are equal."""
    alike = type(left) is type(right) and left.shape == right.shape and left.dtype == right.dtype
    here = str(getattr(left, "device", "")) == str(getattr(right, "device", ""))
    return alike and here and bool((left == right).all())


def _audit_modules(args: Any, named: Any) -> list[Any]:
    """The modules among the arguments."""
    return [value for value in (*args, *named.values()) if hasattr(value, "training") and hasattr(value, "parameters")]


def _audit_learned(args: Any, named: Any) -> list[Any]:
    """The leaves that require gradients, among the arguments and in modules."""
    parameters = [parameter for module in _audit_modules(args, named) for parameter in module.parameters()]
    leaves = [leaf for leaf in _audit_leaves([args, named]) if getattr(leaf, "is_leaf", False)]
    return [leaf for leaf in (*leaves, *parameters) if _audit_of(leaf, "requires_grad")]


def _audit_itself(function: Callable[..., Any]) -> Callable[..., Any]:
    """A tensor that is equal to an argument is that argument."""

    def faulty(*args: Any, **named: Any) -> Any:
        result = function(*args, **named)
        leaves = _audit_leaves([args, named])
        return _audit_mapped(lambda value: next((leaf for leaf in leaves if _audit_same(value, leaf)), value), result)

    return faulty


def _audit_view(function: Callable[..., Any]) -> Callable[..., Any]:
    """A tensor that is equal to an argument is a view of it."""

    def faulty(*args: Any, **named: Any) -> Any:
        result = function(*args, **named)
        leaves = _audit_leaves([args, named])

        def change(value: Any) -> Any:
            return next((leaf[...] for leaf in leaves if _audit_same(value, leaf)), value)

        return _audit_mapped(change, result)

    return faulty


def _audit_copied(function: Callable[..., Any]) -> Callable[..., Any]:
    """A copy of what comes back."""

    def change(value: Any) -> Any:
        return value.clone() if hasattr(value, "clone") else value.copy() if hasattr(value, "copy") else value

    def faulty(*args: Any, **named: Any) -> Any:
        result = function(*args, **named)
        return _audit_copy.deepcopy(result) if hasattr(result, "parameters") else _audit_mapped(change, result)

    return faulty


def _audit_reused(function: Callable[..., Any]) -> Callable[..., Any]:
    """Results of one shape and dtype are one object, which the next call overwrites."""
    kept: dict[Any, Any] = {}

    def change(value: Any) -> Any:
        if not hasattr(value, "shape") or _audit_of(value, "requires_grad"):
            return value
        old = kept.setdefault((type(value), value.shape, value.dtype, str(getattr(value, "device", ""))), value)
        if old is not value:
            old[...] = value
        return old

    return lambda *args, **named: _audit_mapped(change, function(*args, **named))


def _audit_remembered(function: Callable[..., Any]) -> Callable[..., Any]:
    """The same object again where the arguments are equal to those of the call before."""
    kept: list[Any] = []

    def faulty(*args: Any, **named: Any) -> Any:
        given = _audit_plain([*args, *named.items()])
        if not kept or kept[0] != given:
            kept[:] = [given, function(*args, **named)]
        return kept[1]

    return faulty


def _audit_plain(value: Any) -> Any:
    """Something that is equal for equal values, NaN among them."""
    if hasattr(value, "shape") and hasattr(value, "dtype"):
        flag = bool(_audit_of(value, "requires_grad"))
        return (type(value), value.dtype, tuple(value.shape), flag, repr(value.tolist()))
    if isinstance(value, (list, tuple)):
        return [_audit_plain(item) for item in value]
    return [_audit_plain(item) for item in value.items()] if isinstance(value, dict) else value


def _audit_modes(function: Callable[..., Any]) -> Callable[..., Any]:
    """Every module that it was given is in the other mode afterwards."""

    def faulty(*args: Any, **named: Any) -> Any:
        result = function(*args, **named)
        for module in _audit_modules(args, named):
            module.train(not module.training)
        return result

    return faulty


def _audit_gradients(function: Callable[..., Any]) -> Callable[..., Any]:
    """1 is added to the .grad of whatever learns."""

    def faulty(*args: Any, **named: Any) -> Any:
        result = function(*args, **named)
        for leaf in _audit_learned(args, named):
            ones = leaf.detach() * 0 + 1
            leaf.grad = ones if leaf.grad is None else leaf.grad + ones
        return result

    return faulty


def _audit_lists(function: Callable[..., Any]) -> Callable[..., Any]:
    """The lists and dicts that it was given have one item less afterwards."""

    def faulty(*args: Any, **named: Any) -> Any:
        result = function(*args, **named)
        for value in (*args, *named.values()):
            if type(value) is list and value:
                value.pop()
            elif type(value) is dict and value:
                value.popitem()
        return result

    return faulty


def _audit_history(function: Callable[..., Any]) -> Callable[..., Any]:
    """Floating results have a history, although no input has one."""

    def faulty(*args: Any, **named: Any) -> Any:
        result = function(*args, **named)
        if any(_audit_of(leaf, "requires_grad") for leaf in _audit_leaves([args, named])):
            return result

        def change(value: Any) -> Any:
            if not hasattr(value, "detach") or _audit_of(value, "requires_grad") or not value.is_floating_point():
                return value
            with _audit_torch.enable_grad():
                return value * _audit_torch.ones((), dtype=value.dtype, device=value.device, requires_grad=True)

        return _audit_mapped(change, result)

    return faulty


def _audit_grad_mode(function: Callable[..., Any]) -> Callable[..., Any]:
    def faulty(*args: Any, **named: Any) -> Any:
        result = function(*args, **named)
        _audit_torch.set_grad_enabled(not _audit_torch.is_grad_enabled())
        return result

    return faulty
