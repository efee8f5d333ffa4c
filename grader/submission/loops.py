"""The loops of a function, for a submission that makes too many operations."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from grader.source_line import SourceLine
from grader.submission.excerpt import line_of
from grader.submission.syntax import Parsed

#: So many lines are shown.
_MOST = 20
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_LOOPS = (ast.For, ast.While, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
#: Functions that call one for each item.
_MAPS = frozenset({"map", "vectorize", "apply_along_axis", "fromiter"})


def loops(parsed: Parsed, function: str) -> tuple[SourceLine, ...]:
    """The lines on which loops begin, in the function of this name or in what it calls of this file, in order, at most
    `_MOST` of them.

    function: may be a method's, or not be there at all: then there are none.
    """
    definitions = {
        node.name: node for tree in parsed.trees for node in ast.walk(tree) if isinstance(node, _DEFINITIONS)
    }
    found: dict[int, str] = {}
    waiting, walked = [function], set[ast.AST]()
    while waiting and len(found) < _MOST:
        name = waiting.pop()
        if name in definitions and definitions[name] not in walked:
            nodes = list(_nodes(definitions[name], walked))
            for row in sorted({node.lineno for node in _loops(nodes)}):
                found.setdefault(row, name)
            waiting += [_called(node) for node in nodes if isinstance(node, ast.Call)]
    return tuple(line_of(parsed, row, name) for row, name in list(found.items())[:_MOST])


def _nodes(definition: ast.AST, walked: set[ast.AST]) -> Iterator[ast.AST]:
    """All nodes of a definition but those of definitions that were walked before."""
    waiting = [definition]
    while waiting:
        node = waiting.pop()
        if isinstance(node, _DEFINITIONS):
            if node in walked:
                continue
            walked.add(node)
        yield node
        waiting += ast.iter_child_nodes(node)


def _loops(nodes: list[ast.AST]) -> Iterator[ast.stmt | ast.expr]:
    for node in nodes:
        if isinstance(node, _LOOPS) or (isinstance(node, ast.Call) and _called(node) in _MAPS):
            yield node


def _called(node: ast.Call) -> str:
    """The last name of what is called."""
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
