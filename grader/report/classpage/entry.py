"""What the page of a class is made of: each student's result of an exercise, or why there is none."""

from __future__ import annotations

from typing import Literal

import msgspec

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
    def mistakes(self) -> dict[str, Text]:
        """Each named mistake once, with its text."""
        wrong = [check for check in self.result.checks if check.mistakes]
        return dict(named for check in wrong for named in zip(check.mistakes, check.mistake_texts, strict=True))


class Problem(msgspec.Struct, frozen=True):
    """A line of the table of scores, or a file, of which there is no result to show, and why."""

    student: str
    exercise: str
    reason: Message | str
