"""When a submission was handed in, and what that cost: beside its result, which knows nothing of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from grader.result import Result
from grader.text import Text


class Timing(msgspec.Struct, frozen=True):
    """What is told of a submission's time.

    handed_in, due: ISO 8601, with the offset; empty where it is not known, or there is no deadline. late: after the
    deadline and its grace, or called so by the platform; None where nobody knows. attempt: from 1; 0 where nobody says.
    points_before: as the checks gave them. penalty: points that are taken from these. reason: of the penalty, or of
    there being none although one could be expected.
    """

    handed_in: str = ""
    due: str = ""
    late: bool | None = None
    attempt: int = 0
    points_before: float = 0.0
    penalty: float = 0.0
    reason: Text | None = None

    @property
    def points(self) -> float:
        """What counts."""
        return round(self.points_before - self.penalty, 6)


class Timed(msgspec.Struct, frozen=True):
    """Whose work on what it is of: an item of timing.json."""

    student: str
    exercise: str
    timing: Timing


#: The columns of scores.csv.
COLUMNS = ("handed_in", "due", "late", "attempt", "points_before", "penalty", "penalty_reason")


def columns(timing: Timing) -> tuple[object, ...]:
    """The values of COLUMNS; None where nothing is known."""
    reason = (timing.reason or {}).get("en", "")
    numbers = (timing.points_before, timing.penalty)
    return (timing.handed_in, timing.due, timing.late, timing.attempt or None, *numbers, reason)


def charged(result: Result, timing: Timing) -> Result:
    """The result as a platform is to take it: its points after the penalty, and the reason among its notes."""
    if not timing.penalty:
        return result
    notes = (*result.notes, timing.reason) if timing.reason else result.notes
    data = (*result.notes_data, None) if timing.reason else result.notes_data
    return msgspec.structs.replace(result, score=timing.points, notes=notes, notes_data=data)


def to_timing_json(timed: Iterable[Timed]) -> bytes:
    """timing.json: one item for each line of scores.csv of which anything is known."""
    return msgspec.json.format(msgspec.json.encode(list(timed)), indent=2) + b"\n"


def read_timing(content: bytes) -> Mapping[tuple[str, str], Timing]:
    """(student, exercise) → what timing.json says. Raises msgspec.DecodeError."""
    return {(one.student, one.exercise): one.timing for one in msgspec.json.decode(content, type=list[Timed])}
