"""The results of `grade score`, from its output folder into nbgrader's gradebook and its autograded/ folder."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from textwrap import indent

import msgspec

from grader.assignments.cells import Cells, grade_name, named_cells
from grader.assignments.functions import functions_of_checks
from grader.assignments.settings import has_points_by_function
from grader.atomic import write_whole
from grader.course.find import find_exercise
from grader.course.model import Course, Exercise
from grader.course.suffixes import code_kind
from grader.errors import GradeError, UsageError, reason_of
from grader.grading.prepare import required_names
from grader.nbgrader.address import Address
from grader.nbgrader.gradebook import Entry, Page, write_pages
from grader.nbgrader.graded import graded_notebook
from grader.nbgrader.shares import report_on, share_of
from grader.report.feedback import feedback
from grader.result import Result, read_result
from grader.scoring.outcome import read_run
from grader.submission.files import MAX_NOTEBOOK, path_is_link
from grader.submission.folder import read_below
from grader.text import Message, render, say

#: As long as nbgrader's column is.
_LONGEST_NAME = 128
#: nbgrader's file with the time of handing in, in folders that students may have made; and bytes that it may have.
_TIMESTAMP, _MOST_TIMESTAMP = "timestamp.txt", 200


class Recorded(msgspec.Struct, frozen=True):
    """What came of it.

    count: results in the gradebook. absent: (student, exercise) where there was no file to grade. problems: what was
    left out, and why. review: manual scores whose automatic score changed.
    """

    count: int
    absent: tuple[tuple[str, str], ...]
    problems: tuple[Message, ...]
    review: tuple[tuple[str, str], ...]


def record(out: Path, address: Address, *, course: Course, language: str) -> Recorded:
    """Write every result of an output folder into the gradebook, and the graded notebooks beside it.

    language: of the comments and reports. Manual scores and comments stay. Raises UsageError if nothing could be
    written into the database; the folder is read only.
    """
    submissions = Path(read_run(out).submissions)
    problems: list[Message] = []
    by_exercise: dict[str, dict[str, Result]] = defaultdict(dict)
    for student, result in _results(out, problems):
        if result.course_id not in ("", course.id):
            problem = say(
                "The results in {folder} were made with the course {other}, not with {ours}. Name "
                "that one: --course DIR",
                folder=str(out),
                other=result.course_id,
                ours=course.id,
            )
            raise UsageError(problem)
        by_exercise[result.exercise][student] = result
    by_function = has_points_by_function(course)
    pages, absent = [], list[tuple[str, str]]()
    for name, results in sorted(by_exercise.items()):
        absent += [(student, name) for student, result in results.items() if not result.submission_sha256]
        judged = {student: result for student, result in results.items() if result.submission_sha256}
        try:
            exercise = find_exercise(course, name)
            if judged:
                points = next(iter(judged.values())).max_score
                cells = named_cells(exercise, language, course=course.id, points=points, by_function=by_function)
                names, functions = required_names(exercise), functions_of_checks(exercise)
                desk = _Desk(exercise, submissions, address.folder, language, cells, names, functions)
                pages.append(desk.page(judged))
        except GradeError as error:
            problems.append(say("{exercise} was not written: {reason}", exercise=name, reason=error.message))
    students = {student for results in by_exercise.values() for student in results}
    written = write_pages(address, pages, sorted(students))
    for (student, name), time in written.times.items():
        try:
            note_time(address.folder, student, name, time)
        except OSError as error:
            problems.append(_unwritable(error, error.filename))
    problems += written.refused.values()
    return Recorded(written.count, tuple(absent), tuple(problems), tuple(written.review))


def _unwritable(error: OSError, path: object) -> Message:
    return say("{path} can't be written: {reason}", path=str(path), reason=reason_of(error))


def _results(out: Path, problems: list[Message]) -> Iterator[tuple[str, Result]]:
    """Students and their results; adds to `problems` what is left out."""
    for path in sorted((out / "results").glob("*/*.json")):
        student = path.parent.name
        try:
            result = read_result(path.read_bytes())
        except (OSError, msgspec.DecodeError) as error:
            problems.append(say("{file} can't be read: {reason}", file=str(path), reason=str(error)))
            continue
        if len(student) <= _LONGEST_NAME:
            yield student, result
            continue
        problems.append(
            say(
                "{student} was not written: nbgrader's names have at most {count} characters",
                student=student,
                count=_LONGEST_NAME,
            )
        )


class _Desk(msgspec.Struct, frozen=True):
    """Makes the entries and graded notebooks of one exercise. names: the functions that it asks for. functions: by
    check, the one that it is about alone."""

    exercise: Exercise
    submissions: Path
    folder: Path
    language: str
    cells: Cells
    names: tuple[str, ...]
    functions: Mapping[str, str]

    def page(self, results: Mapping[str, Result]) -> Page:
        """The exercise's page of the gradebook; its notebooks are on disk then. Raises UsageError if they can't be.

        results: student → what there is to write.
        """
        entries = tuple(self._entry(student, result) for student, result in results.items())
        of_functions = frozenset(grade_name(self.exercise.id, name) for name in self.functions.values())
        return Page(self.exercise.id, self.exercise.slug, self.cells, entries, of_functions)

    def _entry(self, student: str, result: Result) -> Entry:
        score = None if result.status == "grader_error" else result.score
        report = feedback(result, self.language)
        shares = {name: share_of(result, name, self.functions) for name in self.cells.functions}
        self._write_notebook(student, result, report, score, shares)
        # nbgrader's own folder first: formgrader compares the gradebook's time with that one.
        own = self.folder / "submitted" / student / self.exercise.id
        time = handed_in_at(own) or handed_in_at((self.submissions / result.submission).parent)
        # nbgrader shows comments as Markdown. Indented, they are shown as they are, whatever a submission put in.
        scores = {self.cells.functions[name].name: share.score for name, share in shares.items()}
        return Entry(student, score, indent(report, "    "), time, scores)

    def _write_notebook(
        self, student: str, result: Result, report: str, score: float | None, shares: Mapping[str, Result]
    ) -> None:
        content, file = self._content(result), result.submission
        moved = say("The file that was graded, {file}, is no longer there, or was changed since.", file=file)
        data = graded_notebook(
            content or f"# {render(moved, self.language)}\n".encode(),
            notebook=content is not None and code_kind(file) == ".ipynb",
            cells=self.cells,
            names=self.names,
            report=report,
            score=score,
            shares={
                name: (report_on(share, self.cells.grade.name, self.language), None if score is None else share.score)
                for name, share in shares.items()
            },
        )
        path = self.folder / "autograded" / student / self.exercise.id / f"{self.exercise.slug}.ipynb"
        try:
            write_whole(path, data)
        except OSError as error:
            raise UsageError(_unwritable(error, path)) from None

    def _content(self, result: Result) -> bytes | None:
        """The file that was graded; None if it is not there any more, or another one is in its place."""
        try:
            content = read_below(self.submissions, Path(result.submission), MAX_NOTEBOOK)
        except GradeError:
            return None
        return content if hashlib.sha256(content).hexdigest() == result.submission_sha256 else None


def handed_in_at(folder: Path) -> datetime | None:
    """The time in a submission's folder, in UTC and without a time zone; None if there is none that can be read."""
    from nbgrader.utils import parse_utc

    student = folder.parent
    try:
        text = read_below(student.parent, Path(student.name, folder.name, _TIMESTAMP), _MOST_TIMESTAMP).decode().strip()
        time = parse_utc(text) if text else None
    except (GradeError, UnicodeDecodeError, ValueError, OverflowError):
        return None
    assert time is None or isinstance(time, datetime)
    return time


def note_time(course: Path, student: str, assignment: str, time: datetime) -> None:
    """Write the time into autograded/, and into submitted/ where none is noted.

    formgrader shows a score only if the time in submitted/ is the gradebook's; `nbgrader generate_feedback` makes a
    page anew only if the time in autograded/ is later than the page's.
    """
    text = f"{time:%Y-%m-%d %H:%M:%S.%f} UTC\n".encode()
    write_whole(course / "autograded" / student / assignment / _TIMESTAMP, text)
    folder = course / "submitted" / student / assignment
    path = folder / _TIMESTAMP
    if not any(map(path_is_link, (folder.parent, folder, path))) and not path.exists():
        write_whole(path, text)
