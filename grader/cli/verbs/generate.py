"""`grade generate`: assignments for a class, in the form that it works with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli.completion import exercise_names
from grader.cli.options import course_option, lang_option, option
from grader.cli.output import tell
from grader.cli.spoken import SpokenCommand, language_of
from grader.cli.table import VERBS
from grader.errors import UsageError
from grader.text import Message, join, say

if TYPE_CHECKING:
    from grader.course.model import Course


@click.command(
    cls=SpokenCommand,
    usage=VERBS["generate"].usage,
    text=say(
        "Writes exercises, all of them if none is named, into DIR in one language: Python files, notebooks, or a "
        "course folder in which nbgrader's commands run. Run again, it brings DIR up to date and never overwrites "
        "what you edited."
    ),
    examples=("grade generate --out handout --as ipynb", "grade generate exercise03 --out course --as nbgrader"),
)
@click.argument("exercises", shell_complete=exercise_names, metavar="EXERCISE", nargs=-1)
@option("--out", metavar="DIR", text=say("the folder to write into"))
@option("--as", "form", metavar="py|ipynb|nbgrader", default="py", text=say("the form; py if left out"))
@lang_option
@course_option
@click.pass_context
def command(ctx: click.Context, *, exercises: tuple[str, ...], out: str | None, form: str, course: Path | None) -> int:
    """Writes, and says what was written."""
    from grader.assignments.generate import check_form, generate
    from grader.course.find import find_course, find_exercise

    language = language_of(ctx)
    if out is None:
        raise UsageError(say("Which folder? For example: --out handout"))
    check_form(form)
    found = find_course(course)
    chosen = (
        {one.id: one for one in (find_exercise(found, name) for name in exercises)}
        if exercises
        else {one.id: one for one in found.exercises}
    )
    if not chosen:
        _raise_broken(found)
        raise UsageError(say("The course {folder} has no exercise to write.", folder=str(found.folder)))
    folder = Path(out)
    made = generate(found, tuple(chosen.values()), folder, form, language)
    tell(say("{folder}: files written: {count}", folder=out, count=len(made.written)), language)
    if made.kept:
        tell(say("Kept as you changed them: {files}", files=", ".join(made.kept)), language)
    problems = [] if made.older is None else [made.older]
    if form == "nbgrader":
        problems += _problem_of_gradebook(folder)
    if problems:
        raise UsageError(join(problems, "\n"))
    if not exercises:
        _raise_broken(found)
    return 0


def _raise_broken(course: Course) -> None:
    """Raises CourseError with every fault of the exercises that can't be read: the others have been written."""
    from grader.course.faults import CourseError

    faults = tuple(fault for _, error in course.broken for fault in error.faults)
    if faults:
        raise CourseError(faults)


def _problem_of_gradebook(folder: Path) -> list[Message]:
    """What is wrong with the folder's gradebook: an older nbgrader's, say, or none."""
    file = folder / "gradebook.db"
    if not file.exists():
        return []
    from grader.nbgrader.address import read_address
    from grader.nbgrader.database import check_database

    try:
        check_database(read_address(str(file), str(folder)))
    except UsageError as error:
        return [error.message]
    return []
