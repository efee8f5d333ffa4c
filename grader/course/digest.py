"""Tells one state of an exercise from another, so that a result says what it was graded with."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from grader.course.model import Course, Exercise
from grader.course.texts import course_files


def course_digest(course: Course, exercise: Exercise, *, statements: bool = True) -> str:
    """16 hexadecimal digits over the course's own files and the exercise's: names and bytes, caches left out.

    statements: whether the statements count, on which no verdict depends.
    """
    import hashlib

    hashed = hashlib.sha256()
    files = sorted(_files(exercise.folder, ""))
    if not statements:
        files = [(name, path) for name, path in files if not (name.startswith("statement.") and name.endswith(".md"))]
    own = [(path.name, str(path)) for path in course_files(course.folder, course.languages)]
    for name, path in [*own, *files]:
        with open(path, "rb") as file:
            content = file.read()
        # Lengths first, so that no shift of bytes between a name and a content goes unseen.
        hashed.update(f"{len(name.encode())} {len(content)} {name}".encode() + content)
    return hashed.hexdigest()[:16]


def _files(folder: Path | str, before: str) -> Iterator[tuple[str, str]]:
    """Name below the exercise's folder and path of every file there. before: the folder's own name below it."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_file():
                yield before + entry.name, entry.path
            elif entry.name != "__pycache__" and entry.is_dir(follow_symlinks=False):
                yield from _files(entry.path, f"{before}{entry.name}/")
