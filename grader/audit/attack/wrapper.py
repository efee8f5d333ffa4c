"""What is put around a function of the reference. Nothing here is run: `attacks.py` copies what a submission needs.

`_audit_KIND(function, *more)` gives the function with the fault KIND. PyTorch and NumPy are not named, since an
exercise may forbid either.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


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
