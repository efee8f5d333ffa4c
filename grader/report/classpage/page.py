"""The page of a class: an instructor's, with every value and name that the results hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from markupsafe import Markup

from grader.report.classpage import table
from grader.report.classpage.entry import Entry, Problem
from grader.report.classpage.findings import Findings, findings
from grader.report.classpage.lists import MOST
from grader.report.classpage.section import more, section
from grader.report.classpage.texts import bounded, named
from grader.report.fragment import style_sheet
from grader.report.shell import bilingual, document
from grader.report.wording import course_line, out_of
from grader.text import LANGUAGES, Message, render, say

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
        sections=map(section, exercises),
        all_submissions=say("All submissions"),
        table=table.table(entries, [exercise.exercise for exercise in exercises]),
        rest=((say("Results that can't be shown"), problems), (say("Without a result"), unjudged)),
        most=MOST,
        named=named,
        out_of=out_of,
        more=more,
        reason=_reason,
    )


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
    if any(entry.timing.penalty for entry in entries):
        yield say(
            "The list of all submissions has the points after penalties for lateness; all else uses those before."
        )
    if problems:
        yield say("Results that can't be shown: {count}; they are listed at the end.", count=len(problems))


def _reason(problem: Problem) -> Markup | str:
    text = {language: render(problem.reason, language) for language in LANGUAGES}
    return bilingual(bounded(text)) if any(text.values()) else "?"
