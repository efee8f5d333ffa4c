"""`grade trust DIR`: a course that may be used where it lies."""

from __future__ import annotations

from pathlib import Path

import click

from grader.cli.completion import folder_names
from grader.cli.options import lang_option, option
from grader.cli.output import tell
from grader.cli.spoken import SpokenCommand, language_of
from grader.cli.table import VERBS
from grader.course.find import marker_problem, shipped_course
from grader.course.read import read_course
from grader.course.trust import distrust, trust, trusted_courses
from grader.errors import UsageError
from grader.report.layout import visible
from grader.text import Text, say


@click.command(
    cls=SpokenCommand,
    usage=VERBS["trust"].usage,
    text=say(
        "A course is code that runs as you, so one that merely lies in a folder is not used. This says that you trust "
        "the course in DIR, as it is now: when its files change, you are asked to look again. A course that you made "
        "with grade new or grade init, or name with --course or GRADE_COURSE, needs no such word."
    ),
    examples=(
        "grade trust ~/courses/vision",
        "grade trust my-course --mine",
        "grade trust --list",
        "grade trust ~/courses/vision --remove",
    ),
)
@click.argument("directory", metavar="DIR", required=False, shell_complete=folder_names)
@option("--mine", is_flag=True, text=say("it is your own work: go on trusting it when you edit it in its place"))
@option("--remove", is_flag=True, text=say("trust it no longer"))
@option("--list", "listed", is_flag=True, text=say("show the courses that you trust"))
@lang_option
@click.pass_context
def command(ctx: click.Context, *, directory: str | None, mine: bool, remove: bool, listed: bool) -> int:
    """Records, forgets or lists, and says what."""
    language = language_of(ctx)
    if listed + remove + mine > 1 or listed == (directory is not None):
        raise UsageError(say("Usage: {usage}", usage="grade trust DIR [--mine | --remove], grade trust --list"))
    if directory is None:
        return _list(language)
    folder = Path(directory)
    if remove:
        removed = distrust(folder)
        said = say("No longer trusted: {folder}", folder=str(folder.resolve()))
        tell(said if removed else say("It was not trusted: {folder}", folder=str(folder.resolve())), language)
        return 0
    return _trust(folder, mine, language)


def _trust(folder: Path, mine: bool, language: str) -> int:
    if not folder.is_dir():
        raise UsageError(say("{source}: there is no folder {folder}.", source="grade trust", folder=str(folder)))
    if problem := marker_problem(folder):
        raise UsageError(
            say("{folder} is no course that can be trusted: {problem}.", folder=str(folder), problem=problem)
        )
    shipped = shipped_course()
    if shipped is not None and shipped.resolve() == folder.resolve():
        tell(say("{folder} is the course that came with the grader; it needs no word.", folder=str(folder)), language)
        return 0
    record = trust(read_course(folder), edited_here=mine or None)
    tell(say("Trusted: {folder}", folder=record.path), language)
    tell(
        say(
            "{title} ({id}), exercises: {exercises}, files: {files}",
            title=_shown(record.title),
            id=record.id,
            exercises=record.exercises,
            files=len(record.files),
        ),
        language,
    )
    if record.edited_here:
        tell(say("Its code runs as you when you grade in this folder or below, your edits included."), language)
    else:
        tell(say("Its code runs as you when you grade in this folder or below, until a file of it changes."), language)
    return 0


def _list(language: str) -> int:
    records = trusted_courses()
    for record in records:
        tell(
            say(
                "{folder}  {title} ({id}), exercises: {exercises}",
                folder=record.path,
                title=_shown(record.title),
                id=record.id,
                exercises=record.exercises,
            ),
            language,
        )
    if not records:
        tell(say("You trust no course but the one that came with the grader."), language)
    return 0


def _shown(title: Text) -> Text:
    """The title with nothing in it that steers a terminal: nobody has looked at it yet."""
    return {language: visible(text) for language, text in title.items()}
