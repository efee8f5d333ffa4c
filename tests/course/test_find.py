from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from grader.course.faults import CourseError
from grader.course.find import find_course, find_exercise, find_file, shipped_course
from grader.course.init import make_learner_folder
from grader.course.read import read_course
from grader.course.trust import trust
from grader.errors import UsageError
from grader.text import render


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "else where 别处"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.delenv("GRADE_COURSE", raising=False)
    return folder


@pytest.mark.parametrize(
    "name",
    [
        "exercise03",
        "3",
        "03",
        "sigmoid_derivative",
        "Exercise03",
        "sigmoid-derivative",
        "exercise3",
        "sigmoid_derivative.py",
    ],
)
def test_names_of_one_exercise(course_folder: Path, name: str) -> None:
    assert find_exercise(read_course(course_folder), name).id == "exercise03"


def test_offers_near_names(course_folder: Path) -> None:
    with pytest.raises(UsageError, match=r"Did you mean exercise03 \(sigmoid_derivative\)\?"):
        find_exercise(read_course(course_folder), "sigmoid_deriv")
    with pytest.raises(UsageError) as near:
        find_exercise(read_course(course_folder), "exercis03")
    assert render(near.value.message, "zh-CN").endswith("是不是想找 exercise03（sigmoid_derivative）？")
    with pytest.raises(UsageError, match="grade list"):
        find_exercise(read_course(course_folder), "99999999")
    with pytest.raises(UsageError, match=r"say of which exercise: grade EXERCISE work/mine\.py"):
        find_exercise(read_course(course_folder), "work/mine.py")


def test_a_broken_exercise_says_why(course_folder: Path) -> None:
    (course_folder / "solutions" / "exercise03" / "exercise.toml").unlink()
    with pytest.raises(CourseError, match="is missing"):
        find_exercise(read_course(course_folder), "3")


def test_course_by_option_variable_and_above(
    course_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert find_course(course_folder).folder == course_folder
    monkeypatch.setenv("GRADE_COURSE", str(course_folder))
    assert find_course(None).title["en"] == "Tiny"
    monkeypatch.setenv("GRADE_COURSE", str(tmp_path))
    with pytest.raises(UsageError, match="GRADE_COURSE"):
        find_course(None)
    monkeypatch.delenv("GRADE_COURSE")
    monkeypatch.chdir(course_folder / "solutions" / "exercise03")
    with pytest.raises(UsageError, match="you have not trusted this one"):
        find_course(None)
    trust(read_course(course_folder))
    assert find_course(None).folder == course_folder


def test_a_learners_folder_keeps_its_course(
    course_folder: Path, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_learner_folder(read_course(course_folder), elsewhere, "en")
    monkeypatch.chdir(elsewhere / "exercise03")
    assert find_course(None).folder == course_folder


def test_of_a_learners_folder_and_a_course_the_nearer_is_meant(
    course_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    around = shutil.copytree(course_folder, tmp_path / "clone")
    trust(read_course(around))
    work = around / "work"
    make_learner_folder(read_course(course_folder), work, "en")
    monkeypatch.chdir(work / "exercise03")
    assert find_course(None).folder == course_folder
    assert find_course(around).folder == around
    inner = shutil.copytree(course_folder, work / "course")
    trust(read_course(inner))
    monkeypatch.chdir(inner)
    assert find_course(None).folder == inner


def test_else_the_shipped_course() -> None:
    assert find_course(None).folder == shipped_course()


def test_file_sought_in_order(course_folder: Path, elsewhere: Path) -> None:
    course = read_course(course_folder)
    exercise = course.exercises[0]
    with pytest.raises(UsageError) as caught:
        find_file(course, exercise, None)
    assert str(elsewhere) in str(caught.value) and str(course_folder / "exercises" / "exercise03") in str(caught.value)
    expected = [
        course_folder / "exercises" / "exercise03" / "sigmoid_derivative.py",
        elsewhere / "exercise03" / "sigmoid_derivative.py",
        elsewhere / "sigmoid_derivative.py",
    ]
    for path in expected:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x = 1")
        assert find_file(course, exercise, None) == path
    assert find_file(course, exercise, Path("given.py")) == Path("given.py")


def test_file_in_the_learners_folder(course_folder: Path, elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    course = read_course(course_folder)
    make_learner_folder(course, elsewhere, "en")
    (elsewhere / "exercise12" / "deep").mkdir()
    monkeypatch.chdir(elsewhere / "exercise12" / "deep")
    own = elsewhere / "exercise03" / "sigmoid_derivative.py"
    assert find_file(course, course.exercises[0], None) == own
    own.unlink()  # the stub that ships with the course is no stand-in
    with pytest.raises(UsageError, match=r"no sigmoid_derivative\.py"):
        find_file(course, course.exercises[0], None)


def test_of_two_the_one_saved_last(course_folder: Path, elsewhere: Path) -> None:
    course = read_course(course_folder)
    for age, suffix in enumerate([".ipynb", ".py"]):
        path = elsewhere / f"sigmoid_derivative{suffix}"
        path.write_text("x")
        os.utime(path, (1000 - age, 1000 - age))
    assert find_file(course, course.exercises[0], None).suffix == ".ipynb"
