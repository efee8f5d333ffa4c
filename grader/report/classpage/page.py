"""The page of a class: an instructor's, with every value and name that the results hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from markupsafe import Markup

from grader.report.classpage import table
from grader.report.classpage.entry import Class, Entry, Problem
from grader.report.classpage.findings import Findings, findings
from grader.report.classpage.lessons import lessons
from grader.report.classpage.lists import MOST
from grader.report.classpage.people import People, Titles
from grader.report.classpage.section import more, section
from grader.report.classpage.texts import bounded, named
from grader.report.fragment import style_sheet
from grader.report.shell import bilingual, document
from grader.report.wording import course_line, out_of
from grader.text import LANGUAGES, Message, render, say

_TITLE = say("A class's results")
_OVERVIEW = (say("Exercise"), say("Submissions"), say("Complete"), say("Median"))


def class_page(shown: Class, *, language: str, made: str) -> bytes:
    """The page of these results; `language` is shown until another one is chosen.

    made: when the page was made, as a date and time.
    """
    by_exercise: dict[str, list[Entry]] = defaultdict(list)
    for entry in shown.entries:
        by_exercise[entry.result.exercise].append(entry)
    exercises = [findings(exercise, own) for exercise, own in sorted(by_exercise.items())]
    people, titles = People(shown.students), Titles(shown.titles)
    return document(
        "classpage.html",
        language=language,
        title=_TITLE,
        style=style_sheet("pictures.css", "classpage/page.css"),
        footer=say(
            "Made by grade {version} on {date}. The instructor's view: with hidden checks and everyone's names.",
            version=shown.entries[0].result.grader if shown.entries else "",
            date=made,
        ),
        script=Path(__file__).with_name("table.js").read_text("utf-8"),
        heading=_TITLE,
        lead=_lead(exercises, shown),
        contents=say("Exercises"),
        overview=_OVERVIEW,
        exercises=exercises,
        titles=titles,
        lessons=lessons(exercises, titles),
        sections=[section(exercise, people, titles) for exercise in exercises],
        all_students=say("All students"),
        is_wide=len(exercises) > table.FULL,
        table=table.table(shown, exercises, people, titles),
        rest=((say("Results that can't be shown"), shown.problems), (say("Without a result"), shown.unjudged)),
        most=MOST,
        named=named,
        called=people.called,
        out_of=out_of,
        more=more,
        reason=_reason,
    )


def _lead(exercises: Sequence[Findings], shown: Class) -> Iterator[Message]:
    # Of a run that did not note the course's title, those of the results; they lack the built-in course's.
    titles = {entry.result.course_id: entry.result.course_title for entry in shown.entries}
    known = [shown.title] if shown.title else [title for _, title in sorted(titles.items())]
    yield from [line for title in known if (line := course_line(title))][:MOST]
    yield say(
        "Students: {students}; submissions: {count}; exercises: {exercises}",
        students=len({entry.student for entry in shown.entries}),
        count=sum(exercise.scores.count for exercise in exercises),
        exercises=len(exercises),
    )
    if any(entry.timing.penalty for entry in shown.entries):
        yield say("The list of all students has the points after penalties for lateness; all else uses those before.")
    if count := len(shown.problems):
        yield say("Results that can't be shown: {count}; they are listed at the end.", count=count)


def _reason(problem: Problem) -> Markup | str:
    text = {language: render(problem.reason, language) for language in LANGUAGES}
    return bilingual(bounded(text)) if any(text.values()) else "?"
