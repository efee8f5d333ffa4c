"""A learner's results as one page, without a script. Everything is escaped: what a submission printed is text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import PurePath

from grader.report.fragment import Fragment, style_sheet, text_in
from grader.report.layout import visible
from grader.report.shell import bilingual, document, language_switch
from grader.report.views import learner_view
from grader.report.wording import out_of
from grader.result import Result
from grader.text import LANGUAGES, Text, say

#: Up to so many exercises are shown in full; more are shown in brief.
_IN_FULL = 2


def page(results: Sequence[Result], *, language: str, course: Text, titles: Mapping[str, Text], made: str) -> bytes:
    """The page of these results, in the learner's view; `language` is shown until another one is chosen.

    course: its title. titles: of the exercises, by id. made: when the results were made, as a date and time.
    """
    seen = [learner_view(result) for result in results]
    footer = say(
        "Made by grade {version} on {date}. The learner's view: hidden checks show no values.",
        version=seen[0].grader if seen else "",
        date=made,
    )
    return document(
        language=language,
        title=text_in((language,), course),
        style=style_sheet("pictures.css"),
        header=f"<h1>{bilingual(course)}</h1>{language_switch(language)}{_overview(seen, titles)}",
        body=[_section(result, titles, brief=len(seen) > _IN_FULL) for result in seen],
        footer=f"<p>{bilingual(footer)}</p>",
    )


def _overview(results: Sequence[Result], titles: Mapping[str, Text]) -> str:
    """A row for each exercise, which leads to it, where there are several."""
    if len(results) < 2:
        return ""
    head = "".join(f"<th>{bilingual(text)}</th>" for text in (say("Exercise"), say("Checks passed"), say("Points")))
    rows = [
        f'<tr><td><a href="#{escape(result.exercise)}">{escape(result.exercise)}</a> '
        f"{bilingual(titles.get(result.exercise, ''))}</td>"
        f"<td>{sum(check.passed for check in result.checks)} / {len(result.checks)}</td>"
        f"<td{' class=done' if result.passed else ''}>{out_of(result.score, result.max_score)}</td></tr>"
        for result in results
    ]
    complete = say("Complete: {done} of {count}", done=sum(result.passed for result in results), count=len(results))
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    return f"<nav>{table}<p>{bilingual(complete)}</p></nav>"


def _section(result: Result, titles: Mapping[str, Text], *, brief: bool) -> str:
    made = Fragment(result, LANGUAGES, unfolded=True, brief=brief)
    return (
        f'<section id="{escape(result.exercise)}">'
        f"<h2>{escape(result.exercise)} {bilingual(titles.get(result.exercise, ''))}</h2>"
        f'<p>{bilingual(made.outcome())}</p><p class="quiet">{escape(visible(_file(result.submission)))}</p>'
        f"{made.body()}</section>"
    )


def _file(submission: str) -> str:
    """The file, of an absolute path with its folder alone: a page is passed on, and the rest is its reader's own."""
    path = PurePath(submission)
    return "/".join(path.parts[-2:]) if path.is_absolute() else submission
