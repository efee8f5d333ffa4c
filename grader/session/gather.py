"""Finds a class's work, whatever form it was handed in: the plain layout, or a learning platform's export."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from grader.course.find import find_exercise
from grader.course.model import Course, Exercise
from grader.intake.collect import Plan, open_export, plan
from grader.intake.model import folder_person
from grader.intake.names import clipped
from grader.intake.roster import Roster, Student, file_people, read_roster
from grader.intake.take import take
from grader.report.member import Member
from grader.report.table import cell, to_table, uncell
from grader.session.atomic import write_whole
from grader.session.scan import Found, scan, student_folders
from grader.text import Message, join, render, say

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
    folders = {folder_person(name).key: name for name in student_folders(submissions)}
    filed = file_people(map(folder_person, folders.values()), roster)
    students = {folders[key]: student for key, student in filed.items()}
    present = {student.id for student in students.values()}
    absent = [one for one in (roster.students.values() if roster else ()) if one.id not in present]
    found = scan(course, submissions, exercise=chosen, absent=[one.id for one in absent])
    known = tuple(sorted(
        (_renamed(one, students[one.student]) if roster and one.student in students else one for one in found),
        key=lambda one: (one.student, one.exercise),
    ))

    def place(out: Path) -> Gathered:
        everyone = [*students.values(), *(Student(one.id, one.name, "", None, one.values) for one in absent)]
        if roster is not None:
            _write_students(out, everyone)
        return Gathered(known, submissions, tuple(_remarks(everyone, roster)))

    return place


def _renamed(found: Found, student: Student) -> Found:
    """The row under the roster's id; what is to be said of the student comes last."""
    found = msgspec.structs.replace(found, student=student.id)
    if student.note is None:
        return found
    if found.problem is not None:
        return msgspec.structs.replace(found, problem=join([found.problem, student.note], "; "))
    return msgspec.structs.replace(found, note=join([*filter(None, [found.note]), student.note], "; "))


def _taken(planned: Plan, roster: Roster | None, out: Path) -> Gathered:
    root = out / SUBMISSIONS
    # A run that is taken up finds what an earlier one has taken out; the export may have changed since.
    shutil.rmtree(root, ignore_errors=True)
    taken = take(planned, root)
    found = tuple(Found(one.student, one.exercise, one.path, one.problem, one.note) for one in taken)
    _write_students(out, planned.students)
    count = sum(one.path is not None for one in found)
    remarks = [say("Read as an export of {platform}; files to grade: {count}; students: {students}",
                   platform=planned.platform, count=count, students=len(planned.students))]
    remarks += _remarks(planned.students, roster)
    for file, reason in planned.left_out[:_NAMES]:
        remarks.append(say("Left out: {file}: {reason}", file=file, reason=reason))
    if planned.left_out:
        _write_table(out / "left_out.csv", [("file", "reason"), *(
            (file, render(reason, "en")) for file, reason in planned.left_out
        )])
    if len(planned.left_out) > _NAMES:
        remarks.append(say("Left out in all: {count}; see {path}", count=len(planned.left_out),
                           path=str(out / "left_out.csv")))
    return Gathered(found, root, tuple(remarks))


def _remarks(students: list[Student] | tuple[Student, ...], roster: Roster | None) -> list[Message]:
    if roster is None:
        return []
    remarks = list(roster.problems)
    strangers = [student for student in students if student.note is not None]
    if strangers:
        names = ", ".join(clipped(student.called) for student in strangers[:_NAMES])
        more = f", ... ({len(strangers)})" if len(strangers) > _NAMES else ""
        remarks.append(say("Graded, although the roster does not tell who it is: {names}", names=names + more))
    return remarks


def _write_students(out: Path, students: list[Student] | tuple[Student, ...]) -> None:
    """Who is who; the columns after the first three are those of `Member`, which `read_members` reads."""
    kinds = ("moodle", "canvas", "sid", "login", "email")
    rows = [
        (student.id, student.name, clipped(student.called), *(student.values.get(kind, "") for kind in kinds))
        for student in sorted(students, key=lambda one: one.id)
    ]
    _write_table(out / STUDENTS, [("student", "name", "handed_in_as", *kinds), *rows])


def read_members(out: Path) -> dict[str, Member]:
    """Student → what is known of them, as far as the class was read with more than ids."""
    try:
        text = (out / STUDENTS).read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    lines = [{name: uncell(value) for name, value in line.items()} for line in csv.DictReader(io.StringIO(text))]
    fields = Member.__struct_fields__
    return {line["student"]: Member(**{name: line[name] for name in fields}) for line in lines}


def _write_table(path: Path, rows: list[tuple[str, ...]]) -> None:
    write_whole(path, to_table([[cell(text) for text in row] for row in rows]))
