"""Makes the pictures of one submission, whose worker still runs, after its checks."""

from __future__ import annotations

import inspect
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from grader.boundary.limit_reached import BoundaryFault, LimitReached, WorkerFault
from grader.checks.context import CheckContext, Implementation, Probes
from grader.checks.failure import CheckFailed
from grader.checks.reference import ReferenceFailed
from grader.checks.seeds import Sample
from grader.course.faults import read_text, running
from grader.course.texts import AuthoredTexts
from grader.pictures.draw import Draw
from grader.scene import DrawnPicture, Frame

FILE = "pictures.py"

#: Frames of one picture.
MOST_FRAMES = 6


class PictureFunction(msgspec.Struct, frozen=True):
    """A function of pictures.py, and its title in the course's first language."""

    name: str
    title: str
    draws: Callable[..., Any]


def read_pictures(folder: Path) -> tuple[PictureFunction, ...]:
    """What pictures.py of an exercise draws, in its order. Raises CourseError where it can't be run."""
    path = folder / FILE
    if not path.exists():
        return ()
    module = types.ModuleType("pictures")
    with running(path):
        exec(compile(read_text(path), str(path), "exec"), vars(module))
    titles = ((name, value, getattr(value, "__grade_picture__", None)) for name, value in vars(module).items())
    return tuple(PictureFunction(name, title, value) for name, value, title in titles if title is not None)


def draw_pictures(
    functions: tuple[PictureFunction, ...], context: Callable[[str], CheckContext], texts: AuthoredTexts
) -> Iterator[DrawnPicture]:
    """What can be drawn of the submission. context: makes what a function of this name works with."""
    for function in functions:
        own = context(function.name)
        student, reference = Implementation(own, None), Implementation(own, own.exercise.reference)
        try:
            yield drawn(function, Draw(texts), student, reference, own.sample, own.record)
        except (CheckFailed, LimitReached, WorkerFault, BoundaryFault):
            continue  # there is nothing to draw, and the result stands; its checks say why
        except (ArithmeticError, LookupError, ReferenceFailed, RuntimeError, TypeError, ValueError):
            continue  # nor do values with which nothing goes on, NaN say; a fault of pictures.py `grade audit` tells


def drawn(
    function: PictureFunction,
    draw: Draw,
    student: Implementation,
    reference: Implementation,
    sample: Sample,
    record: Callable[[str], Any],
) -> DrawnPicture:
    """The picture. Raises CheckFailed where the submission gives nothing, ValueError for more than can be shown."""
    given = {"draw": draw, "student": student, "reference": reference, "sample": sample, "probe": Probes()}
    given["record"] = record
    made = function.draws(**{name: given[name] for name in inspect.signature(function.draws).parameters})
    frames = (made,) if isinstance(made, Frame) else tuple(made)
    if not 0 < len(frames) <= MOST_FRAMES:
        raise ValueError(f"{function.name} makes {len(frames)} frames; it may make up to {MOST_FRAMES}")
    return DrawnPicture(function.name, draw.text(function.title), frames)
