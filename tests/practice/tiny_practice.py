"""A course of one exercise to practise, and a learner's folder in which it is complete."""

from __future__ import annotations

import json
from pathlib import Path

from grader.course.find import find_course
from grader.course.learner import journal_path
from grader.course.model import Course
from tests.tiny import COURSE, exercise_toml, tiny_course

REFERENCE = '''"""Two functions."""


def double(x):
    """2·x"""
    ### BEGIN SOLUTION
    return 2 * x  # twice, not 3 * x
    ### END SOLUTION


def half(x):
    """x/2"""
    ### BEGIN SOLUTION
    # one half
    y = x / 2
    return y
    ### END SOLUTION
'''
#: `unseen` is right, whatever its sentence says: no check can see it. The last four are no bugs to look for.
MISTAKES = """
from grader.checks import edit, mistake

thrice = edit("double", {"2 * x": "3 * x"}).says("this is three times x")
squared = edit("double", {"2 * x": "x * x"}).says("this is the square of x")
unseen = edit("half", {"x / 2": "x * 0.5"}).says("this is one half")
quarter = edit("half", {"y = x / 2": "y = x / 4"}).says("this is a quarter of x")

idle = edit("half", {"y = x / 2": "y = x / 3\\npass"}).says("a third, and a statement that does nothing")
odd = edit("half", {"y = x / 2": "y = wrong = x / 3"}).says("a third, under a name that tells")
another = edit("double", "count = 0\\nfor each in [x]:\\n    count += each\\nreturn count").says("another answer")


@mistake("double", "this is four times x")
def fourfold(x):
    return 4 * x
"""
CHECKS = """
from grader.checks import check


@check(points=2, title="twice")
def test_twice(compare, sample):
    compare("double", sample(3))


@check(points=1, title="half")
def test_half(compare, sample):
    compare("half", sample(3))
"""
EXERCISE = {
    "exercise.toml": exercise_toml("doubling", 3),
    "reference.py": REFERENCE,
    "checks.py": CHECKS,
    "mistakes.py": MISTAKES,
}


def course_in(folder: Path) -> Course:
    """exercise04, and exercise05 that nobody has completed."""
    other = {**EXERCISE, "exercise.toml": exercise_toml("later", 3)}
    return find_course(tiny_course(folder, {"exercise04": EXERCISE, "exercise05": other}, {"course.toml": COURSE}))


def learner_in(folder: Path, *mistakes: str) -> Path:
    """The learner made these mistakes before exercise04 was complete."""
    (folder / ".grade").mkdir(parents=True)
    entry = {"exercise": "exercise04", "attempts": 2, "best": 3, "max_score": 3, "passed_at": 1_800_000_000}
    journal_path(folder).write_text(json.dumps({**entry, "passed_after": 2, "mistakes": mistakes}) + "\n")
    return folder
