"""Finds the course, an exercise by any of its names, and the learner's file."""

from __future__ import annotations

import os
import re
from pathlib import Path

import grader
from grader.course.learner import learner_config, learner_folder
from grader.course.model import Course, Exercise
from grader.course.read import read_course
from grader.errors import GraderFault, UsageError
from grader.text import Message, say

_NUMBER = re.compile(r"(?:exercise)?[\s_-]*0*(\d+)", re.IGNORECASE)


def find_course(option: Path | None) -> Course:
    """The course of --course, else of GRADE_COURSE, else of a course.toml at or above the working folder, else of
    the learner's folder, else the one shipped.

    Raises UsageError if a named folder holds no course, CourseError if its course.toml is wrong.
    """
    return read_course(_course_folder(option))


def shipped_course() -> Path | None:
    """The folder of the course that came with the program: in the package, or around it in a clone."""
    package = Path(grader.__file__).parent
    return next((folder for folder in (package / "_course", package.parent) if _is_course(folder)), None)


def find_exercise(course: Course, name: str) -> Exercise:
    """The exercise that `exercise03`, `3`, `03` or `sigmoid_derivative` names; case does not matter.

    Raises the CourseError of an exercise that is broken, UsageError with the nearest names if there is none.
    """
    wanted = name.strip().lower().replace("-", "_").removesuffix(".py")
    for folder, error in course.broken:
        # First of all, since it may be broken because its number is another one's.
        if folder.name == wanted:
            raise error
    number = _number(wanted)
    for exercise in course.exercises:
        if exercise.slug == wanted or exercise.number == number:
            return exercise
    for folder, error in course.broken:
        if number is not None and _number(folder.name) == number:
            raise error
    raise UsageError(_no_exercise(course, name))


def find_file(course: Course, exercise: Exercise, file: Path | None) -> Path:
    """The file to grade: `file` if it is given, else the one in `sought_folders`; of a .py and an .ipynb side by side,
    the one saved last.

    Raises UsageError that says where it looked. Whether a given `file` can be graded is for `read_submission`.
    """
    if file is not None:
        return file
    return newest_in(sought_folders(course, exercise), exercise)


def newest_in(folders: list[Path], exercise: Exercise) -> Path:
    """The exercise's file in the first of the folders that has one, as `find_file` finds it."""
    for folder in folders:
        found = [path for suffix in (".py", ".ipynb") if (path := folder / f"{exercise.slug}{suffix}").is_file()]
        if found:
            return max(found, key=lambda path: path.stat().st_mtime_ns)
    raise UsageError(
        say(
            "no {name}.py or {name}.ipynb in {folders}. Give the file: grade {exercise} FILE",
            name=exercise.slug,
            folders=", ".join(map(str, folders)),
            exercise=exercise.id,
        )
    )


def chosen_course(option: Path | None) -> Path | None:
    """The folder of the course of --course, else of GRADE_COURSE, else of a course.toml at or above the working
    folder; None where there is no such. Raises UsageError if a named folder holds no course.
    """
    if option is not None:
        return _named(option, "--course")
    if variable := os.environ.get("GRADE_COURSE"):
        return _named(Path(variable), "GRADE_COURSE")
    return _around(Path.cwd())


def _number(name: str) -> int | None:
    """The number in `exercise03`, `3` or `03`; None for any other name."""
    numbered = _NUMBER.fullmatch(name)
    return int(numbered[1]) if numbered and len(numbered[1]) < 6 else None


def _course_folder(option: Path | None) -> Path:
    if chosen := chosen_course(option):
        return chosen
    learner = learner_folder(Path.cwd())
    if learner and (kept := learner_config(learner).course):
        return _named(Path(kept), ".grade/config.toml")
    if shipped := shipped_course():
        return shipped
    raise GraderFault(say("this installation holds no course; install it again, or name one with --course DIR"))


def _named(folder: Path, source: str) -> Path:
    if _is_course(folder):
        return folder
    if not folder.exists():
        raise UsageError(say("{source}: there is no folder {folder}.", source=source, folder=str(folder)))
    if not folder.is_dir():
        raise UsageError(say("{source}: {file} is a file; give the folder of a course, the one with course.toml in it.",
                             source=source, file=str(folder)))
    if above := _around(folder.absolute()):
        raise UsageError(say("{source} names {folder}, where there is no course.toml; the course around it is {course}",
                             source=source, folder=str(folder), course=str(above)))
    raise UsageError(say("{source} names {folder}, where there is no course.toml; give the folder of a course",
                         source=source, folder=str(folder)))


def _around(folder: Path) -> Path | None:
    """The nearest course at or above `folder`."""
    return next((each for each in (folder, *folder.parents) if _is_course(each)), None)


def _is_course(folder: Path) -> bool:
    return (folder / "course.toml").is_file()


def _no_exercise(course: Course, name: str) -> Message:
    import difflib

    if not course.exercises and not course.broken:
        return no_exercises(course)
    names = {form: exercise for exercise in course.exercises for form in (exercise.slug, exercise.id)}
    near = list(dict.fromkeys(names[form].id for form in difflib.get_close_matches(name.lower(), names, n=3)))
    if near:
        offered = ", ".join(f"{found.id} ({found.slug})" for found in course.exercises if found.id in near)
        return say("no exercise is called {name}. Did you mean {near}?", name=name, near=offered)
    if name.endswith((".py", ".ipynb")):
        return say("no exercise is called {name}. To grade a file, say of which exercise: grade EXERCISE {name}",
                   name=name)
    if course.broken:
        broken = ", ".join(folder.name for folder, _ in course.broken)
        return say("no exercise is called {name}. These can't be read, it may be one of them: {broken}",
                   name=name, broken=broken)
    return say("no exercise is called {name}. See them all: grade list", name=name)


def no_exercises(course: Course) -> Message:
    """What to say of a course with nothing in it."""
    return say("the course in {folder} has no exercises yet. To make the first one: grade new exercise01_NAME "
               "--course {folder}", folder=str(course.folder))


def own_folders(exercise: Exercise) -> list[Path]:
    """Where a learner's own file of the exercise is sought, in this order."""
    working = Path.cwd()
    folders = [working, working / exercise.id]
    if learner := learner_folder(working):
        folders += [learner / exercise.id, learner]
    return list(dict.fromkeys(folders))


def sought_folders(course: Course, exercise: Exercise) -> list[Path]:
    """Where the file to grade is sought, in this order; outside a learner's folder, last among the course's stubs.

    In a learner's folder, the course's stub must not stand in for a file of theirs that is gone.
    """
    own = own_folders(exercise)
    return own if learner_folder(Path.cwd()) else list(dict.fromkeys([*own, course.folder / "exercises" / exercise.id]))
