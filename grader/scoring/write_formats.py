"""Writes a class's results in the forms that other programs read, below the folder for results."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from grader.atomic import write_whole
from grader.errors import UsageError
from grader.intake.manifest import Manifest
from grader.report.formats import FORMATS
from grader.report.graded_work import GradedWork, number_on
from grader.report.scores import Row
from grader.result import read_result
from grader.scorers.crew import saving
from grader.scorers.scorer import result_path
from grader.scoring.gather import SUBMISSIONS
from grader.text import listed, say

#: Below the folder for results.
FOLDER = "formats"


def write_formats(
    out: Path, rows: Sequence[Row], manifest: Manifest, *, formats: Sequence[str], language: str, submissions: str
) -> list[Path]:
    """Write the results of a run in `out` in each of the formats; the paths written.

    submissions: what was graded, as it was given: GitHub finds the files by it, from the repository's root. Raises
    UsageError if there is no such format, GraderFault if a file can't be written.
    """
    check_formats(formats)
    works = list(_works(out, rows, manifest))
    taken = out / SUBMISSIONS
    root = str(taken) if taken.is_dir() else submissions
    paths = []
    for name in formats:
        # What an earlier run left of students who are gone.
        shutil.rmtree(out / FOLDER / name, ignore_errors=True)
        for path, data in FORMATS[name](works, language, root).items():
            paths.append(out / FOLDER / path)
            with saving(paths[-1]):
                write_whole(paths[-1], data)
    return paths


def check_formats(names: Sequence[str]) -> None:
    """Raises UsageError if one of them is no format."""
    for name in names:
        if name == "classroom":
            raise UsageError(
                say(
                    "GitHub Classroom was discontinued in August 2026. Use --format github instead: a workflow prints "
                    "its annotations and shows its summary."
                )
            )
        if name not in FORMATS:
            raise UsageError(say("--format is one of {formats}, not {name}.", formats=listed(FORMATS), name=name))


def unknown_to_moodle(manifest: Manifest) -> list[str]:
    """The students whom Moodle's worksheet does not find."""
    numbered = {student.id for student in manifest.students if number_on("moodle", student.values)}
    return list(dict.fromkeys(work.student for work in manifest.works if work.student not in numbered))


def _works(out: Path, rows: Sequence[Row], manifest: Manifest) -> Iterator[GradedWork]:
    """Those that have a result: what is no exercise of the course has none."""
    students = {student.id: student for student in manifest.students}
    for row in rows:
        path = result_path(out, row.student, row.exercise)
        if path.exists():
            result, student = read_result(path.read_bytes()), students.get(row.student)
            yield GradedWork(row, result, student.name, student.values) if student else GradedWork(row, result)
