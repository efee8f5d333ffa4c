"""`grade pack --for gradescope|github`: the grader and exercises, packed for a platform."""

from __future__ import annotations

from pathlib import Path

import click

from grader.cli.completion import exercise_names
from grader.cli.options import course_option, lang_option, option
from grader.cli.output import tell
from grader.cli.spoken import SpokenCommand, language_of
from grader.cli.table import VERBS
from grader.errors import UsageError
from grader.text import say


@click.command(
    cls=SpokenCommand,
    usage=VERBS["pack"].usage,
    text=say(
        "Packs this grader and exercises, all of them if none is named, for a platform that grades each submission by "
        "itself: Gradescope's autograder, or a workflow of GitHub Classroom. Learners then read the language of --lang."
    ),
    examples=("grade pack exercise03 --for gradescope --out autograder.zip", "grade pack --for github --out packed"),
)
@click.argument("exercises", shell_complete=exercise_names, metavar="EXERCISE", nargs=-1)
@option("--for", "platform", metavar="gradescope|github", text=say("the platform"))
@option("--out", metavar="DIR|ZIP", text=say("a new folder, or a zip if the name ends in .zip"))
@lang_option
@course_option
@click.pass_context
def command(
    ctx: click.Context, *, exercises: tuple[str, ...], platform: str | None, out: str | None, course: Path | None
) -> int:
    """Packs, and says what to do with it."""
    from grader.course.find import find_course, find_exercise
    from grader.pack.contents import check_platform, pack

    if platform is None:
        raise UsageError(say("For which platform? For example: --for gradescope"))
    check_platform(platform)
    if out is None:
        raise UsageError(say("Into which file or folder? For example: --out autograder.zip"))
    found = find_course(course)
    named = (
        {one.id: one for one in (find_exercise(found, name) for name in exercises)}
        if exercises
        else {one.id: one for one in found.exercises}
    )
    if not named:
        raise UsageError(say("The course {folder} has no exercise to write.", folder=str(found.folder)))
    language = language_of(ctx)
    pack(found, tuple(named.values()), Path(out), platform=platform, language=language)
    tell(say("{path}: exercises: {count}", path=out, count=len(named)), language)
    if platform == "gradescope":
        tell(
            say(
                "Upload it at Gradescope: assignment, Configure Autograder; points of the assignment: {points}",
                points=f"{sum(one.points for one in named.values()):g}",
            ),
            language,
        )
    else:
        tell(
            say("Put grader/ into a private repository, and template/ into the assignment's template repository."),
            language,
        )
    tell(say("The solutions are in it: keep it where learners can't read it."), language)
    return 0
