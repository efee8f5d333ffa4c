"""The learner's own lines of a function, to show beside what is wrong with what it gives."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable

from grader.source_line import SourceLine
from grader.submission.syntax import Parsed

#: A body of at most so many lines is shown whole; of a longer function the statements that return.
_MOST = 10
#: A class has a header and an end for each method.
_MOST_OF_A_CLASS = 20
_WIDEST = 200


def excerpts(parsed: Parsed, wanted: Collection[str]) -> dict[str, tuple[SourceLine, ...]]:
    """Each wanted top-level function or class → its header and body. Of a long function the header and what it
    returns; of a long class, whose methods may return anything, the header.

    A later definition replaces an earlier one. Docstrings, empty lines and comments of their own are left out.
    """
    definitions = (ast.FunctionDef, ast.ClassDef)
    nodes = {
        node.name: node
        for tree in parsed.trees
        for node in tree.body
        if isinstance(node, definitions) and node.name in wanted
    }
    return {name: _lines(parsed, name, node) for name, node in nodes.items()}


def _lines(parsed: Parsed, name: str, node: ast.FunctionDef | ast.ClassDef) -> tuple[SourceLine, ...]:
    body = node.body[1:] if ast.get_docstring(node, clean=False) is not None else node.body
    numbers = sorted({row for statement in body for row in _rows(statement)})
    shown = [(row, parsed.line(row)) for row in numbers]
    shown = [(row, text) for row, text in shown if text.strip() and not text.lstrip().startswith("#")]
    if len(shown) > (_MOST_OF_A_CLASS if isinstance(node, ast.ClassDef) else _MOST):
        returns = set() if isinstance(node, ast.ClassDef) else {row for found in _returns(body) for row in _rows(found)}
        shown = [(row, text) for row, text in shown if row in returns][-_MOST:]
    header = (node.lineno, parsed.line(node.lineno))
    return tuple(line_of(parsed, row, name) for row, _ in (header, *(one for one in shown if one != header)))


def _returns(body: Iterable[ast.stmt]) -> Iterable[ast.Return]:
    return (child for statement in body for child in ast.walk(statement) if isinstance(child, ast.Return))


def _rows(statement: ast.stmt) -> range:
    return range(statement.lineno, (statement.end_lineno or statement.lineno) + 1)


def line_of(parsed: Parsed, row: int, function: str) -> SourceLine:
    """A line of the submission, numbered through all of it, as a report shows it."""
    cell, number = parsed.place(row)
    return SourceLine(number, parsed.line(row)[:_WIDEST].expandtabs(4), function, cell)
