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
from grader.result import Result, read_result
from grader.scorers.crew import saving
from grader.scorers.scorer import result_path
from grader.scoring.gather import SUBMISSIONS
from grader.text import listed, say

#: Below the folder for results.
FOLDER = "formats"

#: Path below FOLDER → the file's content.
_Files = dict[str, bytes]


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


def _each(works: Sequence[GradedWork], path: str, render: Callable[[list[Result]], bytes]) -> _Files:
    """A file for each work, but for those from which a platform would take a zero although nothing was graded."""
    counting = (work for work in works if work.counts)
    return {path.format(work.row.student, work.row.exercise): render([work.result]) for work in counting}


def _table_each(works: Sequence[GradedWork], path: str, render: Callable[[str, list[GradedWork]], bytes]) -> _Files:
    """A table for each exercise."""
    by_exercise: dict[str, list[GradedWork]] = {}
    for work in works:
        by_exercise.setdefault(work.row.exercise, []).append(work)
    return {path.format(exercise): render(exercise, own) for exercise, own in by_exercise.items()}


def _results(works: Sequence[GradedWork]) -> list[Result]:
    return [work.result for work in works]


def _named_results(works: Sequence[GradedWork]) -> list[tuple[str, Result]]:
    return [(work.row.student, work.result) for work in works]


#: Name → writer: works, language, and the folder that submissions' paths begin in.
FORMATS: dict[str, Callable[[Sequence[GradedWork], str, str], _Files]] = {
    "json": lambda works, language, root: {"results.json": to_json_of_all(_named_results(works))},
    "junit": lambda works, language, root: {"junit.xml": to_junit(_results(works), language)},
    "gradescope": lambda works, language, root: _each(
        works, "gradescope/{}/{}.json", lambda results: to_gradescope(results, language)
    ),
    "classroom": lambda works, language, root: _each(
        works, "classroom/{}/{}.txt", lambda results: to_classroom(results, language)
    ),
    "github": lambda works, language, root: {
        "github/annotations.txt": to_annotations(_results(works), language, root),
        "github/summary.md": to_summary(_named_results(works), language),
    },
    "canvas": lambda works, language, root: _table_each(works, "canvas/{}.csv", to_canvas),
    "moodle": lambda works, language, root: _table_each(
        works, "moodle/{}.csv", lambda exercise, own: to_moodle(own, language)
    ),
}
