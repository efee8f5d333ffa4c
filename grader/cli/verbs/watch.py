"""`grade watch [EXERCISE]`: grades at every save."""

from __future__ import annotations

from pathlib import Path

import click

from grader.cli.completion import exercise_names
from grader.cli.options import course_option, lang_option
from grader.cli.spoken import SpokenCommand, language_of
from grader.cli.table import VERBS
from grader.text import say

#: What shells report of a program that Ctrl-C ended.
_INTERRUPTED = 130


@click.command(
    cls=SpokenCommand,
    usage=VERBS["watch"].usage,
    text=say(
        "Grades an exercise now and at every save, and goes on to the next when it is complete. Without EXERCISE "
        "it begins with the first that is not. Keys: h hint, l list, r rerun, n next, q quit."
    ),
    examples=("grade watch", "grade watch exercise03"),
)
@click.argument("exercise", shell_complete=exercise_names, required=False)
@lang_option
@course_option
@click.pass_context
def command(ctx: click.Context, *, exercise: str | None, course: Path | None) -> int:
    """Watches until the reader quits."""
    from grader.course.find import find_course, find_exercise

    found = find_course(course)
    chosen = find_exercise(found, exercise) if exercise is not None else None

    from grader.cli.watch.loop import watch

    try:
        watch(chosen, course=found, language=language_of(ctx))
    except KeyboardInterrupt:
        return _INTERRUPTED
    return 0
