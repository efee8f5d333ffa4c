"""The result of one submission: what `--json` prints and every report reads. Plain frozen data.

The fields are the public format, schema 2; grader/report/schema.json documents each (schema.py keeps it in step).
"""

from __future__ import annotations

from itertools import zip_longest
from typing import Any, Literal

import msgspec

from grader.scene import Drawn, DrawnPicture
from grader.source_line import SourceLine
from grader.text import Message, Text
from grader.text.stored import in_all_languages

#: The version of the format.
SCHEMA = 2

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


class FunctionPlot(msgspec.Struct, frozen=True, tag="function", tag_field="kind"):
    """`expected` and `got` over the inputs `x`. worst: the place in these lists where the error is largest."""

    x: tuple[Drawn, ...]
    expected: tuple[Drawn, ...]
    got: tuple[Drawn, ...]
    worst: int


class SeriesPlot(msgspec.Struct, frozen=True, tag="series", tag_field="kind"):
    """`expected` and `got` over their indices `x`. worst: the place in these lists where the error is largest."""

    x: tuple[int, ...]
    expected: tuple[Drawn, ...]
    got: tuple[Drawn, ...]
    worst: int


class PointsPlot(msgspec.Struct, frozen=True, tag="points", tag_field="kind"):
    """Points of a plane, expected ones and those that came. worst: the place in these lists of the one furthest off."""

    expected_x: tuple[Drawn, ...]
    expected_y: tuple[Drawn, ...]
    got_x: tuple[Drawn, ...]
    got_y: tuple[Drawn, ...]
    worst: int


class ErrorMap(msgspec.Struct, frozen=True, tag="map", tag_field="kind"):
    """The sizes of the errors in a matrix of so many rows and columns.

    errors: row by row, the largest error in each of the blocks into which the matrix is divided. worst: row and column
    of the largest of them.
    """

    rows: int
    columns: int
    errors: tuple[tuple[Drawn, ...], ...]
    worst: tuple[int, int]


#: What a page draws of a wrong value; at most some hundred numbers.
Picture = FunctionPlot | SeriesPlot | PointsPlot | ErrorMap


class Detail(msgspec.Struct, frozen=True):
    """What a report shows of a failing check beyond its message. `called`, `expected` and `got` are short text; `code`
    is Python that makes such a call fail, and `prints` what its last line should print."""

    called: str = ""
    expected: str = ""
    got: str = ""
    lines: tuple[SourceLine, ...] = ()
    picture: Picture | None = None
    code: str = ""
    prints: str = ""


class PartScore(msgspec.Struct, frozen=True):
    """The points of one part of an exercise that has parts."""

    id: str
    title: Text
    score: float
    max_score: float


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
    mistakes: tuple[str, ...] = ()
    mistake_texts: tuple[Text, ...] = ()
    worst: Worst | None = None
    function: str | None = None
    detail: Detail | None = None
    message_data: Message | None = None
    part: str = ""


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """All verdicts on one submission of one exercise. `seconds` is wall time; comparisons leave it out.

    part: the one that was asked for, to which score and checks are limited; empty for the whole. parts: of an exercise
    that has them, those that were graded.
    """

    schema: int = SCHEMA
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
    pictures: tuple[DrawnPicture, ...] = ()
    part: str = ""
    parts: tuple[PartScore, ...] = ()


def read_result(content: bytes) -> Result:
    """A result from its JSON, with its messages in every language that there is today, as far as its data allow. One of
    an earlier version is brought to this one, and loses pictures that are no longer drawn so.

    Raises msgspec.DecodeError or UnicodeDecodeError where it is no result.
    """
    result = _decoded(content)
    data = result.notes_data[: len(result.notes)]
    return msgspec.structs.replace(
        result,
        message=in_all_languages(result.message, result.message_data),
        notes=tuple(in_all_languages(note, message) or {} for note, message in zip_longest(result.notes, data)),
        checks=tuple(
            msgspec.structs.replace(check, message=in_all_languages(check.message, check.message_data))
            for check in result.checks
        ),
    )


def _decoded(content: bytes) -> Result:
    try:
        result = msgspec.json.decode(content, type=Result)
    except msgspec.ValidationError:
        result = msgspec.convert(_without_pictures(msgspec.json.decode(content)), Result)
    return _from_schema_1(result, content) if result.schema == 1 else result


class _CheckOfSchema1(msgspec.Struct):
    mistake: str | None = None
    mistake_text: Text | None = None


class _ChecksOfSchema1(msgspec.Struct):
    checks: tuple[_CheckOfSchema1, ...] = ()


def _from_schema_1(result: Result, content: bytes) -> Result:
    """There a check had one mistake and its text, or none."""
    old = msgspec.json.decode(content, type=_ChecksOfSchema1).checks
    checks = tuple(
        msgspec.structs.replace(check, mistakes=(was.mistake,), mistake_texts=(was.mistake_text or {},))
        if was.mistake
        else check
        for check, was in zip(result.checks, old, strict=True)
    )
    return msgspec.structs.replace(result, schema=SCHEMA, checks=checks)


def _without_pictures(value: Any) -> Any:
    if isinstance(value, dict):
        kept = {key: item for key, item in value.items() if key not in ("picture", "pictures")}
        return {key: _without_pictures(item) for key, item in kept.items()}
    return [_without_pictures(item) for item in value] if isinstance(value, list) else value
