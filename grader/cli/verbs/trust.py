"""`grade trust DIR`: a course that may be used where it lies."""

from __future__ import annotations

from pathlib import Path

import click

from grader.cli.completion import folder_names
from grader.cli.options import option, verb
from grader.cli.output import tell
from grader.course.bundle import seed_for
from grader.course.find import marker_problem, shipped_course
from grader.course.read import read_course
from grader.course.trust import Trusted, distrust, trust, trusted_courses
from grader.errors import UsageError
from grader.report.layout import visible
from grader.text import Message, say


@verb(
    "trust",
    say(
        "A course is code that runs as you, so one that merely lies in a folder is not used. This says that you trust "
        "the course in DIR, as it is now: when its files change, you are asked to look again. A course that you made "
        "with grade new or grade init, or name with --course or GRADE_COURSE, needs no such step."
    ),
    "grade trust ~/courses/vision",
    "grade trust my-course --mine",
    "grade trust --list",
    "grade trust ~/courses/vision --remove",
    course=None,
)
@click.argument("directory", metavar="DIR", required=False, shell_complete=folder_names)
@option("--mine", is_flag=True, text=say("it is your own work: go on trusting it when you edit it in its place"))
@option("--remove", is_flag=True, text=say("trust it no longer"))
@option("--list", "listed", is_flag=True, text=say("show the courses that you trust"))
def command(*, directory: str | None, mine: bool, remove: bool, listed: bool) -> int:
    """Records, forgets or lists, and says what."""
    if listed + remove + mine > 1 or listed == (directory is not None):
        raise UsageError(say("Usage: {usage}", usage="grade trust DIR [--mine | --remove], grade trust --list"))
    if directory is None:
        return _list()
    folder = Path(directory)
    if remove:
        removed = distrust(folder)
        path = str(folder.resolve())
        tell(
            say("No longer trusted: {folder}", folder=path)
            if removed
            else say("It was not trusted: {folder}", folder=path)
        )
        return 0
    return _trust(folder, mine)


def _trust(folder: Path, mine: bool) -> int:
    if not folder.is_dir():
        raise UsageError(say("{source}: there is no folder {folder}.", source="grade trust", folder=str(folder)))
    if problem := marker_problem(folder):
        raise UsageError(
            say("{folder} is no course that can be trusted: {problem}.", folder=str(folder), problem=problem)
        )
    shipped = shipped_course()
    if shipped is not None and shipped.resolve() == folder.resolve():
        tell(say("{folder} is the course that came with the grader; it is always trusted.", folder=str(folder)))
        return 0
    course = read_course(folder)
    seed_for(course, course.exercises)  # a bundle has one only as it was made
    record = trust(course, edited_here=mine or None)
    tell(
        say("Trusted: {folder}", folder=record.path),
        say("{course}, files: {files}", course=_shown(record), files=len(record.files)),
        say("Its code runs as you when you grade in this folder or below, your edits included.")
        if record.edited_here
        else say("Its code runs as you when you grade in this folder or below, until a file of it changes."),
    )
    return 0


def _list() -> int:
    records = trusted_courses()
    tell(*(say("{folder}  {course}", folder=record.path, course=_shown(record)) for record in records))
    if not records:
        tell(say("You trust no course but the one that came with the grader."))
    return 0


def _shown(record: Trusted) -> Message:
    """A course in one line, with nothing in its title that steers a terminal: nobody has looked at it yet."""
    title = {language: visible(text) for language, text in record.title.items()}
    return say("{title} ({id}), exercises: {exercises}", title=title, id=record.id, exercises=record.exercises)
