"""Finds the submissions of a class: SUBMISSIONS/<student>/<exercise>/<file>, nbgrader's own layout.

Nothing is opened and no link is followed: a student's link to the solutions must not be graded as their work.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from grader.course.find import find_exercise
from grader.course.model import Course, Exercise
from grader.errors import GradeError, UsageError
from grader.text import Message, say

#: What can be graded, and what a student's folder may hold beside it without being asked about.
SUFFIXES = (".py", ".ipynb")


class Found(msgspec.Struct, frozen=True):
    """One student's work on one exercise: a file, or why there is none to grade.

    path: relative to SUBMISSIONS. note: what an instructor should know although the file is graded.
    """

    student: str
    exercise: str
    path: str | None
    problem: Message | None = None
    note: Message | None = None


def scan(
    course: Course, root: Path, *, exercise: Exercise | None = None, absent: Sequence[str] = ()
) -> list[Found]:
    """Every student's work on every exercise that any student handed in, sorted; a line for each that is missing.

    exercise: look at this one only. absent: students who have no folder and get their lines all the same.
    Raises UsageError if `root` is no folder or holds no student's folder.
    """
    students = _students(root)
    if not students:
        raise UsageError(say("{folder} holds no student's folder; the layout is STUDENT/EXERCISE/FILE.",
                             folder=str(root)))
    known: dict[str, dict[str, Path]] = {}
    found: list[Found] = []
    for student in students:
        known[student.name] = {}
        if student.is_symlink() or not _is_text(student):
            continue
        for folder in _folders(student):
            meant = _exercise(course, folder.name)
            if exercise is not None and meant != exercise:
                continue
            if meant is None:
                found.append(Found(student.name, _text(folder.name), None, _no_exercise(course, _text(folder.name))))
            elif meant.id in known[student.name]:
                problem = say("two folders for {exercise}; keep one", exercise=meant.id)
                found.append(Found(student.name, folder.name, None, problem))
            else:
                known[student.name][meant.id] = folder
    assigned = sorted({name for folders in known.values() for name in folders} | ({exercise.id} if exercise else set()))
    for name in assigned:
        asked = find_exercise(course, name)
        found += [_one(root, student, asked, known[student.name].get(name)) for student in students]
        found += [Found(student, name, None, say("nothing handed in")) for student in absent]
    return sorted(found, key=lambda one: (one.student, one.exercise))


def student_folders(root: Path) -> list[str]:
    """The names of the students' folders that are text."""
    return [folder.name for folder in _students(root) if _is_text(folder)]


def _text(name: str) -> str:
    """A name as text: the bytes of one in another encoding are spelled out, since no report could carry them."""
    return name.encode("utf-8", "backslashreplace").decode()


def _is_text(path: Path) -> bool:
    return _text(path.name) == path.name


def _students(root: Path) -> list[Path]:
    if not root.is_dir():
        raise UsageError(say("{folder} is no folder.", folder=str(root)))
    return sorted(path for path in root.iterdir() if path.is_dir() and not path.name.startswith("."))


def _folders(student: Path) -> Iterable[Path]:
    return sorted(path for path in student.iterdir() if path.is_dir() and not path.name.startswith("."))


def _exercise(course: Course, name: str) -> Exercise | None:
    try:
        return find_exercise(course, name)
    except GradeError:
        return None


def _no_exercise(course: Course, name: str) -> Message:
    if any(folder.name == name for folder, _ in course.broken):
        return say("{name} can't be read; the instructor sees why with: grade {name}", name=name)
    return say("no exercise is called {name}", name=name)


def _one(root: Path, student: Path, exercise: Exercise, folder: Path | None) -> Found:
    """The one file to grade: the one of the exercise's name, else the only one."""

    def problem(message: Message) -> Found:
        return Found(_text(student.name), exercise.id, None, message)

    if not _is_text(student):
        return problem(say("the folder's name is not UTF-8 text; rename it"))

    if student.is_symlink() or (folder is not None and folder.is_symlink()):
        return problem(say("a link in place of a folder; links are not followed"))
    if folder is None:
        return problem(say("nothing handed in"))
    files = sorted(path for path in folder.iterdir() if path.suffix in SUFFIXES and not path.name.startswith("."))
    named = [path for path in files if path.stem == exercise.slug]
    candidates = named or files
    if not candidates:
        return problem(say("no .py or .ipynb file in {folder}", folder=folder.name))
    if len(candidates) > 1:
        names = ", ".join(_text(path.name) for path in candidates)
        return problem(say("more than one file to grade: {files}; keep one", files=names))
    path = candidates[0]
    if not _is_text(path):
        return problem(say("the file's name is not UTF-8 text: {name}; rename it", name=_text(path.name)))
    note = None
    if not named:
        note = say("the file is called {name}; {wanted} was asked for", name=path.name,
                   wanted=f"{exercise.slug}{path.suffix}")
    return Found(student.name, exercise.id, path.relative_to(root).as_posix(), note=note)
