"""nbgrader.toml, beside course.toml: how the course is graded in nbgrader. Without it, each setting has its default."""

from __future__ import annotations

import os

from grader.course.faults import Faults, parse_toml, read_text
from grader.course.model import Course
from grader.text import listed, say

_NAME = "nbgrader.toml"
_POINTS = ("exercise", "function")


def has_points_by_function(course: Course) -> bool:
    """Whether `points = "function"` is set: a grade cell for each function. Raises CourseError over a faulty file."""
    path = course.folder / _NAME
    if not os.path.lexists(path):
        return False
    text = read_text(path)
    values, faults = parse_toml(path, text), Faults(path, text)
    points = values.get("points", _POINTS[0])
    if points not in _POINTS:
        known = listed(_POINTS)
        problem = say("{key} is one of {known}, not {value}", key="points", known=known, value=repr(points))
        faults.key(("points",), problem)
    for key in values.keys() - {"points"}:
        faults.key((key,), say("unknown key {key}; known here: {known}", key=key, known="points"))
    faults.raise_any()
    return bool(points == "function")
