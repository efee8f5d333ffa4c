"""How the table of a class tells when work was handed in, and what lateness cost."""

from __future__ import annotations

import math
from datetime import datetime

from markupsafe import Markup

from grader.report.classpage.entry import Entry
from grader.report.classpage.texts import bounded, in_each_language, named
from grader.report.shell import bilingual
from grader.report.timing import Timing
from grader.report.wording import points
from grader.text import say

_LATE = say("late")


def handed_in(entry: Entry) -> Markup:
    """To the minute, in the time zone that the run told it in; a word where it is late, and the points that it cost."""
    timing = entry.timing
    parts = [Markup.escape(named(timing.handed_in[:16].replace("T", " ")))] if timing.handed_in else []
    parts += [bilingual(_LATE)] if timing.late else []
    parts += [Markup.escape(f"{_taken(timing)} = {points(timing.points)}")] if timing.penalty else []
    return Markup(" ").join(parts)


def reason(entry: Entry) -> str:
    """Why points were taken, or were not, as a cell's title: in every language, since it can't have a choice."""
    text = entry.timing.reason
    return in_each_language(bounded(text)) if text else ""


def mark(entry: Entry) -> str:
    """The same in few characters and in none of the languages, as there may be tens of thousands of them: by how much
    it was late, and the points that this cost."""
    timing = entry.timing
    parts = [_over(timing), _taken(timing) if timing.penalty else ""]
    return ": ".join(filter(None, parts)) or in_each_language(_LATE)


def _taken(timing: Timing) -> str:
    return f"{points(timing.points_before)} − {points(timing.penalty)}"


def _over(timing: Timing) -> str:
    """From the deadline on: days and hours, or hours and minutes; nothing if there is no such time."""
    try:
        over = datetime.fromisoformat(timing.handed_in) - datetime.fromisoformat(timing.due)
    except (ValueError, TypeError):
        return ""
    hours, minutes = divmod(math.ceil(over.total_seconds() / 60), 60)
    return f"+{hours // 24} d {hours % 24} h" if hours >= 24 else f"+{hours} h {minutes} min"
