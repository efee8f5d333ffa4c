"""`grade hint EXERCISE [N]`: a hint; in a learner's folder the next one not seen yet, elsewhere the first."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import click

from grader.cli.completion import exercise_names
from grader.cli.options import course_option, lang_option, option
from grader.cli.output import complain, tell
from grader.cli.spoken import SpokenCommand, language_of
from grader.cli.table import VERBS
from grader.course.find import find_course, find_exercise
from grader.course.learner import learner_folder
from grader.course.model import Exercise
from grader.errors import UsageError
from grader.learner.record import load, note_hints
from grader.report.layout import wrap
from grader.text import render, say

_WIDTH = 80


@click.command(
    cls=SpokenCommand,
    usage=VERBS["hint"].usage,
    text=say(
        "Shows a hint for an exercise: the next one that you have not seen, from gentle to nearly there, or the "
        "N-th. Which you saw is remembered in your folder; elsewhere it is the first."
    ),
    examples=("grade hint exercise03", "grade hint exercise03 2", "grade hint exercise03 --all"),
)
@click.argument("exercise", shell_complete=exercise_names)
@click.argument("number", metavar="N", required=False)
@option("--all", "every", is_flag=True, text=say("show every hint"))
@lang_option
@course_option
@click.pass_context
def command(ctx: click.Context, *, exercise: str, number: str | None, every: bool, course: Path | None) -> int:
    """Prints the hint."""
    language = language_of(ctx)
    if every and number is not None:
        raise UsageError(say("Either a number or --all, not both."))
    found = find_exercise(find_course(course), exercise)
    folder = learner_folder(Path.cwd())
    if number is None and not every:
        number = str(next_hint(found, load(folder).of(found.id).hints) if folder else 1)
    for line in hint_lines(found, number=number, language=language):
        tell(line, language)
    if folder and found.hints:
        seen = range(1, len(found.hints) + 1) if number is None else [int(number)]
        complain(note_hints(folder, found.id, seen).trouble, language)
    return 0


def next_hint(exercise: Exercise, seen: Collection[int]) -> int:
    """The number of the first hint not seen yet; of the last one, if all were."""
    count = len(exercise.hints)
    return next((number for number in range(1, count + 1) if number not in seen), max(count, 1))


def hint_lines(exercise: Exercise, *, number: str | None, language: str) -> list[str]:
    """The hint of that number, or all of them, and how to see the next. Raises UsageError if there is none such."""
    count = len(exercise.hints)
    if number is None or count == 0:
        chosen = range(1, count + 1)
    else:
        chosen = range(_checked(number, count, exercise), int(number) + 1)
    lines = [] if count else [render(say("{exercise} has no hints.", exercise=exercise.id), language)]
    for each in chosen:
        heading = say("{exercise}, hint {number} of {count}", exercise=exercise.id, number=each, count=count)
        lines += [render(heading, language), *wrap(render(exercise.hints[each - 1], language), _WIDTH), ""]
    if chosen and chosen[-1] < count:
        following = say("The next one: grade hint {exercise} {number}", exercise=exercise.id, number=chosen[-1] + 1)
        lines.append(render(following, language))
    elif chosen:
        lines.append(render(say("That was the last hint."), language))
    return lines


def _checked(number: str, count: int, exercise: Exercise) -> int:
    if number.isascii() and number.isdigit() and 1 <= int(number) <= count:
        return int(number)
    raise UsageError(
        say("{exercise} has hints 1 to {count}, not {number}.", exercise=exercise.id, count=count, number=number)
    )
