"""`grade record DIR --gradebook URL`: results of an earlier `grade score` into nbgrader's gradebook."""

from __future__ import annotations

from pathlib import Path

import click

from grader.cli.completion import folder_names
from grader.cli.gradebook import gradebook_option, nbgrader_dir_option, open_gradebook, write_gradebook
from grader.cli.options import course_option, lang_option
from grader.cli.spoken import SpokenCommand, language_of
from grader.cli.table import VERBS
from grader.errors import GraderFault, UsageError
from grader.text import say


@click.command(
    cls=SpokenCommand,
    usage=VERBS["record"].usage,
    text=say(
        "Writes the results in DIR, made by grade score --out DIR, into nbgrader's gradebook; nothing is graded again. "
        "Manual scores and comments in the gradebook are kept."
    ),
    examples=("grade record scored --gradebook course/gradebook.db",),
)
@click.argument("out", metavar="DIR", shell_complete=folder_names)
@gradebook_option
@nbgrader_dir_option
@lang_option
@course_option
@click.pass_context
def command(
    ctx: click.Context, *, out: str, gradebook: str | None, nbgrader_dir: str | None, course: Path | None
) -> int:
    """Writes; the status is 0 if all results were written."""
    from grader.course.find import find_course

    address = open_gradebook(gradebook, nbgrader_dir)
    if address is None:
        raise UsageError(say("Which gradebook? For example: --gradebook gradebook.db"))
    from grader.scoring.outcome import read_run

    run = read_run(Path(out))
    folder = course or (Path(run.course) if Path(run.course).is_dir() else None)
    whole = write_gradebook(Path(out), address, course=find_course(folder), language=language_of(ctx))
    return 0 if whole else GraderFault.exit_status
