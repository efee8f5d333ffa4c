"""Where a learner is in a course: what is complete, what comes next, and why."""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from grader.course.model import Course, Exercise, Unit
from grader.learner.record import Record


class Step(msgspec.Struct, frozen=True):
    """What to do now. after: what it builds on. waiting: exercises before it, each with what it still waits for."""

    exercise: Exercise
    after: tuple[Exercise, ...]
    waiting: tuple[tuple[Exercise, tuple[Exercise, ...]], ...]


def next_step(course: Course, record: Record) -> Step | None:
    """The first exercise that is not complete and builds on none that is not; None when all are complete.

    Prerequisites that the course lacks count as met.
    """
    known = {exercise.id: exercise for exercise in course.exercises}
    waiting: list[tuple[Exercise, tuple[Exercise, ...]]] = []
    for exercise in course.exercises:
        if record.complete(exercise.id):
            continue
        needed = tuple(known[name] for name in exercise.prerequisites if name in known)
        unmet = tuple(other for other in needed if not record.complete(other.id))
        if not unmet:
            return Step(exercise, needed, tuple(waiting))
        waiting.append((exercise, unmet))
    return None


def exercises_of(course: Course, unit: int) -> list[Exercise]:
    """A unit's exercises."""
    return [exercise for exercise in course.exercises if exercise.unit == unit]


def completed_unit(course: Course, exercise: Exercise, before: Record, after: Record) -> Unit | None:
    """The exercise's unit, if it was not complete before and is after."""
    names = [other.id for other in exercises_of(course, exercise.unit)]
    if all(map(before.complete, names)) or not all(map(after.complete, names)):
        return None
    return next(unit for unit in course.units if unit.number == exercise.unit)


def next_hint(exercise: Exercise, seen: Collection[int]) -> int:
    """The number of the first hint not seen yet; of the last one, if all were."""
    count = len(exercise.hints)
    return next((number for number in range(1, count + 1) if number not in seen), max(count, 1))
