"""What a run ends with in a learner's folder: an exercise complete for the first time, a unit, the course."""

from __future__ import annotations

import time

from grader.course.model import Course, Exercise, Unit
from grader.learner.progress import completed_unit, exercises_of, next_step
from grader.learner.record import Noted, Record
from grader.report.layout import cells, pad, wrap
from grader.text import Message, render, say

_WIDTH = 80


def closing_lines(course: Course, exercise: Exercise, noted: Noted, language: str) -> list[str]:
    """The lines, the first of them empty; none unless this run completed the exercise for the first time."""
    if noted.before.complete(exercise.id) or not noted.after.complete(exercise.id):
        return []
    entry = noted.after.of(exercise.id)
    done = say(
        "{exercise} is complete. Attempts: {attempts}, hints: {hints}.",
        exercise=exercise.id,
        attempts=entry.passed_after,
        hints=len(entry.hints),
    )
    lines = ["", *_wrapped(done, language)]
    if unit := completed_unit(course, exercise, noted.before, noted.after):
        lines += _summary(course, unit, noted.after, language)
    return [*lines, *_wrapped(what_next(course, noted.after), language)]


def what_next(course: Course, record: Record) -> Message:
    """The command for what comes next."""
    step = next_step(course, record)
    if step is None:
        return say("You have completed every exercise of the course. Well done!")
    return say("Next: grade {exercise}", exercise=step.exercise.id)


def day(moment: int) -> str:
    """A time as a date of the reader's own time zone."""
    return time.strftime("%Y-%m-%d", time.localtime(moment))


def _summary(course: Course, unit: Unit, record: Record, language: str) -> list[str]:
    """A row for each exercise of a unit, between empty lines."""
    heading = say("Unit {number} is complete: {title}", number=unit.number, title=unit.title)
    rows = []
    for exercise in exercises_of(course, unit.number):
        entry = record.of(exercise.id)
        told = say(
            "attempts: {attempts}, hints: {hints}, {day}",
            attempts=entry.passed_after,
            hints=len(entry.hints),
            day=day(entry.passed_at or 0),
        )
        rows.append((exercise, render(told, language)))
    # The counts come first: titles then need not be aligned.
    widest = max(cells(row) for _, row in rows)
    lines = []
    for exercise, row in rows:
        head = f"  {exercise.id}  {pad(row, widest)}  "
        titles = wrap(render(exercise.title, language), max(_WIDTH - cells(head), 20))
        lines += [(head if number == 0 else " " * cells(head)) + title for number, title in enumerate(titles)]
    return ["", *_wrapped(heading, language), *lines, ""]


def _wrapped(text: Message, language: str) -> list[str]:
    return wrap(render(text, language), _WIDTH)
