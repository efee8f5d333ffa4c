"""A named mistake as a submission: only that function is wrong, and what it calls by its own name is right."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from grader.audit.mistakes import Mistakes
from grader.course.model import Exercise
from grader.text import render

_REFERENCE = '''"""Squares."""

SCALE = 1


def square(x):
    return SCALE * x * x


def fourth(x):
    return square(square(x))


def _helper(x):
    return x
'''
_MISTAKES = '''
"""Mistakes."""

from __future__ import annotations

import math
from math import pi as circle
import reference
from reference import fourth, square
from reference import square as right_square

from grader import checks
from grader.checks import edit, mistake

SCALE = 10
wrong = checks.mistake
UNUSED = 3


def _scaled(x):
    return SCALE * square(x)


@checks.mistake("square", "negative")
def negative(x):
    return -square(x)


@mistake("square", "by alias")
def by_alias(x):
    return right_square(x) + 1


@mistake("square", "by helper")
def by_helper(x):
    return _scaled(x)


@mistake("square", "by another mistake")
def by_mistake(x):
    return 2 * negative(x)


@mistake("fourth", "local")
def local(x):
    square = x + math.floor(circle)
    return square


@mistake("fourth", "own name")
def deeper(x, depth=1):
    return deeper(x, depth - 1) if depth else x


@wrong("square", "by the module")
def by_module(x):
    return reference.square(x) + reference._helper(x)


by_edit = edit("fourth", {"square(square(x))": "square(x)"}).says("once")
for_short = checks.edit("square", "return SCALE + x").says("added")
'''


@pytest.fixture
def exercise(tmp_path: Path) -> Exercise:
    (tmp_path / "reference.py").write_text(_REFERENCE, "utf-8")
    (tmp_path / "mistakes.py").write_text(_MISTAKES, "utf-8")
    title = {"en": "Squares", "zh-CN": "平方"}
    return Exercise(
        id="exercise01", number=1, slug="squares", unit=1, title=title, source="A", points=1, folder=tmp_path
    )


def test_mistakes_are_those_that_the_file_has_when_it_was_run(exercise: Exercise) -> None:
    assert list(Mistakes(exercise).by_name) == [
        "negative",
        "by_alias",
        "by_helper",
        "by_mistake",
        "local",
        "deeper",
        "by_module",
        "by_edit",
        "for_short",
    ]
    assert Mistakes(exercise).by_name["deeper"].of == "fourth"
    assert list(Mistakes(exercise).faults()) == []


@pytest.mark.parametrize(
    ("name", "square", "fourth"),
    [
        ("negative", -9, -81),
        ("by_alias", 10, 101),
        ("by_helper", 90, 81_000),
        ("by_mistake", -18, -648),
        ("local", 9, 6),
        ("deeper", 9, 3),
        ("by_module", 12, 156),
        ("by_edit", 9, 9),
        ("for_short", 4, 5),
    ],
)
def test_one_function_is_wrong_and_the_others_call_it(name: str, square: int, fourth: int, exercise: Exercise) -> None:
    names: dict[str, Any] = {}
    exec(Mistakes(exercise).submission(name), names)
    assert (names["square"](3), names["fourth"](3)) == (square, fourth)
    assert (names["SCALE"], names["_helper"](5)) == (1, 5)  # the reference's own, whatever mistakes.py calls so


def test_submission_has_the_reference_as_it_is_and_nothing_of_the_grader(exercise: Exercise) -> None:
    source = Mistakes(exercise).submission("negative")
    assert source.startswith(_REFERENCE.rstrip())
    added = source.removeprefix(_REFERENCE.rstrip())
    assert [
        word for word in ("grader", "reference", "mistake", "by_helper", "UNUSED", "math", "checks") if word in added
    ] == []


@pytest.mark.parametrize("name", ["nothing_of_the_kind", "_scaled"])
def test_no_such_mistake(name: str, exercise: Exercise) -> None:
    with pytest.raises(KeyError):
        Mistakes(exercise).submission(name)


@pytest.mark.parametrize(
    ("of", "written"),
    [
        ("square", "@mistake('square', 'no')\ndef wrong(x):\n    return no_such_name * x\n"),
        ("square", "@mistake('square', 'no')\ndef wrong(x):\n    return [no_such_name for _ in range(x)]\n"),
        ("square", "wrong = edit('square', {'x * x': 'x * no_such_name'}).says('no')\n"),
    ],
)
def test_a_mistake_that_fails_by_a_name_of_its_own(of: str, written: str, exercise: Exercise) -> None:
    (exercise.folder / "mistakes.py").write_text(f"from grader.checks import edit, mistake\n\n{written}", "utf-8")
    mistakes = Mistakes(exercise)
    assert mistakes.by_name["wrong"].of == of
    (fault,) = (render(each, "en") for each in mistakes.faults())
    assert re.search(r"mistakes\.py:[34]: the mistake wrong uses no_such_name, which is defined nowhere$", fault)
