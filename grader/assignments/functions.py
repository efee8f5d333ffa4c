"""Which function of an exercise a check is about, read from checks.py without running it: for points per function."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator

from grader.course.checklist import read_checks
from grader.course.faults import parse_python, read_text
from grader.course.model import CheckInfo, Exercise

_PREFIX = "test_"
#: What can be in the name of a cell, which nbformat limits to 64 characters.
_CAN_NAME_A_CELL = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,40}")


def functions_of_checks(exercise: Exercise) -> dict[str, str]:
    """A check's id → the function or class that it is about, of those about a single one.

    That is the one in `about=`, else the one that the test names, as text or as `student.f`; a helper that the test
    uses is looked into only if the test itself names none. Raises CourseError.
    """
    return _functions(exercise, read_checks(exercise))


def points_by_function(exercise: Exercise) -> dict[str, float]:
    """Function → the points of the checks that are about it alone. Raises CourseError."""
    checks = read_checks(exercise)
    functions = _functions(exercise, checks)
    points: dict[str, float] = {}
    for check in checks:
        if check.id in functions:
            function = functions[check.id]
            points[function] = round(points.get(function, 0.0) + check.points, 6)
    return points


def _functions(exercise: Exercise, checks: Iterable[CheckInfo]) -> dict[str, str]:
    names = _public_names(exercise)
    path = exercise.folder / "checks.py"
    tops = {name: node for node in parse_python(path, read_text(path)).body for name in _named(node)}
    about = {check.id: _about(tops[_PREFIX + check.id], names, tops) for check in checks}
    return {id: only[0] for id, only in about.items() if len(only) == 1 and _CAN_NAME_A_CELL.fullmatch(only[0])}


def _public_names(exercise: Exercise) -> set[str]:
    path = exercise.folder / "reference.py"
    return {
        name for node in parse_python(path, read_text(path)).body for name in _defined(node) if not name.startswith("_")
    }


def _defined(node: ast.stmt) -> Iterator[str]:
    """The name of the function or class that a statement defines, if it defines one."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield node.name


def _named(node: ast.stmt) -> Iterator[str]:
    """What a statement of checks.py gives a name to: helpers and constants too."""
    yield from _defined(node)
    if isinstance(node, ast.Assign):
        yield from (target.id for target in node.targets if isinstance(target, ast.Name))


def _about(test: ast.stmt, names: set[str], tops: dict[str, ast.stmt]) -> list[str]:
    told = dict.fromkeys(name for name in _in_about(test) if name in names)
    own = dict.fromkeys(name for name in _mentioned(test) if name in names)
    return list(told or own or dict.fromkeys(name for name in _by_helpers(test, tops) if name in names))


def _in_about(test: ast.stmt) -> Iterator[str]:
    for node in ast.walk(test):
        if isinstance(node, ast.keyword) and node.arg == "about" and isinstance(node.value, ast.Constant):
            yield str(node.value.value)


def _mentioned(node: ast.stmt) -> Iterator[str]:
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value
        elif isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name) and part.value.id == "student":
            yield part.attr


def _by_helpers(test: ast.stmt, tops: dict[str, ast.stmt]) -> Iterator[str]:
    """What the helpers and constants that the test uses mention, and those that they use."""
    seen, waiting = {id(test)}, [test]
    while waiting:
        node = waiting.pop()
        used = (tops.get(part.id) for part in ast.walk(node) if isinstance(part, ast.Name))
        for helper in used:
            if helper is not None and id(helper) not in seen:
                seen.add(id(helper))
                waiting.append(helper)
                yield from _mentioned(helper)
