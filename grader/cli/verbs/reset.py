"""`grade reset EXERCISE`: the stub again."""

from __future__ import annotations

import shlex
from pathlib import Path

from grader.cli.options import exercise_argument, verb
from grader.cli.output import tell
from grader.cli.spoken import language_of
from grader.course.find import find_course, find_exercise
from grader.course.learner import learner_folder
from grader.errors import UsageError
from grader.learner.reset import reset
from grader.report.wording import near
from grader.text import say


@verb(
    "reset",
    say(
        "Puts the code to fill in back in the place of your file of an exercise. Your file is kept as a backup, "
        "whose name has the date and time; what is remembered of the exercise stays."
    ),
    "grade reset exercise03",
)
@exercise_argument
def command(*, exercise: str, course: Path | None) -> int:
    """Resets the file, and says where the old one is."""
    found = find_course(course)
    chosen = find_exercise(found, exercise)
    folder = learner_folder(Path.cwd())
    if folder is None:
        raise UsageError(
            say("grade reset works in a folder made by grade init, and there is none here. Nothing was changed.")
        )
    done = reset(found, chosen, folder, language_of())
    for file, backup in done.kept:
        tell(say("Your file is kept: {backup}", backup=near(str(backup))))
        back = shlex.join(["cp", near(str(backup)), near(str(file))])
        tell(say("To have it back: {command}", command=back))
    if done.written or done.kept:
        tell(say("Ready to begin anew: {file}", file=near(str(done.file))))
    else:
        tell(say("{file} is as it was handed out; there was nothing to do.", file=near(str(done.file))))
    return 0
