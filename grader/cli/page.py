"""The pages that `--html` and `grade report` write."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from grader.course.find import find_course
from grader.report.classpage.page import class_page
from grader.report.page import page
from grader.result import Result
from grader.scoring.outcome import Outcome


def page_of(results: Sequence[Result], course: Path | None, language: str) -> bytes:
    """The learner's page, dated now."""
    found = find_course(course)
    titles = {exercise.id: exercise.title for exercise in found.exercises}
    return page(results, language=language, course=found.title, titles=titles, made=_now())


def class_page_of(outcome: Outcome, language: str) -> bytes:
    """The class's page, dated now."""
    return class_page(outcome.entries, outcome.unjudged, outcome.problems, language=language, made=_now())


def _now() -> str:
    return datetime.now().astimezone().strftime("%Y-%m-%d %H:%M")
