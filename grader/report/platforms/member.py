"""A student as learning platforms know them, and their work on one exercise."""

from __future__ import annotations

import msgspec

from grader.report.scores import Row
from grader.result import Result


class Member(msgspec.Struct, frozen=True):
    """A student of the class: what the roster or the export says of them, empty where it says nothing.

    moodle, canvas: the platform's number. sid: the school's id.
    """

    student: str
    name: str = ""
    moodle: str = ""
    canvas: str = ""
    sid: str = ""
    login: str = ""
    email: str = ""


class GradedWork(msgspec.Struct, frozen=True):
    """One submission of a class: its line in scores.csv, its result, and whose it is."""

    row: Row
    result: Result
    member: Member

    @property
    def counts(self) -> bool:
        """Whether the score is a grade, to be told to other programs."""
        return self.row.counts and self.row.status != "grader_error"
