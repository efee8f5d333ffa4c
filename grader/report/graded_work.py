"""A student's graded work, and how learning platforms know the student."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from grader.report.scores import Row
from grader.report.timing import charged
from grader.result import Result


class GradedWork(msgspec.Struct, frozen=True):
    """One submission of a class: its line in scores.csv, its result, and whose it is.

    name: the student's, where it is known. ids: what else the roster or the export says of them, kind → value: under
    a platform's name their number there, the school's id (sid), login, email.
    """

    row: Row
    result: Result
    name: str = ""
    ids: Mapping[str, str] = {}

    @property
    def counts(self) -> bool:
        """Whether the score is a grade, to be told to other programs."""
        return self.row.counts and self.row.status != "grader_error"

    @property
    def charged(self) -> Result:
        """The result as a platform takes it: its points are what counts."""
        return charged(self.result, self.row.timing)

    @property
    def called(self) -> str:
        """The student's name, or else the id that they were graded under."""
        return self.name or self.row.student


def number_on(platform: str, ids: Mapping[str, str]) -> str:
    """A student's number on a platform; empty if none is known."""
    number = ids.get(platform, "")
    return number if number.isascii() and number.isdigit() else ""
