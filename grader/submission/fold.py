"""Works out small constant expressions, as far as names of attributes are made of them. Bounded; nothing is run."""

from __future__ import annotations

import ast
import operator
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

    def known(part: ast.expr) -> Any:
        found = value(part)
        if found is None:
            raise ValueError
        return found

    try:
        result = _folded(node, known)
    except (TypeError, ValueError, LookupError, AttributeError, OverflowError):
        return None
    return result[:_LONGEST] if isinstance(result, (str, bytes, list)) else result


def _folded(node: ast.expr, known: Callable[[ast.expr], Any]) -> Any:
    """As `folded`; any of Python's own exceptions means that there is no such constant."""
    match node:
        case ast.Constant(value=str() | bytes() as constant):
            return constant
        case ast.Constant(value=int() as constant):
            return constant if constant < _LARGEST else None
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -known(operand)
        case ast.List(elts=parts) | ast.Tuple(elts=parts):
            return _all(parts, known)
        case ast.JoinedStr(values=parts):
            return "".join(map(str, _flat(_all(parts, known))))
        case ast.FormattedValue(value=part, conversion=-1, format_spec=None):
            return known(part)
        case ast.BinOp(left=left, op=sign, right=right):
            return _operated(sign, known(left), known(right))
        case ast.Subscript(value=holder, slice=ast.Slice(lower=lower, upper=upper, step=step)):
            return known(holder)[slice(*(known(bound) if bound else None for bound in (lower, upper, step)))]
        case ast.Subscript(value=holder, slice=index):
            return operator.getitem(known(holder), known(index))
        case ast.Call(func=ast.Name(id="chr" | "str" as name), args=[argument], keywords=[]):
            constant = known(argument)
            return chr(constant) if name == "chr" else constant if isinstance(constant, str) else None
        case ast.Call(func=ast.Attribute(value=holder, attr=method), args=arguments, keywords=[]) if method in _METHODS:
            return _method(known(holder), method, _flat(_all(arguments, known)))
    return None


def _all(parts: list[ast.expr], known: Callable[[ast.expr], Any]) -> list[Any]:
    return [known(part) for part in parts[:_LONGEST]]


def _flat(values: list[Any]) -> list[Any]:
    """The values, if they may be written out: as text, a list of lists of lists is as long as it has leaves."""
    if any(isinstance(part, list) for value in values if isinstance(value, list) for part in value):
        raise ValueError
    return values


def _operated(sign: ast.operator, left: Any, right: Any) -> Any:
    if isinstance(left, int) and isinstance(right, int):
        return left + right if isinstance(sign, ast.Add) and max(abs(left), abs(right)) < 1 << 32 else None
    if isinstance(sign, ast.Add):
        return left + right
    if isinstance(sign, ast.Mult):
        text, times = (right, left) if isinstance(left, int) else (left, right)
        return text * min(times, _LONGEST // max(len(text), 1) + 1)
    if isinstance(sign, ast.Mod) and _plain_template(left, "%"):
        return left % tuple(_flat(right if isinstance(right, list) else [right]))
    return None


def _plain_template(text: object, mark: str) -> bool:
    """Whether a template gives no widths, which could ask for gigabytes."""
    return isinstance(text, str) and mark in text and not any(c.isdigit() or c in "*:!.[" for c in text)


def _method(holder: Any, method: str, arguments: list[Any]) -> Any:
    if not isinstance(holder, (str, bytes)) or (method == "format" and not _plain_template(holder, "{")):
        return None
    if method in ("decode", "encode") and not set(map(str, arguments)) <= _CODECS:
        return None
    return getattr(holder, method)(*arguments)
