"""What an instructor may want to explain next: the mistakes that most of the class made, each with an example."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from markupsafe import Markup

from grader.report.classpage.findings import Findings, Mistake, has_its_lines
from grader.report.classpage.lists import how_many_made
from grader.report.classpage.people import Titles
from grader.report.classpage.texts import bounded
from grader.report.fragment import line_in
from grader.report.shell import bilingual
from grader.report.templating import made_of
from grader.text import LANGUAGES, Message, say

#: As many mistakes are shown, of all exercises together.
_MOST = 10
#: A mistake of a single student is shown where that is a good part of the class.
_SHARE_OF_ONE = 0.1
_LONGEST_LINE = 160


class _Lesson(msgspec.Struct, frozen=True):
    """A mistake in a sentence. lines: of a student's code that makes it; else said: what a check says of such code."""

    summary: Message
    lines: Sequence[Markup]
    said: Message | None


def lessons(exercises: Sequence[Findings], titles: Titles) -> Markup:
    """The section's HTML; nothing where no mistake is common."""
    by_exercise: dict[str, list[_Lesson]] = {}
    for exercise, mistake in _common(exercises)[:_MOST]:
        by_exercise.setdefault(exercise.exercise, []).append(_lesson(mistake, exercise.scores.count))
    return made_of(
        "classpage_lessons.html",
        heading=say("What to explain next: the most frequent mistakes"),
        remark=say("The named mistakes that were made most often, each with the lines of one student."),
        by_exercise=by_exercise,
        titles=titles,
        text=bilingual,
    )


def _common(exercises: Sequence[Findings]) -> list[tuple[Findings, Mistake]]:
    """The most frequent first."""
    every = ((exercise, mistake) for exercise in exercises for mistake in exercise.mistakes)
    common = [(one, mistake) for one, mistake in every if _is_common(len(mistake.students), one.scores.count)]
    return sorted(common, key=lambda pair: -len(pair[1].students))


def _is_common(count: int, total: int) -> bool:
    return count > 1 or count >= _SHARE_OF_ONE * total


def _lesson(mistake: Mistake, total: int) -> _Lesson:
    example = mistake.example
    shown = example.detail.lines if example.detail and has_its_lines(example) else ()
    lines = [line_in(LANGUAGES, line, _LONGEST_LINE) for line in shown]
    said = say("For example: {message}", message=bounded(example.message)) if example.message else None
    return _Lesson(how_many_made(mistake, total), lines, said)
