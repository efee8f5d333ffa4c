"""Files that an exercise declares (`data` in exercise.toml): they lie beside a submission and the reference when these
run, and are handed out with the stub."""

from __future__ import annotations

from pathlib import Path

from grader.course.faults import parse_toml, read_text
from grader.course.model import Exercise


def data_files(exercise: Exercise, folder: str) -> dict[str, str]:
    """Path below `folder` → text. Raises CourseError where one is gone or is not UTF-8."""
    return {f"{folder}/{name}": read_text(exercise.folder / name) for name in exercise.data}


def has_data(folder: Path) -> bool:
    """Whether the exercise in this folder declares any. Raises CourseError."""
    path = folder / "exercise.toml"
    return path.is_file() and bool(parse_toml(path, read_text(path)).get("data"))
