"""Exercise 0, as somebody who has never run the command goes through it."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.cli.verbs.next import next_lines
from grader.course.find import find_course, find_exercise
from grader.course.handout import handed_out
from grader.grading.grade_files import grade_files
from grader.learner.progress import completed_unit, next_step
from grader.learner.record import Entry, Record

ROOT = Path(__file__).parents[1]


def test_it_comes_first_until_another_is_complete() -> None:
    course, record = find_course(ROOT), Record(Path())
    steps = [next_step(course, record), next_step(course, record.plus(Entry(exercise="exercise01", passed_at=1)))]
    assert [step.exercise.id for step in steps if step] == ["exercise00", "exercise02"]


def test_course_and_unit_are_complete_without_it() -> None:
    course, record = find_course(ROOT), Record(Path())
    for exercise in course.exercises[1:]:
        before, record = record, record.plus(Entry(exercise=exercise.id, passed_at=1))
        ended = [other for other in course.exercises if other.unit == exercise.unit][-1]
        assert (completed_unit(course, exercise, before, record) is not None) == (exercise == ended)
    assert next_step(course, record) is None
    assert "Exercises: 36, attempts: 0" in next_lines(course, record, language="en")[1]


@pytest.mark.slow
def test_the_file_is_wrong_in_a_way_that_is_named_and_the_last_hint_mends_it(tmp_path: Path) -> None:
    course = find_course(ROOT)
    exercise = find_exercise(course, "0")
    given = handed_out(exercise, ("en",))
    line = exercise.hints[-1]["en"].rpartition(": ")[2]
    assert all(text.endswith(line) for text in exercise.hints[-1].values()), "the same line in every language"
    files = {"given": given, "mended": given.replace("count = 2", line)}
    for name, text in files.items():
        (tmp_path / f"{name}.py").write_text(text, "utf-8")
    before, after = grade_files(course, [(exercise, tmp_path / f"{name}.py") for name in files])
    # Of a single number, half is also what dividing by one too many gives: there no mistake is named.
    assert before.score == 0 and before.checks[0].mistakes == ("divided_by_two",)
    assert after.passed
