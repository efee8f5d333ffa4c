"""The loops of a function, for a submission that makes too many operations."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from grader.result import Line
from grader.submission.excerpt import line_of
from grader.submission.syntax import Parsed

_LOOPS = (ast.For, ast.While, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
#: Functions that call one for each item.
_MAPS = frozenset({"map", "vectorize", "apply_along_axis", "fromiter"})


def loops(parsed: Parsed, function: str) -> tuple[Line, ...]:
    """The lines on which loops begin, in the function of this name or in what it calls of this file, in order.

    function: may be a method's, or not be there at all: then there are none.
    """
    definitions = {
        node.name: node
        for tree in parsed.trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    waiting, seen = [function], dict[str, list[Line]]()
    while waiting:
        name = waiting.pop()
        if name not in seen and name in definitions:
            nodes = list(ast.walk(definitions[name]))
            seen[name] = [line_of(parsed, row, name) for row in sorted({node.lineno for node in _loops(nodes)})]
            waiting += [_called(node) for node in nodes if isinstance(node, ast.Call)]
    return tuple(line for lines in seen.values() for line in lines)


def _loops(nodes: list[ast.AST]) -> Iterator[ast.stmt | ast.expr]:
    for node in nodes:
        if isinstance(node, _LOOPS) or (isinstance(node, ast.Call) and _called(node) in _MAPS):
            yield node


def _called(node: ast.Call) -> str:
    """The last name of what is called."""
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
