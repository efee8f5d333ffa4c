"""Gives results back: a page for each student, below a class's folder of results, and zips that bring it to them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from itertools import groupby
from pathlib import Path
from urllib.parse import quote

import msgspec

from grader.errors import UsageError
from grader.intake.canvas import canvas_numbers
from grader.intake.collect import open_export
from grader.report.classpage.entry import Entry, Problem
from grader.report.student import Student
from grader.report.studentpage import Course, student_page
from grader.report.timing import charged
from grader.report.views import opened
from grader.scorers.crew import saving
from grader.scoring.envelopes import INDEX, Envelopes, Sheet
from grader.scoring.folder import Run
from grader.scoring.outcome import each_work, read_run
from grader.scoring.students import read_students
from grader.table import from_table
from grader.text import Message, say

#: Below the folder for results.
FOLDER = "feedback"


class HandedBack(msgspec.Struct, frozen=True):
    """What was written. zips: name → how many students are in it. problems: results that are on no page.
    remark: why there is no zip for Canvas, where the work came from there."""

    folder: Path
    pages: int
    zips: Mapping[str, int]
    problems: tuple[Problem, ...]
    remark: Message | None = None


def hand_back(out: Path, *, language: str, made: str, reveal: bool = False, note: Message | None = None) -> HandedBack:
    """Write out/feedback anew: a page for each student, index.csv, and the zips.

    language: of those for whom the roster has none. reveal: hidden checks show all, too. note: what every page says of
    hidden checks. made: when, as a date and time. Raises UsageError if `out` holds no finished run, GraderFault if a
    file can't be written; then what was there stays.
    """
    new, problems = out / f"{FOLDER}.new", list[Problem]()
    run, students = read_run(out), read_students(out)
    canvas, remark = _canvas_files(run, students)
    with saving(new), ExitStack() as stack:
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir()
        envelopes = Envelopes(new, canvas, stack)
        for name, own in _by_student(each_work(out), problems):
            works = [msgspec.structs.replace(one, result=opened(one.result)) for one in own] if reveal else own
            envelopes.write(_sheet(students.get(name, Student(name)), works, run, language, made, note))
        envelopes.close()
    with saving(out):
        shutil.rmtree(out / FOLDER, ignore_errors=True)
        new.rename(out / FOLDER)
    return HandedBack(out / FOLDER, envelopes.pages, envelopes.count, tuple(problems), remark)


def _sheet(student: Student, works: Sequence[Entry], run: Run, language: str, made: str, note: Message | None) -> Sheet:
    results, spoken = tuple(charged(one.result, one.timing) for one in works), student.language or language
    course = Course(run.title, run.titles)
    page = student_page(student, results, language=spoken, course=course, made=made, note=note)
    return Sheet(student, results, run.titles, spoken, page)


def _by_student(found: Iterable[Entry | Problem], problems: list[Problem]) -> Iterator[tuple[str, list[Entry]]]:
    """Each one's results, read when they are asked for: all of a large class don't fit into memory.

    Where a result should be and can't be read, that is added to `problems`.
    """
    for name, own in groupby(found, key=lambda one: one.student):
        works = []
        for one in own:
            if isinstance(one, Entry):
                works.append(one)
            elif one.lost:
                problems.append(one)
        if works:
            yield name, works


def _canvas_files(run: Run, students: Mapping[str, Student]) -> tuple[dict[str, str], Message | None]:
    """A student's number on Canvas → that of one of their files; why there are none, if the export is gone."""
    if not run.source or not any(student.ids.get("canvas") for student in students.values()):
        return {}, None
    try:
        with open_export(Path(run.source)) as export:
            files = export.files if export is not None and export.platform == "Canvas" else ()
            names = (part for file in files for part in file.entry.parts)
            return dict(pair for name in names if (pair := canvas_numbers(name)) is not None), None
    except UsageError as error:
        return {}, say(
            "There is no zip for Canvas, which needs the export's names of files: {reason}", reason=error.message
        )


def pages_of(out: Path, seen_from: Path) -> dict[str, str]:
    """Student → the address of the page that was written for them, from a page in the folder `seen_from`."""
    try:
        rows = from_table((out / FOLDER / INDEX).read_bytes())
        files = {row["student"]: out / FOLDER / row["file"] for row in rows}
    except (OSError, ValueError, KeyError):
        return {}  # none were written
    return {student: _address(file, seen_from) for student, file in files.items()}


def _address(file: Path, seen_from: Path) -> str:
    """Relative, so that both can be moved together; of a name that is no UTF-8, its bytes."""
    return quote(os.fsencode(os.path.relpath(file.resolve(), seen_from.resolve())))
