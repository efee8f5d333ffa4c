"""Finds a class's work, whatever form it was handed in: the plain layout, or a learning platform's export."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import msgspec

from grader.atomic import write_whole
from grader.course.find import find_exercise
from grader.course.model import Course
from grader.deadlines.model import Deadlines
from grader.intake.collect import Plan, open_export, plan
from grader.intake.extract import extract
from grader.intake.manifest import Manifest, unique
from grader.intake.model import KNOWN_BY
from grader.intake.names import clipped
from grader.intake.people import Student
from grader.intake.roster import Roster, read_roster
from grader.scoring.scan import Scanned, scan
from grader.scoring.times import check_roster, with_times
from grader.table import to_table
from grader.text import Message, render, say

#: Where an export's files go, below the folder for results.
SUBMISSIONS = "submissions"
#: Who is who, below the folder for results.
STUDENTS = "students.csv"
#: How many names a line tells; the tables have them all.
_NAMES = 10


#: Puts the files in place below the folder for results, which is there by then.
Place = Callable[[Path], Manifest]


@contextmanager
def handed_in(
    submissions: Path,
    *,
    course: Course,
    exercise: str | None = None,
    roster: Path | None = None,
    deadlines: Deadlines | None = None,
) -> Iterator[Place]:
    """Look at what was handed in without writing anything; what is yielded then does the writing.

    Raises UsageError if nothing can be graded, the roster can't be read, or the deadlines don't fit this class.
    """
    chosen = None if exercise is None else find_exercise(course, exercise)
    listed = None if roster is None else read_roster(roster)
    if listed is not None and deadlines is not None:
        check_roster(listed, deadlines.zone)
    with open_export(submissions) as export:
        if export is None:
            scanned = scan(course, submissions, exercise=chosen, roster=listed)
            students, place = scanned.people.everyone, _plain(scanned, submissions, listed)
        else:
            planned = plan(export, course, chosen, listed)
            students, place = planned.students, partial(_extracted, planned, listed)
        ids = [student.id for student in students]
        if listed is not None and deadlines is not None:
            deadlines.expect_students(ids)
        yield lambda out: _with_times(place(out), listed, deadlines, ids)


def _with_times(
    manifest: Manifest, roster: Roster | None, deadlines: Deadlines | None, students: Sequence[str]
) -> Manifest:
    """The class with the times of its work, and what is to be said of its deadlines."""
    several = len({work.exercise for work in manifest.works}) > 1
    zone = deadlines.zone if deadlines else None
    works = with_times(manifest.works, manifest.root, None if several else roster, zone)
    remarks = list(manifest.remarks)
    if deadlines is not None:
        remarks += deadlines.strangers(students)[:_NAMES]
        if roster is not None and several and any(listed.handed_in for listed in roster.students.values()):
            remarks.append(
                say(
                    "The times in {file} were left out: they are for one exercise, and this class handed in several. "
                    "Say which one: --exercise EXERCISE",
                    file=roster.file,
                )
            )
    return msgspec.structs.replace(manifest, works=works, remarks=tuple(remarks))


def _plain(scanned: Scanned, submissions: Path, roster: Roster | None) -> Place:
    def place(out: Path) -> Manifest:
        everyone = scanned.people.everyone
        if roster is not None:
            _write_students(out, everyone)
        remarks = _remarks(everyone, roster)
        if scanned.loose:
            remarks.append(say("Left out, since they are in no student's folder: {files}", files=some(scanned.loose)))
        return Manifest(scanned.found, submissions, everyone if roster is not None else (), tuple(remarks))

    return place


def _extracted(planned: Plan, roster: Roster | None, out: Path) -> Manifest:
    root = out / SUBMISSIONS
    # A run that is taken up finds what an earlier one has taken out; the export may have changed since.
    shutil.rmtree(root, ignore_errors=True)
    works = unique(extract(planned, root))
    _write_students(out, planned.students)
    count = sum(work.path is not None for work in works)
    remarks = [
        say(
            "Read as an export of {platform}; files to grade: {count}; students: {students}",
            platform=planned.platform,
            count=count,
            students=len(planned.students),
        )
    ]
    remarks += _remarks(planned.students, roster)
    for file, reason in planned.left_out[:_NAMES]:
        remarks.append(say("Left out: {file}: {reason}", file=file, reason=reason))
    if planned.left_out:
        _write_table(
            out / "left_out.csv",
            [("file", "reason"), *((file, render(reason, "en")) for file, reason in planned.left_out)],
        )
    if len(planned.left_out) > _NAMES:
        remarks.append(
            say("Left out in all: {count}; see {path}", count=len(planned.left_out), path=str(out / "left_out.csv"))
        )
    return Manifest(works, root, planned.students, tuple(remarks))


def _remarks(students: Sequence[Student], roster: Roster | None) -> list[Message]:
    if roster is None:
        return []
    remarks = list(roster.problems)
    strangers = [student.called for student in students if student.note is not None]
    if strangers:
        remarks.append(say("Graded, although the roster does not tell who it is: {names}", names=some(strangers)))
    unsure = [student.id for student in students if not student.called and not student.on_list]
    if unsure:
        remarks.append(
            say(
                "In the roster, but nothing is there under their names, and whether they handed in under "
                "another one can't be told: {names}",
                names=some(unsure),
            )
        )
    return remarks


def some(names: Sequence[str]) -> str:
    """The first of the names as they may be printed, and how many there are if that is not all."""
    shown = ", ".join(map(clipped, names[:_NAMES]))
    return f"{shown}, ... ({len(names)})" if len(names) > _NAMES else shown


def _write_students(out: Path, students: Sequence[Student]) -> None:
    """Who is who, for the instructor."""
    rows = [
        (
            *(student.id, student.name, clipped(student.called)),
            *(student.values.get(kind, "") for kind in KNOWN_BY),
            student.language,
        )
        for student in sorted(students, key=lambda one: one.id)
    ]
    _write_table(out / STUDENTS, [("student", "name", "handed_in_as", *KNOWN_BY, "language"), *rows])


def _write_table(path: Path, rows: list[tuple[str, ...]]) -> None:
    write_whole(path, to_table(rows))
