"""Whether a check's inputs depend on what the submission returns, read from the check's source."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

#: The parameters whose calls return the submission's values.
_GIVING = frozenset({"compare", "expect"})
#: Parameters through which values of the submission come in other ways.
_OTHER_WAYS = frozenset({"student", "record"})
#: Statements that may catch an exception.
_MAY_CATCH = (ast.Try, ast.TryStar, ast.With)


@cache
def is_independent(checks: Path, name: str) -> bool:
    """Whether the function `name` of this file uses nothing of what the submission returned: `compare` and `expect`
    stand alone as statements there, and in the functions of the file that they are handed to, and nothing there
    catches what they raise. Then its calls are the same for every submission.
    """
    functions = _functions(checks)
    function = functions.get(name)
    asks = function is not None and any(argument.arg in _GIVING for argument in function.args.args)
    return asks and function is not None and _uses_nothing(function, functions, frozenset())


@cache
def _functions(checks: Path) -> dict[str, ast.FunctionDef]:
    return {node.name: node for node in ast.parse(checks.read_bytes()).body if isinstance(node, ast.FunctionDef)}


def _uses_nothing(function: ast.FunctionDef, functions: dict[str, ast.FunctionDef], seen: frozenset[str]) -> bool:
    if function.name in seen:
        return True
    if _OTHER_WAYS & {argument.arg for argument in (*function.args.args, *function.args.kwonlyargs)}:
        return False
    parents = {child: node for node in ast.walk(function) for child in ast.iter_child_nodes(node)}
    if any(isinstance(node, _MAY_CATCH) for node in parents):
        return False
    for name in _loads(function):
        call = parents[name]
        if isinstance(call, ast.keyword):
            call = parents[call]
        if not isinstance(call, ast.Call) or not isinstance(parents[call], ast.Expr):
            return False
        if call.func is not name and not _is_handed_on(call, functions, seen | {function.name}):
            return False
    return True


def _loads(function: ast.FunctionDef) -> Iterator[ast.Name]:
    for node in ast.walk(function):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in _GIVING:
            yield node


def _is_handed_on(call: ast.Call, functions: dict[str, ast.FunctionDef], seen: frozenset[str]) -> bool:
    """Whether a call that is handed `compare` or `expect` is one of a function of the file that uses nothing either,
    and knows it by the same name."""
    helper = functions.get(call.func.id) if isinstance(call.func, ast.Name) else None
    if helper is None:
        return False
    parameters = [argument.arg for argument in (*helper.args.posonlyargs, *helper.args.args)]
    by_place = zip(call.args, parameters, strict=False)
    by_name = ((keyword.value, keyword.arg) for keyword in call.keywords)
    renamed = any(
        isinstance(value, ast.Name) and value.id in _GIVING and value.id != parameter
        for value, parameter in (*by_place, *by_name)
    )
    return not renamed and _uses_nothing(helper, functions, seen)
