"""Reads the `@check` decorators of a checks.py without running it, so that listing an exercise needs no torch."""

from __future__ import annotations

import ast
import re
from typing import Any

import msgspec

from grader.course.faults import Faults, parse_python, read_text
from grader.course.model import CheckInfo, Exercise, Part
from grader.course.texts import AuthoredTexts
from grader.text import Message, listed, say

_PREFIX = "test_"
#: Keyword of the decorator → the types that its literal may have.
_KEYWORDS: dict[str, tuple[type, ...]] = {"points": (int, float), "title": (str,), "hidden": (bool,), "part": (str,)}


def read_checks(exercise: Exercise) -> tuple[CheckInfo, ...]:
    """The checks in the order in which they run: visible ones first, then hidden ones, each in file order, which is
    that of the parts.

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
    _note_parts(found, tree, [part.id for part in exercise.parts], faults)
    faults.raise_any()
    return tuple(sorted(_in_every_language(exercise, found), key=lambda check: check.hidden))


def read_parts(exercise: Exercise) -> tuple[Part, ...]:
    """The exercise's parts with their titles in all its languages. Raises CourseError."""
    if not exercise.parts:
        return ()
    texts = AuthoredTexts(exercise.folder, exercise.languages)
    return tuple(Part(part.id, texts.of("parts", part.id, part.title[texts.first])) for part in exercise.parts)


def _in_every_language(exercise: Exercise, checks: list[CheckInfo]) -> list[CheckInfo]:
    """The checks with all their titles. Raises CourseError where a texts file lacks one, or has another."""
    texts = AuthoredTexts(exercise.folder, exercise.languages)
    faults = Faults(exercise.folder)
    for language in texts.others.values():
        faults.found += language.faults("checks", {check.id for check in checks})
        faults.found += language.faults("parts", {part.id for part in exercise.parts})
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
    return CheckInfo(
        function.name[len(_PREFIX) :],
        title,
        float(values["points"]),
        values.get("hidden", False),
        values.get("part", ""),
    )


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


def _note_parts(checks: list[CheckInfo], tree: ast.Module, parts: list[str], faults: Faults) -> None:
    """Notes a check of an unknown part, one that stands among those of another part, and a part without checks."""
    lines = {node.name: node.lineno for node in tree.body if isinstance(node, ast.FunctionDef)}
    reached = 0
    for check in checks:
        name, line = _PREFIX + check.id, lines[_PREFIX + check.id]
        if check.part not in parts:
            if check.part:
                known = listed(parts) if parts else say("none")
                faults.at(
                    line,
                    say("exercise.toml has no part {part}; its [parts] are: {known}", part=check.part, known=known),
                )
            elif parts:
                faults.at(line, say("{name} belongs to none of the exercise's parts: give @check its part", name=name))
            continue
        place = parts.index(check.part)
        if place < reached:
            faults.at(line, say("{name} stands behind a later part's checks: keep the order of [parts]", name=name))
        reached = max(reached, place)
    for part in parts:
        if part not in {check.part for check in checks}:
            faults.at(1, say("no check belongs to the part {part}", part=part))
