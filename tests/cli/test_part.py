"""A long exercise has parts: each is graded by itself, with `--part`, and shown by itself."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from grader.course.checklist import read_checks
from grader.course.faults import CourseError
from grader.course.find import find_course
from tests.tiny import exercise_toml, tiny_course

ROOT = Path(__file__).parents[2]
TOP = {
    "course.toml": 'languages = ["en", "zh-CN"]\ntitle = "Tiny"\n[[units]]\nnumber = 1\ntitle = "One"\n',
    "texts.zh-CN.toml": 'title = "小课程"\n[units]\n1 = "一"\n',
}
PARTS = '[parts]\ndoubling = "Doubling"\nhalving = "Halving"\n'
CHECKS = """
from grader.checks import check


@check(points=2, title="doubles", part="doubling")
def test_double(compare, sample):
    compare("double", sample(8))


@check(points=1, hidden=True, title="doubles what is negative", part="doubling")
def test_negative(compare, sample):
    compare("double", sample(8, low=-3, high=-1))


@check(points=1, title="halves", part="halving")
def test_half(compare, sample):
    compare("half", sample(8))
"""
TEXTS = """
title = "翻倍"
[parts]
doubling = "翻一番"
halving = "减半"
[checks]
double = "翻倍"
negative = "负数也翻倍"
half = "减半"
[docstrings]
double = "2·x"
half = "x/2"
"""
REFERENCE = '''
def double(x):
    """2·x"""
    ### BEGIN SOLUTION
    return 2 * x
    ### END SOLUTION


def half(x):
    """x/2"""
    ### BEGIN SOLUTION
    return x / 2
    ### END SOLUTION
'''


def course_with(folder: Path, *, parts: str = PARTS, checks: str = CHECKS, texts: str = TEXTS) -> Path:
    files = {
        "exercise.toml": exercise_toml("double", 4, parts),
        "reference.py": REFERENCE,
        "checks.py": checks,
        "texts.zh-CN.toml": texts,
        "statement.zh-CN.md": "# 小练习\n",
    }
    plain = {
        "exercise.toml": exercise_toml("plain", 1),
        "reference.py": REFERENCE,
        "checks.py": CHECKS.replace(', part="doubling"', "").replace(', part="halving"', ""),
        "texts.zh-CN.toml": TEXTS.replace('[parts]\ndoubling = "翻一番"\nhalving = "减半"\n', ""),
        "statement.zh-CN.md": "# 小练习\n",
    }
    return tiny_course(folder / "course", {"exercise01": files, "exercise02": plain}, TOP)


@pytest.fixture(scope="module")
def learner(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A learner's folder in which `double` is right and `half` is not written; its course is beside it."""
    folder = tmp_path_factory.mktemp("parts")
    course = course_with(folder)
    assert grade(folder, course, "init", "mine").returncode == 0
    (folder / "mine/double.py").write_text(
        "def double(x):\n    return x + x\n\n\ndef half(x):\n    raise NotImplementedError\n", "utf-8"
    )
    return folder


def grade(folder: Path, course: Path, *words: str, language: str = "en") -> subprocess.CompletedProcess[str]:
    environ = {**os.environ, "GRADE_COURSE": str(course), "GRADE_LANG": language, "COLUMNS": "80", "GRADE_WARM": "0"}
    command = [sys.executable, "-m", "grader", *words]
    environ["PYTHONPATH"] = str(ROOT)
    return subprocess.run(command, cwd=folder, env=environ, capture_output=True, text=True)


def test_the_whole_shows_each_part_with_its_points(learner: Path) -> None:
    run = grade(learner / "mine", learner / "course", "exercise01")
    assert run.returncode == 1
    rows = [line.split() for line in run.stdout.splitlines()]
    assert ["Doubling", "(--part", "doubling)", "3", "/", "3"] in rows
    assert ["Halving", "(--part", "halving)", "0", "/", "1"] in rows
    assert "Score: 3 of 4" in run.stdout


def test_a_part_is_graded_by_itself_and_remembered_nowhere(learner: Path) -> None:
    record = learner / "mine/.grade/record.jsonl"
    before = record.read_bytes() if record.exists() else b""
    run = grade(learner / "mine", learner / "course", "exercise01", "--part", "doubling")
    assert run.returncode == 0
    assert "Score of the part doubling: 3 of 3" in run.stdout
    assert "Next: grade exercise01 --part halving" in run.stdout
    assert "halves" not in run.stdout
    assert (record.read_bytes() if record.exists() else b"") == before
    other = grade(learner / "mine", learner / "course", "exercise01", "--part", "halving", language="zh-CN")
    assert other.returncode == 1
    assert "减半（--part halving）" in other.stdout
    assert "halving 部分得分：0 / 1" in other.stdout
    assert "grade exercise01 --part halving" in other.stdout


def test_the_same_seed_draws_the_same_inputs_for_a_part(learner: Path) -> None:
    wrong = learner / "wrong.py"
    wrong.write_text("def double(x):\n    return 2 * x + 1\n\n\ndef half(x):\n    return x\n", "utf-8")
    whole, part = (
        json.loads(
            grade(learner, learner / "course", "exercise01", str(wrong), "--seed", "7", "--json", "-", *more).stdout
        )
        for more in ((), ("--part", "halving"))
    )
    assert [check["id"] for check in part["checks"]] == ["half"]
    assert part["checks"][0] == whole["checks"][1]
    assert (part["part"], part["score"], part["max_score"]) == ("halving", 0.0, 1.0)
    assert [(found["id"], found["max_score"]) for found in part["parts"]] == [("halving", 1.0)]
    assert [(found["id"], found["max_score"]) for found in whole["parts"]] == [("doubling", 3.0), ("halving", 1.0)]


def test_a_page_and_a_line_name_the_part(learner: Path) -> None:
    words = ["exercise01", "double.py", "--part", "halving"]
    page = grade(learner / "mine", learner / "course", *words, "--html", "-").stdout
    assert "Halving (--part halving)" in page
    assert "Doubling" not in page
    line = grade(learner / "mine", learner / "course", *words, "-q").stdout
    assert line.startswith("exercise01 --part halving: 0 of 1")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("exercise01", "--part", "nothing"), "exercise01 has no part nothing; its parts are: doubling, halving."),
        (("exercise02", "--part", "doubling"), "exercise02 has no parts; leave out --part."),
        (("exercise01", "--part", "halving", "--format", "gradescope=-"), "leave out --part."),
    ],
)
def test_a_part_that_is_not_there_is_told(learner: Path, words: tuple[str, ...], said: str) -> None:
    run = grade(learner / "mine", learner / "course", *words)
    assert run.returncode == 2
    assert said in " ".join(run.stderr.split())


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"halves", part="halving"', '"halves", part="third"', "exercise.toml has no part third; its [parts] are"),
        ('"halves", part="halving"', '"halves"', "test_half belongs to none of the exercise's parts"),
        ('"doubles", part="doubling"', '"doubles", part="halving"', "test_negative stands behind a later part's"),
        ('"halves", part="halving"', '"halves", part="doubling"', "no check belongs to the part halving"),
    ],
)
def test_checks_that_do_not_fit_the_parts(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in CHECKS
    course = find_course(course_with(tmp_path, checks=CHECKS.replace(old, new)))
    with pytest.raises(CourseError, match=said.replace("[", r"\[")):
        read_checks(course.exercises[0])


def test_a_part_without_a_translated_title_and_one_with_a_bad_name(tmp_path: Path) -> None:
    course = find_course(course_with(tmp_path, texts=TEXTS.replace('halving = "减半"\n', "")))
    with pytest.raises(CourseError, match="the title of part halving is missing"):
        read_checks(course.exercises[0])
    bad = find_course(course_with(tmp_path, parts='[parts]\n"My part" = "Mine"\n'))
    assert "can't be the name of a part" in str(bad.broken[0][1])
