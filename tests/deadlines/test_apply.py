"""What a deadline takes, to the point, and the sentence for it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from grader.deadlines.apply import settle
from grader.deadlines.model import ALL, Deadlines, Extended, Extension, Rule
from grader.intake.when import When, read_time
from grader.report.timing import Timing
from grader.text import Message, render, say

DUE = datetime(2026, 10, 24, 22, 0, tzinfo=UTC)  # the clocks change three hours later
NOW = datetime(2026, 12, 1, tzinfo=UTC)
RULE = Rule(grace_minutes=15, percent_per_day=20, most_percent=50, cut_off_days=5)


def timing(late: timedelta | When, rule: Rule = RULE, extension: Extension | None = None, points: float = 8) -> Timing:
    extended = {"ada": Extended("ada", 1, {ALL: extension})} if extension else {}
    zone = ZoneInfo("Europe/Berlin")
    deadlines = Deadlines(Path("d.toml"), zone, "last", {"exercise03": DUE}, {"exercise03": rule}, extended)
    when = late if isinstance(late, When) else When(DUE + late, source="git")
    return settle(deadlines, "ada", "exercise03", when, points=points, most=10, now=NOW).timing


@pytest.mark.parametrize(
    ("late", "is_late", "penalty", "says"),
    [
        (timedelta(hours=-1), False, 0, ""),
        (timedelta(), False, 0, ""),
        (timedelta(minutes=15), False, 0, "0 h 15 min after the deadline, which counts as in time"),
        (timedelta(minutes=16), True, 1.6, "days begun: 1; 20 % of 8 points are taken: 8 − 1.6 = 6.4"),
        (timedelta(hours=24), True, 1.6, "1 d 0 h after the deadline, days begun: 1"),
        (timedelta(hours=24, seconds=1), True, 3.2, "days begun: 2"),
        (timedelta(days=4), True, 4, "50 % of 8 points"),
        (timedelta(days=5, minutes=1), True, 8, "later than 5 days after it, no points"),
    ],
)
def test_each_step(late: timedelta, is_late: bool, penalty: float, says: str) -> None:
    found = timing(late)
    assert (found.late, found.penalty, found.points) == (is_late, penalty, 8 - penalty)
    assert says in (found.reason or {"en": ""})["en"]
    assert found.due == "2026-10-25T00:00:00+02:00"


def test_rules_and_extensions() -> None:
    day = timedelta(days=1, minutes=30)
    assert timing(day, Rule(percent_per_day=20, percent_of="maximum")).penalty == 4
    assert timing(day, Rule(percent_per_day=60, percent_of="maximum"), points=3).penalty == 3
    assert timing(day, Rule(percent_per_day=20), points=1 / 3).points == pytest.approx(1 / 3 - 0.13, abs=1e-6)
    assert timing(timedelta(days=100), Rule()).penalty == 0
    excused = timing(day, extension=Extension(excused=True))
    assert (excused.late, excused.penalty) == (True, 0) and "excused" in (excused.reason or {})["en"]
    more = timing(day, extension=Extension(days=1))
    # One day is 24 hours, also over the change of the clocks.
    assert (more.late, more.penalty, more.due) == (True, 1.6, "2026-10-25T23:00:00+01:00")
    assert timing(day, extension=Extension(due=DUE + day)).late is False


def test_times_that_are_missing_or_can_not_be() -> None:
    assert timing(When()) == Timing(due="2026-10-25T00:00:00+02:00", points_before=8)
    flagged = timing(When(late=True))
    assert (flagged.late, flagged.penalty) == (True, 0) and "not by how much" in (flagged.reason or {})["en"]
    assert timing(NOW + timedelta(minutes=4) - DUE).late is True
    jumped = timing(NOW + timedelta(minutes=6) - DUE)
    assert (jumped.late, jumped.penalty) == (None, 0) and "a clock is wrong" in (jumped.reason or {})["en"]
    broken = timing(When(fault=say("it is {now} now: a clock is wrong", now="x")))
    assert (broken.late, broken.penalty) == (None, 0)


@pytest.mark.parametrize(
    ("text", "zone", "read"),
    [
        ("2026-03-01 10:00:00.000000000 Z", None, "2026-03-01T10:00:00+00:00"),
        ("2026-03-01 10:00:00.123456 UTC", None, "2026-03-01T10:00:00+00:00"),
        ("2017-06-01T14:22:32.365935-07:00", None, "2017-06-01T14:22:32-07:00"),
        ("2026-03-01 10:00 -0730", None, "2026-03-01T10:00:00-07:30"),
        ("2026-03-01 10:00:00 America/Los_Angeles", None, "2026-03-01T10:00:00-08:00"),
        ("2026-03-01 10:00:00", UTC, "2026-03-01T10:00:00+00:00"),
        ("Wednesday, 10 June 2026, 2:14 PM", ZoneInfo("Europe/Berlin"), "2026-06-10T14:14:00+02:00"),
        ("Wednesday, September 23, 2020, 9:00 PM", UTC, "2020-09-23T21:00:00+00:00"),
        ("Wednesday, 10 June 2026, 14:14", UTC, "2026-06-10T14:14:00+00:00"),
        ("2026-03-01 10:00:00", None, "has no time zone"),
        ("2026-13-01 10:00:00 Z", None, "there is no such date or time"),
        ("2026-03-01 25:00:00 Z", None, "there is no such date or time"),
        ("2026-03-01 10:00:00 Mars/Base", None, "no time zone is called Mars/Base"),
        ("2026-03-01 10:00:00 ../../etc/passwd", None, "is no date with a time"),
        ("9999-12-31 23:59:59 Z", None, "is not one from 1990 to 2200"),
        ("2026-02-30", None, "is no date with a time"),
        ("1" * 5000, None, "is no date with a time"),
        ("２０２６-03-01 10:00:00 Z", None, "is no date with a time"),
    ],
)
def test_times_as_platforms_write_them(text: str, zone: ZoneInfo | None, read: str) -> None:
    found = read_time(text, zone)
    if isinstance(found, Message):
        assert read in render(found, "en")
    else:
        assert found.isoformat() == read
