"""`grade watch [EXERCISE]`: grades at every save."""

from __future__ import annotations

from pathlib import Path

import click

from grader.cli.completion import exercise_names
from grader.cli.options import verb
from grader.cli.spoken import language_of
from grader.text import say

#: What shells report of a program that Ctrl-C ended.
_INTERRUPTED = 130


@verb(
    "watch",
    say(
        "Grades an exercise now and at every save; when it is complete, Enter goes on to the next. Without EXERCISE "
        "it begins with the first that is not. It goes to the exercise whose file you save. The keys are on the screen."
    ),
    "grade watch",
    "grade watch exercise03",
)
@click.argument("exercise", shell_complete=exercise_names, required=False)
def command(*, exercise: str | None, course: Path | None) -> int:
    """Watches until the reader quits."""
    from grader.course.find import find_course, find_exercise

    found = find_course(course)
    chosen = find_exercise(found, exercise) if exercise is not None else None

    from grader.cli.watch.loop import Watch

    try:
        Watch(found, language_of()).run(chosen)
    except KeyboardInterrupt:
        return _INTERRUPTED
    return 0
