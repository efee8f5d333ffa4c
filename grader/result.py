"""The result of one submission: what `--json` prints and every report reads. Plain frozen data.

The fields are the public format, schema 1; grader/report/schema.py documents each and makes schema.json.
"""

from __future__ import annotations

from itertools import zip_longest
from typing import Literal

import msgspec

from grader.text import Message, Text
from grader.text.stored import in_all_languages

#: The outcome of one check.
Verdict = Literal["passed", "failed", "not_implemented", "error", "limit", "skipped", "grader_error"]

#: Whether the submission as a whole could be graded.
Status = Literal["graded", "error", "limit", "grader_error"]


class Worst(msgspec.Struct, frozen=True):
    """The element that is furthest from what was expected. NaN and infinities are spelled out as strings."""

    index: tuple[int, ...]
    expected: float | str
    got: float | str
    abs_error: float | str
    rel_error: float | str


class Line(msgspec.Struct, frozen=True):
    """One line of the learner's own file that a traceback went through; in a notebook, counted within `cell`."""

    number: int
    source: str
    function: str
    cell: str | None = None


class Picture(msgspec.Struct, frozen=True):
    """What a page draws of a wrong value; at most some hundred numbers, None where one is not finite.

    kind "function": `expected` and `got` over the inputs `x`; "series": over the index `x`; "points": (`x`,
    `expected`) and (`got_x`, `got`) in a plane; "map": `x` holds the number of rows and columns, `expected` the errors
    of as many blocks of entries, row by row, `got` how many of these are in a row. worst: where the error is largest.
    """

    kind: Literal["function", "series", "points", "map"]
    x: tuple[float | None, ...]
    expected: tuple[float | None, ...]
    got: tuple[float | None, ...]
    got_x: tuple[float | None, ...] = ()
    worst: int = 0


class Detail(msgspec.Struct, frozen=True):
    """What a report shows of a failing check beyond its message. `called`, `expected` and `got` are short text."""

    called: str = ""
    expected: str = ""
    got: str = ""
    lines: tuple[Line, ...] = ()
    picture: Picture | None = None


class CheckResult(msgspec.Struct, frozen=True):
    """One check's verdict and reason."""

    id: str
    title: Text
    verdict: Verdict
    passed: bool
    points: float
    max_points: float
    hidden: bool
    message: Text | None = None
    mistake: str | None = None
    mistake_text: Text | None = None
    worst: Worst | None = None
    function: str | None = None
    detail: Detail | None = None
    message_data: Message | None = None


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """All verdicts on one submission of one exercise. `seconds` is wall time; comparisons leave it out."""

    schema: int = 1
    grader: str
    course: str
    course_id: str = ""
    course_title: Text | None = None
    exercise: str
    submission: str
    submission_sha256: str
    score: float
    max_score: float
    passed: bool
    status: Status
    seed: int
    device: str
    confinement: str
    seconds: float
    stdout: str = ""
    message: Text | None = None
    detail: Detail | None = None
    notes: tuple[Text, ...] = ()
    checks: tuple[CheckResult, ...] = ()
    fingerprint: str = ""
    message_data: Message | None = None
    notes_data: tuple[Message | None, ...] = ()


def read_result(content: bytes) -> Result:
    """A result from its JSON, with its messages in every language that there is today, as far as its data allow.

    Raises msgspec.DecodeError.
    """
    result = msgspec.json.decode(content, type=Result)
    data = result.notes_data[: len(result.notes)]
    return msgspec.structs.replace(
        result,
        message=in_all_languages(result.message, result.message_data),
        notes=tuple(in_all_languages(note, one) or {} for note, one in zip_longest(result.notes, data)),
        checks=tuple(
            msgspec.structs.replace(check, message=in_all_languages(check.message, check.message_data))
            for check in result.checks
        ),
    )
