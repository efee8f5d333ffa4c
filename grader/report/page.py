"""A learner's results as one page, without a script."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any

from grader.report.fragment import Fragment, style_sheet
from grader.report.layout import visible
from grader.report.shell import document
from grader.report.views import learner_view
from grader.report.wording import out_of
from grader.result import Result
from grader.text import LANGUAGES, Message, Text, say

#: Up to so many exercises are shown in full; more are shown in brief.
_IN_FULL = 2
_COLUMNS = (say("Exercise"), say("Checks passed"), say("Points"))


def page(results: Sequence[Result], *, language: str, course: Text, titles: Mapping[str, Text], made: str) -> bytes:
    """The page of these results, in the learner's view; `language` is shown until another one is chosen.

    course: its title. titles: of the exercises, by id. made: when the results were made, as a date and time.
    """
    return results_page(
        results,
        template="page.html",
        language=language,
        course=course,
        titles=titles,
        footer=say(
            "Made by grade {version} on {date}. The learner's view: hidden checks show no values.",
            version=results[0].grader if results else "",
            date=made,
        ),
        brief=len(results) > _IN_FULL,
        unfolded=True,
    )


def results_page(
    results: Sequence[Result],
    *,
    template: str,
    language: str,
    course: Message | Text,
    titles: Mapping[str, Text],
    footer: Message,
    brief: bool,
    unfolded: bool,
    **content: Any,
) -> bytes:
    """A page of results in the learner's view. template: page.html, or what extends it and takes the `content`.

    brief, unfolded: as in `Fragment`.
    """
    return document(
        template,
        language=language,
        title=course,
        style=style_sheet("pictures.css"),
        footer=footer,
        course=course,
        columns=_COLUMNS,
        shown=[Fragment(learner_view(result), LANGUAGES, unfolded=unfolded, brief=brief) for result in results],
        titles=titles,
        complete=say("Complete: {done} of {count}", done=sum(result.passed for result in results), count=len(results)),
        out_of=out_of,
        visible=visible,
        file=_file,
        **content,
    )


def _file(submission: str) -> str:
    """The file, of an absolute path with its folder alone: a page is passed on, and the rest is its reader's own."""
    path = PurePath(submission)
    return "/".join(path.parts[-2:]) if path.is_absolute() else submission
