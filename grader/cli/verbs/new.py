"""`grade new EXERCISE`: a new exercise to fill in."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from grader.cli.options import folder, lang_option, option
from grader.cli.output import complain, tell
from grader.cli.spoken import SpokenCommand, language_of
from grader.cli.table import VERBS
from grader.course.new import new_exercise
from grader.text import say


@click.command(
    cls=SpokenCommand,
    usage=VERBS["new"].usage,
    text=say(
        "Makes an exercise that works at once: statement, reference, checks and mistakes, with every place to fill in "
        "marked TODO. EXERCISE is its number and its slug."
    ),
    examples=("grade new exercise37_softplus", "grade new exercise01_softplus --course my-course"),
)
@click.argument("exercise")
@lang_option
@option(
    "--course",
    metavar="DIR",
    callback=folder,
    text=say(
        "the course's folder; a new or empty one becomes a course. Otherwise GRADE_COURSE, or a course.toml above "
        "this folder"
    ),
)
@click.pass_context
def command(ctx: click.Context, *, exercise: str, course: Path | None) -> int:
    """Makes the exercise, and says how to go on."""
    language = language_of(ctx)
    made = new_exercise(exercise, course)
    solution = made.course / "solutions" / made.id
    if made.started:
        tell(say("New course: {file}", file=str(made.course / "course.toml")), language)
    tell(
        say(
            "New exercise: {folder}, files: {count}. Fill in every place marked TODO.",
            folder=str(solution),
            count=sum(path.is_relative_to(solution) for path in made.files),
        ),
        language,
    )
    words = ["grade", made.id, str(solution / "reference.py"), *(["--course", str(course)] if course else [])]
    tell(say("The reference must get all points: {command}", command=shlex.join(words)), language)
    complain(made.trouble, language)
    return 0
