"""The page of a class: an instructor's, with every value and name that the results hold."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from markupsafe import Markup

from grader.report.classpage import charts, table
from grader.report.classpage.entry import Entry, Problem
from grader.report.classpage.findings import CheckRow, Findings, Time, findings
from grader.report.classpage.lists import MOST, groups
from grader.report.classpage.texts import bounded, named
from grader.report.fragment import style_sheet
from grader.report.shell import bilingual, document
from grader.report.wording import SIGNS, VERDICT_WORDS, course_line, out_of, points
from grader.text import LANGUAGES, Message, Text, render, say

_TITLE = say("A class's results")
_OVERVIEW = (say("Exercise"), say("Submissions"), say("Complete"), say("Median"))


def class_page(
    entries: Sequence[Entry], unjudged: Sequence[Problem], problems: Sequence[Problem], *, language: str, made: str
) -> bytes:
    """The page of these results; `language` is shown until another one is chosen.

    unjudged: lines of the class's table for which no result was made. problems: results that can't be shown.
    made: when the page was made, as a date and time.
    """
    by_exercise: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_exercise[entry.result.exercise].append(entry)
    exercises = [findings(exercise, own) for exercise, own in sorted(by_exercise.items())]
    return document(
        "classpage.html",
        language=language,
        title=_TITLE,
        style=style_sheet("pictures.css", "classpage/page.css"),
        footer=say(
            "Made by grade {version} on {date}. The instructor's view: with hidden checks and everyone's names.",
            version=entries[0].result.grader if entries else "",
            date=made,
        ),
        script=Path(__file__).with_name("table.js").read_text("utf-8"),
        heading=_TITLE,
        lead=_lead(exercises, entries, problems),
        overview=_OVERVIEW,
        exercises=exercises,
        all_submissions=say("All submissions"),
        table=table.table(entries, [exercise.exercise for exercise in exercises]),
        rest=((say("Results that can't be shown"), problems), (say("Without a result"), unjudged)),
        most=MOST,
        named=named,
        bounded=bounded,
        out_of=out_of,
        more=_more,
        spread=_spread,
        took=_took,
        histogram=_histogram,
        checks=_CHECKS,
        numbers=_numbers,
        title_of=_title_of,
        strip=charts.strip,
        groups=groups,
        reason=_reason,
    )


#: The heat map: a strip for each check, the class from left to right.
_CHECKS = {
    "title": say("Checks"),
    "lead": say("Each strip is the whole class, the best score on the left, empty where passed."),
    "looks": (("failed", say("failed")), ("unwritten", say("not written")), ("broken", say("error or limit"))),
    "key": charts.key,
}


def _lead(exercises: Sequence[Findings], entries: Sequence[Entry], problems: Sequence[Problem]) -> Iterator[Message]:
    # The courses, where they are not the built-in one.
    titles = {entry.result.course_id: entry.result.course_title for entry in entries}
    yield from [line for _, title in sorted(titles.items()) if (line := course_line(title))][:MOST]
    yield say(
        "Students: {students}; submissions: {count}; exercises: {exercises}",
        students=len({entry.student for entry in entries}),
        count=sum(exercise.scores.count for exercise in exercises),
        exercises=len(exercises),
    )
    if problems:
        yield say("Results that can't be shown: {count}; they are listed at the end.", count=len(problems))


def _more(count: int) -> Message:
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


def _histogram(exercise: Findings) -> Markup:
    return charts.histogram(exercise.scores, f"scores-{named(exercise.exercise)}", LANGUAGES)


def _numbers(row: CheckRow) -> list[tuple[Message, int]]:
    """How many have each verdict."""
    counts = Counter(verdict for verdict in row.verdicts if verdict is not None)
    return [(VERDICT_WORDS[verdict], counts[verdict]) for verdict in SIGNS if counts[verdict]]


def _title_of(row: CheckRow) -> Message | Text:
    title = bounded(row.check.title)
    return say("{title} (hidden)", title=title) if row.check.hidden else title


def _reason(problem: Problem) -> Markup | str:
    text = {language: render(problem.reason, language) for language in LANGUAGES}
    return bilingual(bounded(text)) if any(text.values()) else "?"
