"""Which of the submission's functions a scenario of probes.py calls, as far as its source names them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from grader.wire.values import Probe


def mentions(source: str, probe: Probe, arguments: Iterable[Any], name: str) -> bool:
    """Whether the probe names `name`, itself or through other names of probes.py, or is given it as a text."""
    waiting, texts = [probe.name], set[str]()
    for argument in _within([*probe.args, *arguments]):
        if isinstance(argument, Probe):
            waiting.append(argument.name)
        elif isinstance(argument, str):
            texts.add(argument)
    if name in texts:
        return True
    known, reached = _known(source), set[str]()
    while waiting:
        one = waiting.pop()
        if one in known and one not in reached:
            reached.add(one)
            words = known[one]
            if name in words.called or any(form.fullmatch(name) for form in words.forms):
                return True
            waiting += words.names
    return False


class _Words(NamedTuple):
    """What a statement of probes.py mentions. names: of variables and functions. called: attributes of the submission's
    module, and texts, which getattr may be given. forms: of texts that are put together."""

    names: tuple[str, ...] = ()
    called: frozenset[str] = frozenset()
    forms: tuple[re.Pattern[str], ...] = ()


@lru_cache(maxsize=64)
def _known(source: str) -> dict[str, _Words]:
    """The words behind each name that probes.py defines at its top."""
    found: dict[str, _Words] = {}
    for statement in ast.parse(source).body:
        words = _words(statement)
        for name in _defined(statement):
            before = found.get(name, _Words())
            found[name] = _Words(before.names + words.names, before.called | words.called, before.forms + words.forms)
    return found


def _defined(statement: ast.stmt) -> list[str]:
    if isinstance(statement, (ast.FunctionDef, ast.ClassDef)):
        return [statement.name]
    return [node.id for node in ast.walk(statement) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)]


def _words(statement: ast.stmt) -> _Words:
    nodes = list(ast.walk(statement))
    modules = _modules(nodes)
    names = tuple({node.id for node in nodes if isinstance(node, ast.Name)})
    called: set[str] = set()
    forms: list[re.Pattern[str]] = []
    for node in nodes:
        match node:
            case ast.Attribute(value=ast.Name(id=owner), attr=name) if owner in modules:
                called.add(name)
            case ast.Constant(value=str(text)):
                called.add(text)
            case ast.JoinedStr(values=parts):
                texts = [str(part.value) if isinstance(part, ast.Constant) else None for part in parts]
                if any(texts):
                    forms.append(re.compile("".join(r"\w*" if text is None else re.escape(text) for text in texts)))
    return _Words(names, frozenset(called), tuple(forms))


def _modules(nodes: list[ast.AST]) -> set[str]:
    """The parameters that stand for the submission's module: those of that name or type; if there are none, all."""
    parameters = [node for node in nodes if isinstance(node, ast.arg)]
    typed = {one.arg for one in parameters if one.annotation is not None and "ModuleType" in ast.dump(one.annotation)}
    named = {one.arg for one in parameters if one.arg == "module"}
    return typed | named or {one.arg for one in parameters}


def _within(values: Iterable[Any]) -> Iterator[Any]:
    """The values, and those in lists, tuples, dicts and further probes' arguments."""
    for value in values:
        yield value
        if isinstance(value, Probe):
            yield from _within(value.args)
        elif isinstance(value, dict):
            yield from _within([*value.keys(), *value.values()])
        elif isinstance(value, (list, tuple)):
            yield from _within(value)
