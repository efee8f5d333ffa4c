"""Where a learner is in a course: what is complete, what comes next, and why."""

from __future__ import annotations

import msgspec

from grader.course.hints import hint_about
from grader.course.model import Course, Exercise, Unit
from grader.learner.record import Entry, Record


class Step(msgspec.Struct, frozen=True):
    """What to do now. after: what it builds on. waiting: exercises before it, each with what it still waits for."""

    exercise: Exercise
    after: tuple[Exercise, ...]
    waiting: tuple[tuple[Exercise, tuple[Exercise, ...]], ...]


def next_step(course: Course, record: Record) -> Step | None:
    """The first exercise that is not complete and builds on none that is not; None when all are complete.

    Prerequisites that the course lacks count as met. Exercise 0 is left out once another is complete.
    """
    known = {exercise.id: exercise for exercise in course.exercises}
    waiting: list[tuple[Exercise, tuple[Exercise, ...]]] = []
    begun = any(record.complete(exercise.id) for exercise in course.exercises)
    for exercise in course.exercises:
        if record.complete(exercise.id) or (begun and is_first_try(exercise)):
            continue
        needed = tuple(known[name] for name in exercise.prerequisites if name in known)
        unmet = tuple(other for other in needed if not record.complete(other.id))
        if not unmet:
            return Step(exercise, needed, tuple(waiting))
        waiting.append((exercise, unmet))
    return None


def is_first_try(exercise: Exercise) -> bool:
    """Whether it is exercise 0, in which newcomers try out the command. A unit or a course is complete without it."""
    return exercise.number == 0


def exercises_of(course: Course, unit: int) -> list[Exercise]:
    """A unit's exercises."""
    return [exercise for exercise in course.exercises if exercise.unit == unit]


def completed_unit(course: Course, exercise: Exercise, before: Record, after: Record) -> Unit | None:
    """The exercise's unit, if it was not complete before and is after."""
    names = [other.id for other in exercises_of(course, exercise.unit) if not is_first_try(other)]
    if all(map(before.complete, names)) or not all(map(after.complete, names)):
        return None
    return next(unit for unit in course.units if unit.number == exercise.unit)


def next_hint(exercise: Exercise, entry: Entry) -> tuple[int, str]:
    """The number of the first hint not seen yet, of the last one if all were; and the function to which it is confined.

    That is the function whose check failed first in the last run, where the hint sets apart what is about it; else it
    is empty.
    """
    function = entry.last.function if entry.last else ""
    number, apart = 1, False
    for number in range(1, len(exercise.hints) + 1):
        apart = hint_about(exercise, number, function) is not None
        if f"{function}:{number}" not in entry.about if apart else number not in entry.hints:
            break
    return number, function if apart else ""
