"""Writes the course as pages that an instructor can publish: `grade generate --as site`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from grader.assignments.generate import Generated, write_groups
from grader.course.handout import handed_out
from grader.course.mark import marked
from grader.course.model import Course, Exercise
from grader.site.pages import STYLE, Site, page_name, stub_name, style


def site_files(course: Course, exercises: Sequence[Exercise]) -> dict[str, str]:
    """Relative path → text: the map and the statements in every language of the course, and what a learner fills in.

    The links between them are relative. Raises CourseError if an exercise can't be read.
    """
    site = Site(course, exercises)
    files = {STYLE: style()}
    for language in course.languages:
        files[page_name(course, None, language)] = site.index(language)
        for exercise in exercises:
            files[page_name(course, exercise, language)] = site.exercise(exercise, language)
    stubs = {stub_name(exercise): marked(handed_out(exercise, exercise.languages), course.id) for exercise in exercises}
    return files | stubs


def generate_site(course: Course, exercises: Sequence[Exercise], folder: Path) -> Generated:
    """Write the pages of these exercises into `folder`, and remove those of others that it has. Raises as `generate`
    of assignments does."""
    return write_groups({"site": site_files(course, exercises)}, folder)
