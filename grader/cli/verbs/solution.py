"""`grade solution EXERCISE`: the course's solution, for those who have full marks or gave up; beside one's own, for
those who have full marks."""

from __future__ import annotations

from pathlib import Path

from grader.cli.options import exercise_argument, option, verb
from grader.cli.output import complain, paragraph, tell
from grader.cli.spoken import language_of
from grader.course.find import find_course, find_exercise, find_file
from grader.course.learner import learner_folder
from grader.course.model import Course, Exercise
from grader.course.stub import translated_reference, without_marks
from grader.errors import UsageError
from grader.learner.beside import Beside, beside
from grader.learner.record import load, note_solution
from grader.report.layout import visible
from grader.report.wording import near, points
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
    of = find_course(course)
    found = find_exercise(of, exercise)
    if not (found.folder / "reference.py").is_file():
        raise UsageError(say("This course comes without the solution of {exercise}.", exercise=found.id))
    folder = learner_folder(Path.cwd())
    if not give_up and (problem := _unearned(found, folder)):
        raise UsageError(problem)
    tell(without_marks(translated_reference(found, (language_of(),))).rstrip("\n"))
    if folder and load(folder).complete(found.id):
        tell(*beside_lines(found, _own_file(of, found, folder), language_of()))
    if folder:
        complain(note_solution(folder, found.id).trouble)
    return 0


def beside_lines(exercise: Exercise, file: Path | None, language: str) -> list[str]:
    """The learner's functions beside the course's, led by an empty line; none where there is no file to compare."""
    functions = beside(exercise, file) if file else ()
    if not functions:
        return []
    legend = say(
        "Yours beside the course's ({file}; - is yours, + the course's; without comments, docstrings and annotations):",
        file=near(str(file)),
    )
    lines = ["", *paragraph(legend, language)]
    for function in functions:
        lines += ["", *paragraph(_compared(function), language)]
        if function.about and exercise.language_for(language) == exercise.languages[0]:  # what has no translation
            lines += paragraph(visible(function.about), language)
        lines += (f"  {visible(line)}" for line in function.diff)
    return lines


def _compared(function: Beside) -> Message:
    fields = {"name": visible(function.name), "variant": visible(function.variant)}
    if function.state == "same":
        return say("{name}: written as the course does.", **fields)
    if function.state == "renamed":
        return say("{name}: written as the course does, with other names for its variables.", **fields)
    if function.state == "absent":
        return say("{name}: your file defines no function of this name.", **fields)
    if function.variant:
        return say("{name}: yours is close to another right answer that the course knows, {variant}.", **fields)
    return say("{name}: written in another way.", **fields)


def _own_file(course: Course, exercise: Exercise, folder: Path) -> Path | None:
    """The learner's file, if it is in the learner's folder."""
    try:
        file = find_file(course, exercise, None).absolute()
    except UsageError:
        return None
    return file if file.is_relative_to(folder) else None


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
