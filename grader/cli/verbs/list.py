"""`grade list`: the exercises of the course, and how far the learner is with each."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from grader.cli.options import verb
from grader.cli.output import can_print, complain, hanging, tell
from grader.cli.practice_due import due_lines
from grader.cli.spoken import language_of
from grader.course.find import find_course, no_exercises
from grader.course.learner import learner_folder
from grader.course.model import Course, Exercise, Unit
from grader.course.readme import DIFFICULTY
from grader.learner.progress import exercises_of
from grader.learner.record import Entry, Record, load
from grader.report.layout import cells, pad
from grader.report.wording import points
from grader.text import Message, listed, render, say

_BAR = 10
_WIDEST = 100


@verb(
    "list",
    say(
        "Shows the exercises of the course, unit by unit, each with its points, its minutes and how hard it is; in "
        "your folder, with your best score and what is complete."
    ),
    "grade list",
    "grade list --lang zh-CN",
)
def command(*, course: Path | None) -> int:
    """Prints the list."""
    found = find_course(course)
    folder = learner_folder(Path.cwd())
    record = load(folder) if folder else None
    tell(*list_lines(found, language=language_of(), record=record))
    tell(*due_lines(found, folder, language_of()))
    complain(record.trouble if record else None)
    return 0


def list_lines(course: Course, *, language: str, record: Record | None = None) -> list[str]:
    """`list_rows`, and below them what to type."""
    last = say("To grade one: grade EXERCISE") if record is None else say("What to do now: grade next")
    return [*list_rows(course, language=language, record=record), "", render(last, language)]


def list_rows(course: Course, *, language: str, record: Record | None = None) -> list[str]:
    """The list, line by line: a heading for each unit that has exercises, a row for each exercise.

    record: what the learner's folder remembers; None where there is none.
    """
    lines = [render(course.title, language)]
    for unit in course.units:
        if exercises := exercises_of(course, unit.number):
            rows = _plain(course, exercises, language) if record is None else _rows(course, exercises, record, language)
            lines += ["", _heading(unit, exercises, record, language), *rows]
    if not course.exercises and not course.broken:
        lines += ["", render(no_exercises(course), language)]
    for folder, _ in course.broken:
        problem = say("{name} can't be read; to see why: grade {name}", name=folder.name)
        lines += ["", render(problem, language)]
    return lines


def _heading(unit: Unit, exercises: list[Exercise], record: Record | None, language: str) -> str:
    heading = say("Unit {number}: {title}", number=unit.number, title=unit.title)
    if record is None:
        return render(heading, language)
    done = sum(record.complete(exercise.id) for exercise in exercises)
    counted = say("{heading}, complete: {done} of {all}", heading=heading, done=done, all=len(exercises))
    return f"{render(counted, language)}{bar(done, len(exercises))}"


def bar(done: float, count: float) -> str:
    """A picture of what the words before it say; none on a terminal that is read aloud or shows words alone. It is
    full only where all is done."""
    if os.environ.get("TERM") == "dumb" or count <= 0:
        return ""
    full = int(done * _BAR // count)
    blocks = "█" * full + "░" * (_BAR - full)
    return "  " + (blocks if can_print(blocks) else f"[{'#' * full}{'.' * (_BAR - full)}]")


def _plain(course: Course, exercises: list[Exercise], language: str) -> list[str]:
    width = max(cells(render(exercise.title, language)) for exercise in course.exercises)
    return [
        f"  {exercise.id}  {pad(render(exercise.title, language), width)}  " + render(_size(exercise), language)
        for exercise in exercises
    ]


def _size(exercise: Exercise) -> Message:
    sizes = [say("{points} points", points=points(exercise.points))]
    sizes += [say("{minutes} minutes", minutes=exercise.minutes)] if exercise.minutes else []
    sizes += [DIFFICULTY[exercise.difficulty]] if exercise.difficulty else []
    return listed(sizes)


def _rows(course: Course, exercises: list[Exercise], record: Record, language: str) -> list[str]:
    """State, best score, minutes, name and title; the title comes last, so that a long one wraps below itself."""
    states, scores, times = {}, {}, {}
    for exercise in course.exercises:
        entry = record.of(exercise.id)
        symbol, state = _state(entry)
        states[exercise.id] = f"{symbol} {render(state, language)}"
        scores[exercise.id] = f"{points(entry.best)} / {points(entry.max_score or exercise.points)}"
        times[exercise.id] = _minutes(exercise, language)
    first, second, third = (max(map(cells, column.values())) for column in (states, scores, times))
    width = min(shutil.get_terminal_size().columns, _WIDEST)
    lines = []
    for exercise in exercises:
        time = " " * (third - cells(times[exercise.id])) + times[exercise.id] + "  " if third else ""
        head = f"  {pad(states[exercise.id], first)}  {scores[exercise.id].rjust(second)}  {time}{exercise.id}  "
        lines += hanging(head, exercise.title, language, width)
    return lines


def _minutes(exercise: Exercise, language: str) -> str:
    """How long it takes, and how hard it is."""
    sizes = [say("{minutes} min", minutes=exercise.minutes)] if exercise.minutes else []
    sizes += [DIFFICULTY[exercise.difficulty]] if exercise.difficulty else []
    return " ".join(render(size, language) for size in sizes)


def _state(entry: Entry) -> tuple[str, Message]:
    """A symbol and words."""
    complete, begun, new = "✓◐○" if can_print("✓◐○") else "+~o"
    if entry.passed_at is not None:
        return complete, say("complete, solution seen first") if entry.gave_up else say("complete")
    return (begun, say("begun")) if entry.attempts else (new, say("not begun"))
