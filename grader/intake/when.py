"""When something was handed in: what an export, a folder or a roster says of it, and times as people write them."""

from __future__ import annotations

import re
from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

import msgspec

from grader.intake.names import clipped
from grader.text import Message, say

#: Moodle's long dates, with the day first or, in the United States, the month.
_LONG = tuple(f"%A, {day}, {clock}" for day in ("%d %B %Y", "%B %d, %Y") for clock in ("%I:%M %p", "%H:%M"))
_NUMBERS = re.compile(
    r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(?:[.,]\d{1,9})?"
    r" ?(?:(Z|UTC)|([+-]\d\d:?\d\d)|([A-Za-z_]+(?:/[A-Za-z0-9_+-]+)*))?",
    re.ASCII,
)

#: Later and earlier ones can't be told in every time zone.
_YEARS = range(1990, 2201)


class When(msgspec.Struct, frozen=True):
    """What is known of when something was handed in.

    at: with its time zone. late: whether the platform calls it late. attempt: which one it is, from 1; 0 where nobody
    says. source: who says the time, as people call it. fault: why what it says can't be used.
    """

    at: datetime | None = None
    late: bool = False
    attempt: int = 0
    source: str = ""
    fault: Message | None = None


def read_when(text: str, source: str, zone: tzinfo | None, *, attempt: int = 0) -> When:
    """What this text says, which `source` has. zone: of a time that names none."""
    time = read_time(text, zone)
    if isinstance(time, Message):
        return When(attempt=attempt, source=source, fault=say("{file}: {problem}", file=source, problem=time))
    return When(time, attempt=attempt, source=source)


def read_time(text: str, zone: tzinfo | None) -> datetime | Message:
    """The time, with its zone, or what is wrong with it. zone: of a time that names none."""
    text = text.strip()
    numbers = _NUMBERS.fullmatch(text)
    if numbers is None:
        time = _long(text)
        return say("{text} is no date with a time", text=clipped(text)) if time is None else in_zone(time, zone)
    day, clock, utc, offset, name = numbers.groups()
    try:
        time = datetime.fromisoformat(f"{day}T{clock}{'+00:00' if utc else offset or ''}")
    except ValueError:
        return say("there is no such date or time as {text}", text=clipped(text))
    if name is not None:
        zone = find_zone(name)
        if zone is None:
            return say("no time zone is called {zone}", zone=clipped(name))
    return in_zone(time, zone)


def _long(text: str) -> datetime | None:
    for form in _LONG:
        try:
            return datetime.strptime(text, form)
        except ValueError:
            continue
    return None


def in_zone(time: datetime, zone: tzinfo | None) -> datetime | Message:
    """The time, with its zone, or what is wrong with it. zone: of a time that has none."""
    if time.year not in _YEARS:
        return say("the year of {time} is not one from 1990 to 2200", time=time.isoformat(" "))
    if time.tzinfo is not None:
        return time
    if zone is None:
        return say("{time} has no time zone", time=time.isoformat(" "))
    early, late = (time.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if early.utcoffset() != late.utcoffset():
        return say(
            "{time} falls into an hour that the clocks of {zone} leave out or have twice; write it with its offset, "
            "as 2026-10-25T02:30:00+01:00",
            time=time.isoformat(" "),
            zone=str(zone),
        )
    return early


def find_zone(name: str) -> ZoneInfo | None:
    """The time zone of this name, as Europe/Berlin or UTC; None if there is none."""
    try:
        return ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        return None
