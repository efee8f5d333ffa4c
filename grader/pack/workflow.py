"""The workflow that a repository of GitHub Classroom runs: Classroom's own form of it, with this grader as its test."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from grader.course.checklist import read_checks
from grader.course.model import Exercise
from grader.report.platforms.classroom import runner

_TEMPLATE = Path(__file__).with_name("files") / "classroom.yml"


def classroom_workflow(exercises: Sequence[Exercise]) -> bytes:
    """.github/workflows/classroom.yml, a runner of the reporter for each check: see report/platforms/classroom.py."""
    names = [runner(exercise.id, number) for exercise in exercises for number, _ in enumerate(read_checks(exercise), 1)]
    results = "".join(f"          {name.upper()}_RESULTS: ${{{{ steps.grade.outputs.{name} }}}}\n" for name in names)
    text = _TEMPLATE.read_text("utf-8")
    text = text.replace("          RESULTS\n", results).replace("runners: RUNNERS", f"runners: {','.join(names)}")
    return text.replace('"PYTHON"', f'"{sys.version_info.major}.{sys.version_info.minor}"').encode()
