"""Reads the `@check` decorators of a checks.py without running it, so that listing an exercise needs no torch."""

from __future__ import annotations

import ast
import re
from typing import Any

import msgspec

from grader.course.faults import Faults, parse_python, read_text
from grader.course.model import CheckInfo, Exercise
from grader.course.texts import AuthoredTexts
from grader.text import Message, say

_PREFIX = "test_"
#: Keyword of the decorator → the types that its literal may have.
_KEYWORDS: dict[str, tuple[type, ...]] = {"points": (int, float), "title": (str,), "hidden": (bool,)}


def read_checks(exercise: Exercise) -> tuple[CheckInfo, ...]:
    """The checks in the order in which they run: visible ones first, then hidden ones, each in file order.

    Raises CourseError with every fault of checks.py.
    """
    path = exercise.folder / "checks.py"
    text = read_text(path)
    faults = Faults(path)
    tree = parse_python(path, text)
    found = [check for function in _tests(tree, faults) if (check := _check(function, exercise.languages[0], faults))]
    if not found and not faults.found:
        faults.at(1, say("no check here: decorate a test with @check"))
    _unique(found, tree, faults)
    faults.raise_any()
    return tuple(sorted(_in_every_language(exercise, found), key=lambda check: check.hidden))


def _in_every_language(exercise: Exercise, checks: list[CheckInfo]) -> list[CheckInfo]:
    """The checks with all their titles. Raises CourseError where a texts file lacks one, or has another."""
    texts = AuthoredTexts(exercise.folder, exercise.languages)
    faults = Faults(exercise.folder)
    for language in texts.others.values():
        faults.found += language.faults("checks", {check.id for check in checks})
    faults.raise_any()
    return [
        msgspec.structs.replace(check, title=texts.of("checks", check.id, check.title[texts.first])) for check in checks
    ]


def _tests(tree: ast.Module, faults: Faults) -> list[ast.FunctionDef]:
    """Top-level functions with a @check; notes a decorated function elsewhere and a test without a decorator."""
    tests = []
    for node in ast.walk(tree):
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            continue
        top = node in tree.body and isinstance(node, ast.FunctionDef)
        if not _decorators(node):
            if top and node.name.startswith(_PREFIX):
                faults.at(node.lineno, say("{name} has no @check; it would give no points", name=node.name))
        elif not top or not node.name.startswith(_PREFIX):
            faults.at(
                node.lineno, say("@check belongs on a top-level function named test_..., not on {name}", name=node.name)
            )
        elif isinstance(node, ast.FunctionDef):
            tests.append(node)
    return tests


def _decorators(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[ast.expr]:
    """Those that are `check`, by whatever way to it, called or not."""
    return [
        decorator
        for decorator in function.decorator_list
        if re.fullmatch(r"(.*\.)?check", ast.unparse(getattr(decorator, "func", decorator)), re.DOTALL)
    ]


def _check(function: ast.FunctionDef, language: str, faults: Faults) -> CheckInfo | None:
    """The function's check; None where something was wrong and noted."""
    before = len(faults.found)
    values = _literals(_decorators(function)[0], faults)
    for key in ("points", "title"):
        if key not in values and len(faults.found) == before:
            faults.at(function.lineno, say("@check of {name} lacks {key}", name=function.name, key=key))
    if len(faults.found) > before:
        return None
    title = {language: values["title"]}
    return CheckInfo(function.name[len(_PREFIX) :], title, float(values["points"]), values.get("hidden", False))


def _literals(decorator: ast.expr, faults: Faults) -> dict[str, Any]:
    if not isinstance(decorator, ast.Call) or decorator.args:
        faults.at(decorator.lineno, say('write @check(points=..., title="..."), by keyword'))
        return {}
    values: dict[str, Any] = {}
    for keyword in decorator.keywords:
        problem = _problem(keyword)
        if problem:
            faults.at(keyword.value.lineno, problem)
        elif keyword.arg:
            values[keyword.arg] = _constant(keyword.value)
    return values


def _problem(keyword: ast.keyword) -> Message | None:
    """What is wrong with one keyword of a @check."""
    kinds = _KEYWORDS.get(keyword.arg or "")
    if kinds is None:
        return say("@check has no keyword {key}", key=keyword.arg or "**")
    value = _constant(keyword.value)
    fits = isinstance(value, kinds) and (bool in kinds or not isinstance(value, bool))
    if not fits:
        return say(
            "{key} must be written out here, not computed: checks are also read without running them", key=keyword.arg
        )
    if value == "" or (keyword.arg == "points" and not value > 0):
        return say("{key} can't be {value}", key=keyword.arg, value=repr(value))
    return None


def _constant(node: ast.expr) -> Any:
    return node.value if isinstance(node, ast.Constant) else None


def _unique(checks: list[CheckInfo], tree: ast.Module, faults: Faults) -> None:
    lines: dict[str, int] = {}
    names = {_PREFIX + check.id for check in checks}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name in names:
            line = lines.setdefault(node.name, node.lineno)
            if line != node.lineno:
                faults.at(
                    node.lineno, say("{name} is defined twice; the first is on line {line}", name=node.name, line=line)
                )
