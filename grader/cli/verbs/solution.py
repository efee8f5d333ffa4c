"""`grade solution EXERCISE`: the course's solution, for those who have full marks or gave up."""

from __future__ import annotations

from pathlib import Path

import click

from grader.cli.completion import exercise_names
from grader.cli.options import course_option, lang_option, option
from grader.cli.output import complain, tell
from grader.cli.spoken import SpokenCommand, language_of
from grader.cli.table import VERBS
from grader.course.find import find_course, find_exercise
from grader.course.learner import learner_folder
from grader.course.model import Exercise
from grader.course.stub import translated_reference, without_marks
from grader.errors import UsageError
from grader.learner.record import load, note_solution
from grader.report.wording import points
from grader.text import say


@click.command(
    cls=SpokenCommand,
    usage=VERBS["solution"].usage,
    text=say("Shows the course's solution of an exercise once every check of it has passed."),
    examples=("grade solution exercise03", "grade solution exercise03 --give-up"),
)
@click.argument("exercise", shell_complete=exercise_names)
@option("--give-up", is_flag=True, text=say("show it although yours is not complete; that is remembered"))
@lang_option
@course_option
@click.pass_context
def command(ctx: click.Context, *, exercise: str, give_up: bool, course: Path | None) -> int:
    """Prints the solution."""
    language = language_of(ctx)
    found = find_exercise(find_course(course), exercise)
    folder = learner_folder(Path.cwd())
    if not give_up:
        check_earned(found, folder)
    tell(solution_text(found, language).rstrip("\n"), language)
    if folder:
        complain(note_solution(folder, found.id).trouble, language)
    return 0


def check_earned(exercise: Exercise, folder: Path | None) -> None:
    """Raises UsageError unless the learner's folder remembers full marks."""
    if folder is None:
        raise UsageError(
            say(
                "Outside of a folder made by grade init nobody remembers whether yours is complete. To see the "
                "solution all the same: grade solution {exercise} --give-up",
                exercise=exercise.id,
            )
        )
    entry = load(folder).of(exercise.id)
    if entry.passed_at is None:
        raise UsageError(
            say(
                "The solution is worth most once yours works: your best is {score} of {most} so far. For a hint: "
                "grade hint {exercise}. To see the solution all the same: grade solution {exercise} --give-up",
                score=points(entry.best),
                most=points(entry.max_score or exercise.points),
                exercise=exercise.id,
            )
        )


def solution_text(exercise: Exercise, language: str) -> str:
    """The reference without its marks, with docstrings in this language. Raises UsageError where there is none."""
    if not (exercise.folder / "reference.py").is_file():
        raise UsageError(say("This course comes without the solution of {exercise}.", exercise=exercise.id))
    return without_marks(translated_reference(exercise, (language,)))
