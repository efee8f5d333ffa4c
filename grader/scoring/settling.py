"""A class's lines with their times: what the deadlines take, and what could not be told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from grader.atomic import write_whole
from grader.deadlines.apply import settle
from grader.deadlines.model import Deadlines
from grader.intake.manifest import Work
from grader.intake.when import When, read_when
from grader.report.scores import Row
from grader.report.timing import Timed, Timing, to_timing_json
from grader.text import Message

TIMING = "timing.json"


class Times(msgspec.Struct, frozen=True):
    """rows: with their timing. undecided: (student, exercise, why) of whom a penalty could not be told."""

    rows: tuple[Row, ...]
    undecided: tuple[tuple[str, str, Message], ...] = ()


def settled(
    rows: Sequence[Row],
    works: Sequence[Work],
    deadlines: Deadlines | None,
    now: datetime,
    earlier: Mapping[tuple[str, str], Timing],
) -> Times:
    """The rows, each of which is of the work at its place, with what holds for it.

    earlier: what an earlier run wrote, for the work that can't be read any more.
    """
    done, undecided = [], []
    for row, work in zip(rows, works, strict=True):
        gone = earlier.get((row.student, row.exercise)) if work.path is None else None
        when = work.when if gone is None else when_of(gone, TIMING)
        row, why = settle_row(row, when, deadlines, now)
        done.append(row)
        if why is not None:
            undecided.append((row.student, row.exercise, why))
    return Times(tuple(done), tuple(undecided))


def settle_row(row: Row, when: When, deadlines: Deadlines | None, now: datetime) -> tuple[Row, Message | None]:
    """The row with its timing, and why it can't be told whether there is a penalty."""
    if not row.sha256:  # nothing was graded, so nothing was late
        return row.timed(Timing(points_before=row.score)), None
    found = settle(deadlines, row.student, row.exercise, when, points=row.score, most=row.max_score, now=now)
    return row.timed(found.timing), found.undecided


def when_of(timing: Timing, source: str) -> When:
    """What an earlier run, whose file is `source`, knew of the time."""
    if timing.handed_in:
        return read_when(timing.handed_in, source, None, attempt=timing.attempt)
    return When(late=timing.late is True, attempt=timing.attempt)


def write_timing(out: Path, rows: Sequence[Row]) -> None:
    """Write timing.json."""
    write_whole(out / TIMING, to_timing_json(Timed(row.student, row.exercise, row.timing) for row in rows))
