"""The nbgrader_config.py of a course folder: nbgrader's own commands, with this grader's verdicts."""

from __future__ import annotations

import re
from pathlib import Path

from grader.course.init import elsewhere
from grader.course.model import Course
from grader.text import render, say

_CONFIG = """# {told}
c = get_config()

c.CourseDirectory.course_id = {course_id!r}

# release/ is made anew from source/ each time; without it, what is there would be kept and not recorded.
c.GenerateAssignment.force = True
c.GenerateAssignment.preprocessors = [
    "nbgrader.preprocessors.IncludeHeaderFooter",
    "nbgrader.preprocessors.InstantiateTests",
    "nbgrader.preprocessors.LockCells",
    "grader.nbgrader.stubs.CutStub",
    "nbgrader.preprocessors.ClearOutput",
    "nbgrader.preprocessors.CheckCellMetadata",
    "nbgrader.preprocessors.ComputeChecksums",
    "nbgrader.preprocessors.SaveCells",
    "nbgrader.preprocessors.ClearHiddenTests",
    "nbgrader.preprocessors.ClearMarkScheme",
    "nbgrader.preprocessors.ComputeChecksums",
    "nbgrader.preprocessors.CheckCellMetadata",
]

c.Autograde.exporter_class = "grader.nbgrader.exporter.SubmissionExporter"
c.Autograde.sanitize_preprocessors = [
    "grader.nbgrader.preprocessor.RestoreCells",
    "nbgrader.preprocessors.ClearOutput",
    "nbgrader.preprocessors.DeduplicateIds",
    "nbgrader.preprocessors.OverwriteKernelspec",
    "nbgrader.preprocessors.OverwriteCells",
    "nbgrader.preprocessors.CheckCellMetadata",
]
c.Autograde.autograde_preprocessors = [
    "grader.nbgrader.preprocessor.GradeSubmission",
    "nbgrader.preprocessors.LimitOutput",
    "nbgrader.preprocessors.SaveAutoGrades",
    "grader.nbgrader.preprocessor.SaveComments",
    "nbgrader.preprocessors.AssignLatePenalties",
    "nbgrader.preprocessors.CheckCellMetadata",
]

# What a student wrote into a notebook runs nothing in the page of feedback.
c.GenerateFeedback.preprocessors = [
    "grader.nbgrader.preprocessor.ShowHarmless",
    "nbgrader.preprocessors.GetGrades",
    "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor",
]
c.HTMLExporter.sanitize_html = True

c.GradeSubmission.course = {course!r}
c.GradeSubmission.seed = None
c.GradeSubmission.language = {language!r}
c.GradeSubmission.allow_unconfined = False
"""


def config_text(course: Course, folder: Path, language: str) -> str:
    """The file for a course folder, whose name becomes the course's id if it can be one."""
    name = folder.resolve().name
    told = render(say("Made by grade generate; yours to edit: an edited file is kept."), language)
    return _CONFIG.format(
        told=told,
        course_id=name if re.fullmatch(r"[\w.-]+", name) else "course",
        course=elsewhere(course) or "",
        language=language,
    )
