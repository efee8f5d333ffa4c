"""A named mistake as a submission: only that function is wrong, and what it calls by its own name is right."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from grader.audit.mistakes import MistakeInfo, mistake_submission, read_mistakes
from grader.course.model import Exercise

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
from reference import fourth, square
from reference import square as right_square

from grader.checks import mistake

SCALE = 10
UNUSED = no_such_name


def _helper(x):
    return SCALE * square(x)


@mistake("square", en="negative", zh="负")
def negative(x):
    return -square(x)


@mistake("square", en="by alias", zh="别名")
def by_alias(x):
    return right_square(x) + 1


@mistake("square", en="by helper", zh="借助函数")
def by_helper(x):
    return _helper(x)


@mistake("square", en="by another mistake", zh="借助另一个错误")
def by_mistake(x):
    return 2 * negative(x)


@mistake("fourth", en="local", zh="局部")
def local(x):
    square = x + math.floor(circle)
    return square


@mistake("fourth", en="own name", zh="同名")
def fourth(x, depth=1):
    return fourth(x, depth - 1) if depth else x
'''


@pytest.fixture
def exercise(tmp_path: Path) -> Exercise:
    (tmp_path / "reference.py").write_text(_REFERENCE, "utf-8")
    (tmp_path / "mistakes.py").write_text(_MISTAKES, "utf-8")
    title = {"en": "Squares", "zh-CN": "平方"}
    return Exercise(
        id="exercise01", number=1, slug="squares", unit=1, title=title, source="A", points=1, folder=tmp_path
    )


def test_mistakes_are_read_without_being_run(exercise: Exercise) -> None:
    assert [found.name for found in read_mistakes(exercise)] == [
        "negative",
        "by_alias",
        "by_helper",
        "by_mistake",
        "local",
        "fourth",
    ]
    assert read_mistakes(exercise)[-1] == MistakeInfo("fourth", "fourth")


@pytest.mark.parametrize(
    ("name", "square", "fourth"),
    [
        ("negative", -9, -81),
        ("by_alias", 10, 101),
        ("by_helper", 90, 81_000),
        ("by_mistake", -18, -648),
        ("local", 9, 6),
        ("fourth", 9, 3),
    ],
)
def test_one_function_is_wrong_and_the_others_call_it(name: str, square: int, fourth: int, exercise: Exercise) -> None:
    names: dict[str, Any] = {}
    exec(mistake_submission(exercise, name), names)
    assert (names["square"](3), names["fourth"](3)) == (square, fourth)
    assert (names["SCALE"], names["_helper"](5)) == (1, 5)  # the reference's own, whatever mistakes.py calls so


def test_submission_has_the_reference_as_it_is_and_nothing_of_the_grader(exercise: Exercise) -> None:
    source = mistake_submission(exercise, "negative")
    assert source.startswith(_REFERENCE.rstrip())
    added = source.removeprefix(_REFERENCE.rstrip())
    assert [word for word in ("grader", "reference", "mistake", "by_helper", "UNUSED", "math") if word in added] == []


@pytest.mark.parametrize("name", ["nothing_of_the_kind", "_helper"])
def test_no_such_mistake(name: str, exercise: Exercise) -> None:
    with pytest.raises(KeyError):
        mistake_submission(exercise, name)
