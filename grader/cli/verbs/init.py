"""`grade init DIR`: a learner's folder."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from grader.cli.completion import folder_names
from grader.cli.options import course_option, lang_option
from grader.cli.output import complain, tell
from grader.cli.spoken import SpokenCommand, language_of
from grader.cli.table import VERBS
from grader.text import say


@click.command(
    cls=SpokenCommand,
    usage=VERBS["init"].usage,
    text=say(
        "Makes the folder DIR with every exercise's statement and code to fill in, in one language. "
        "Run again, it adds what is new and leaves your work as it is."
    ),
    examples=("grade init my-exercises", "grade init my-exercises --lang zh-CN"),
)
@click.argument("directory", metavar="DIR", shell_complete=folder_names)
@lang_option
@course_option
@click.pass_context
def command(ctx: click.Context, *, directory: str, course: Path | None) -> int:
    """Makes the folder and says what to do in it."""
    from grader.course.find import find_course
    from grader.course.init import make_learner_folder

    language = language_of(ctx)
    found = find_course(course)
    made = make_learner_folder(found, Path(directory), language)
    tell(say("{folder}: files written: {count}", folder=directory, count=len(made.written)), language)
    if made.kept:
        tell(say("Kept as you changed them: {files}", files=", ".join(made.kept)), language)
    if found.broken:
        names = [broken.name for broken, _ in found.broken]
        tell(
            say(
                "Left out, since they can't be read: {names}. To see why: grade {first}",
                names=", ".join(names),
                first=names[0],
            ),
            language,
        )
    if found.exercises:
        first = found.exercises[0].id
        tell(say("Begin: read {file}", file=str(Path(directory) / first / "README.md")), language)
        tell(say("Then: cd {folder} && grade {exercise}", folder=shlex.quote(directory), exercise=first), language)
    complain(made.trouble, language)
    return 0
