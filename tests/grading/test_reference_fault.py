"""A reference that raises: the real command says that the grader is at fault, where, and takes no points for it."""

from __future__ import annotations

import csv
import json
import subprocess
from pathlib import Path

import pytest

from tests.bad_input import ROOT, SUBMISSIONS, short_course
from tests.nbgrader.gradebooks import command
from tests.tiny import DOUBLING, exercise_toml, grading, tiny_course


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """Exercise 03 with a reference whose tanh_grad does not work."""
    folder = short_course(tmp_path / "course").folder
    path = folder / "solutions/exercise03/reference.py"
    text = path.read_text("utf-8")
    assert text.count("def tanh_grad(x") == 1
    head, _, tail = text.partition("def tanh_grad(x")
    start = tail.index("    ### BEGIN SOLUTION")
    path.write_text(f"{head}def tanh_grad(x{tail[:start]}    return x.no_such_thing()\n{tail[start:]}", "utf-8")
    return folder


def line(course: Path) -> int:
    lines = (course / "solutions/exercise03/reference.py").read_text("utf-8").split("\n")
    return lines.index("    return x.no_such_thing()") + 1


@pytest.mark.slow
@pytest.mark.parametrize("name", ["right", "not_implemented"])
def test_one_submission(name: str, course: Path) -> None:
    words = [*command("exercise03", SUBMISSIONS / f"{name}.py", "--json", "-")[:-1], str(course)]
    done = subprocess.run(words, capture_output=True, text=True, timeout=120, cwd=ROOT)
    result = json.loads(done.stdout)
    assert (done.returncode, result["status"]) == (4, "grader_error")
    broken = [check for check in result["checks"] if check["verdict"] == "grader_error"]
    assert "tanh_grad" in {check["id"] for check in broken}
    told = f"AttributeError: 'Tensor' object has no attribute 'no_such_thing' in reference.py, line {line(course)}"
    assert all(told in (check["message"] or {"en": told})["en"] for check in broken)
    if name == "right":
        assert all(check["passed"] for check in result["checks"] if check not in broken)
        assert result["score"] > 0


@pytest.mark.slow
def test_a_class(course: Path, tmp_path: Path) -> None:
    place = tmp_path / "submitted/anna/exercise03/sigmoid_derivative.py"
    place.parent.mkdir(parents=True)
    place.write_bytes((SUBMISSIONS / "right.py").read_bytes())
    words = [*command("score", tmp_path / "submitted", "--out", tmp_path / "out")[:-1], str(course)]
    done = subprocess.run(words, capture_output=True, text=True, timeout=120, cwd=ROOT)
    assert done.returncode == 4, done.stderr
    with (tmp_path / "out/scores.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["status"] == "grader_error"
    result = json.loads((tmp_path / "out/results/anna/exercise03.json").read_text("utf-8"))
    messages = [check["message"]["en"] for check in result["checks"] if check["verdict"] == "grader_error"]
    assert messages and all(f"reference.py, line {line(course)}" in message for message in messages)


def test_a_call_that_the_reference_does_not_take_is_told_as_that(tmp_path: Path) -> None:
    checks = """
from grader.checks import check


@check(points=1, title="doubles")
def test_double(compare, sample):
    compare("double", sample(3), sample(3))
"""
    files = {"exercise.toml": exercise_toml("double", 1), "reference.py": DOUBLING, "checks.py": checks}
    course = tiny_course(tmp_path / "course", {"exercise01": files})
    (tmp_path / "double.py").write_text(DOUBLING, "utf-8")
    with grading(course, "exercise01") as grade:
        (check,) = grade(tmp_path / "double.py", 1).checks
    assert check.verdict == "grader_error" and check.message is not None
    assert "the reference's double(x) does not take the arguments of this call" in check.message["en"]
