"""Finds a class's work, whatever form it was handed in: the plain layout, or a learning platform's export."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

from grader.atomic import write_whole
from grader.course.find import find_exercise
from grader.course.model import Course, Exercise
from grader.intake.collect import Plan, open_export, plan
from grader.intake.names import clipped
from grader.intake.people import Student
from grader.intake.roster import Roster, read_roster
from grader.intake.take import take
from grader.report.platforms.member import Member
from grader.scoring.scan import Found, scan, unique
from grader.table import to_table, uncell
from grader.text import Message, render, say

#: Where an export's files go, below the folder for results.
SUBMISSIONS = "submissions"
#: Who is who, below the folder for results.
STUDENTS = "students.csv"
#: How many names a line tells; the tables have them all.
_NAMES = 10


class Gathered(msgspec.Struct, frozen=True):
    """A class's work. root: what the paths in `found` are relative to. remarks: what the instructor should know."""

    found: tuple[Found, ...]
    root: Path
    remarks: tuple[Message, ...]


#: Puts the files in place below the folder for results, which is there by then.
Place = Callable[[Path], Gathered]


@contextmanager
def handed_in(
    submissions: Path, *, course: Course, exercise: str | None = None, roster: Path | None = None
) -> Iterator[Place]:
    """Look at what was handed in without writing anything; what is yielded then does the writing.

    Raises UsageError if nothing can be graded, or the roster can't be read.
    """
    chosen = None if exercise is None else find_exercise(course, exercise)
    listed = None if roster is None else read_roster(roster)
    with open_export(submissions) as export:
        if export is None:
            yield _plain(submissions, course, chosen, listed)
        else:
            planned = plan(export, course, chosen, listed)
            yield lambda out: _taken(planned, listed, out)


def _plain(submissions: Path, course: Course, chosen: Exercise | None, roster: Roster | None) -> Place:
    scanned = scan(course, submissions, exercise=chosen, roster=roster)

    def place(out: Path) -> Gathered:
        everyone = scanned.people.everyone
        if roster is not None:
            _write_students(out, everyone)
        remarks = _remarks(everyone, roster)
        if scanned.loose:
            remarks.append(say("Left out, since they are in no student's folder: {files}", files=_some(scanned.loose)))
        return Gathered(scanned.found, submissions, tuple(remarks))

    return place


def _taken(planned: Plan, roster: Roster | None, out: Path) -> Gathered:
    root = out / SUBMISSIONS
    # A run that is taken up finds what an earlier one has taken out; the export may have changed since.
    shutil.rmtree(root, ignore_errors=True)
    taken = take(planned, root)
    found = unique(Found(**msgspec.structs.asdict(work)) for work in taken)
    _write_students(out, planned.students)
    read = say(
        "Read as an export of {platform}; files to grade: {count}; students: {students}",
        platform=planned.platform,
        count=sum(work.path is not None for work in found),
        students=len(planned.students),
    )
    remarks = [read, *_remarks(planned.students, roster)]
    remarks += [
        say("Left out: {file}: {reason}", file=file, reason=reason) for file, reason in planned.left_out[:_NAMES]
    ]
    if planned.left_out:
        rows = [("file", "reason"), *((file, render(reason, "en")) for file, reason in planned.left_out)]
        write_whole(out / "left_out.csv", to_table(rows))
    if (count := len(planned.left_out)) > _NAMES:
        remarks.append(say("Left out in all: {count}; see {path}", count=count, path=str(out / "left_out.csv")))
    return Gathered(found, root, tuple(remarks))


def _remarks(students: Sequence[Student], roster: Roster | None) -> list[Message]:
    if roster is None:
        return []
    remarks = list(roster.problems)
    if strangers := [student.called for student in students if student.note is not None]:
        remarks.append(say("Graded, although the roster does not tell who it is: {names}", names=_some(strangers)))
    if unsure := [student.id for student in students if not student.called and not student.on_list]:
        remarks.append(
            say(
                "In the roster, but nothing is there under their names, and whether they handed in under "
                "another one can't be told: {names}",
                names=_some(unsure),
            )
        )
    return remarks


def _some(names: Sequence[str]) -> str:
    shown = ", ".join(map(clipped, names[:_NAMES]))
    return f"{shown}, ... ({len(names)})" if len(names) > _NAMES else shown


def _write_students(out: Path, students: Sequence[Student]) -> None:
    """Who is who; the columns after the first three are those of `Member`, which `read_members` reads."""
    kinds = ("moodle", "canvas", "sid", "login", "email")
    rows = [
        (student.id, student.name, clipped(student.called), *(student.values.get(kind, "") for kind in kinds))
        for student in sorted(students, key=lambda student: student.id)
    ]
    write_whole(out / STUDENTS, to_table([("student", "name", "handed_in_as", *kinds), *rows]))


def read_members(out: Path) -> dict[str, Member]:
    """Student → what is known of them, as far as the class was read with more than ids."""
    try:
        text = (out / STUDENTS).read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    lines = [{name: uncell(value) for name, value in line.items()} for line in csv.DictReader(io.StringIO(text))]
    fields = Member.__struct_fields__
    return {line["student"]: Member(**{name: line[name] for name in fields}) for line in lines}
