"""Which exercises passed their audit as they are now: a file in the course that `grade audit --record` alone writes.

A digest holds for course.toml and the exercise's folder but its statements, for the grader's code that a verdict
depends on, and for the versions of what computes. Whatever of these changes, the exercise has to be audited again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

import msgspec

import grader
from grader.atomic import write_whole
from grader.audit.findings import ExerciseAudit
from grader.course.digest import course_digest
from grader.course.model import Course, Exercise

#: In the folder of the solutions.
NAME = "audits.json"

#: The grader's code that decides what a verdict is.
_CODE = "audit boundary calls checks confine grading reader scorers submission twin wire worker fault.py"
#: Of course/, what reads an exercise and makes its mistakes and its stub.
_READING = "bundle checklist edits hiding model read source stub texts"
_COMPUTING = ("torch", "numpy")


class Audited(msgspec.Struct, frozen=True):
    """An audit in which nothing fell short. seeds: on how many right answers were graded."""

    digest: str
    seeds: int


def unchanged(course: Course) -> dict[str, Audited]:
    """The exercises, by id, that are as they were when their audit found nothing. A file that can't be read is none."""
    kept, code = _read(course), _digest_of_code()
    audited = {exercise.id: exercise for exercise in course.exercises if exercise.id in kept}
    return {id: kept[id] for id, exercise in audited.items() if kept[id].digest == _digest(course, exercise, code)}


def record(course: Course, audits: Iterable[ExerciseAudit]) -> None:
    """Take note of these audits; one that found something takes the exercise out of the file."""
    kept, code = _read(course), _digest_of_code()
    exercises = {exercise.id: exercise for exercise in course.exercises}
    for audit in audits:
        kept.pop(audit.exercise, None)
        if not audit.falls_short and audit.exercise in exercises:
            kept[audit.exercise] = Audited(_digest(course, exercises[audit.exercise], code), audit.seeds)
    present = {name: kept[name] for name in sorted(kept) if name in exercises}
    write_whole(_path(course), msgspec.json.format(msgspec.json.encode(present)) + b"\n")


def _path(course: Course) -> Path:
    return course.folder / "solutions" / NAME


def _read(course: Course) -> dict[str, Audited]:
    try:
        return msgspec.json.decode(_path(course).read_bytes(), type=dict[str, Audited])
    except (FileNotFoundError, msgspec.MsgspecError):
        return {}


def _digest(course: Course, exercise: Exercise, code: str) -> str:
    return f"{course_digest(course, exercise, statements=False)}-{code}"


def _digest_of_code() -> str:
    root = Path(grader.__file__).parent
    hashed = hashlib.sha256("\n".join(f"{name} {version(name)}" for name in _COMPUTING).encode())
    names = [*_CODE.split(), *(f"course/{name}.py" for name in _READING.split())]
    for file in sorted(file for name in names for file in _files(root / name)):
        content = hashlib.sha256(file.read_bytes()).hexdigest()
        hashed.update(f"\n{file.relative_to(root).as_posix()} {content}".encode())
    return hashed.hexdigest()[:16]


def _files(path: Path) -> Iterable[Path]:
    return path.rglob("*.py") if path.is_dir() else [path]
