"""What the page of a class is made of: each student's result of an exercise, or why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec

from grader.report.student import Student
from grader.report.timing import Timing
from grader.result import Result
from grader.text import Message, Text

#: How a submission stands, the best first. absent: there was no file to grade: nothing was handed in, too
#: much, or work of another course.
Standing = Literal["complete", "graded", "limit", "error", "absent", "grader_error"]


class Entry(msgspec.Struct, frozen=True):
    """A student's result of an exercise, and when it was handed in."""

    student: str
    result: Result
    timing: Timing = Timing()

    @property
    def standing(self) -> Standing:
        """How it stands."""
        if self.result.status == "grader_error":
            return "grader_error"
        if not self.result.submission_sha256:
            return "absent"
        return "complete" if self.result.passed else self.result.status

    @property
    def points(self) -> float:
        """What counts: after a penalty, if there is one."""
        return self.timing.points if self.timing.penalty else self.result.score

    @property
    def is_late(self) -> bool:
        """Whether it was late, or lost points for it."""
        return bool(self.timing.late or self.timing.penalty)

    @property
    def mistakes(self) -> dict[str, Text]:
        """Each named mistake once, with its text."""
        wrong = [check for check in self.result.checks if check.mistakes]
        return dict(named for check in wrong for named in zip(check.mistakes, check.mistake_texts, strict=True))


class Problem(msgspec.Struct, frozen=True):
    """A line of the table of scores, or a file, of which there is no result to show, and why. lost: there should be
    one; else there never was."""

    student: str
    exercise: str
    reason: Message | str
    lost: bool = True


class Class(msgspec.Struct, frozen=True, kw_only=True):
    """A class's results.

    unjudged: lines of its table that never had a result, as of an unknown exercise. problems: results that should be
    there and aren't, or can't be read. students: who is who, by id, as far as that is known. title: the course's.
    titles: of exercises, by id. pages: where the page of a student is, by id.
    """

    entries: tuple[Entry, ...] = ()
    unjudged: tuple[Problem, ...] = ()
    problems: tuple[Problem, ...] = ()
    students: Mapping[str, Student] = {}
    title: Text = {}
    titles: Mapping[str, Text] = {}
    pages: Mapping[str, str] = {}
