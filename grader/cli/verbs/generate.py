"""`grade generate`: assignments for a class, in the form that it works with."""

from __future__ import annotations

from pathlib import Path

from grader.cli.options import exercises_argument, option, verb
from grader.cli.output import tell_written
from grader.cli.spoken import language_of
from grader.errors import UsageError
from grader.text import Message, join, say


@verb(
    "generate",
    say(
        "Writes exercises, all of them if none is named, into DIR in one language: Python files, notebooks, or a "
        "course folder in which nbgrader's commands run; or, in all languages, pages to publish. Run again, it brings "
        "DIR up to date and never overwrites what you edited."
    ),
    "grade generate --out handout --as ipynb",
    "grade generate exercise03 --out course --as nbgrader",
    "grade generate --out public --as site",
)
@exercises_argument
@option("--out", metavar="DIR", text=say("the folder to write into"))
@option("--as", "form", metavar="py|ipynb|nbgrader|site", default="py", text=say("the form; py if left out"))
def command(*, exercises: tuple[str, ...], out: str | None, form: str, course: Path | None) -> int:
    """Writes, and says what was written."""
    from grader.assignments.generate import check_form, generate
    from grader.course.exercises import raise_broken
    from grader.course.find import chosen_exercises, find_course

    if out is None:
        raise UsageError(say("Which folder? For example: --out handout"))
    check_form(form)
    found = find_course(course)
    chosen = chosen_exercises(found, exercises)
    if not chosen:
        raise_broken(found)
        raise UsageError(say("The course {folder} has no exercise to write.", folder=str(found.folder)))
    folder = Path(out)
    if form == "site":
        from grader.site.generate import generate_site

        made = generate_site(found, tuple(chosen.values()), folder)
    else:
        made = generate(found, tuple(chosen.values()), folder, form, language_of())
    tell_written(out, made.written, made.kept)
    problems = [] if made.older is None else [made.older]
    if form == "nbgrader":
        problems += _problem_of_gradebook(folder)
    if problems:
        raise UsageError(join(problems, "\n"))
    if not exercises:  # the others have been written
        raise_broken(found)
    return 0


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
