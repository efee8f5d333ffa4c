"""`grade solution EXERCISE`: the course's solution, for those who have full marks or gave up."""

from __future__ import annotations

from pathlib import Path

from grader.cli.options import exercise_argument, option, verb
from grader.cli.output import complain, tell
from grader.cli.spoken import language_of
from grader.course.find import find_course, find_exercise
from grader.course.learner import learner_folder
from grader.course.model import Exercise
from grader.course.stub import translated_reference, without_marks
from grader.errors import UsageError
from grader.learner.record import load, note_solution
from grader.report.wording import points
from grader.text import Message, say


@verb(
    "solution",
    say("Shows the course's solution of an exercise once every check of it has passed."),
    "grade solution exercise03",
    "grade solution exercise03 --give-up",
)
@exercise_argument
@option("--give-up", is_flag=True, text=say("show it although yours is not complete; that is remembered"))
def command(*, exercise: str, give_up: bool, course: Path | None) -> int:
    """Prints the solution."""
    found = find_exercise(find_course(course), exercise)
    folder = learner_folder(Path.cwd())
    if not give_up and (problem := _unearned(found, folder)):
        raise UsageError(problem)
    if not (found.folder / "reference.py").is_file():
        raise UsageError(say("This course comes without the solution of {exercise}.", exercise=found.id))
    tell(without_marks(translated_reference(found, (language_of(),))).rstrip("\n"))
    if folder:
        complain(note_solution(folder, found.id).trouble)
    return 0


def _unearned(exercise: Exercise, folder: Path | None) -> Message | None:
    """Why the solution is not shown; None if the learner's folder remembers full marks."""
    if folder is None:
        return say(
            "Outside of a folder made by grade init nobody remembers whether yours is complete. To see the "
            "solution all the same: grade solution {exercise} --give-up",
            exercise=exercise.id,
        )
    entry = load(folder).of(exercise.id)
    if entry.passed_at is not None:
        return None
    return say(
        "The solution is worth most once yours works: your best is {score} of {most} so far. For a hint: "
        "grade hint {exercise}. To see the solution all the same: grade solution {exercise} --give-up",
        score=points(entry.best),
        most=points(entry.max_score or exercise.points),
        exercise=exercise.id,
    )
