"""The nbgrader_config.py of a course folder: nbgrader's own commands, with this grader's verdicts."""

from __future__ import annotations

import re
from pathlib import Path

from grader.course.init import elsewhere
from grader.course.model import Course
from grader.text import render, say


def config_text(course: Course, folder: Path, language: str) -> str:
    """The file for a course folder, whose name becomes the course's id if it can be one."""
    name = folder.resolve().name
    return (
        Path(__file__)
        .with_name("nbgrader_config.py.txt")
        .read_text("utf-8")
        .format(
            remark=render(say("Made by grade generate; yours to edit: an edited file is kept."), language),
            course_id=name if re.fullmatch(r"[\w.-]+", name) else "course",
            course=elsewhere(course) or "",
            language=language,
        )
    )
