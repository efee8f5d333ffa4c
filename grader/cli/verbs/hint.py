"""`grade hint EXERCISE [N]`: a hint; in a learner's folder the next one not seen yet, elsewhere the first."""

from __future__ import annotations

from pathlib import Path

import click

from grader.cli.options import exercise_argument, option, verb
from grader.cli.output import complain, paragraph, tell
from grader.cli.spoken import language_of
from grader.course.find import find_course, find_exercise
from grader.course.hints import hint_about
from grader.course.learner import learner_folder
from grader.course.model import Exercise
from grader.errors import UsageError
from grader.learner.progress import next_hint
from grader.learner.record import Entry, load, note_hints
from grader.text import render, say


@verb(
    "hint",
    say(
        "Shows a hint for an exercise: the next one that you have not seen, from gentle to nearly there, or the "
        "N-th. Which you saw is remembered in your folder; elsewhere it is the first. In your folder, the next one is "
        "what the hints say of the function whose check fails first, where they tell that apart."
    ),
    "grade hint exercise03",
    "grade hint exercise03 2",
    "grade hint exercise03 --all",
)
@exercise_argument
@click.argument("number", metavar="N", required=False)
@option("--all", "every", is_flag=True, text=say("show every hint"))
def command(*, exercise: str, number: str | None, every: bool, course: Path | None) -> int:
    """Prints the hint."""
    if every and number is not None:
        raise UsageError(say("Either a number or --all, not both."))
    found = find_exercise(find_course(course), exercise)
    folder = learner_folder(Path.cwd())
    function, in_turn = "", number is None and not every and folder is not None
    if number is None and not every:
        chosen, function = next_hint(found, load(folder).of(found.id) if folder else Entry(exercise=found.id))
        number = str(chosen)
    tell(*hint_lines(found, number=number, language=language_of(), function=function, in_turn=in_turn))
    if folder and found.hints:
        seen = range(1, len(found.hints) + 1) if number is None else [int(number)]
        complain(note_hints(folder, found.id, seen, function).trouble)
    return 0


def hint_lines(
    exercise: Exercise, *, number: str | None, language: str, function: str = "", in_turn: bool = False
) -> list[str]:
    """The hint of that number, or all of them, and how to see the next. Raises UsageError if there is none such.

    function: the one of which alone the hint is to tell. in_turn: whether the command without a number shows the next.
    """
    id, count = exercise.id, len(exercise.hints)
    if not count:
        return [render(say("{exercise} has no hints.", exercise=id), language)]
    if number is not None and not (number.isascii() and number.isdigit() and 1 <= int(number) <= count):
        raise UsageError(
            say("{exercise} has hints 1 to {count}, not {number}.", exercise=id, count=count, number=number)
        )
    chosen = range(1, count + 1) if number is None else [int(number)]
    lines = [line for n in chosen for line in [*one_hint(exercise, n, language, function=function), ""]]
    if function:
        lines.append(
            render(say("All of this hint: grade hint {exercise} {number}", exercise=id, number=number), language)
        )
    end = say("That was the last hint.")
    if chosen[-1] < count:
        end = say("The next one: grade hint {exercise} {number}", exercise=id, number=chosen[-1] + 1)
        if in_turn:
            end = say("The next one: grade hint {exercise}", exercise=id)
    return [*lines, render(end, language)]


def one_hint(exercise: Exercise, number: int, language: str, width: int = 80, function: str = "") -> list[str]:
    """The hint of that number below its heading; function: the one of which alone it is to tell."""
    fields = {"exercise": exercise.id, "number": number, "count": len(exercise.hints)}
    heading = say("{exercise}, hint {number} of {count}", **fields)
    if about := hint_about(exercise, number, function):
        heading = say(
            "{exercise}, hint {number} of {count}, on {function}, whose check fails first", function=function, **fields
        )
    return [*paragraph(heading, language, width), *paragraph(about or exercise.hints[number - 1], language, width)]
