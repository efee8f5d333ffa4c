"""`grade pack --for gradescope|github`: the grader and exercises, packed for a platform."""

from __future__ import annotations

from pathlib import Path

from grader.cli.options import exercises_argument, option, verb
from grader.cli.output import tell
from grader.cli.spoken import language_of
from grader.errors import UsageError
from grader.text import say


@verb(
    "pack",
    say(
        "Packs this grader and exercises, all of them if none is named, for a platform that grades each submission by "
        "itself: Gradescope's autograder, or a workflow on GitHub. Learners then read the language of --lang."
    ),
    "grade pack exercise03 --for gradescope --out autograder.zip",
    "grade pack --for github --out packed",
)
@exercises_argument
@option("--for", "platform", metavar="gradescope|github", text=say("the platform"))
@option("--out", metavar="DIR|ZIP", text=say("a new folder, or a zip if the name ends in .zip"))
def command(*, exercises: tuple[str, ...], platform: str | None, out: str | None, course: Path | None) -> int:
    """Packs, and says what to do with it."""
    from grader.course.bundle import require_full
    from grader.course.exercises import some_exercises
    from grader.course.find import find_course
    from grader.pack.contents import check_platform, pack

    if platform is None:
        raise UsageError(say("For which platform? For example: --for gradescope"))
    check_platform(platform)
    if out is None:
        raise UsageError(say("Into which file or folder? For example: --out autograder.zip"))
    found = find_course(course)
    require_full(found)
    chosen = tuple(some_exercises(found, exercises).values())
    pack(found, chosen, Path(out), platform=platform, language=language_of())
    following = say("Put grader/ into a private repository, and template/ into the assignment's template repository.")
    if platform == "gradescope":
        following = say(
            "Upload it at Gradescope: assignment, Configure Autograder; points of the assignment: {points}",
            points=f"{sum(exercise.points for exercise in chosen):g}",
        )
    tell(
        say("{path}: exercises: {count}", path=out, count=len(chosen)),
        following,
        say("The solutions are in it: keep it where learners can't read it."),
    )
    return 0
