"""Finds the course, an exercise by any of its names, and the learner's file."""

from __future__ import annotations

import os
import re
import shlex
import stat
from collections.abc import Iterable
from pathlib import Path

import grader
from grader.course.bundle import FILE as BUNDLE
from grader.course.known import course_at
from grader.course.learner import config_path, learner_config, learner_folder
from grader.course.model import Course, Exercise
from grader.course.regular import kind_of
from grader.course.suffixes import SOUGHT, code_kind, code_stem
from grader.course.trust import Standing, standing, trust_again
from grader.errors import GraderFault, NoSuchExercise, UsageError, reason_of
from grader.text import Message, listed, say

_MARKER = "course.toml"
#: So many changed files are named.
_SHOWN = 5
#: So many exercises are offered for a name that is none.
_OFFERED = 3
_NUMBER = re.compile(r"(?:exercise)?[\s_-]*0*(\d+)", re.IGNORECASE)


def find_course(option: Path | None) -> Course:
    """The course of --course, else of GRADE_COURSE, else of the learner's folder or of a course.toml at or above the
    working folder, whichever is nearer, else the one shipped.

    The first two are trusted since they are named, the last since it came with the program; the others only if this
    user trusted them before. Raises UsageError if a named folder holds no course or the one found is not trusted,
    CourseError if its course.toml is wrong.
    """
    return course_at(_course_folder(option))


def course_in(folder: Path) -> Course:
    """The course in a folder that was found or named before, by the process that gives this order.

    Raises UsageError if it holds no course, CourseError if its course.toml is wrong.
    """
    return course_at(_named(folder, "--course"))


def shipped_course() -> Path | None:
    """The folder of the course that came with the program: in the package, or around it in a clone."""
    package = Path(grader.__file__).parent
    return next((folder for folder in (package / "_course", package.parent) if _is_course(folder)), None)


def find_exercise(course: Course, name: str) -> Exercise:
    """The exercise that `exercise03`, `3`, `03`, `sigmoid_derivative` or the path of its file names, in any case.

    Raises the CourseError of an exercise that is broken, UsageError with the nearest names if there is none.
    """
    if code_kind(name) is not None and (of_file := _exercise_of_file(course, Path(name))):
        return of_file
    wanted = name.strip().lower().replace("-", "_")
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
    raise NoSuchExercise(_no_exercise(course, name))


def _exercise_of_file(course: Course, file: Path) -> Exercise | None:
    """The exercise whose slug the file is named for, else the one whose folder it lies in."""
    for word, of in ((code_stem(file.name), "slug"), (file.absolute().parent.name, "id")):
        for exercise in course.exercises:
            if getattr(exercise, of) == word.lower().replace("-", "_"):
                return exercise
    return None


def expect_part(exercise: Exercise, part: str) -> None:
    """Raises UsageError if the exercise has no such part; the empty one, all of it, every exercise has."""
    known = [part.id for part in exercise.parts]
    if not part or part in known:
        return
    if not known:
        raise UsageError(say("{exercise} has no parts; leave out --part.", exercise=exercise.id))
    raise UsageError(
        say(
            "{exercise} has no part {part}; its parts are: {known}.",
            exercise=exercise.id,
            part=part,
            known=listed(known),
        )
    )


def chosen_exercises(course: Course, names: Iterable[str]) -> dict[str, Exercise]:
    """The exercises of these names by id, each once; all that can be read where none is named. Raises as
    `find_exercise`."""
    return {exercise.id: exercise for exercise in [find_exercise(course, name) for name in names] or course.exercises}


def find_file(course: Course, exercise: Exercise, file: Path | None) -> Path:
    """The file to grade: `file` if it is given, else the one in `sought_folders`; of a .py and an .ipynb side by side,
    the one saved last. A given `file` that is not where it says is sought there, too.

    Raises UsageError that says where it looked. Whether a given `file` can be graded is for `read_submission`.
    """
    folders = sought_folders(course, exercise)
    if file is None:
        return newest_in(folders, exercise)
    elsewhere = [] if os.path.lexists(file) or file.is_absolute() else [folder / file for folder in folders]
    return next((path for path in elsewhere if path.is_file()), file)


def newest_in(folders: list[Path], exercise: Exercise) -> Path:
    """The exercise's file in the first of the folders that has one, as `find_file` finds it."""
    for folder in folders:
        if files := [path for suffix in SOUGHT if (path := folder / f"{exercise.slug}{suffix}").is_file()]:
            return max(files, key=lambda path: path.stat().st_mtime_ns)
    raise UsageError(
        say(
            "no {name}.py or {name}.ipynb in {folders}. Give the file: grade {exercise} FILE",
            name=exercise.slug,
            folders=listed(map(str, folders)),
            exercise=exercise.id,
        )
    )


def chosen_course(option: Path | None) -> Path | None:
    """The folder of the course of --course, else of GRADE_COURSE, else of a course.toml at or above the working
    folder; None where there is no such. Raises UsageError if a named folder holds no course, or the one found is not
    trusted.
    """
    if option is not None:
        return _chosen(option, "--course")
    if variable := os.environ.get("GRADE_COURSE"):
        return _chosen(Path(variable), "GRADE_COURSE")
    found = _around(Path.cwd())
    return found and _trusted(found, say("{file} is here", file=str(found / _MARKER)))


def _number(name: str) -> int | None:
    """The number in `exercise03`, `3` or `03`; None for any other name."""
    numbered = _NUMBER.fullmatch(name)
    return int(numbered[1]) if numbered and len(numbered[1]) < 6 else None


def _course_folder(option: Path | None) -> Path:
    named = option is not None or bool(os.environ.get("GRADE_COURSE"))
    if chosen := (None if named else _learners_course()) or chosen_course(option):
        return chosen
    if shipped := shipped_course():
        return shipped
    raise GraderFault(say("this installation holds no course; install it again, or name one with --course DIR"))


def _learners_course() -> Path | None:
    """The folder of the course that the learner's folder names; None if it names none, or if a course.toml is nearer.
    Raises UsageError if it is not trusted."""
    learner, around = learner_folder(Path.cwd()), _around(Path.cwd())
    if learner is None or (around is not None and around not in learner.parents):
        return None
    if not (kept := learner_config(learner).course):
        return None
    # Real, so that what is trusted is what is used; relative to the folder whose setting it is.
    source = str(config_path(learner))
    return _trusted((learner / kept).resolve(), say("{file} names the course {folder}", file=source, folder=kept))


def _chosen(folder: Path, source: str) -> Path:
    """A folder that the user names: that is trust, in what it holds now."""
    trust_again(_named(folder, source))
    return folder


def _trusted(folder: Path, found: Message) -> Path:
    """The folder of a course that nobody named. found: where it comes from.

    Nothing in it is read before a record says that this user trusted it. Raises UsageError.
    """
    shipped = shipped_course()
    if shipped is None or shipped.resolve() != folder.resolve():
        aside = shlex.join(["--course", str(shipped)]) if shipped else "--course DIR"
        if problem := _distrusted(folder, found, aside):
            raise UsageError(problem)
    return folder


def _distrusted(folder: Path, found: Message, aside: str) -> Message | None:
    """Why a course is not used. aside: what to type to have the built-in one."""
    if problem := marker_problem(folder):
        return say(
            "{found}, but {problem}. To name the course that you mean: --course DIR; to use the built-in one: {aside}",
            found=found,
            problem=problem,
            aside=aside,
        )
    command = shlex.join(["grade", "trust", str(folder)])
    stands = standing(folder)
    if stands is None:
        return say(
            "{found}. A course is code that runs as you, and you have not trusted this one, so it was not used. If you "
            "know where it comes from: {command}. To use the built-in course: {aside}",
            found=found,
            command=command,
            aside=aside,
        )
    if stands.changed and os.path.lexists(folder / BUNDLE):
        return say(
            "{found}, a bundle that is not as it was made: {names} changed since you trusted it, so it was not used. "
            "Unpack the bundle again, or ask for it again.",
            found=found,
            names=_shown(stands.changed),
        )
    if stands.changed:
        return say("{found}, but {change}", found=found, change=_change(stands, command))
    return None


def _change(stands: Standing, command: str) -> Message:
    names = _shown(stands.changed)
    if stands.edited_here:
        return say(
            "files in it are new or changed and were not saved there by you: unpacked, copied or moved there, "
            "or open to others. It was not used. Files: {names}. If they are as they should be: {command}",
            names=names,
            command=command,
        )
    return say(
        "it changed since you trusted it, and was not used. Files: {names}. If they are as they should be: "
        "{command}; if you edit this course yourself: {command} --mine",
        names=names,
        command=command,
    )


def _shown(names: tuple[str, ...]) -> Message:
    return listed([*names[:_SHOWN], *(["…"] if len(names) > _SHOWN else [])])


def marker_problem(folder: Path) -> Message | None:
    """Why the course.toml in a folder can't be a course's; None if it can. It is not opened."""
    file = folder / _MARKER
    try:
        mode = os.lstat(file).st_mode
    except OSError as error:
        return say("{file} can't be read: {reason}", file=str(file), reason=reason_of(error))
    return None if stat.S_ISREG(mode) else say("{file} is {kind}, no file", file=str(file), kind=kind_of(mode))


def _named(folder: Path, source: str) -> Path:
    if not _is_course(folder):
        raise UsageError(_no_course(folder, source))
    return folder


def _no_course(folder: Path, source: str) -> Message:
    name = str(folder)
    if not folder.exists():
        return say("{source}: there is no folder {folder}.", source=source, folder=name)
    if not folder.is_dir():
        return say(
            "{source}: {file} is a file; give the folder of a course, the one with course.toml in it.",
            source=source,
            file=name,
        )
    if above := _around(folder.absolute()):
        return say(
            "{source} names {folder}, where there is no course.toml; the course around it is {course}",
            source=source,
            folder=name,
            course=str(above),
        )
    return say(
        "{source} names {folder}, where there is no course.toml; give the folder of a course",
        source=source,
        folder=name,
    )


def _around(folder: Path) -> Path | None:
    """The nearest folder at or above `folder` with something called course.toml in it, whatever that is."""
    # os.path.lexists: a folder above that may not be looked into holds none for us.
    return next((path for path in (folder, *folder.parents) if os.path.lexists(path / _MARKER)), None)


def _is_course(folder: Path) -> bool:
    return os.path.isfile(folder / _MARKER)


def _no_exercise(course: Course, name: str) -> Message:
    if not course.exercises and not course.broken:
        return no_exercises(course)
    if near := _nearest(name.lower(), course.exercises):
        offered = [exercise for exercise in course.exercises if exercise.id in near]
        called = [say("{exercise} ({slug})", exercise=exercise.id, slug=exercise.slug) for exercise in offered]
        return say("no exercise is called {name}. Did you mean {near}?", name=name, near=listed(called))
    if code_kind(name) is not None:
        return say(
            "no exercise is called {name}. To grade a file, say of which exercise: grade EXERCISE {name}", name=name
        )
    if course.broken:
        return say(
            "no exercise is called {name}. These can't be read, it may be one of them: {broken}",
            name=name,
            broken=listed(folder.name for folder, _ in course.broken),
        )
    return say("no exercise is called {name}. See them all: grade list", name=name)


def _nearest(name: str, exercises: Iterable[Exercise]) -> set[str]:
    """The ids of the exercises that a name may have been meant for: one that it is part of, else those most like it.

    A number that no exercise has is like none: all ids differ in their number alone.
    """
    import difflib

    if not (word := name.strip().removesuffix(".py")) or _number(word) is not None or "exercise".startswith(word):
        return set()
    of = {exercise.slug: exercise.id for exercise in exercises}
    if len(word) > 2 and (holding := {id for slug, id in of.items() if word in slug}) and len(holding) <= _OFFERED:
        return holding
    of |= {exercise.id: exercise.id for exercise in exercises}
    alike = difflib.get_close_matches(word, of, n=_OFFERED, cutoff=0.7)
    likeness = [difflib.SequenceMatcher(None, word, other).ratio() for other in alike]
    return {of[other] for other, ratio in zip(alike, likeness, strict=True) if ratio > likeness[0] - 0.05}


def no_exercises(course: Course) -> Message:
    """What to say of a course with nothing in it."""
    return say(
        "the course in {folder} has no exercises yet. To make the first one: grade new exercise01_NAME "
        "--course {folder}",
        folder=str(course.folder),
    )


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
