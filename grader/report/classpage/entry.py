"""What the page of a class reads of a result: some of its fields, so that thousands of them are quick to read."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from grader.result import Status, Verdict, Worst
from grader.text import Message, Text

#: How a submission stands, the best first. absent: there was no file to grade: nothing was handed in, too
#: much, or work of another course.
Standing = Literal["complete", "graded", "limit", "error", "absent", "grader_error"]

#: What can be added up and drawn; a file with more than that is no result.
Amount = Annotated[float, msgspec.Meta(ge=-1e9, le=1e9)]


class SeenDetail(msgspec.Struct, frozen=True):
    """Of a `grader.result.Detail`."""

    got: str = ""


class SeenCheck(msgspec.Struct, frozen=True):
    """Of a `grader.result.CheckResult`."""

    id: str
    title: Text
    verdict: Verdict
    hidden: bool
    message: Text | None = None
    mistake: str | None = None
    mistake_text: Text | None = None
    worst: Worst | None = None
    detail: SeenDetail | None = None
    message_data: Message | None = None


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """Of a `grader.result.Result`."""

    schema: int
    grader: str
    course_id: str = ""
    course_title: Text | None = None
    exercise: str
    submission_sha256: str
    score: Amount
    max_score: Amount
    passed: bool
    status: Status
    seed: int
    seconds: Amount
    message: Text | None = None
    checks: tuple[SeenCheck, ...] = ()
    message_data: Message | None = None


class Entry(msgspec.Struct, frozen=True):
    """A student's result of an exercise."""

    student: str
    result: Seen

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
        named = [check for check in self.result.checks if check.mistake is not None]
        return {check.mistake or "": check.mistake_text or {"en": check.mistake or ""} for check in named}


class Problem(msgspec.Struct, frozen=True):
    """A line of the table of scores, or a file, of which there is no result to show, and why."""

    student: str
    exercise: str
    reason: Message | str
