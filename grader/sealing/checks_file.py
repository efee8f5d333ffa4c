"""The part of a checks.py that a bundle has: some checks, with what they use."""

from __future__ import annotations

import ast
from collections.abc import Collection

_HEAD = '"""The checks that can be run without the reference."""\n'


def only_checks(source: str, names: Collection[str]) -> str:
    """The file with these tests alone, and with the other statements that they use, as they are written there, with the
    comments above them."""
    module = ast.parse(source)
    body = module.body[1:] if ast.get_docstring(module, clean=False) is not None else module.body
    kept = _needed(body, names)
    lines = source.split("\n")
    parts = []
    for node, before in zip(body, [module.body[0] if body is not module.body else None, *body], strict=False):
        if node in kept:
            first = before.end_lineno or 0 if before is not None else 0
            parts.append("\n".join(lines[first : node.end_lineno]))
    return _HEAD + "\n".join(parts).rstrip() + "\n"


def _needed(body: list[ast.stmt], names: Collection[str]) -> list[ast.stmt]:
    """Imports, the tests of these names, and what they use, directly or not."""
    defined = {node: _bound(node) for node in body}
    wanted, size = set(names), -1
    while len(wanted) > size:
        size = len(wanted)
        for node in body:
            if defined[node] & wanted:
                wanted |= {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}
    return [node for node in body if _is_import(node) or defined[node] & wanted or not defined[node]]


def _bound(node: ast.stmt) -> set[str]:
    """The names that a statement at the top of the file defines; none where it does something else."""
    if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        return {node.name}
    stored = (inner for inner in ast.walk(node) if isinstance(inner, ast.Name))
    return {inner.id for inner in stored if isinstance(inner.ctx, ast.Store)}


def _is_import(node: ast.stmt) -> bool:
    return isinstance(node, (ast.Import, ast.ImportFrom))
