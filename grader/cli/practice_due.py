"""The line of `grade list` and `grade next` about practice."""

from __future__ import annotations

from pathlib import Path

from grader.cli.output import paragraph
from grader.course.model import Course
from grader.practice.memory import load_practice
from grader.practice.schedule import now
from grader.text import say


def due_lines(course: Course, folder: Path | None, language: str) -> list[str]:
    """How many functions are due for practice; nothing if none is. folder: the learner's."""
    known = [exercise.id for exercise in course.exercises]
    count = load_practice(folder).count_due(now(), known) if folder else 0
    return paragraph(say("Due for practice: {count}. To begin: grade practice", count=count), language) if count else []
