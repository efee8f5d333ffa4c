"""A course that asks for points by function, from its notebooks to nbgrader's feedback, and through `grade score`."""

from __future__ import annotations

import copy
import html
import json
import re
import sqlite3
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.forked import NBGRADER, run_forked
from tests.nbgrader.courses import autograde, named, nbgrader, released, text_of
from tests.nbgrader.gradebooks import exported, rows
from tests.tiny import DOUBLING, exercise_toml, tiny_course

pytestmark = pytest.mark.slow
ONE = "exercise01"
CHECKS = """
from grader.checks import check


@check(points=2, title="double")
def test_double(compare, sample):
    compare("double", sample(8, low=1, high=2))


@check(points=1, title="half of negative numbers", hidden=True)
def test_half(compare, sample):
    compare("half", sample(8, low=-2, high=-1))


@check(points=1, title="both")
def test_both(compare, sample):
    for name in ("double", "half"):
        compare(name, sample(3, low=1, high=2))
"""
STATEMENT = "# Doubling\n\nIn `doubling.py`: `double` and `half`.\n\n```\ngrade exercise01    # grades your file\n```\n"
SCORES = """
    SELECT sa.student_id, b.name, g.auto_score FROM grade g JOIN submitted_notebook sn ON g.notebook_id = sn.id
    JOIN submitted_assignment sa ON sn.assignment_id = sa.id JOIN base_cell b ON b.id = g.cell_id
"""
WRONG = DOUBLING.replace("x / 2", "x / 3")
QUESTION: dict[str, Any] = {
    "cell_type": "markdown",
    "id": "question",
    "metadata": {
        "nbgrader": {
            "schema_version": 3,
            "grade_id": "my-question",
            "grade": True,
            "solution": True,
            "locked": False,
            "task": False,
            "points": 2.0,
        }
    },
    "source": "Why does this matter?",
}


def generate(course: Path, status: int = 0) -> subprocess.CompletedProcess[str]:
    """Make nbgrader's folder beside the course, in English."""
    words = ("generate", "--out", course.parent / "nb", "--as", "nbgrader", "--course", course, "--lang", "en")
    done = run_forked("grader", *words, cwd=course, imported=NBGRADER)
    assert done.returncode == status, done.stderr
    return done


def source(course: Path) -> Path:
    return course.parent / f"nb/source/{ONE}/doubling.ipynb"


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course of one exercise; beside it the folder that was generated from it, edited, and generated again."""
    files = {
        "exercise.toml": exercise_toml("doubling", 4),
        "reference.py": f"import torch\n{marked(DOUBLING)}",
        "checks.py": CHECKS,
        "mistakes.py": "",
        "statement.md": STATEMENT,
    }
    course = tiny_course(
        tmp_path_factory.mktemp("points") / "course", {ONE: files}, {"nbgrader.toml": 'points = "function"\n'}
    )
    generate(course)
    whole = json.loads(source(course).read_text("utf-8"))
    whole["cells"].insert(1, QUESTION)
    head = named(whole["cells"], f"{ONE}-solution")
    head["source"] = ["import math\n", *head["source"]]
    source(course).write_text(json.dumps(whole), "utf-8")
    statement = course / f"solutions/{ONE}/statement.md"
    statement.write_text(STATEMENT + "\nNew words.\n", "utf-8")
    (course / "said").write_text(generate(course).stdout, "utf-8")
    return course


def marked(text: str) -> str:
    """With the marks of solutions."""
    return re.sub(r"(?m)^    return .*$", r"    ### BEGIN SOLUTION\n\g<0>\n    ### END SOLUTION", text)


@pytest.fixture(scope="module")
def graded(course: Path) -> Path:
    """nbgrader's folder, its class graded and given feedback."""
    folder = course.parent / "nb"
    nbgrader(folder, "generate_assignment", ONE)
    cells = released(folder, ONE)
    for student, text in (("ada", DOUBLING), ("bob", WRONG)):
        filled = copy.deepcopy(cells)
        named(filled, f"{ONE}-solution-2")["source"] = text
        named(filled, f"{ONE}-solution-3")["source"] = ""
        named(filled, "my-question")["source"] = "Because."
        hand_in(folder, student, text_of(filled))
    hand_in(folder, "eve", json.dumps({"nbformat": 4, "cells": cells})[:900])
    autograde(folder, ONE)
    with sqlite3.connect(folder / "gradebook.db") as connection:
        connection.execute("UPDATE comment SET manual_comment = 'Come and see me'")
    connection.close()
    nbgrader(folder, "generate_feedback", ONE)
    return folder


def hand_in(folder: Path, student: str, text: str) -> None:
    path = folder / f"submitted/{student}/{ONE}/doubling.ipynb"
    path.parent.mkdir(parents=True)
    path.write_text(text, "utf-8")


def scores(gradebook: Path) -> dict[str, dict[str, float | None]]:
    """Student → cell → score."""
    found: dict[str, dict[str, float | None]] = {}
    for student, cell, score in rows(gradebook, SCORES):
        found.setdefault(student, {})[cell.removeprefix(f"{ONE}-")] = score
    return found


def feedback(folder: Path, student: str) -> str:
    page = (folder / f"feedback/{student}/{ONE}/doubling.html").read_text("utf-8")
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", page)).split())


def test_an_edited_notebook_keeps_its_own_and_gets_what_is_new(course: Path) -> None:
    cells = json.loads(source(course).read_text("utf-8"))["cells"]
    names = [cell["metadata"]["nbgrader"]["grade_id"].removeprefix(f"{ONE}-") for cell in cells]
    solutions = ["solution", "solution-2", "solution-3"]
    assert names == ["statement", "my-question", *solutions, "grade-double", "grade-half", "grade"]
    statement, question, head = ("".join(cell["source"]) for cell in cells[:3])
    assert "New words." in statement and question == "Why does this matter?" and head == "import math\nimport torch"
    assert f"cells kept as you changed them: {ONE}-solution" in (course / "said").read_text("utf-8")
    assert generate(course).stdout.startswith(f"{course.parent / 'nb'}: files written: 0")


def test_a_statement_in_a_notebook_speaks_of_cells(course: Path) -> None:
    text = "".join(json.loads(source(course).read_text("utf-8"))["cells"][0]["source"])
    assert "In the cells below: `double`" in text
    assert "```\n%grade exercise01    # grades your cells\n```" in text


def test_each_function_has_its_points(graded: Path) -> None:
    assert scores(graded / "gradebook.db") == {
        "ada": {"grade-double": 2, "grade-half": 1, "grade": 1, "my-question": None},
        "bob": {"grade-double": 2, "grade-half": 0, "grade": 0, "my-question": None},
        "eve": {"grade-double": 0, "grade-half": 0, "grade": 0, "my-question": None},
    }
    assert float(exported(graded)["bob", ONE]["max_score"]) == 6


def test_feedback_shows_a_persons_comment_and_the_report_and_nothing_hidden(graded: Path) -> None:
    page = feedback(graded, "bob")
    assert "Come and see me" in page and "both" in page and "entries are wrong" in page
    below = page[page.index("--function half") :]
    assert "This check is hidden: it shows neither inputs nor values." in below
    assert re.search(r"tensor\(\[(…, )?\d", page) and not re.search(r"tensor\(\[(…, )?-", page)


def test_feedback_on_a_notebook_that_breaks_off_is_one_sentence(graded: Path) -> None:
    page = feedback(graded, "eve")
    assert page.count("breaks off before its end") == 1
    assert page.count(f"Nothing could be graded; the cell {ONE}-grade says why.") == 2
    assert "was missing" not in page and "were missing" not in page and '"cells": [' not in page


def test_score_writes_the_same_points(course: Path, graded: Path, tmp_path: Path) -> None:
    gradebook = tmp_path / "gradebook.db"
    score = ("score", graded / "submitted", "--out", tmp_path / "out", "--gradebook", gradebook, "--course", course)
    done = run_forked("grader", *score, cwd=course, imported=NBGRADER)
    assert done.returncode == 0, done.stderr
    wanted = {
        student: {name: score for name, score in cells.items() if name != "my-question"}
        for student, cells in scores(graded / "gradebook.db").items()
    }
    assert scores(gradebook) == wanted
    nbgrader(tmp_path, "generate_feedback", ONE)
    assert "Score: 0 of 1" in feedback(tmp_path, "bob")
    (course / "nbgrader.toml").write_text('points = "exercise"\n')
    again = ("record", tmp_path / "out", "--gradebook", gradebook, "--course", course, "--lang", "en")
    done = run_forked("grader", *again, cwd=course, imported=NBGRADER)
    assert done.returncode == 4 and "divides its points among other cells" in done.stdout
    assert scores(gradebook) == wanted


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('points = "cell"', "nbgrader.toml:1: points is one of exercise, function, not 'cell'"),
        ("\npints = 3", "nbgrader.toml:2: unknown key pints; known here: points"),
        ("points =", "nbgrader.toml:1: not valid TOML"),
    ],
)
def test_a_faulty_setting_is_told_and_nothing_is_written(course: Path, tmp_path: Path, text: str, said: str) -> None:
    copied = tiny_course(tmp_path / "course", {}, {"nbgrader.toml": text})
    (copied / "solutions").symlink_to(course / "solutions")
    assert said in generate(copied, status=4).stderr
    assert not (tmp_path / "nb").exists()
