"""What a run ends with in a learner's folder: an exercise complete for the first time, a unit, the course."""

from __future__ import annotations

import time

from grader.cli.output import hanging, paragraph
from grader.course.model import Course, Exercise, Unit
from grader.learner.progress import completed_unit, exercises_of, next_step
from grader.learner.record import Entry, Noted, Record
from grader.report.layout import cells, pad
from grader.text import Message, render, say


def closing_lines(course: Course, exercise: Exercise, noted: Noted, language: str) -> list[str]:
    """The lines, the first of them empty; none unless this run completed the exercise for the first time."""
    if not first_time(exercise, noted):
        return []
    done = completed_lines(course, exercise, noted, language)
    return ["", *done, *paragraph(what_next(course, noted.after), language)]


def first_time(exercise: Exercise, noted: Noted) -> bool:
    """Whether this run completed the exercise for the first time."""
    return noted.after.complete(exercise.id) and not noted.before.complete(exercise.id)


def completed_lines(course: Course, exercise: Exercise, noted: Noted, language: str, width: int = 80) -> list[str]:
    """What it took to complete the exercise, and its unit where that is complete now."""
    entry = noted.after.of(exercise.id)
    done = say(
        "{exercise} is complete. Attempts: {attempts}, hints: {hints}.",
        exercise=exercise.id,
        attempts=entry.passed_after,
        hints=len(entry.hints),
    )
    lines = paragraph(done, language, width)
    if unit := completed_unit(course, exercise, noted.before, noted.after):
        lines += _summary(course, unit, noted.after, language)
    return lines


def what_next(course: Course, record: Record) -> Message:
    """The command for what comes next."""
    step = next_step(course, record)
    if step is None:
        return say("You have completed every exercise of the course. Well done!")
    return say("Next: grade {exercise}", exercise=step.exercise.id)


def _counts(entry: Entry) -> Message:
    return say(
        "attempts: {attempts}, hints: {hints}, {day}",
        attempts=entry.passed_after,
        hints=len(entry.hints),
        day=time.strftime("%Y-%m-%d", time.localtime(entry.passed_at or 0)),
    )


def _summary(course: Course, unit: Unit, record: Record, language: str) -> list[str]:
    """A row for each completed exercise of a unit, between empty lines."""
    heading = say("Unit {number} is complete: {title}", number=unit.number, title=unit.title)
    exercises = [exercise for exercise in exercises_of(course, unit.number) if record.complete(exercise.id)]
    counts = [render(_counts(record.of(exercise.id)), language) for exercise in exercises]
    # The counts come first: titles then need not be aligned.
    widest = max(map(cells, counts))
    lines = []
    for exercise, count in zip(exercises, counts, strict=True):
        lines += hanging(f"  {exercise.id}  {pad(count, widest)}  ", exercise.title, language)
    return ["", *paragraph(heading, language), *lines, ""]
