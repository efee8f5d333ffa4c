"""`grade new` as an author runs it, and courses found or not found in each way."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from grader.cli.verb_table import VERBS, load_verb
from tests.forked import run_forked

ROOT = Path(__file__).parents[2]


def grade(*words: str, cwd: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    environ = {name: value for name, value in os.environ.items() if not name.startswith("GRADE_")}
    environ |= {"LC_ALL": "C.UTF-8", "PYTHONPATH": str(ROOT), **variables}
    return run_forked("grader", *words, cwd=cwd, env=environ)


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A course that `grade new` started, with exercise37 in it."""
    run = grade("new", "exercise37_softplus", "--course", "mine", cwd=tmp_path)
    assert run.returncode == 0, run.stderr
    return tmp_path / "mine"


def result(*words: str, cwd: Path) -> dict[str, object]:
    run = grade(*words, "--json", "-", cwd=cwd)
    assert run.returncode in (0, 1), run.stderr
    return dict(json.loads(run.stdout))


@pytest.mark.slow
def test_a_new_exercise_works_at_once(mine: Path) -> None:
    solution = mine / "solutions/exercise37"
    for answer in (solution / "reference.py", *(solution / "variants").glob("*.py")):
        graded = result("exercise37", str(answer), cwd=mine)
        assert (graded["score"], graded["max_score"], graded["passed"]) == (4, 4, True)
    command = [sys.executable, "-m", "grader.course.exercises"]
    subprocess.run(command, cwd=mine, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True, capture_output=True)
    stub = result("softplus", cwd=mine)
    assert stub["score"] == 0
    assert {check["verdict"] for check in stub["checks"]} == {"not_implemented"}  # type: ignore[attr-defined]
    for body, name in (("2 * x", "doubled"), ("x * x.detach()", "half_detached")):
        (mine / "softplus.py").write_text(f"def softplus(x):\n    return {body}\n")
        wrong = result("37", cwd=mine)
        assert {name for check in wrong["checks"] for name in check["mistakes"]} == {name}  # type: ignore[attr-defined]
    made = grade("init", "learner", cwd=mine.parent, GRADE_COURSE=str(mine))
    assert made.returncode == 0
    learners = result("37", cwd=mine.parent / "learner")
    assert learners["score"] == 0


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("exercise37_other", "the number 37 is taken. The next one that is free is 38."),
        ("exercise037_other", "the number 37 is taken"),
        ("exercise38_softplus", "the slug softplus is taken by exercise37"),
        ("softplus", "exercise38_softplus, for example"),
        ("exercise00_zero", "exercise38_softplus, for example"),
        ("exercise1000_many", "exercise38_softplus, for example"),
        ("exercise38_Soft-Plus", "soft_plus would do"),
        ("exercise38_ü", "can't be a slug"),
        ("exercise38_../../x", "can't be a slug"),
        ("exercise38_lambda", "a word of Python's own"),
        ("exercise38_random", "random.py would stand in its way"),
        ("exercise38_torch", "torch.py would stand in its way"),
    ],
)
def test_names_that_will_not_do(mine: Path, name: str, told: str) -> None:
    before = sorted(mine.rglob("*"))
    run = grade("new", name, cwd=mine)
    assert (run.returncode, run.stdout) == (2, "")
    assert told in run.stderr
    assert sorted(mine.rglob("*")) == before


def test_where_no_course_can_be(tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full/notes.txt").write_text("mine")
    (tmp_path / "file").write_text("")
    for words, told in (
        ((), "add --course DIR"),
        (("--course", "full"), "is not empty"),
        (("--course", "file"), "is a file"),
        (("--course", "file/below"), "can't be made"),
    ):
        run = grade("new", "exercise01_first", *words, cwd=tmp_path)
        assert (run.returncode, told in run.stderr) == (2, True), run.stderr
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["file", "full", "notes.txt"]


def test_a_course_without_units_is_told(mine: Path) -> None:
    (mine / "course.toml").write_text('title = "A"\n', "utf-8")
    run = grade("new", "exercise38_other", cwd=mine)
    assert run.returncode == 2 and "has no [[units]]" in run.stderr


def test_every_verb_takes_a_course() -> None:
    # One ends what has no course, one is for all of them, one is given the course itself, one reads results alone.
    without = ("stop", "completion", "trust", "feedback")
    verbs = [*(name for name in VERBS if name not in without), "grade"]
    lacking = [name for name in verbs if not any("--course" in param.opts for param in load_verb(name).params)]
    assert lacking == []


def test_a_course_by_option_variable_and_place(mine: Path, tmp_path: Path) -> None:
    for run in (
        grade("list", "--course", str(mine), cwd=tmp_path),
        grade("list", cwd=tmp_path, GRADE_COURSE=str(mine)),
        grade("list", cwd=mine / "solutions"),
    ):
        assert "exercise37  Softplus" in run.stdout
    assert "exercise37" not in grade("list", cwd=tmp_path).stdout


@pytest.mark.parametrize(("option", "source"), [(True, "--course"), (False, "GRADE_COURSE")])
def test_what_is_no_course_is_told(mine: Path, tmp_path: Path, option: bool, source: str) -> None:
    (tmp_path / "empty").mkdir()
    for folder, told, verbs in (
        ("none", "there is no folder none", ("list", "init learner", "hint 37", "37 x.py")),
        ("mine/course.toml", "is a file", ("list",)),
        ("mine/solutions", "around it is", ("init learner",)),
        ("empty", "give the folder of a course", ("hint 37",)),
    ):
        words, variables = (["--course", folder], {}) if option else ([], {"GRADE_COURSE": folder})
        for verb in verbs:
            run = grade(*verb.split(), *words, cwd=tmp_path, **variables)
            assert run.returncode == 2 and source in run.stderr and told in run.stderr, run.stderr


def test_a_course_without_exercises_says_how_to_make_one(mine: Path, tmp_path: Path) -> None:
    (mine / "solutions").rename(tmp_path / "away")
    for verb, status in (("list", 0), ("37", 2), ("hint 37", 2), ("init learner", 2)):
        run = grade(*verb.split(), cwd=mine)
        assert run.returncode == status and "grade new exercise01_NAME" in run.stdout + run.stderr


@pytest.mark.parametrize("file", ["reference.py", "checks.py"])
def test_python_that_is_none_is_told_with_its_line(mine: Path, file: str) -> None:
    answer = mine / "answer.py"
    answer.write_text("def softplus(x):\n    return x * x\n")
    path = mine / "solutions/exercise37" / file
    path.write_text(path.read_text("utf-8").rstrip() + "\n\ndef (\n", "utf-8")
    told = f"{path}:{len(path.read_text('utf-8').splitlines())}: not valid Python"
    run = grade("37", "answer.py", cwd=mine)
    assert run.returncode == 4 and told in run.stderr and "Traceback" not in run.stderr, run.stderr


@pytest.mark.slow
def test_checks_that_can_not_be_imported_are_told(mine: Path) -> None:
    path = mine / "solutions/exercise37/checks.py"
    path.write_text(path.read_text("utf-8") + "\nEPSILON = 1 / 0\n", "utf-8")
    run = grade("37", "solutions/exercise37/reference.py", cwd=mine)
    assert run.returncode == 4 and "ZeroDivisionError" in run.stderr and "could not be loaded" in run.stderr


@pytest.mark.slow
def test_a_class_is_graded_although_one_exercise_is_broken(mine: Path) -> None:
    assert grade("new", "exercise38_other", cwd=mine).returncode == 0
    (mine / "solutions/exercise38/checks.py").unlink()
    for exercise, file in (("exercise37", "softplus.py"), ("exercise38", "other.py")):
        folder = mine / "submitted/ada" / exercise
        folder.mkdir(parents=True)
        (folder / file).write_bytes((mine / "solutions/exercise37/reference.py").read_bytes())
    run = grade("score", "submitted", "--out", "scored", "-j", "1", "--allow-unconfined", cwd=mine)
    assert run.returncode == 0, run.stderr
    rows = (mine / "scored/scores.csv").read_text("utf-8").splitlines()
    assert rows[1].startswith('"ada","exercise37",4,4,"graded"')
    assert "exercise38 can't be read; the instructor sees why with: grade exercise38" in rows[2]
