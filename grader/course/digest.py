"""Tells one state of an exercise from another, so that a result says what it was graded with."""

from __future__ import annotations

from grader.course.model import Course, Exercise
from grader.course.texts import course_files


def course_digest(course: Course, exercise: Exercise, *, statements: bool = True) -> str:
    """16 hexadecimal digits over the course's own files and the exercise's: names and bytes, caches left out.

    statements: whether the statements count, on which no verdict depends.
    """
    import hashlib

    hashed = hashlib.sha256()
    below = ((path.relative_to(exercise.folder), path) for path in exercise.folder.rglob("*") if path.is_file())
    files = sorted((name.as_posix(), path) for name, path in below if "__pycache__" not in name.parts)
    if not statements:
        files = [(name, path) for name, path in files if not (name.startswith("statement.") and name.endswith(".md"))]
    own = [(path.name, path) for path in course_files(course.folder, course.languages)]
    for name, path in [*own, *files]:
        content = path.read_bytes()
        # Lengths first, so that no shift of bytes between a name and a content goes unseen.
        hashed.update(f"{len(name.encode())} {len(content)} {name}".encode() + content)
    return hashed.hexdigest()[:16]
