"""`grade_exercise`: a whole run on real workers, and what its result says."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from grader.course.faults import CourseError
from grader.errors import UsageError
from grader.grading.grade_files import grade_exercise
from grader.report.views import exit_status, learner_view
from grader.result import Result
from tests.tiny import DOUBLING, TRIPLED, exercise_toml, grading, tiny_course

_CHECKS = """
from grader.checks import check


@check(points=1, title="secret", hidden=True)
def test_secret(compare, sample):
    compare("double", sample(4))


@check(points=2, title="twice")
def test_twice(compare, sample):
    compare("double", sample(4))


@check(points=1, title="half")
def test_half(compare, sample):
    compare("half", sample(4))
"""
_EXERCISE = exercise_toml("doubling", 4, 'forbidden = ["torch.mul"]')
_REFERENCE = f"\nimport torch\n\n{DOUBLING}"
pytestmark = pytest.mark.slow

WRONG = _REFERENCE.replace("2 * x", "3 * x")


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    exercise = {"exercise.toml": _EXERCISE, "reference.py": _REFERENCE, "checks.py": _CHECKS, "mistakes.py": TRIPLED}
    return tiny_course(tmp_path_factory.mktemp("course"), {"exercise04": exercise})


@pytest.fixture(scope="module")
def seeded(course: Path) -> Iterator[Callable[[Path, int], Result]]:
    with grading(course, "4") as grade:
        yield grade


@pytest.fixture
def grade(course: Path, seeded: Callable[[Path, int], Result], tmp_path: Path) -> Any:
    """Grades a source, or a notebook's cells, with a seed."""

    def grade(source: str | list[str], seed: int | None = 7) -> Result:
        name = "doubling.py" if isinstance(source, str) else "doubling.ipynb"
        (tmp_path / name).write_text(source if isinstance(source, str) else notebook(source), "utf-8")
        if seed is None:
            return grade_exercise("4", tmp_path / name, course=course)
        return seeded(tmp_path / name, seed)

    return grade


def notebook(cells: list[str]) -> str:
    code = [
        {"cell_type": "code", "source": cell, "metadata": {}, "outputs": [], "execution_count": None} for cell in cells
    ]
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": code})


def without(result: Result, *fields: str) -> dict[str, Any]:
    return {name: value for name, value in msgspec.to_builtins(result).items() if name not in ("seconds", *fields)}


def verdicts(result: Result) -> dict[str, str]:
    return {check.id: check.verdict for check in result.checks}


def test_seed_repeats_a_run_to_the_last_digit(grade: Any) -> None:
    first = grade(WRONG)
    assert without(grade(WRONG)) == without(first)
    fresh = grade(WRONG, None)
    assert fresh.seed != 7 and 0 <= fresh.seed < 2**53
    assert [(c.id, c.verdict, c.mistakes) for c in fresh.checks] == [
        (c.id, c.verdict, c.mistakes) for c in first.checks
    ]
    assert fresh.checks[0].worst != first.checks[0].worst


def test_wrong_answer_has_its_score_its_reason_and_its_mistake(grade: Any) -> None:
    result = grade(WRONG)
    assert (result.status, result.passed, result.score, result.max_score) == ("graded", False, 1.0, 4.0)
    assert exit_status(result) == 1
    twice = result.checks[0]
    assert (twice.id, twice.verdict, twice.points, twice.mistakes) == ("twice", "failed", 0.0, ("tripled",))
    assert twice.mistake_texts == ({"en": "this is three times x"},)
    assert twice.worst and twice.worst.got == pytest.approx(1.5 * twice.worst.expected)


def test_hidden_checks_come_last_and_a_learner_sees_no_value_of_theirs(grade: Any) -> None:
    result = grade(WRONG)
    assert [check.id for check in result.checks] == ["twice", "half", "secret"]
    secret, seen = result.checks[-1], learner_view(result).checks[-1]
    assert secret.hidden and secret.worst and secret.detail and "tensor(" in secret.detail.called
    assert (seen.verdict, seen.title, seen.mistakes) == (secret.verdict, secret.title, ("tripled",))
    text = msgspec.json.encode(seen).decode()
    assert "tensor" not in text and repr(secret.worst.got) not in text and repr(secret.worst.expected) not in text
    assert learner_view(result).checks[0] == result.checks[0]


def test_notebook_and_file_of_one_answer_get_one_result(grade: Any) -> None:
    cells = ["import torch", *WRONG.partition("import torch")[2].strip().split("\n\n\n")]
    assert len(cells) == 3
    by_cells, by_file = (without(grade(form), "submission", "submission_sha256") for form in (cells, WRONG))
    places = [_take_places(result) for result in (by_cells, by_file)]
    assert by_cells == by_file
    assert places == [[("2", 1), ("2", 3)], [(None, 5), (None, 7)]]


def _take_places(result: dict[str, Any]) -> list[tuple[str | None, int]]:
    """Cell and line of each line of the first check's that the result shows; taken out of the whole result."""
    found = [
        [(line.pop("cell"), line.pop("number")) for line in check["detail"]["lines"]]
        for check in result["checks"]
        if check["detail"]
    ]
    return found[0]


def test_right_answer_passes(grade: Any) -> None:
    result = grade("print('loading')\n" + _REFERENCE)
    assert (result.passed, result.score, result.status, exit_status(result)) == (True, 4.0, "graded", 0)
    assert result.stdout == "loading\n"
    assert (result.message, result.notes) == (None, ())


def test_missing_name_is_said_and_the_rest_is_graded(grade: Any) -> None:
    result = grade(_REFERENCE.replace("def half", "def halve"))
    assert (result.status, result.score, exit_status(result)) == ("error", 3.0, 3)
    assert "half is not defined; the exercise asks for it" in result.message["en"]
    assert verdicts(result) == {"twice": "passed", "half": "error", "secret": "passed"}


def test_forbidden_name_costs_the_function_that_uses_it(grade: Any) -> None:
    result = grade(_REFERENCE.replace("2 * x", "torch.mul(x, 2)"))
    assert (result.status, result.score) == ("graded", 1.0)
    assert "torch.mul" in result.checks[0].message["en"]


def test_notes_tell_of_cells_left_out_cells_that_raised_and_global_state(grade: Any) -> None:
    cells = ["%matplotlib inline\n" + _REFERENCE, "1 / 0", "torch.set_default_dtype(torch.float16)"]
    result = grade(cells)
    assert (result.passed, result.status) == (True, "graded")
    notes = " ".join(note["en"] for note in result.notes)
    for sentence in ("%matplotlib inline were left out", "Cell 2 raised ZeroDivisionError", "torch's default dtype"):
        assert sentence in notes
    assert all(note["en"] != note["zh-CN"] for note in result.notes)


@pytest.mark.parametrize(
    ("source", "status", "sentence"),
    [
        ("def double(x:\n", "error", "line 1"),
        ("import torch\n\n1 / 0\n", "error", "ZeroDivisionError: division by zero"),
        ("import os\nos._exit(0)\n", "error", "ends the program while it is being loaded"),
    ],
)
def test_file_that_can_not_be_graded_has_a_result_without_holes(
    source: str, status: str, sentence: str, grade: Any
) -> None:
    result = grade(source)
    assert (result.status, result.score, exit_status(result)) == (status, 0.0, 3)
    assert sentence in result.message["en"]
    assert [(check.id, check.verdict, check.max_points) for check in result.checks] == [
        ("twice", status, 2.0),
        ("half", status, 1.0),
        ("secret", status, 1.0),
    ]


_BROKEN_CHECKS = """

@check(points=1, title="a")
def test_broken(student, sample):
    student.double(sample(1)).nope()


@check(points=1, title="c")
def test_misspelt(compare, sample):
    compare("duble", sample(1))


@check(points=1, title="d")
def test_asks(compare, samples):
    compare("double", samples(1))


@check(points=1, title="b")
def test_skips():
    import pytest

    pytest.skip("no GPU")
"""


def test_check_that_is_wrong_itself_is_the_graders_fault(course: Path, tmp_path: Path) -> None:
    exercise = course / "solutions" / "exercise05"
    shutil.copytree(course / "solutions" / "exercise04", exercise)
    (exercise / "exercise.toml").write_text(_EXERCISE.replace("doubling", "broken"), "utf-8")
    (exercise / "checks.py").write_text(_CHECKS + _BROKEN_CHECKS, "utf-8")
    (tmp_path / "broken.py").write_text(_REFERENCE, "utf-8")
    result = grade_exercise("broken", tmp_path / "broken.py", course=course, seed=1)
    assert (result.status, result.passed, exit_status(result)) == ("grader_error", False, 4)
    assert verdicts(result) == {
        "twice": "passed",
        "half": "passed",
        "broken": "grader_error",
        "misspelt": "grader_error",
        "asks": "grader_error",
        "skips": "skipped",
        "secret": "passed",
    }
    told = {check.id: check.message["en"] for check in result.checks if check.message}
    assert told["skips"] == "no GPU"
    lines = (_CHECKS + _BROKEN_CHECKS).split("\n")
    for id, sentence, line in (
        ("broken", "has no attribute 'nope'", "    student.double(sample(1)).nope()"),
        ("misspelt", "(reference.py has no function duble", '    compare("duble", sample(1))'),
        ("asks", "(a check can't ask for samples; what it can ask for: compare, ", '@check(points=1, title="d")'),
    ):
        assert told[id].startswith("This check itself failed (") and "report" not in told[id]
        assert sentence in told[id]
        assert f"; see exercise05/checks.py, line {lines.index(line) + 1})" in told[id]


@pytest.mark.parametrize(("name", "bad"), [("reference.py", "import no_such_thing"), ("mistakes.py", "f(")])
def test_file_of_the_exercise_that_can_not_be_run_is_told_with_its_line(
    name: str, bad: str, course: Path, tmp_path: Path
) -> None:
    exercise = shutil.copytree(course / "solutions/exercise04", course / "solutions/exercise06")
    try:
        (exercise / "exercise.toml").write_text(_EXERCISE.replace("doubling", "unrun"), "utf-8")
        (exercise / name).write_text(f"{_REFERENCE if name == 'reference.py' else ''}\n\n{bad}\n", "utf-8")
        (tmp_path / "unrun.py").write_text("def double(x):\n    return x\n", "utf-8")
        line = (exercise / name).read_text("utf-8").count("\n")
        told = f"{exercise / name}:{line}: running this file failed: "
        if name == "reference.py":
            with pytest.raises(CourseError, match=re.escape(told)):
                grade_exercise("unrun", tmp_path / "unrun.py", course=course)
        else:
            result = grade_exercise("unrun", tmp_path / "unrun.py", course=course)
            assert result.status == "grader_error"
            said = [check.message["en"] for check in result.checks if check.message]
            # A result names places in the course, not on this machine.
            assert any(f"(solutions/exercise06/{told.partition('exercise06/')[2]}" in message for message in said), said
    finally:
        shutil.rmtree(exercise)


def test_wrong_use_grades_nothing(course: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no exercise is called"):
        grade_exercise("nine", tmp_path / "x.py", course=course)
    with pytest.raises(UsageError):
        grade_exercise("4", tmp_path / "not_there.py", course=course)
