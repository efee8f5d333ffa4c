"""A section of the page of a class: what the results of one exercise say together, in words and as a heat map."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from markupsafe import Markup

from grader.report.classpage import charts
from grader.report.classpage.findings import CheckRow, Findings, Time
from grader.report.classpage.lists import groups
from grader.report.classpage.people import People, Titles
from grader.report.classpage.texts import bounded, named
from grader.report.shell import bilingual
from grader.report.templating import made_of
from grader.report.wording import SIGNS, VERDICT_WORDS, points
from grader.text import LANGUAGES, Message, Text, say

#: The heat map: a strip for each check, the class from left to right.
_CHECKS = {
    "title": say("Checks"),
    "lead": say("Each strip is the whole class, the best score on the left, empty where passed."),
    "looks": (("failed", say("failed")), ("unwritten", say("not written")), ("broken", say("error or limit"))),
    "key": charts.key,
}


def section(exercise: Findings, people: People, titles: Titles) -> Markup:
    """The section's HTML."""
    return made_of(
        "classpage_exercise.html",
        exercise=exercise,
        anchor=titles.anchor(exercise.exercise),
        title=titles.full(exercise.exercise),
        spread=_spread(exercise),
        took=exercise.time and _took(exercise.time),
        histogram=charts.histogram(exercise.scores, f"scores-{named(exercise.exercise)}", LANGUAGES),
        checks=_CHECKS,
        large=_large(len(exercise.order)),
        numbers=_numbers,
        title_of=_title_of,
        steps_of=charts.steps_of,
        strip=charts.strip,
        groups=groups(exercise),
        more=more,
        called=people.called,
        bounded=bounded,
        text=bilingual,
    )


def _large(count: int) -> Message | None:
    """What a strip's step is where it is not one student."""
    size = charts.students_in_a_step(count)
    return say("Each step of a strip shows what most of {count} students have.", count=size) if size > 1 else None


def more(count: int) -> Message:
    """Says that so many of a list are left out."""
    return say("More that are not shown: {count}", count=count)


def _spread(exercise: Findings) -> Iterator[Message]:
    """The scores in words."""
    scores = exercise.scores
    yield say("Submissions: {count}; complete: {complete}", count=scores.count, complete=exercise.complete)
    if exercise.time is None:
        return
    low, middle, high = map(points, scores.quarters)
    yield say(
        "The median is {middle} of {most}; half of the scores lie between {low} and {high}.",
        middle=middle,
        most=points(scores.most),
        low=low,
        high=high,
    )


def _took(time: Time) -> Message:
    return say(
        "Grading took {total} s in all, {middle} s in the median, {longest} s at most",
        total=_seconds(time.total),
        middle=_seconds(time.middle),
        longest=_seconds(time.longest),
    )


def _seconds(seconds: float) -> str:
    return f"{seconds:.0f}" if seconds >= 100 else f"{seconds:.2g}"


def _numbers(row: CheckRow) -> list[tuple[Message, int]]:
    """How many have each verdict."""
    counts = Counter(verdict for verdict in row.verdicts if verdict is not None)
    return [(VERDICT_WORDS[verdict], counts[verdict]) for verdict in SIGNS if counts[verdict]]


def _title_of(row: CheckRow) -> Message | Text:
    title = bounded(row.check.title)
    return say("{title} (hidden)", title=title) if row.check.hidden else title
