"""Deadlines as data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

import msgspec

from grader.course.faults import fault
from grader.errors import UsageError
from grader.intake.identity import sameness
from grader.intake.names import clipped
from grader.text import Message, join, say

#: The key of an extension that holds for every exercise.
ALL = "all"
Attempts = Literal["last", "best"]


class Rule(msgspec.Struct, frozen=True):
    """What is taken from late work.

    grace_minutes: so much later is still in time. percent_per_day: for each day begun, counted from the deadline.
    most_percent: never more than this. cut_off_days: so many days after the deadline, all points are gone; never if
    None. percent_of: of the points that were scored, or of all that there are.
    """

    grace_minutes: float = 0.0
    percent_per_day: float = 0.0
    most_percent: float = 100.0
    cut_off_days: float | None = None
    percent_of: Literal["score", "maximum"] = "score"


class Extension(msgspec.Struct, frozen=True):
    """One student's own deadline: that one, or so many days more. excused: late work loses nothing."""

    due: datetime | None = None
    days: float = 0.0
    excused: bool = False


class Extended(msgspec.Struct, frozen=True):
    """A student's extensions, exercise's id or ALL → extension. line: of deadlines.toml, where they stand."""

    student: str
    line: int
    extensions: Mapping[str, Extension]


class Due(msgspec.Struct, frozen=True):
    """What holds for one student's work on one exercise."""

    at: datetime
    rule: Rule
    excused: bool = False


class Deadlines(msgspec.Struct, frozen=True):
    """deadlines.toml. zone: of times that name none. due, rules: by exercise's id. extended: by student."""

    path: Path
    zone: ZoneInfo | None
    attempts: Attempts
    due: Mapping[str, datetime]
    rules: Mapping[str, Rule]
    extended: Mapping[str, Extended]

    def due_for(self, student: str, exercise: str) -> Due | None:
        """None of an exercise without a deadline."""
        due = self.due.get(exercise)
        if due is None:
            return None
        extensions = own.extensions if (own := self.extended.get(sameness(student))) else {}
        extension = extensions.get(exercise) or extensions.get(ALL) or Extension()
        # In UTC: a day is 24 hours, also when the clocks change.
        return Due(extension.due or due + timedelta(days=extension.days), self.rules[exercise], extension.excused)

    def strangers(self, students: Iterable[str]) -> tuple[Message, ...]:
        """What to say of extensions of nobody among these."""
        known = {sameness(student) for student in students}
        return tuple(
            fault(
                self.path, own.line, say("no student of this class is called {student}", student=clipped(own.student))
            )
            for own in self.extended.values()
            if sameness(own.student) not in known
        )

    def expect_students(self, students: Iterable[str]) -> None:
        """Raises UsageError if an extension is nobody's of these, who are the whole class."""
        if strangers := self.strangers(students):
            advice = say("Write the id that the roster has, or remove the extension.")
            raise UsageError(join([*strangers, advice], "\n"))
