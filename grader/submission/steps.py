"""A submission's top-level statements: what of it is lost where one of them fails, and nothing more."""

from __future__ import annotations

import ast
import sys
from collections.abc import Collection, Iterable, Iterator
from itertools import islice

from grader.submission.model import Step
from grader.submission.scopes import assigned, is_main_guard
from grader.submission.syntax import Parsed

#: Of a submission, so many statements are told apart; what follows them is one.
MOST_STEPS = 5_000
#: Modules whose import neither ends a process nor goes on for ever.
_KNOWN = frozenset(sys.stdlib_module_names) | {"torch", "numpy"}
_CALLS = (ast.Call, ast.Await, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.BinOp, ast.Subscript)


def steps(parsed: Parsed, wanted: Collection[str]) -> tuple[tuple[Step, ...], ...]:
    """Each chunk's top-level statements, those that share a line as one. wanted: names to look for in them."""
    left = MOST_STEPS
    found = []
    for tree, chunk in zip(parsed.trees, parsed.submission.chunks, strict=True):
        of_chunk = _of_chunk(islice(tree.body, left), chunk.first_line - 1, frozenset(wanted))
        left -= len(of_chunk)
        found.append(tuple(of_chunk))
    return tuple(found)


def _of_chunk(body: Iterable[ast.stmt], before: int, wanted: frozenset[str]) -> list[Step]:
    """before: how many lines are in the chunks before this one."""
    made: list[Step] = []
    end = 0
    for statement in body:
        names = tuple(sorted(wanted.intersection(_bound(statement))))
        quiet = _is_quiet(statement)
        first = _first_line(statement) - before
        if first > end:
            made.append(Step(first, quiet, names))
        else:
            last = made[-1]
            made[-1] = Step(last.line, last.quiet and quiet, (*last.names, *names))
        end = (statement.end_lineno or statement.lineno) - before
    return made


def _first_line(statement: ast.stmt) -> int:
    decorators: list[ast.expr] = getattr(statement, "decorator_list", [])
    return min([statement.lineno, *(decorator.lineno for decorator in decorators)])


def _bound(statement: ast.stmt) -> set[str]:
    """The names that a statement binds, those of the statements in it too."""
    if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return {statement.name}
    names: set[str] = set()
    waiting: list[ast.AST] = [statement]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.stmt):
            names.update(assigned(node))
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.expr)):
            waiting += ast.iter_child_nodes(node)
    return names


def _is_quiet(statement: ast.stmt) -> bool:
    """Whether a statement runs at once and comes to an end: it calls nothing, and no code of the submission's."""
    match statement:
        case ast.FunctionDef(decorator_list=[]) | ast.AsyncFunctionDef(decorator_list=[]):
            # An annotation may be `list[int]`.
            return not any(map(_calls, _defaults(statement.args))) and not _calls(statement.args, ast.Call)
        case ast.ClassDef(decorator_list=[], keywords=[]):
            return all(map(_is_quiet, statement.body))
        case ast.Import():
            return all(alias.name.partition(".")[0] in _KNOWN for alias in statement.names)
        case ast.ImportFrom(module=str() as module, level=0):
            return module.partition(".")[0] in _KNOWN
        case ast.If():
            return is_main_guard(statement) and not statement.orelse
        case ast.Assign() | ast.AnnAssign() | ast.Expr():
            return not _calls(statement)
        case ast.Pass():
            return True
    return False


def _defaults(arguments: ast.arguments) -> Iterator[ast.expr]:
    return (default for default in (*arguments.defaults, *arguments.kw_defaults) if default is not None)


def _calls(node: ast.AST, kinds: type[ast.AST] | tuple[type[ast.AST], ...] = _CALLS) -> bool:
    return any(isinstance(inner, kinds) for inner in ast.walk(node))
