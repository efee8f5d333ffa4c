"""A node's code in one short line, however large the node is."""

from __future__ import annotations

import ast
from typing import Any

#: More nodes than a text of the length below can show; what is nested deeper than this is left out as well.
_MOST_NODES = 150
_DEEPEST = 25


def short_code(node: ast.AST, longest: int = 120) -> str:
    """The code, cut to so many characters. The cost depends on them, not on the node."""
    try:
        text = ast.unparse(_Pruned(longest).copy(node, _DEEPEST))
    except (ValueError, RecursionError):
        # A formatted string is not made of what stands in for an expression.
        text = "..."
    return text if len(text) <= longest else text[: longest - 3] + "..."


class _Pruned:
    """Copies the beginning of a node; what follows is `...`."""

    def __init__(self, longest: int) -> None:
        self._longest = longest
        self._left = _MOST_NODES

    def copy(self, node: ast.AST, depth: int) -> ast.AST:
        self._left -= 1
        if self._left < 0 or depth <= 0:
            if isinstance(node, ast.expr):
                return ast.Constant(...)
            if isinstance(node, ast.pattern):
                return ast.MatchAs()
        copied = type(node)()
        for name, value in ast.iter_fields(node):
            setattr(copied, name, self._part(value, depth - 1))
        return copied

    def _part(self, value: Any, depth: int) -> Any:
        match value:
            case ast.expr_context() | ast.operator() | ast.unaryop() | ast.boolop() | ast.cmpop():
                return value
            case ast.AST():
                return self.copy(value, depth)
            case list():
                return [self._part(item, depth) for item in value[: self._longest]]
            case str() | bytes():
                return value[: self._longest]
            case int() if abs(value) >= 1 << 64:
                return ...
        return value
