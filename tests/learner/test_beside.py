"""The course's solution beside the learner's own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from grader.course.find import find_course
from grader.course.model import Exercise
from grader.learner.beside import Beside, beside
from tests.tiny import exercise_toml, tiny_course

_REFERENCE = '''
def norm(x):
    """The length of x."""
    ### BEGIN SOLUTION
    squares = x * x
    return squares.sum() ** 0.5  # the root of a sum
    ### END SOLUTION


def given(x):
    return x
'''
_VARIANT = '''"""Entry by entry."""


def norm(x):
    total = 0
    for entry in x:
        total += entry ** 2
    return total ** 0.5
'''


@pytest.fixture(scope="module")
def exercise(tmp_path_factory: pytest.TempPathFactory) -> Exercise:
    files = {"exercise.toml": exercise_toml("norm", 1), "reference.py": _REFERENCE, "checks.py": ""}
    folder = tiny_course(tmp_path_factory.mktemp("course"), {"exercise01": {**files, "variants/loop.py": _VARIANT}})
    return find_course(folder).exercises[0]


def _found(exercise: Exercise, folder: Path, code: str, name: str = "norm.py") -> tuple[Beside, ...]:
    (folder / name).write_text(code, "utf-8")
    return beside(exercise, folder / name)


@pytest.mark.parametrize(
    ("body", "state"),
    [
        ("    squares = (x*x)  # mine\n    return (squares.sum())**.5\n", "same"),
        ("    z = x * x\n    return z.sum() ** 0.5\n", "renamed"),
    ],
)
def test_comments_layout_and_names_are_no_difference(exercise: Exercise, tmp_path: Path, body: str, state: str) -> None:
    code = f"def norm(x: list) -> float:\n    'Mine.'\n{body}\n\ndef helper(): ...\n"
    assert _found(exercise, tmp_path, code) == (Beside("norm", state, (), ""),)  # type: ignore[arg-type]


def test_a_difference_is_shown_line_by_line(exercise: Exercise, tmp_path: Path) -> None:
    (found,) = _found(exercise, tmp_path, "def norm(x):\n    squares = x ** 2\n    return squares.sum() ** 0.5\n")
    assert (found.state, found.variant) == ("differs", "")
    assert found.diff == (
        " def norm(x):",
        "-    squares = x ** 2",
        "+    squares = x * x",
        "     return squares.sum() ** 0.5",
    )


def test_another_right_answer_is_named(exercise: Exercise, tmp_path: Path) -> None:
    (found,) = _found(exercise, tmp_path, _VARIANT.replace("total", "t").replace("entry ** 2", "entry * entry"))
    assert (found.state, found.variant, found.about) == ("differs", "loop", "Entry by entry.")


def test_a_notebook_is_read_too(exercise: Exercise, tmp_path: Path) -> None:
    cells = [("markdown", "# Mine"), ("code", "%matplotlib inline"), ("code", "def norm(x):\n    return abs(x)\n")]
    notebook = {"cells": [{"cell_type": kind, "source": [text]} for kind, text in cells]}
    (found,) = _found(exercise, tmp_path, json.dumps(notebook), "norm.ipynb")
    assert "-    return abs(x)" in found.diff


@pytest.mark.parametrize("code", ["def norm(x:\n", "(" * 100_000, "x = " + "-" * 500_000 + "1\n", "a\0b"])
def test_what_no_parser_reads_costs_only_the_comparison(exercise: Exercise, tmp_path: Path, code: str) -> None:
    assert _found(exercise, tmp_path, code) == ()


def test_a_function_of_another_name_is_absent(exercise: Exercise, tmp_path: Path) -> None:
    assert [found.state for found in _found(exercise, tmp_path, "norm = abs\n")] == ["absent"]
    assert beside(exercise, tmp_path / "none.py") == ()
