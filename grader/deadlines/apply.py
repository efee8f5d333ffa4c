"""What a deadline takes from a submission, and the sentence that says why."""

from __future__ import annotations

import math
from datetime import datetime, timedelta, tzinfo

import msgspec

from grader.deadlines.model import Deadlines, Due
from grader.intake.when import When
from grader.report.timing import Timing
from grader.text import Message, in_every_language, say

#: Clocks differ by so much without anything being wrong.
_TOLERANCE = timedelta(minutes=5)
_DAY = timedelta(days=1)


class Settled(msgspec.Struct, frozen=True):
    """A submission's timing. undecided: why it can't be told whether there is a penalty, although a time is given."""

    timing: Timing
    undecided: Message | None = None


def settle(
    deadlines: Deadlines | None, student: str, exercise: str, when: When, *, points: float, most: float, now: datetime
) -> Settled:
    """points: as the checks gave them, of `most`. now: a later time than this can't be right."""
    due = deadlines.due_for(student, exercise) if deadlines else None
    zone = deadlines.zone if deadlines else None
    timing = Timing(
        handed_in=_shown(when.at, zone),
        due=_shown(due.at, zone) if due else "",
        late=True if when.late else None,
        attempt=when.attempt,
        points_before=points,
    )
    fault = when.fault or _future(when, zone, now)
    if due is None:
        return Settled(msgspec.structs.replace(timing, reason=in_every_language(fault)) if fault else timing)
    if fault is not None:
        advice = say("{problem}. No penalty was decided; correct that, then grade again with --resume", problem=fault)
        return Settled(msgspec.structs.replace(timing, reason=in_every_language(advice)), advice)
    if when.at is None:
        return Settled(_without_time(timing, when))
    late, penalty, reason = _judge(when.at, due, points, most)
    text = in_every_language(reason) if reason else None
    return Settled(msgspec.structs.replace(timing, late=late, penalty=penalty, reason=text))


def _shown(time: datetime | None, zone: tzinfo | None) -> str:
    """In the course's time zone, where it has one."""
    return "" if time is None else (time.astimezone(zone) if zone else time).isoformat(timespec="seconds")


def _future(when: When, zone: tzinfo | None, now: datetime) -> Message | None:
    if when.at is None or when.at <= now + _TOLERANCE:
        return None
    return say(
        "{source} says that it was handed in at {time}, and it is {now} now: a clock is wrong",
        source=when.source,
        time=_shown(when.at, zone),
        now=_shown(now, zone),
    )


def _without_time(timing: Timing, when: When) -> Timing:
    if not when.late:
        return timing
    reason = say("late, says the platform, but not by how much: no penalty was taken")
    return msgspec.structs.replace(timing, reason=in_every_language(reason))


def _judge(at: datetime, due: Due, points: float, most: float) -> tuple[bool, float, Message | None]:
    """Whether it is late, the points that this costs, and why."""
    over, rule = at - due.at, due.rule
    if over <= timedelta():
        return False, 0.0, None
    if over <= timedelta(minutes=rule.grace_minutes):
        return False, 0.0, say("handed in {late} after the deadline, which counts as in time", late=_span(over))
    if due.excused:
        return True, 0.0, say("handed in {late} after the deadline; excused", late=_span(over))
    if rule.cut_off_days is not None and over > rule.cut_off_days * _DAY:
        reason = say(
            "handed in {late} after the deadline; later than {days} days after it, no points are given",
            late=_span(over),
            days=f"{rule.cut_off_days:g}",
        )
        return True, points, reason
    days = math.ceil(over / _DAY)
    percent = min(days * rule.percent_per_day, rule.most_percent)
    base = most if rule.percent_of == "maximum" else points
    penalty = min(points, round(base * percent / 100, 2))
    return True, penalty, _reason(over, days, due, percent, base, points, penalty)


def _reason(
    over: timedelta, days: int, due: Due, percent: float, base: float, points: float, penalty: float
) -> Message:
    fields = {
        "late": _span(over),
        "days": days,
        "percent": f"{percent:g}",
        "base": f"{base:g}",
        "before": f"{points:g}",
        "penalty": f"{penalty:g}",
        "after": f"{round(points - penalty, 6):g}",
    }
    return say(
        "handed in {late} after the deadline, days begun: {days}; {percent} % of {base} points are taken: "
        "{before} − {penalty} = {after}",
        **fields,
    )


def _span(over: timedelta) -> Message:
    hours, minutes = divmod(math.ceil(over.total_seconds() / 60), 60)
    if hours < 24:
        return say("{hours} h {minutes} min", hours=hours, minutes=minutes)
    return say("{days} d {hours} h", days=hours // 24, hours=hours % 24)
