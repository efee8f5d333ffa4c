"""`grade likeness RESULTS`: what submissions of a class have in common, as evidence and never as a verdict."""

from __future__ import annotations

from pathlib import Path

import click

from grader.cli.completion import folder_names
from grader.cli.format_option import now
from grader.cli.options import option, verb
from grader.cli.output import STANDARD_OUTPUT, check_target, complain, tell, write_to
from grader.cli.spoken import language_of
from grader.errors import UsageError
from grader.text import say

_DEFAULT = "likeness.html"


@verb(
    "likeness",
    say(
        "Shows what few submissions of a class have in common: source, with names and what learners were given left "
        "out, wrong numbers, and the same two named mistakes. RESULTS is the folder that grade score wrote. The page "
        "holds evidence to read, no verdict and no percentage."
    ),
    "grade likeness scored",
    "grade likeness scored --exercise 3 --exercise 12 --html likeness.html",
    "grade likeness scored --export alike",
)
@click.argument("results", metavar="RESULTS", type=Path, shell_complete=folder_names)
@option("--html", "html_to", metavar="FILE|-", default=_DEFAULT, text=say("the page's file; likeness.html if left out"))
@option(
    "--exercise", "exercises", metavar="EXERCISE", multiple=True, text=say("this exercise only; may be given again")
)
@option(
    "--export", metavar="DIR", type=Path, text=say("a new folder for the same submissions as Dolos and MOSS read them")
)
def command(
    *, results: Path, html_to: str, exercises: tuple[str, ...], export: Path | None, course: Path | None
) -> int:
    """Compares, writes, says where it is."""
    check_target("--html", html_to)
    if export is not None and export.exists():
        raise UsageError(say("{path} is already there; name a new one.", path=str(export)))
    from grader.likeness.compare import compare_class
    from grader.likeness.export import COMMANDS, write_export
    from grader.likeness.page import likeness_page
    from grader.scoring.folder import course_of
    from grader.scoring.outcome import read_run

    compared = compare_class(results, course_of(read_run(results), course), exercises)
    page = likeness_page(compared, language=language_of(), made=now())
    write_to("--html", html_to, page)
    if export is not None:
        write_export(compared.exercises, export)
    if html_to != STANDARD_OUTPUT:
        tell(
            say(
                "{path}: submissions: {count}; pairs to look at: {pairs}. What they share is no proof of anything.",
                path=html_to,
                count=sum(one.count for one in compared.exercises),
                pairs=sum(len(one.pairs) for one in compared.exercises),
            )
        )
        if export is not None:
            tell(say("For Dolos and MOSS: {path}; the commands are in {commands}", path=str(export), commands=COMMANDS))
    if compared.unread:
        complain(say("Not compared by their source: {count}; the page names them.", count=len(compared.unread)))
    return 0
