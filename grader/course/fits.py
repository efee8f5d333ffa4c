"""Whether an exercise is whole and fits its course: its files, unit, slug, number and prerequisites."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from grader.course.bundle import reference_file
from grader.course.faults import Faults, fault
from grader.course.model import Course, Exercise
from grader.text import Message, say


def missing_files(folder: Path, languages: tuple[str, ...]) -> Iterator[Message]:
    """A fault for each file that an exercise can't do without; mistakes, probes and variants it can."""
    others = languages[1:]
    statements = ["statement.md", *(f"statement.{language}.md" for language in others)]
    for name in [
        *statements,
        reference_file(folder).name,
        *(f"texts.{language}.toml" for language in others),
        "checks.py",
    ]:
        if not os.path.isfile(folder / name):  # nor if the folder may not be looked into
            yield fault(folder / name, 1, say("this file is missing; the exercise needs it"))


def note_misfits(exercise: Exercise, faults: Faults, units: set[int], others: Sequence[Exercise]) -> None:
    """Notes what does not fit the course. others: all its exercises, broken ones too, in their order."""
    if exercise.unit and exercise.unit not in units:
        faults.key(("unit",), say("course.toml has no unit {unit}", unit=exercise.unit))
    before = others[: others.index(exercise)]
    for other in before:
        if exercise.slug and other.slug == exercise.slug and other.number:  # 0: its folder is no exercise's
            faults.key(("slug",), say("the slug {slug} is taken by {other}", slug=exercise.slug, other=other.id))
        if exercise.number and other.number == exercise.number:
            number = exercise.number
            faults.at(
                1, say("the number {number} is taken by {other}; rename this folder", number=number, other=other.id)
            )
    if circle := _circle(exercise.id, {other.id: other.prerequisites for other in others}):
        way = " → ".join((*circle, exercise.id))
        faults.key(("prerequisites",), say("the prerequisites go round in a circle: {circle}", circle=way))


def missing_prerequisites(course: Course) -> tuple[Message, ...]:
    """What exercises build on although the course has no such exercise: a slip, or one that is yet to be written."""
    known = {exercise.id for exercise in course.exercises} | {folder.name for folder, _ in course.broken}
    return tuple(
        say(
            "{exercise} names {name} as a prerequisite; this course has none of that name",
            exercise=exercise.id,
            name=wanted,
        )
        for exercise in course.exercises
        for wanted in exercise.prerequisites
        if wanted not in known
    )


def _circle(start: str, of: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """The exercises on a way from `start` by prerequisites back to it; empty if there is none."""
    ways: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    while ways:
        way = ways.pop()
        for following in of.get(way[-1], ()):
            if following == start:
                return way
            if following not in seen:
                seen.add(following)
                ways.append((*way, following))
    return ()
