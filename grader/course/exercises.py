"""Generates exercises/, what a learner gets, from solutions/, and the map in a course's README:
`python -m grader.course.exercises [--check]`."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

from grader.course.data import data_files
from grader.course.faults import CourseError, read_text
from grader.course.find import chosen_exercises, find_course, no_exercises
from grader.course.fits import missing_prerequisites
from grader.course.generated import plan, write
from grader.course.handout import handed_out
from grader.course.map import readme_name, readmes
from grader.course.mark import marked
from grader.course.model import Course, Exercise
from grader.course.readme import readme
from grader.course.regular import write_regular
from grader.errors import GradeError, UsageError
from grader.text import Message, listed, render, say
from grader.text.language import locale_language

_RECORD = ".generated.json"


def exercises_files(course: Course) -> dict[str, str]:
    """Path relative to exercises/ → text: each exercise's README in every language, its stub in all of them, its data.

    Raises CourseError if an exercise can't be read or cut.
    """
    raise_broken(course)
    files: dict[str, str] = {}
    for exercise in course.exercises:
        files[f"{exercise.id}/{exercise.slug}.py"] = marked(handed_out(exercise, exercise.languages), course.id)
        for language in exercise.languages:
            name = readme_name(exercise.languages, language)
            files[f"{exercise.id}/{name}"] = readme(course, exercise, language, name)
        files |= data_files(exercise, exercise.id)
    return files


def learner_files(course: Course, exercise: Exercise, language: str, *, alone: bool = False) -> dict[str, str]:
    """Path → text: an exercise's stub, README and data as a learner of one language gets them. alone: whether others of
    the course may be absent, so that nothing links to them. Raises CourseError."""
    return {
        f"{exercise.id}/{exercise.slug}.py": marked(handed_out(exercise, (language,)), course.id),
        f"{exercise.id}/README.md": readme(course, exercise, language, None if alone else "README.md"),
        **data_files(exercise, exercise.id),
    }


def raise_broken(course: Course) -> None:
    """Raises CourseError with every fault of the exercises that can't be read, if there are such."""
    if course.broken:
        raise CourseError(tuple(fault for _, error in course.broken for fault in error.faults))


def some_exercises(course: Course, names: Iterable[str]) -> dict[str, Exercise]:
    """`chosen_exercises`, of which there is at least one. Raises CourseError if none can be read, UsageError."""
    chosen = chosen_exercises(course, names)
    if not chosen:
        raise_broken(course)
        raise UsageError(no_exercises(course))
    return chosen


def write_exercises(course: Course, target: Path, check: bool = False) -> tuple[str, ...]:
    """Brings `target` up to date; returns the relative paths that were not. With `check`, writes nothing.

    A file that somebody edited is never overwritten or removed: UsageError names all of them, and nothing is written.
    """
    files = exercises_files(course)
    planned = plan(files, target, target / _RECORD)
    if check:
        return tuple(sorted((*planned.stale, *planned.edited, *planned.gone)))
    if planned.edited:
        problem = say(
            "these files in {folder} were edited by hand: {files}. Nothing was written. "
            "Carry the edits over to solutions/, delete the files, and generate again.",
            folder=str(target),
            files=listed(planned.edited),
        )
        raise UsageError(problem)
    for name in planned.gone:
        (target / name).unlink()
    write(files, planned.stale, target, target / _RECORD)
    return tuple(sorted((*planned.stale, *planned.gone)))


def main(words: list[str]) -> int:
    """The maintainers' command. 0: exercises/ is in step, or is now; 1: --check found it stale.

    words: nothing, or --check; and --course DIR for another course than the one that comes with the grader.
    Prerequisites that the course lacks are named and cost nothing.
    """
    try:
        message, status = _bring_up_to_date(words)
    except GradeError as error:
        message, status = error.message, error.exit_status
    _print(message, sys.stderr if status else sys.stdout)
    return status


def _bring_up_to_date(words: list[str]) -> tuple[Message, int]:
    check = "--check" in words
    others = [word for word in words if word != "--check"]
    if words.count("--check") > 1 or (others and (len(others) != 2 or others[0] != "--course")):
        raise UsageError(say("Usage: {usage}", usage="python -m grader.course.exercises [--check] [--course DIR]"))
    course = find_course(Path(others[1]) if others else None)
    for missing in missing_prerequisites(course):
        _print(missing, sys.stderr)
    target = course.folder / "exercises"
    files = (*write_exercises(course, target, check=check), *_bring_maps_up_to_date(course, check=check))
    if not files:
        return say("{folder} is in step with solutions/.", folder=str(target)), 0
    if not check:
        return say("Brought up to date in {folder}: {files}", folder=str(target), files=listed(files)), 0
    return say(
        "Not in step with solutions/: {files}. To generate them again: python -m grader.course.exercises",
        files=listed(files),
    ), 1


def _bring_maps_up_to_date(course: Course, *, check: bool) -> tuple[str, ...]:
    """The course's READMEs whose map was stale, as they are found from exercises/."""
    stale = {name: text for name, text in readmes(course).items() if text != read_text(course.folder / name)}
    for name, text in stale.items():
        if not check:
            write_regular(course.folder / name, text.encode())
    return tuple(f"../{name}" for name in stale)


def _print(message: Message, stream: TextIO) -> None:
    print(render(message, locale_language(os.environ)), file=stream)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
