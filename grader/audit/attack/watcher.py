"""What is put around a function of the reference to see what the checks' calls are like; as wrapper.py, copied and not
run here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from grader.audit.attack.wrapper import (
    _audit_address,
    _audit_learned,
    _audit_leaves,
    _audit_mapped,
    _audit_modules,
    _audit_name,
    _audit_of,
    _audit_plain,
    _audit_same,
)


def _audit_tried(function: Callable[..., Any], args: Any) -> Any:
    """What it gives for other arguments, None if that is nothing; they are copied, since it may change them."""
    try:
        return function(*_audit_mapped(lambda value: value * 1, args))
    except (ArithmeticError, IndexError, KeyError, RuntimeError, TypeError, ValueError):
        return None


def _audit_differ(left: Any, right: Any) -> bool:
    """Whether these are results with other numbers."""
    return left is not None and right is not None and repr(_audit_plain(left)) != repr(_audit_plain(right))


def _audit_swapped(args: Any, leaves: list[Any], change: Callable[..., Any]) -> Any:
    """The arguments with these tensors and arrays changed."""

    def changed(value: Any) -> Any:
        if any(value is leaf for leaf in leaves):
            return change(value.detach() if hasattr(value, "detach") else value)
        return value

    return _audit_mapped(changed, args)


def _audit_only_numbers(value: Any) -> bool:
    """Whether a call with it may be made again: no object in it that the call could change."""
    if isinstance(value, (list, tuple)):
        return all(_audit_only_numbers(item) for item in value)
    if isinstance(value, dict):
        return all(_audit_only_numbers(item) for item in value.values())
    plain = value is None or isinstance(value, (int, float, str)) or hasattr(value, "dtype")
    return plain or str(type(value)) in ("<class 'function'>", "<class 'torch.dtype'>")


def _audit_watched(function: Callable[..., Any], name: str) -> Callable[..., Any]:
    """Prints what it meets, each fact once: `@audit NAME FACT`."""
    seen: set[str] = set()
    tried: list[int] = []

    def see(fact: str, holds: Any = True) -> None:
        if holds and fact not in seen:
            seen.add(fact)
            print(f"\n@audit {name} {fact}", flush=True)

    def see_sizes(values: Any) -> None:
        for value in values:
            if "float" in _audit_name(value):
                see("gives_large", bool((abs(value) > 100).any()))
                see("gives_tiny", bool(((abs(value) < 1e-6) & (value != 0)).any()))

    def try_others(args: Any) -> None:
        """What a hundred times as large numbers would give, and whether their clamping or rounding would show."""
        if len(tried) == 3 or not _audit_only_numbers(args):
            return
        tried.append(1)
        see("tried")
        floats = [leaf for leaf in _audit_leaves(args) if "float" in _audit_name(leaf)]
        large = _audit_swapped(args, floats, lambda leaf: leaf * 100)
        result = _audit_tried(function, large)
        see_sizes(_audit_leaves(result))
        clamped = _audit_swapped(args, floats, lambda leaf: (leaf * 100).clip(-5, 5))
        see("clamping_matters", floats and _audit_differ(result, _audit_tried(function, clamped)))
        whole = [leaf for leaf in _audit_leaves(args) if _audit_name(leaf) == "int64"][:1]
        huge, rounded = (_audit_swapped(args, whole, lambda leaf, n=n: leaf * 0 + n) for n in (2**53 + 1, 2**53))
        differ = bool(whole) and _audit_differ(_audit_tried(function, huge), _audit_tried(function, rounded))
        see("rounding_matters", differ)

    def see_memory(values: Any, leaves: Any, before: Any) -> None:
        for value in values:
            if 0 not in value.shape:
                owned = any(_audit_address(leaf) == _audit_address(value) for leaf in leaves)
                itself = any(value is leaf for leaf in leaves)
                see("gives_itself" if itself else "gives_views" if owned else "gives_new")
                see("gives_equal", not owned and any(_audit_same(value, old) for old in before))

    def faulty(*args: Any, **named: Any) -> Any:
        given, leaves = (*args, *named.values()), _audit_leaves([args, named])
        see("called")
        see("takes_containers", any(type(value) in (list, dict) for value in given))
        see("takes_modules", _audit_modules(args, named))
        see("takes_learned", _audit_learned(args, named))
        before = [leaf.detach().clone() if hasattr(leaf, "detach") else leaf.copy() for leaf in leaves]
        try_others(args)
        result = function(*args, **named)
        values = _audit_leaves(result)
        see("gives_modules", any(result is value for value in _audit_modules(args, named)))
        see("gives_rows", any(value.shape and value.shape[0] > 1 for value in values))
        see("gives_history", any(_audit_of(value, "requires_grad") for value in values))
        see("gives_numbers", isinstance(result, float) or any("float" in _audit_name(value) for value in values))
        see("gives_floats", any(hasattr(value, "detach") and value.is_floating_point() for value in values))
        see_sizes(values)
        see_memory(values, leaves, before)
        return result

    return faulty
