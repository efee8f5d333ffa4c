"""`grade init DIR`: a learner's folder."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from grader.cli.completion import folder_names
from grader.cli.options import verb
from grader.cli.output import complain, tell, tell_written
from grader.cli.spoken import language_of
from grader.text import listed, say


@verb(
    "init",
    say(
        "Makes the folder DIR with every exercise's statement and code to fill in, in one language. "
        "Run again, it adds what is new and leaves your work as it is."
    ),
    "grade init my-exercises",
    "grade init my-exercises --lang zh-CN",
)
@click.argument("directory", metavar="DIR", shell_complete=folder_names)
def command(*, directory: str, course: Path | None) -> int:
    """Makes the folder and says what to do in it."""
    from grader.course.find import find_course
    from grader.course.init import make_learner_folder

    found = find_course(course)
    made = make_learner_folder(found, Path(directory), language_of())
    tell_written(directory, made.written, made.kept)
    if names := [folder.name for folder, _ in found.broken]:
        tell(
            say(
                "Left out, since they can't be read: {names}. To see why: grade {first}",
                names=listed(names),
                first=names[0],
            )
        )
    if found.exercises:
        first = found.exercises[0].id
        tell(say("Begin: read {file}", file=str(Path(directory) / first / "README.md")))
        here = Path(directory).resolve() == Path.cwd()
        command = f"grade {first}" if here else f"cd {shlex.quote(directory)} && grade {first}"
        tell(say("Then: {command}", command=command))
    complain(made.trouble)
    return 0
