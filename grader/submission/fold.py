"""Works out small constant expressions, as far as names of attributes are made of them. Bounded; nothing is run."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

_LONGEST = 200
_LARGEST = 1 << 64

#: What a constant's method or a builtin may be asked for.
_METHODS = frozenset(
    {
        "join", "replace", "lower", "upper", "title", "capitalize", "casefold", "swapcase", "strip", "lstrip", "rstrip",
        "removeprefix", "removesuffix", "decode", "encode", "split", "format", "__add__",
    }
)  # fmt: skip
_CODECS = frozenset({"utf-8", "utf8", "ascii", "latin-1"})


def folded(node: ast.expr, value: Callable[[ast.expr], object]) -> object:
    """The constant that an expression is, from those of its parts; None where one is missing.

    value: the constant of a part. Results are str, bytes, int, or lists of them, at most 200 long.
    """
    try:
        result = _folded(node, value)
    except (TypeError, ValueError, IndexError, KeyError, LookupError, AttributeError, OverflowError):
        return None
    return result[:_LONGEST] if isinstance(result, (str, bytes, list)) else result


def _folded(node: ast.expr, value: Callable[[ast.expr], object]) -> Any:
    match node:
        case ast.Constant(value=str() | bytes() as constant):
            return constant
        case ast.Constant(value=int() as constant):
            return constant if constant < _LARGEST else None
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return _minus(value(operand))
        case ast.List(elts=parts) | ast.Tuple(elts=parts):
            return _all(parts, value)
        case ast.JoinedStr(values=parts):
            texts = _flat(_all(parts, value))
            return None if texts is None else "".join(map(str, texts))
        case ast.FormattedValue(value=part, conversion=-1, format_spec=None):
            return value(part)
        case ast.BinOp(left=left, op=operator, right=right):
            return _operated(operator, value(left), value(right))
        case ast.Subscript(value=holder, slice=index):
            return _item(value(holder), index, value)
        case ast.Call(func=function, args=arguments, keywords=[]):
            return _called(function, _all(arguments, value), value)
    return None


def _all(parts: list[ast.expr], value: Callable[[ast.expr], object]) -> list[Any] | None:
    found = [value(part) for part in parts[:_LONGEST]]
    return None if any(part is None for part in found) else found


def _flat(values: list[Any] | None) -> list[Any] | None:
    """The values, if they may be written out: as text, a list of lists of lists is as long as it has leaves."""
    nested = any(isinstance(part, list) for value in values or () if isinstance(value, list) for part in value)
    return None if nested else values


def _minus(number: object) -> int | None:
    return -number if isinstance(number, int) else None


def _operated(operator: ast.operator, left: Any, right: Any) -> Any:
    if left is None or right is None:
        return None
    if isinstance(left, int) and isinstance(right, int):
        return left + right if isinstance(operator, ast.Add) and max(abs(left), abs(right)) < 1 << 32 else None
    if isinstance(operator, ast.Add):
        return left + right
    if isinstance(operator, ast.Mult):
        text, times = (right, left) if isinstance(left, int) else (left, right)
        return text * min(times, _LONGEST // max(len(text), 1) + 1)
    if isinstance(operator, ast.Mod) and _plain_template(left, "%"):
        values = _flat(right if isinstance(right, list) else [right])
        return None if values is None else left % tuple(values)
    return None


def _plain_template(text: object, mark: str) -> bool:
    """Whether a template gives no widths, which could ask for gigabytes."""
    return isinstance(text, str) and mark in text and not any(c.isdigit() or c in "*:!.[" for c in text)


def _item(holder: Any, index: ast.expr, value: Callable[[ast.expr], object]) -> Any:
    if not isinstance(holder, (str, bytes, list)):
        return None
    if isinstance(index, ast.Slice):
        bounds: list[Any] = [value(bound) if bound else None for bound in (index.lower, index.upper, index.step)]
        return holder[slice(*bounds)]
    position: Any = value(index)
    return holder[position]


def _called(function: ast.expr, arguments: list[Any] | None, value: Callable[[ast.expr], object]) -> Any:
    if arguments is None:
        return None
    match function, arguments:
        case ast.Name(id="chr"), [int(code)]:
            return chr(code)
        case ast.Name(id="str"), [str(text)]:
            return text
        case ast.Attribute(value=holder, attr=method), _ if method in _METHODS:
            return _method(value(holder), method, arguments)
    return None


def _method(holder: Any, method: str, arguments: list[Any]) -> Any:
    if not isinstance(holder, (str, bytes)) or _flat(arguments) is None:
        return None
    if method == "format" and not _plain_template(holder, "{"):
        return None
    if method in ("decode", "encode") and not set(map(str, arguments)) <= _CODECS:
        return None
    return getattr(holder, method)(*arguments)
