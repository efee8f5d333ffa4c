"""A class's results in the forms that other programs read, below the folder for results."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from grader.atomic import write_whole
from grader.errors import UsageError
from grader.intake.manifest import Manifest
from grader.report.jsonfile import to_json_of_all
from grader.report.junit import to_junit
from grader.report.platforms.canvas import to_canvas
from grader.report.platforms.classroom import to_classroom
from grader.report.platforms.github import to_annotations, to_summary
from grader.report.platforms.graded import GradedWork, number_on
from grader.report.platforms.gradescope import to_gradescope
from grader.report.platforms.moodle import to_moodle
from grader.report.scores import Row
from grader.result import read_result
from grader.scorers.crew import unsaved
from grader.scorers.scorer import result_path
from grader.scoring.gather import SUBMISSIONS
from grader.text import say

#: Below the folder for results.
FOLDER = "formats"

#: Path below FOLDER → the file's content.
_Files = Iterator[tuple[str, bytes]]


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
    try:
        for name in formats:
            # What an earlier run left of students who are gone.
            shutil.rmtree(out / FOLDER / name, ignore_errors=True)
            for place, data in FORMATS[name](works, language, root):
                paths.append(out / FOLDER / place)
                write_whole(paths[-1], data)
    except OSError as error:
        raise unsaved(str(paths[-1]), error.strerror or str(error)) from None
    return paths


def check_formats(names: Sequence[str]) -> None:
    """Raises UsageError if one of them is no format."""
    for name in names:
        if name not in FORMATS:
            raise UsageError(say("--format is one of {formats}, not {name}.", formats=", ".join(FORMATS), name=name))


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


def _json(works: Sequence[GradedWork], language: str, root: str) -> _Files:
    yield "results.json", to_json_of_all((work.row.student, work.result) for work in works)


def _junit(works: Sequence[GradedWork], language: str, root: str) -> _Files:
    yield "junit.xml", to_junit([work.result for work in works], language)


def _gradescope(works: Sequence[GradedWork], language: str, root: str) -> _Files:
    for work in _that_count(works):
        yield f"gradescope/{work.row.student}/{work.row.exercise}.json", to_gradescope([work.result], language)


def _classroom(works: Sequence[GradedWork], language: str, root: str) -> _Files:
    for work in _that_count(works):
        yield f"classroom/{work.row.student}/{work.row.exercise}.txt", to_classroom([work.result], language)


def _github(works: Sequence[GradedWork], language: str, root: str) -> _Files:
    yield "github/annotations.txt", to_annotations([work.result for work in works], language, root)
    yield "github/summary.md", to_summary([(work.row.student, work.result) for work in works], language)


def _canvas(works: Sequence[GradedWork], language: str, root: str) -> _Files:
    for exercise, own in _by_exercise(works).items():
        yield f"canvas/{exercise}.csv", to_canvas(exercise, own)


def _moodle(works: Sequence[GradedWork], language: str, root: str) -> _Files:
    for exercise, own in _by_exercise(works).items():
        yield f"moodle/{exercise}.csv", to_moodle(own, language)


def _that_count(works: Sequence[GradedWork]) -> list[GradedWork]:
    """Without those that a platform would take a zero from although nothing of them was graded."""
    return [work for work in works if work.counts]


def _by_exercise(works: Sequence[GradedWork]) -> dict[str, list[GradedWork]]:
    found: dict[str, list[GradedWork]] = {}
    for work in works:
        found.setdefault(work.row.exercise, []).append(work)
    return found


#: Name → writer: works, language, and the folder that submissions' paths begin in.
FORMATS: dict[str, Callable[[Sequence[GradedWork], str, str], _Files]] = {
    "json": _json,
    "junit": _junit,
    "gradescope": _gradescope,
    "classroom": _classroom,
    "github": _github,
    "canvas": _canvas,
    "moodle": _moodle,
}
