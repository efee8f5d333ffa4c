"""The page of some results: what `--html` and `grade report` write."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from grader.course.find import find_course
from grader.report.page import page
from grader.result import Result


def page_of(results: Sequence[Result], course: Path | None, language: str) -> bytes:
    """The learner's page, dated now."""
    found = find_course(course)
    titles = {exercise.id: exercise.title for exercise in found.exercises}
    made = datetime.now().astimezone().strftime("%Y-%m-%d %H:%M")
    return page(results, language=language, course=found.title, titles=titles, made=made)
