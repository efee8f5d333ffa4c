"""Files of the course that exercise.toml declares lie beside a submission, whatever was handed in under their names."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.assignments.generate import generate
from grader.course.exercises import exercises_files, learner_files
from grader.course.find import find_course
from grader.text import render
from tests.tiny import exercise_toml, grading, tiny_course

CHECKS = """
from grader.checks import check
@check(points=1, title="the sum of the table")
def test_total(expect, compare):
    expect("total", equals=7.0)
    compare("total")
"""
READS = '''
def total():
    """The sum of the numbers in table.csv."""
    ### BEGIN SOLUTION
    return float(sum(map(int, open("table.csv").read().split(","))))
    ### END SOLUTION
'''
EXERCISE = {
    "exercise.toml": exercise_toml("total", 1, 'data = ["table.csv"]'),
    "reference.py": READS,
    "checks.py": CHECKS,
    "mistakes.py": "",
    "table.csv": "1,2,4",
}


@pytest.mark.slow
def test_a_submission_reads_the_courses_file_and_no_other_under_its_name(tmp_path: Path) -> None:
    course = tiny_course(tmp_path / "course", {"exercise01": EXERCISE})
    (tmp_path / "own").mkdir()
    (tmp_path / "own/table.csv").write_text("100")
    file = tmp_path / "own/total.py"
    file.write_text(READS)
    with grading(course, "exercise01") as grade:
        assert grade(file, 1).score == 1


@pytest.mark.parametrize("name", ["../table.csv", "reference.py", "no.csv", ".hidden", "texts.zh-CN.toml"])
def test_no_other_file_can_be_declared(name: str, tmp_path: Path) -> None:
    files = EXERCISE | {"exercise.toml": exercise_toml("total", 1, f'data = ["{name}"]')}
    ((_, error),) = find_course(tiny_course(tmp_path, {"exercise01": files})).broken
    told = render(error.message, "en")
    assert "exercise.toml:6: " in told and name in told


def test_they_are_handed_out_with_the_stub(tmp_path: Path) -> None:
    course = find_course(tiny_course(tmp_path, {"exercise01": EXERCISE}))
    (exercise,) = course.exercises
    assert exercises_files(course)["exercise01/table.csv"] == "1,2,4"
    assert learner_files(course, exercise, "en")["exercise01/table.csv"] == "1,2,4"
    for form, paths in {
        "py": ["exercise01/table.csv"],
        "ipynb": ["exercise01/table.csv"],
        "nbgrader": ["release/exercise01/table.csv", "source/exercise01/table.csv"],
    }.items():
        generate(course, [exercise], tmp_path / form, form, "en")
        found = sorted(path.relative_to(tmp_path / form).as_posix() for path in (tmp_path / form).rglob("table.csv"))
        assert found == paths
