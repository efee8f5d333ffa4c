"""`grade list`: the exercises of the course."""

from __future__ import annotations

from pathlib import Path

import click

from grader.cli.options import course_option, lang_option
from grader.cli.output import tell
from grader.cli.spoken import SpokenCommand, language_of
from grader.cli.table import VERBS
from grader.course.find import find_course, no_exercises
from grader.course.model import Course, Exercise, Unit
from grader.report.layout import cells, pad
from grader.report.wording import points
from grader.text import render, say


@click.command(
    cls=SpokenCommand,
    usage=VERBS["list"].usage,
    text=say("Shows the exercises of the course, unit by unit, each with its points."),
    examples=("grade list", "grade list --lang zh-CN"),
)
@lang_option
@course_option
@click.pass_context
def command(ctx: click.Context, *, course: Path | None) -> int:
    """Prints the list."""
    language = language_of(ctx)
    for line in list_lines(find_course(course), language=language):
        tell(line, language)
    return 0


def list_lines(course: Course, *, language: str) -> list[str]:
    """The list, line by line: a heading for each unit that has exercises, a row for each exercise."""
    lines = [render(course.title, language)]
    width = max((cells(render(exercise.title, language)) for exercise in course.exercises), default=0)
    for unit in course.units:
        exercises = [exercise for exercise in course.exercises if exercise.unit == unit.number]
        if exercises:
            lines += ["", _heading(unit, language), *(_row(exercise, width, language) for exercise in exercises)]
    if not course.exercises and not course.broken:
        lines += ["", render(no_exercises(course), language)]
    for folder, _ in course.broken:
        problem = say("{name} can't be read; to see why: grade {name}", name=folder.name)
        lines += ["", render(problem, language)]
    return [*lines, "", render(say("To grade one: grade EXERCISE"), language)]


def _heading(unit: Unit, language: str) -> str:
    return render(say("Unit {number}: {title}", number=unit.number, title=unit.title), language)


def _row(exercise: Exercise, width: int, language: str) -> str:
    title = pad(render(exercise.title, language), width)
    worth = render(say("{points} points", points=points(exercise.points)), language)
    return f"  {exercise.id}  {title}  {worth}"
