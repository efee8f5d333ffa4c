"""The table of a class: a line for each submission, and what filters it. It is a plain table where no script runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import groupby
from typing import NamedTuple

from markupsafe import Markup

from grader.report.classpage.entry import Entry, Standing
from grader.report.classpage.texts import named
from grader.report.shell import bilingual
from grader.report.templating import made_of
from grader.report.wording import SIGNS, VERDICT_WORDS, points
from grader.result import Verdict
from grader.text import LANGUAGES, Message, render, say

#: What a standing is called, its sign and its place in the order.
_STANDINGS: dict[Standing, tuple[str, Message]] = {
    "complete": (SIGNS["passed"], say("complete")),
    "graded": (SIGNS["failed"], say("incomplete")),
    "limit": (SIGNS["limit"], VERDICT_WORDS["limit"]),
    "error": (SIGNS["error"], VERDICT_WORDS["error"]),
    "absent": (SIGNS["skipped"], say("nothing to grade")),
    "grader_error": (SIGNS["grader_error"], VERDICT_WORDS["grader_error"]),
}
#: The element that a verdict's sign stands in, for its colour.
_TAGS = {SIGNS["passed"]: "", SIGNS["failed"]: "b", SIGNS["error"]: "u"}


class _Column(NamedTuple):
    """key: what the script calls it. look: its class."""

    key: str
    look: str
    title: Message


class _Standing(NamedTuple):
    """place: in the order of all. text: sign and word."""

    place: int
    text: Markup


def table(entries: Sequence[Entry], exercises: Sequence[str]) -> Markup:
    """The filter and the table. exercises: a column names them where there are several."""
    standings = {
        standing: _Standing(place, sign + " " + bilingual(word))
        for place, (standing, (sign, word)) in enumerate(_STANDINGS.items())
    }
    used = {entry.standing for entry in entries}
    left_out = {"exercise"} if len(exercises) < 2 else set()
    if not any(entry.timing.handed_in or entry.timing.late for entry in entries):
        left_out.add("handed")
    return made_of(
        "classpage_table.html",
        count=len(entries),
        rows=(_row(entry, standings) for entry in entries),
        exercises=exercises if len(exercises) > 1 else (),
        mistakes=sorted({name for entry in entries for name in entry.mistakes}),
        columns=[column for column in _COLUMNS if column.key not in left_out],
        timed="handed" not in left_out,
        used=[standing for name, standing in standings.items() if name in used],
        # A choice's texts can't be in spans: the first is in every language at once, the others in none.
        every=" · ".join(dict.fromkeys(render(say("all"), language) for language in LANGUAGES)),
        words=_WORDS,
        found=say("Found: {found} of {count}", found="@", count=len(entries)),
        counted=_counted,
        named=named,
        text=bilingual,
    )


_COLUMNS = (
    _Column("student", "name", say("Student")),
    _Column("exercise", "name", say("Exercise")),
    _Column("score", "number short", say("Points")),
    _Column("standing", "standing", say("Standing")),
    _Column("checks", "checks", say("Checks passed")),
    _Column("mistakes", "mistakes", say("Named mistakes")),
    _Column("handed", "number short", say("Handed in")),
    _Column("seconds", "number short", say("Seconds")),
)
_LATE = bilingual(say("late"))
_WORDS = {
    "contains": say("Student or mistake contains"),
    "exercise": say("Exercise"),
    "mistake": say("Named mistakes"),
    "standing": say("Standing"),
    "show_all": say("Show all"),
    "show_more": say("Show the other {count}", count="@"),
}


def _row(entry: Entry, standings: Mapping[Standing, _Standing]) -> tuple[object, ...]:
    """A submission's cells, in the order of `_COLUMNS`: a template that looks up each value takes far longer."""
    result = entry.result
    return (
        named(entry.student),
        named(result.exercise),
        _points(entry),
        standings[entry.standing],
        _checks(tuple([check.verdict for check in result.checks])),
        ", ".join(map(named, entry.mistakes)),
        _handed_in(entry),
        f"{result.seconds:.2f}",
    )


def _points(entry: Entry) -> str:
    """What counts, and how a penalty made it of what the checks gave."""
    timing = entry.timing
    if not timing.penalty:
        return points(entry.result.score)
    return f"{points(timing.points)} ({points(timing.points_before)} − {points(timing.penalty)})"


def _handed_in(entry: Entry) -> Markup:
    """To the minute, in the time zone that the run told it in, and a word where it is late."""
    day = Markup("{}").format(entry.timing.handed_in[:16].replace("T", " "))
    return day + " " + _LATE if entry.timing.late else day


@cache  # most students have the verdicts of others
def _checks(verdicts: tuple[Verdict, ...]) -> Markup:
    """How many passed, and a sign for each check, in order; those that come one after another in one element."""
    signs = [SIGNS[verdict] for verdict in verdicts]
    runs = [(_TAGS.get(sign, "i"), "".join(same)) for sign, same in groupby(signs)]
    return made_of("classpage_signs.html", passed=f"{signs.count(SIGNS['passed']):\u2007>2}", runs=runs)


def _counted(text: Message, number: int) -> Markup:
    """The text with the number, which the script brings up to date, in place of its @."""
    return bilingual(text).replace("@", Markup("<b>{}</b>").format(number))
