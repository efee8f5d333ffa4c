"""A course that was read ahead stands for one that is read now, as long as no file says otherwise."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from grader.course import known
from grader.course.model import Course
from grader.course.read import read_course
from grader.errors import GradeError
from tests.tiny import exercise_toml, tiny_course

REFERENCE = {"reference.py": "def double(x):\n    return 2 * x\n", "checks.py": ""}


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A course with one exercise and data beside it."""
    monkeypatch.setattr(known, "_known", {})
    toml = exercise_toml("double", 2, 'data = ["table.csv"]')
    own = {**REFERENCE, "exercise.toml": toml, "table.csv": "1,2\n"}
    return tiny_course(tmp_path / "course", {"exercise01": own})


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its files count as old."""
    monkeypatch.setattr(known, "_SETTLED", -60.0)


@pytest.mark.usefixtures("settled")
def test_the_very_course_is_given_again(course: Path) -> None:
    known.read_ahead(course)
    found = known.course_at(course)
    assert found is known.course_at(course) and found == read_course(course)


def test_one_written_just_now_is_read_again(course: Path) -> None:
    known.read_ahead(course)
    assert known.course_at(course) is not known.course_at(course)


def facts(course: Course) -> tuple[object, ...]:
    return course.title, course.exercises, [(folder, error.message) for folder, error in course.broken]


def new_points(course: Path) -> None:
    path = course / "solutions/exercise01/exercise.toml"
    path.write_text(path.read_text("utf-8").replace("points = 2", "points = 3"), "utf-8")


def another_exercise(course: Path) -> None:
    tiny_course(course, {"exercise02": {**REFERENCE, "exercise.toml": exercise_toml("twice", 1)}})


@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize(
    "change",
    [
        new_points,
        another_exercise,
        lambda course: (course / "course.toml").write_text("title = 3\n", "utf-8"),
        lambda course: (course / "solutions/exercise01/checks.py").unlink(),
        lambda course: (course / "solutions/exercise01/table.csv").write_bytes(b"\xff\xfe\n\n"),
        lambda course: (course / "solutions/exercise01/exercise.toml").unlink(),
        lambda course: (course / "solutions/exercise01").rename(course / "solutions/exercise02"),
        lambda course: (course / "solutions").rename(course / "elsewhere"),
    ],
)
def test_every_change_is_seen(change: Callable[[Path], object], course: Path) -> None:
    known.read_ahead(course)
    before = known.course_at(course)
    change(course)
    try:
        expected = read_course(course)
    except GradeError as error:
        with pytest.raises(type(error), match=r".") as caught:
            known.course_at(course)
        assert caught.value.message == error.message
    else:
        assert facts(known.course_at(course)) == facts(expected) != facts(before)


@pytest.mark.usefixtures("settled")
def test_what_can_not_be_read_is_left_to_whoever_asks(course: Path) -> None:
    (course / "course.toml").write_text("title = 3\n", "utf-8")
    known.read_ahead(course)
    with pytest.raises(GradeError):
        known.course_at(course)
    known.read_ahead(course / "nowhere")
