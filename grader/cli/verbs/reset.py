"""`grade reset EXERCISE`: the stub again."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from grader.cli.completion import exercise_names
from grader.cli.options import course_option, lang_option
from grader.cli.output import tell
from grader.cli.spoken import SpokenCommand, language_of
from grader.cli.table import VERBS
from grader.course.find import find_course, find_exercise
from grader.course.learner import learner_folder
from grader.errors import UsageError
from grader.learner.reset import reset
from grader.report.wording import near
from grader.text import say


@click.command(
    cls=SpokenCommand,
    usage=VERBS["reset"].usage,
    text=say(
        "Puts the code to fill in back in the place of your file of an exercise. Your file is kept as a backup, "
        "whose name has the date and time; what is remembered of the exercise stays."
    ),
    examples=("grade reset exercise03",),
)
@click.argument("exercise", shell_complete=exercise_names)
@lang_option
@course_option
@click.pass_context
def command(ctx: click.Context, *, exercise: str, course: Path | None) -> int:
    """Resets the file, and says where the old one is."""
    language = language_of(ctx)
    found = find_course(course)
    chosen = find_exercise(found, exercise)
    folder = learner_folder(Path.cwd())
    if folder is None:
        raise UsageError(
            say("grade reset works in a folder made by grade init, and there is none here. Nothing was changed.")
        )
    done = reset(found, chosen, folder, language)
    for file, backup in done.kept:
        tell(say("Your file is kept: {backup}", backup=near(str(backup))), language)
        back = shlex.join(["cp", near(str(backup)), near(str(file))])
        tell(say("To have it back: {command}", command=back), language)
    if done.written or done.kept:
        tell(say("Ready to begin anew: {file}", file=near(str(done.file))), language)
    else:
        tell(say("{file} is as it was handed out; there was nothing to do.", file=near(str(done.file))), language)
    return 0
