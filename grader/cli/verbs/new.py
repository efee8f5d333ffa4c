"""`grade new EXERCISE`: a new exercise to fill in."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from grader.cli.options import verb
from grader.cli.output import complain, tell
from grader.course.new import new_exercise
from grader.text import say


@verb(
    "new",
    say(
        "Makes an exercise that works at once: statement, reference, checks and mistakes, with every place to fill in "
        "marked TODO. EXERCISE is its number and its slug."
    ),
    "grade new exercise37_softplus",
    "grade new exercise01_softplus --course my-course",
    course=say(
        "the course's folder; a new or empty one becomes a course. Otherwise GRADE_COURSE, or a course.toml above "
        "this folder"
    ),
)
@click.argument("exercise")
def command(*, exercise: str, course: Path | None) -> int:
    """Makes the exercise, and says how to go on."""
    made = new_exercise(exercise, course)
    solution = made.course / "solutions" / made.id
    if made.started:
        tell(say("New course: {file}", file=str(made.course / "course.toml")))
    tell(
        say(
            "New exercise: {folder}, files: {count}. Fill in every place marked TODO.",
            folder=str(solution),
            count=sum(path.is_relative_to(solution) for path in made.files),
        )
    )
    words = ["grade", made.id, str(solution / "reference.py"), *(["--course", str(course)] if course else [])]
    tell(say("The reference must get all points: {command}", command=shlex.join(words)))
    complain(made.trouble)
    return 0
