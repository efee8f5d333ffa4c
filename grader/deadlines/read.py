"""Reads deadlines.toml. All that is wrong in it is told at once, each with its line."""

from __future__ import annotations

import math
import os
import re
from collections.abc import Iterator, Set
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Any, get_args
from zoneinfo import ZoneInfo

import msgspec

from grader.course.faults import CourseError, Faults, Place, parse_toml, read_text
from grader.course.find import find_exercise
from grader.course.model import Course
from grader.deadlines.model import ALL, Attempts, Deadlines, Extended, Extension, Rule
from grader.errors import GradeError, UsageError
from grader.intake.identity import sameness
from grader.intake.names import clipped
from grader.intake.when import find_zone, in_zone, read_time
from grader.text import Message, listed, say

NAME = "deadlines.toml"
_TOP = ("timezone", "attempts", "late", "exercises", "extensions")
_RULE = Rule.__struct_fields__
#: Of a rule's numbers, the largest that means something.
_MOST = {"grace_minutes": 1e6, "percent_per_day": 100.0, "most_percent": 100.0, "cut_off_days": 1e4}
#: Of an extension's days.
_MOST_DAYS = 1000
#: A value that begins like a date, and what is before it in its line.
_DATE = re.compile(r"(?m)^([^#=\n]+=[ \t]*)(\d{4}-\d\d?-\d\d?[^\s#]*(?: \d[^\s#]*)?)")


def find_deadlines(course: Course, given: Path | None) -> Deadlines | None:
    """The given file's, else those of deadlines.toml in the course's folder; None if it has none. Raises UsageError."""
    path = given or course.folder / NAME
    if given is None and not os.path.lexists(path):
        return None
    return read_deadlines(path, course)


def read_deadlines(path: Path, course: Course) -> Deadlines:
    """Raises UsageError with every line that is wrong."""
    try:
        if not os.path.lexists(path):
            raise UsageError(say("There is no file {file}.", file=clipped(str(path))))
        return _Reader(path, read_text(path), course).read()
    except CourseError as error:
        raise UsageError(error.message) from None
    except RecursionError:
        reason = say("too many brackets in one another")
        raise UsageError(say("{path} can't be read: {reason}", path=clipped(str(path)), reason=reason)) from None


def _parsed(path: Path, text: str) -> tuple[dict[str, Any], str]:
    """The values, and the text that they are of. An impossible date makes a file no TOML: then dates are put in
    quotation marks, so that it is told as such, with whatever else is wrong."""
    try:
        return parse_toml(path, text), text
    except CourseError:
        quoted = _DATE.sub(r'\1"\2"', text)
        if quoted == text:
            raise
        return parse_toml(path, quoted), quoted


class _Reader:
    def __init__(self, path: Path, text: str, course: Course) -> None:
        self._path = path
        self._course = course
        self._toml, text = _parsed(path, text)
        self._faults = Faults(path, text)
        self._zone: ZoneInfo | None = None

    def read(self) -> Deadlines:
        self._only(self._toml, (), _TOP)
        self._zone = self._timezone()
        attempts = self._choice(("attempts",), get_args(Attempts), self._toml.get("attempts", "last"))
        late = self._table(("late",))
        self._only(late, ("late",), _RULE)
        common = self._rule(late, ("late",), Rule())
        due: dict[str, datetime] = {}
        rules: dict[str, Rule] = {}
        for exercise, place, table in self._exercises():
            self._only(table, place, ("due", *_RULE))
            rules[exercise] = self._rule(table, place, common)
            if "due" not in table:
                self._faults.key(place, say("the deadline is missing; write due = 2026-10-05T23:59:00"))
            elif (time := self._time((*place, "due"), table["due"])) is not None:
                due[exercise] = time
        extended = {sameness(own.student): own for own in self._extended(due, rules.keys())}
        self._faults.raise_any()
        return Deadlines(self._path, self._zone, attempts, due, rules, extended)

    def _timezone(self) -> ZoneInfo | None:
        name = self._toml.get("timezone")
        if name is None:
            return None
        zone = find_zone(name) if isinstance(name, str) else None
        if zone is None:
            problem = say("no time zone is called {zone}; write one as Europe/Berlin", zone=str(name))
            self._faults.key(("timezone",), problem)
        return zone or ZoneInfo("UTC")  # no second fault for each time

    def _exercises(self) -> Iterator[tuple[str, Place, dict[str, Any]]]:
        seen: set[str] = set()
        for name in self._table(("exercises",)):
            place = ("exercises", name)
            exercise = self._exercise(name, place)
            if exercise in seen:
                self._faults.key(place, say("{exercise} has a deadline already; remove one", exercise=exercise))
            elif exercise is not None:
                seen.add(exercise)
                yield exercise, place, self._table(place)

    def _exercise(self, name: str, place: Place) -> str | None:
        try:
            return find_exercise(self._course, name).id
        except GradeError as error:
            self._faults.key(place, error.message)
            return None

    def _extended(self, due: dict[str, datetime], known: Set[str]) -> Iterator[Extended]:
        """known: the exercises that the file lists, also those whose deadline is wrong."""
        lines: dict[str, int] = {}
        for student in self._table(("extensions",)):
            place = ("extensions", student)
            line = self._faults.line_of(place)
            if (first := lines.setdefault(sameness(student), line)) != line:
                problem = say("the extensions of {student} are in line {line} already", student=student, line=first)
                self._faults.key(place, problem)
            yield Extended(student, line, dict(self._extensions(place, due, known)))

    def _extensions(self, student: Place, due: dict[str, datetime], known: Set[str]) -> Iterator[tuple[str, Extension]]:
        for name, value in self._table(student).items():
            place = (*student, name)
            exercise = ALL if name == ALL else self._exercise(name, place)
            extension = self._extension(place, value)
            if exercise is None or extension is None:
                continue
            if exercise == ALL and extension.due is not None:
                problem = say("one deadline can't be for every exercise; give a number of days, or name the exercise")
                self._faults.key(place, problem)
            elif exercise not in (ALL, *known):
                self._faults.key(place, say("{exercise} has no deadline to extend", exercise=exercise))
            elif extension.due is not None and exercise in due and extension.due < due[exercise]:
                problem = say(
                    "this is before the deadline of {exercise}, {due}", exercise=exercise, due=str(due[exercise])
                )
                self._faults.key(place, problem)
            else:
                yield exercise, extension

    def _extension(self, place: Place, value: Any) -> Extension | None:
        if value == "excused":
            return Extension(excused=True)
        if isinstance(value, (int, float)):
            days = self._number(place, value, _MOST_DAYS)
            return None if days is None else Extension(days=days)
        if isinstance(value, str) and not value.strip()[:1].isdigit():
            problem = say(
                '{value} is no extension; write a number of days, a date with a time, or "excused"', value=value
            )
            self._faults.key(place, problem)
            return None
        time = self._time(place, value)
        return None if time is None else Extension(due=time)

    def _rule(self, table: dict[str, Any], place: Place, common: Rule) -> Rule:
        given: dict[str, Any] = {}
        for name in _RULE:
            if name == "percent_of" and name in table:
                given[name] = self._choice((*place, name), ("score", "maximum"), table[name])
            elif name in table and (number := self._number((*place, name), table[name], _MOST[name])) is not None:
                given[name] = number
        return msgspec.structs.replace(common, **given)

    def _time(self, place: Place, value: Any) -> datetime | None:
        """A time as TOML writes it, or in quotation marks with the name of a zone behind it; in UTC."""
        time = self._read(value, self._zone)
        if isinstance(time, datetime):
            return time.astimezone(UTC)
        if self._zone is None and isinstance(self._read(value, UTC), datetime):
            time = say(
                '{problem}; write it with an offset, as 2026-10-05T23:59:00+02:00, or put timezone = "Europe/Berlin" '
                "at the top of the file",
                problem=time,
            )
        self._faults.key(place, time)
        return None

    @staticmethod
    def _read(value: Any, zone: tzinfo | None) -> datetime | Message:
        if isinstance(value, datetime):
            return in_zone(value, zone)
        if isinstance(value, str):
            return read_time(value, zone)
        return say("{value} is no date with a time; write it as 2026-10-05T23:59:00", value=str(value))

    def _number(self, place: Place, value: Any, most: float) -> float | None:
        number = value if isinstance(value, (int, float)) and not isinstance(value, bool) else math.nan
        if 0 <= number <= most:
            return float(number)
        problem = say(
            "{name} is a number from 0 to {most}, not {value}", name=place[-1], most=f"{most:g}", value=str(value)
        )
        self._faults.key(place, problem)
        return None

    def _choice(self, place: Place, choices: tuple[str, ...], value: Any) -> Any:
        if value not in choices:
            names = listed(f'"{name}"' for name in choices)
            self._faults.key(
                place, say("{name} is one of {choices}, not {value}", name=place[-1], choices=names, value=str(value))
            )
        return value

    def _table(self, place: Place) -> dict[str, Any]:
        found: Any = self._toml
        for name in place:
            found = found.get(name, {})
        if isinstance(found, dict):
            return found
        self._faults.key(
            place, say("{name} is a table: a line [{name}], then its values", name=".".join(map(str, place)))
        )
        return {}

    def _only(self, table: dict[str, Any], place: Place, names: tuple[str, ...]) -> None:
        for name in table:
            if name not in names:
                problem = say("unknown key {name}; the keys here are {names}", name=name, names=listed(names))
                self._faults.key((*place, name), problem)
