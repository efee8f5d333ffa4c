"""`grade record DIR --gradebook URL`: results of an earlier `grade score` into nbgrader's gradebook."""

from __future__ import annotations

from pathlib import Path

import click

from grader.cli.completion import folder_names
from grader.cli.gradebook import gradebook_option, nbgrader_dir_option, open_gradebook, write_gradebook
from grader.cli.options import verb
from grader.errors import GraderFault, UsageError
from grader.text import say


@verb(
    "record",
    say(
        "Writes the results in DIR, made by grade score --out DIR, into nbgrader's gradebook; nothing is graded again. "
        "Manual scores and comments in the gradebook are kept."
    ),
    "grade record scored --gradebook course/gradebook.db",
)
@click.argument("out", metavar="DIR", type=Path, shell_complete=folder_names)
@gradebook_option
@nbgrader_dir_option
def command(*, out: Path, gradebook: str | None, nbgrader_dir: str | None, course: Path | None) -> int:
    """Writes; the status is 0 if all results were written."""
    address = open_gradebook(gradebook, nbgrader_dir)
    if address is None:
        raise UsageError(say("Which gradebook? For example: --gradebook gradebook.db"))
    from grader.scoring.folder import course_of
    from grader.scoring.outcome import read_run

    whole = write_gradebook(out, address, course=course_of(read_run(out), course))
    return 0 if whole else GraderFault.exit_status
