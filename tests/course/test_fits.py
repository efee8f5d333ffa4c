"""An exercise that is not whole, or does not fit its course, costs only itself."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.course.exercises import main as exercises_main
from grader.course.find import find_exercise
from grader.course.init import make_learner_folder
from grader.course.read import read_course

Add = Callable[[str, str], Path]


def edit(folder: Path, old: str, new: str) -> None:
    path = folder / "exercise.toml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def told(course: Path) -> dict[str, str]:
    return {folder.name: str(error) for folder, error in read_course(course).broken}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("points = 3", 'points = "three"', "exercise.toml:3: points must be a number, not 'three'"),
        ("points = 3", "points = true", "points must be a number, not True"),
        ("points = 3", "points = -1", "points is -1; it must be above 0"),
        ("points = 3", "points = nan", "points is nan; it must be above 0"),
        ("points = 3\n", "", "points is missing"),
        ("points = 3", "point = 3", "exercise.toml:3: unknown key point; is it points?"),
        ("points = 3", "points = 3\nxyz = 1", "exercise.toml:4: unknown key xyz; known here: "),
        ("unit = 1", "unit = 9", "exercise.toml:2: course.toml has no unit 9"),
        ("unit = 1", 'unit = 1\nprerequisites = ["exercise03"]', "in a circle: exercise03 → exercise03"),
        ("unit = 1", 'unit = 1\nprerequisites = ["12"]', "prerequisites can't contain '12'"),
        ('title = "The derivative"\n', "", "title is missing"),
        ("unit = 1", "unit = ", "exercise.toml:2: not valid TOML"),
        ("hints = ", "hint = ", "exercise.toml:7: unknown key hint; is it hints?"),
        ('["Look at the product."]', "[]", "texts.zh-CN.toml:3: hints are 1 here, and 0 in exercise.toml"),
        ("call_seconds = 2", "call_second = 2", "exercise.toml:9: unknown key call_second; is it call_seconds?"),
        ("call_seconds = 2", "xyz = 2", "known here: call_seconds, load_seconds, memory_mb, "),
        (
            'slug = "sigmoid_derivative"',
            'slug = "sigmoid-derivative"',
            "exercise.toml:1: sigmoid-derivative can't be a slug: it may hold small letters",
        ),
        ('source = "C 1.2"', 'source = " "', "source is empty"),
    ],
)
def test_each_fault_with_its_line(course_folder: Path, old: str, new: str, expected: str) -> None:
    edit(course_folder / "solutions/exercise03", old, new)
    assert expected in told(course_folder)["exercise03"]
    assert [exercise.id for exercise in read_course(course_folder).exercises] == ["exercise12"]


def test_all_faults_of_an_exercise_at_once(course_folder: Path) -> None:
    folder = course_folder / "solutions/exercise12"
    edit(folder, "unit = 1", 'unit = 9\nprerequisites = ["exercise12"]')
    edit(folder, '"backprop"', '"sigmoid_derivative"')
    for name in ("checks.py", "statement.zh-CN.md"):
        (folder / name).unlink()
    lines = told(course_folder)["exercise12"].splitlines()
    assert [line.removeprefix(f"{folder}/") for line in lines] == [
        "statement.zh-CN.md:1: this file is missing; the exercise needs it",
        "checks.py:1: this file is missing; the exercise needs it",
        "exercise.toml:1: the slug sigmoid_derivative is taken by exercise03",
        "exercise.toml:2: course.toml has no unit 9",
        "exercise.toml:3: the prerequisites go round in a circle: exercise12 → exercise12",
    ]


def test_of_two_with_one_number_the_first_is_kept(course_folder: Path, add_exercise: Add) -> None:
    add_exercise("exercise003", "another")
    assert "the number 3 is taken by exercise03" in told(course_folder)["exercise003"]
    course = read_course(course_folder)
    assert find_exercise(course, "3").id == "exercise03"
    with pytest.raises(Exception, match="the number 3 is taken"):
        find_exercise(course, "exercise003")


def test_a_copy_under_no_exercises_name_takes_nothing_from_the_original(course_folder: Path) -> None:
    shutil.copytree(course_folder / "solutions/exercise03", course_folder / "solutions/exercise03_old")
    assert list(told(course_folder)) == ["exercise03_old"]
    assert "the folder is named exercise03_old" in told(course_folder)["exercise03_old"]


def test_a_circle_is_shown_whole_and_costs_no_one_else(course_folder: Path, add_exercise: Add) -> None:
    edit(course_folder / "solutions/exercise03", "unit = 1", 'unit = 1\nprerequisites = ["exercise12"]')
    edit(course_folder / "solutions/exercise12", "unit = 1", 'unit = 1\nprerequisites = ["exercise03"]')
    edit(add_exercise("exercise20", "third"), "unit = 1", 'unit = 1\nprerequisites = ["exercise12"]')
    assert "exercise03 → exercise12 → exercise03" in told(course_folder)["exercise03"]
    assert [exercise.id for exercise in read_course(course_folder).exercises] == ["exercise20"]


def test_the_others_are_handed_out_and_a_slip_in_a_name_is_seen(course_folder: Path, tmp_path: Path) -> None:
    (course_folder / "solutions/exercise03/reference.py").unlink()
    made = make_learner_folder(read_course(course_folder), tmp_path / "learner", "en")
    assert made.written == (".vscode/tasks.json", "exercise12/README.md", "exercise12/backprop.py")
    (course_folder / "solutions/exercise12").rename(course_folder / "solutions/Exercise12")
    assert "named Exercise12; exercises are named like exercise03" in told(course_folder)["Exercise12"]


def test_a_prerequisite_that_is_not_there_is_told_and_breaks_nothing(
    course_folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    edit(course_folder / "solutions/exercise12", "unit = 1", 'unit = 1\nprerequisites = ["exercise03", "exercise77"]')
    assert told(course_folder) == {}
    assert exercises_main(["--course", str(course_folder)]) == 0
    assert capsys.readouterr().err == (
        "exercise12 names exercise77 as a prerequisite; this course has none of that name\n"
    )
    assert exercises_main(["--check", "--course", str(course_folder)]) == 0
    assert exercises_main(["--course"]) == 2
