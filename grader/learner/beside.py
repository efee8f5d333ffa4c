"""The course's solution beside the learner's own, function by function."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Literal

import msgspec

from grader.course.handout import handed_out
from grader.course.model import Exercise
from grader.course.regular import read_bounded
from grader.course.suffixes import code_kind
from grader.learner import likeness

_SECONDS = 10.0
_MOST_BYTES = 1 << 20


class Beside(msgspec.Struct, frozen=True):
    """How one function of the learner differs from the course's; what the fields mean is said in likeness.compare."""

    name: str
    state: Literal["same", "renamed", "differs", "absent"]
    diff: tuple[str, ...]
    variant: str
    about: str = ""


def beside(exercise: Exercise, file: Path) -> tuple[Beside, ...]:
    """Each function that the learner had to write, compared. Nothing where the file can't be read or is no Python."""
    try:
        yours = read_bounded(file, _MOST_BYTES, follow_links=True).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return ()
    question = {
        "yours": yours,
        "notebook": code_kind(file.name) == ".ipynb",
        "course": (exercise.folder / "reference.py").read_text("utf-8"),
        "stub": handed_out(exercise, exercise.languages[:1]),
        "variants": {
            path.stem: path.read_text("utf-8") for path in sorted((exercise.folder / "variants").glob("*.py"))
        },
    }
    # A process of its own: how long a parser takes, and whether it survives, is up to the file.
    command = [sys.executable, "-I", "-X", "utf8", likeness.__file__]
    try:
        run = subprocess.run(command, input=msgspec.json.encode(question), capture_output=True, timeout=_SECONDS)
        return msgspec.json.decode(run.stdout, type=tuple[Beside, ...])
    except (OSError, subprocess.TimeoutExpired, msgspec.DecodeError):
        return ()
