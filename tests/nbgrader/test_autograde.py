"""nbgrader's own commands with our steps in autograde: right scores and reasons, whatever was handed in."""

from __future__ import annotations

import copy
import json
import os
import subprocess
import sys
from itertools import cycle
from pathlib import Path
from typing import Any

import nbformat
import pytest

from tests.nbgrader.courses import autograde, comments, grades, hand_in, make_course, named, released, solved, text_of
from tests.nbgrader.gradebooks import COURSE, RIGHT, SLUG, WRONG, environment, exported, grade, nbgrader

pytestmark = pytest.mark.slow

PATCHED = "\nimport torch\ntorch.testing.assert_close = lambda *a, **k: None\ntorch.allclose = lambda *a, **k: True\n"
NO_GRADIENT = RIGHT.replace("return s * (1 - s)", "{line}")


def without_metadata(cells: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [cell | {"metadata": {}} for cell in cells]


def retyped(cells: list[dict[str, Any]]) -> list[dict[str, Any]]:
    cell = named(cells, "exercise03-solution")
    cell["cell_type"] = "markdown"
    del cell["outputs"], cell["execution_count"]
    return cells


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course folder, autograded once, with one student for each kind of submission."""
    course = make_course(tmp_path_factory.mktemp("autograde") / "course", "exercise03")
    right = solved(course, RIGHT)
    sources = {
        "right": RIGHT,
        "wrong": WRONG,
        "patches": WRONG + PATCHED,
        "warns": RIGHT + '\nimport sys, warnings\nprint("warn", file=sys.stderr)\nwarnings.warn("w")\n',
        "loops": NO_GRADIENT.format(line="import time\n    while True: time.sleep(1)"),
        "exits": NO_GRADIENT.format(line="import os; os._exit(0)"),
    }
    for student, source in sources.items():
        hand_in(course, student, text_of(solved(course, source)))
    grade = named(right, "exercise03-grade")
    edited = [cell | {"source": "print(10.0)"} if cell is grade else cell for cell in right]
    flood = {"output_type": "stream", "name": "stdout", "text": "x" * 1000}
    claim = {"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": {"text/plain": "10.0"}}
    claiming = solved(course, WRONG)
    named(claiming, "exercise03-grade")["outputs"] = [claim]
    noisy = copy.deepcopy(right)
    named(noisy, "exercise03-solution")["outputs"] = [flood] * 3000
    texts = {
        "no_grade_cell": text_of([cell for cell in right if cell is not grade]),
        "grade_cell_twice": text_of([grade, *right, edited[-1]]),
        "grade_cell_edited": text_of(edited),
        "solution_cell_twice": text_of([named(solved(course, WRONG), "exercise03-solution"), *right]),
        "no_metadata": text_of(without_metadata(right)),
        "odd_metadata": text_of(
            [
                cell | {"metadata": {"nbgrader": odd}}
                for cell, odd in zip(
                    right, cycle(({"grade": True}, {"grade_id": ["x"], "solution": 1}, "grade")), strict=False
                )
            ]
        ),
        "solution_elsewhere": text_of(
            [cell for cell in right if not cell["metadata"]["nbgrader"]["solution"]] + [without_metadata(right)[1]]
        ),
        "retyped": text_of(retyped(solved(course, RIGHT))),
        "claims": text_of(claiming),
        "noisy": text_of(noisy),
        "no_kernel": text_of(right, metadata={}),
        "same_ids": text_of([cell | {"id": "same"} for cell in right]),
        "old_format": json.dumps({"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": []}]}),
        "new_format": text_of(right, nbformat=5),
        "r_kernel": text_of(right, metadata={"kernelspec": {"name": "ir", "display_name": "R", "language": "R"}}),
        "no_json": "def sigmoid(x): ...",
        "empty": "",
    }
    for student, text in texts.items():
        hand_in(course, student, text)
    hand_in(course, "no_text", b"\xff\xfe\x00")
    (course / "log.txt").write_text(autograde(course, "exercise03"), "utf-8")
    return course


FULL = (
    "right",
    "warns",
    "no_grade_cell",
    "grade_cell_twice",
    "grade_cell_edited",
    "solution_cell_twice",
    "no_metadata",
    "odd_metadata",
    "solution_elsewhere",
    "noisy",
    "no_kernel",
    "same_ids",
)


def test_right_answers_get_all_points_and_nothing_is_lost_silently(course: Path) -> None:
    found = grades(course)
    assert {student: found[student] for student in FULL} == dict.fromkeys(FULL, (10.0, False))
    log = (course / "log.txt").read_text("utf-8")
    for student in ("no_grade_cell", "no_metadata", "grade_cell_twice", "grade_cell_edited", "retyped"):
        assert f"{student}, exercise03: the cell" in log
    assert "right, exercise03: the cell" not in log


def test_wrong_answers_get_part_of_the_points_and_cheating_gains_nothing(course: Path) -> None:
    found = grades(course)
    assert found["wrong"] == found["patches"] == found["claims"] == (6.0, False)
    # A loop or an exit costs the checks that call the function, no other.
    assert 0 < (found["loops"][0] or 0) < 10
    assert found["loops"] == found["exits"] == (6.0, False)


@pytest.mark.parametrize(
    ("student", "reason"),
    [
        ("retyped", "was no code cell any more"),
        ("old_format", "old format 3"),
        ("new_format", "format 5"),
        ("r_kernel", "notebook for R"),
        ("no_json", "is no notebook"),
        ("empty", "is empty"),
        ("no_text", "is no notebook"),
        ("solution_elsewhere", "Score: 10 of 10"),
    ],
)
def test_what_cannot_be_graded_is_told(course: Path, student: str, reason: str) -> None:
    told = " ".join(comments(course)[student].split())
    assert reason in told
    if "Score: 10" not in reason:
        assert grades(course)[student] == (0.0, False)


def test_autograded_notebooks_are_valid_with_each_named_cell_once(course: Path) -> None:
    wanted = [cell["metadata"]["nbgrader"]["grade_id"] for cell in released(course)]
    assert len(wanted) >= 4
    paths = sorted((course / "autograded").glob(f"*/exercise03/{SLUG}.ipynb"))
    assert len(paths) == len(grades(course)) >= 24
    for path in paths:
        found = nbformat.read(path, as_version=4)
        nbformat.validate(found)
        names = [cell.metadata.nbgrader.grade_id for cell in found.cells if "nbgrader" in cell.metadata]
        assert sorted(names) == sorted(wanted), path
        assert path.stat().st_size < 200_000


def test_feedback_and_export_show_scores_and_reasons_and_nothing_hidden(course: Path) -> None:
    nbgrader(course, "generate_feedback", "exercise03")
    table = exported(course)
    for student, (score, _) in grades(course).items():
        assert float(table[student, "exercise03"]["score"]) == score
        assert f"(Score: {score} / 10.0)" in (course / f"feedback/{student}/exercise03/{SLUG}.html").read_text("utf-8")
    page = (course / f"feedback/wrong/exercise03/{SLUG}.html").read_text("utf-8")
    assert "Probably this mistake: this is x·(1−x)" in page
    assert "<b>Comments:</b>" in page
    seen = [
        path.read_text("utf-8", "replace")
        for top in ("autograded", "feedback", "submitted")
        for path in (course / top).rglob("*")
        if path.is_file()
    ]
    result = instructors_view(course.parent)
    hidden = [check for check in result["checks"] if check["hidden"] and not check["passed"]]
    assert len(hidden) == 4
    secrets = {check["message"]["en"] for check in hidden} | {
        check["detail"][part] for check in hidden for part in ("called", "expected", "got") if check["detail"][part]
    }
    visible = {
        part
        for check in result["checks"]
        if not check["hidden"] and check["detail"]
        for part in (check["detail"]["called"], check["message"]["en"])
    }
    assert len(secrets - visible) >= 4
    lines = {line for secret in secrets - visible for line in secret.split("\n") if len(line) > 25}
    assert len(lines) >= 8
    assert [line for line in lines if any(line in text for text in seen)] == []


def instructors_view(folder: Path) -> dict[str, Any]:
    """The same wrong answer, with the same seed, as an instructor sees it."""
    place = folder / "class/wrong/exercise03"
    place.mkdir(parents=True, exist_ok=True)
    (place / f"{SLUG}.py").write_text(WRONG, "utf-8")
    grade("score", folder / "class", "--out", folder / "scored", "--seed", "7")
    found = json.loads((folder / "scored/results/wrong/exercise03.json").read_text("utf-8"))
    assert isinstance(found, dict)
    return found


def test_outputs_of_100_mb_cost_nothing(course: Path) -> None:
    """They are skipped, and nothing of them is copied."""
    cells = solved(course, RIGHT)
    flood = {"output_type": "stream", "name": "stdout", "text": "x" * (100 << 20)}
    named(cells, "exercise03-solution")["outputs"] = [flood]
    path = hand_in(course, "zz_flood", text_of(cells))
    autograde(course, "exercise03", "--student=zz_flood")
    path.unlink()
    assert grades(course)["zz_flood"] == (10.0, False)
    assert (course / f"autograded/zz_flood/exercise03/{SLUG}.ipynb").stat().st_size < 100_000


def test_nbgraders_process_imports_no_torch_and_the_grader_process_ends_with_it(course: Path) -> None:
    script = """
import sys
from nbgrader.apps import AutogradeApp
import grader.scorers.process as process
started = []
ready = process.ScorerProcess.ready
process.ScorerProcess.ready = lambda self: started.append(self.process) or ready(self)
AutogradeApp.launch_instance(["exercise03", "--student=right", "--force"])
print("torch" in sys.modules, len(started), started[0].poll())
import atexit
atexit._run_exitfuncs()
print(started[0].poll())
"""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script],
        cwd=course,
        env=environment(course),
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    first, last = done.stdout.splitlines()
    assert first.startswith("False 1")
    assert last == "0"


def test_a_grader_process_that_dies_gives_no_score_and_asks_for_review(course: Path, tmp_path: Path) -> None:
    """It is started anew, and the submission tried three times in all, as docs/nbgrader.md says."""
    place = tmp_path / "sitecustomize.py"
    place.write_text(
        f"""
import sys
if "grader.scorers.scorer" in " ".join(sys.orig_argv):
    import os, grader.grading.grader as module
    grade = module.Grader.grade
    def dying(self, exercise, name, *rest):
        if "exits" in name:
            with open({str(tmp_path / "died")!r}, "a") as file:
                file.write("x")
            os._exit(1)
        return grade(self, exercise, name, *rest)
    module.Grader.grade = dying
""",
        "utf-8",
    )
    path = os.pathsep.join([str(tmp_path), str(COURSE)])
    said = autograde(course, "exercise03", "--student=exits", "--force", env={"PYTHONPATH": path})
    assert (tmp_path / "died").read_text() == "xxx"
    assert grades(course)["exits"] == (None, True)
    assert "ERROR" in said and "This is a fault of the grader" in said
    assert "This is a fault of the grader" in comments(course)["exits"]
    autograde(course, "exercise03", "--student=exits", "--force")
    assert grades(course)["exits"] == (6.0, False)


def test_an_assignment_that_is_no_exercise_is_refused_and_needs_review(tmp_path: Path) -> None:
    course = make_course(tmp_path / "course", "exercise03")
    cells = released(course)
    (course / "source/mine").mkdir()
    (course / "source/mine/mine.ipynb").write_text(text_of(cells), "utf-8")
    nbgrader(course, "generate_assignment", "mine")
    place = course / "submitted/anna/mine/mine.ipynb"
    place.parent.mkdir(parents=True)
    place.write_text(text_of(cells), "utf-8")
    said = autograde(course, "mine", status=1)
    assert "The assignment mine is no exercise of the course" in said
    assert grades(course, "mine") == {"anna": (None, True)}


def test_a_test_cell_that_nobody_would_run_is_refused(tmp_path: Path) -> None:
    course = make_course(tmp_path / "course", "exercise03")
    path = course / f"source/exercise03/{SLUG}.ipynb"
    whole = json.loads(path.read_text("utf-8"))
    mine = copy.deepcopy(named(whole["cells"], "exercise03-grade"))
    mine["id"] = mine["metadata"]["nbgrader"]["grade_id"] = "my-test"
    whole["cells"].append(mine)
    path.write_text(json.dumps(whole), "utf-8")
    nbgrader(course, "generate_assignment", "exercise03", "--force")
    hand_in(course, "anna", text_of(released(course)))
    said = autograde(course, "exercise03", status=1)
    assert "the cells my-test are to be graded by being run" in said
    assert grades(course)["anna"] == (None, True)


def test_points_that_an_instructor_changed_are_given_in_proportion(tmp_path: Path) -> None:
    course = make_course(tmp_path / "course", "exercise03")
    path = course / f"source/exercise03/{SLUG}.ipynb"
    whole = json.loads(path.read_text("utf-8"))
    named(whole["cells"], "exercise03-grade")["metadata"]["nbgrader"]["points"] = 5.0
    path.write_text(json.dumps(whole), "utf-8")
    nbgrader(course, "generate_assignment", "exercise03", "--force")
    hand_in(course, "anna", text_of(solved(course, WRONG)))
    autograde(course, "exercise03")
    assert grades(course)["anna"] == (3.0, False)
