"""The roster: who is in the class, and by which id their results are filed.

It may be a table of one's own, or what Moodle (grading worksheet), Canvas (gradebook), Gradescope (roster) or nbgrader
give out. Columns are known by their names, whose case does not matter.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import msgspec

from grader.errors import UsageError
from grader.intake.identity import sameness
from grader.intake.model import Person
from grader.intake.names import clipped, name_forms, path_fault
from grader.intake.table import Row, Table, at_line, read_table
from grader.text import LANGUAGES, Message, join, listed, say
from grader.text.language import language_called

#: What a column holds → what it may be called, in lower case and with single spaces.
_NAMES = {
    "student": ("student", "student id", "student number", "学号"),
    "id": ("id",),
    "moodle": ("identifier",),
    "sid": ("sid", "sis user id", "id number"),
    "canvas": ("canvas id", "canvas user id", "lms user id"),
    "login": ("username", "user name", "login", "login id", "sis login id", "用户名"),
    "email": ("email", "email address", "e mail", "邮箱", "电子邮箱", "电子邮件"),
    "name": ("name", "full name", "student name", "姓名"),
    "first": ("first name", "名"),
    "last": ("last name", "surname", "姓"),
    "role": ("role", "角色"),
    "language": ("language", "preferred language", "语言"),
    "handed in": ("handed in", "handed in at", "last modified (submission)", "提交时间"),
}
_COLUMNS = {name: kind for kind, names in _NAMES.items() for name in names}
#: The first of these that there is becomes the student's id.
_KEYS = ("student", "id", "moodle", "sid", "canvas", "login", "email")
#: What tells Canvas's gradebook, where `Student` is a name and `ID` Canvas's number.
_CANVAS = frozenset({"section", "sis user id", "sis login id"})
#: What Moodle writes of somebody who handed in nothing.
_NEVER = ("-", "Never")
_STUDENTS = ("", "student", "学生")
#: As long as nbgrader's column is.
_LONGEST = 128


class Listed(msgspec.Struct, frozen=True):
    """A student of the roster. values: what else they are known by, kind → value. language: in which they are written
    to, as the roster has it. handed_in: the time, as it is written there; one exercise's."""

    id: str
    name: str
    line: int
    values: dict[str, str]
    language: str = ""
    handed_in: str = ""

    @property
    def tag(self) -> str:
        """The language's tag; empty if there is none, or it is not known."""
        return language_called(self.language) or ""


class Roster:
    """The students, and a way to find the one whom an export means. problems: lines that were left out, and why.
    file: as people call it."""

    def __init__(self, students: Mapping[str, Listed], problems: tuple[Message, ...], file: str = "") -> None:
        self.students = students
        self.file = file
        self.problems = problems
        self._by_value: dict[tuple[str, str], Listed] = {}
        self._by_name: dict[str, set[str]] = {}
        for student in students.values():
            for kind, value in student.values.items():
                self._by_value.setdefault((kind, sameness(value)), student)
            for form in name_forms(student.name):
                self._by_name.setdefault(form, set()).add(student.id)

    def find(self, person: Person) -> Listed | None:
        """By a number or address that both have; else by the name, if it is only one student's."""
        for known in person.known:
            student = self._by_value.get((known.kind, sameness(known.value)))
            if student is not None and (known.sure or agree(student.name, person.name)):
                return student
        ids = set().union(*(self._by_name.get(form, set()) for form in name_forms(person.name)))
        return self.students[ids.pop()] if len(ids) == 1 else None


def agree(one: str, other: str) -> bool:
    """Whether two names could be one person's; nothing speaks against it where one is not known."""
    return not one or not other or bool(name_forms(one) & name_forms(other))


def read_roster(path: Path) -> Roster:
    """Raises UsageError if it can't be read, has no column for ids, or lists no student."""
    table = read_table(path)
    name = clipped(str(path))
    kinds = _kinds(table, name)
    keys = ("canvas", *_KEYS) if _is_canvas(table) else _KEYS
    key = next((kind for kind in keys if kind in kinds), None)
    if key is None:
        problem = say(
            "no column holds the students' ids. It needs one of student, id, Identifier, SID, username, email; "
            "it has: {columns}",
            columns=clipped(", ".join(table.header)),
        )
        raise UsageError(at_line(name, table.line, problem))
    students: dict[str, Listed] = {}
    problems = [*([table.note] if table.note else []), *table.problems]
    used: dict[tuple[str, str], int] = {}
    for row in table.rows:
        student = _listed(row, kinds, key)
        if student is None:
            continue
        if (why := _problem(student, kinds[key], key, used)) is not None:
            problems.append(at_line(name, row.line, say("{problem}; the line was left out", problem=why)))
            continue
        if student.language and not student.tag:
            problems.append(at_line(name, row.line, _unknown_language(student.language)))
        students[student.id] = student
        used |= {(kind, sameness(student.values[kind])): row.line for kind in _KEYS if kind in student.values}
    if not students:
        reasons = join(problems[:5]) if problems else ""
        raise UsageError(say("{file} lists no student. {problems}", file=name, problems=reasons))
    return Roster(students, tuple(problems), name)


def _normal(header: str) -> str:
    return re.sub(r"[\s_-]+", " ", header).strip().casefold()


def _is_canvas(table: Table) -> bool:
    names = {_normal(column) for column in table.header}
    return {"student", "id"} <= names and bool(names & _CANVAS)


def _kinds(table: Table, name: str) -> dict[str, str]:
    """Kind → the column that holds it."""
    known = _COLUMNS | ({"student": "name", "id": "canvas"} if _is_canvas(table) else {})
    kinds: dict[str, str] = {}
    for column in table.header:
        kind = known.get(_normal(column))
        if kind is None:
            continue
        if kind in kinds:
            problem = say("the columns {one} and {other} mean the same; remove one.", one=kinds[kind], other=column)
            raise UsageError(at_line(name, table.line, problem))
        kinds[kind] = column
    return kinds


def _listed(row: Row, kinds: Mapping[str, str], key: str) -> Listed | None:
    """The student of a line; None for those of the platform's own making, and for teachers."""
    values = {kind: row.columns[column] for kind, column in kinds.items() if row.columns[column]}
    if not values:
        return None
    name = values.pop("name", "") or " ".join(values[part] for part in ("first", "last") if part in values)
    if values.get("role", "").casefold() not in _STUDENTS or (name == "Points Possible" and key not in values):
        return None
    if moodle := re.search(r"\d+$", values.get("moodle", "")):
        values["moodle"] = moodle[0]
    known = {kind: values[kind] for kind in _KEYS if kind in values}
    time = values.get("handed in", "")
    return Listed(
        values.get(key, ""), name, row.line, known, values.get("language", ""), "" if time in _NEVER else time
    )


def _unknown_language(name: str) -> Message:
    return say(
        "the language {name} is none of {languages}; the student gets the page in the language of the command",
        name=clipped(name),
        languages=listed(LANGUAGES),
    )


def _problem(listed: Listed, column: str, key: str, used: Mapping[tuple[str, str], int]) -> Message | None:
    """Why a line can't be used: its id is missing, another one's, or no name for a folder."""
    if not listed.id:
        return say("nothing in column {column}", column=column)
    if path_fault(listed.id) is not None or re.search(r"[/\\]", listed.id) or listed.id.startswith("."):
        return say(
            "{id} can't be the name of a folder: no slashes, control characters or leading dot", id=clipped(listed.id)
        )
    if len(listed.id) > _LONGEST:
        return say("the id {id} is longer than {count} characters", id=clipped(listed.id), count=_LONGEST)
    for kind, value in ((key, listed.id), *listed.values.items()):
        if line := used.get((kind, sameness(value))):
            return say("{value} is already in line {line}", value=clipped(value), line=line)
    return None
