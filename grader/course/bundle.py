"""A sealed bundle: a course that learners can run without its solutions, with outcomes recorded for some seeds.

`bundle.json` beside its course.toml makes a course one. Reading it needs no PyTorch.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from grader import __version__
from grader.course.model import Course, Exercise
from grader.errors import UsageError, reason_of
from grader.text import Message, Text, join, listed, say

FILE = "bundle.json"
#: What stands in an exercise's folder in the place of reference.py: that, its solutions cut.
STUB = "stub.py"
#: Where an exercise's records lie, one for each seed.
RECORDS = "records"
FORM = 1


class LeftOut(msgspec.Struct, frozen=True):
    """A visible check that can't be run without the reference."""

    title: Text
    points: float


class Sealed(msgspec.Struct, frozen=True):
    """What of an exercise is not in the bundle. hidden_points: of all hidden checks that were left out."""

    left_out: tuple[LeftOut, ...] = ()
    hidden_points: float = 0.0


class Bundle(msgspec.Struct, frozen=True, kw_only=True):
    """bundle.json. grader, torch: their versions. files: digests, by path relative to the bundle's folder."""

    form: int = FORM
    grader: str
    torch: str
    seeds: tuple[int, ...]
    exercises: dict[str, Sealed]
    files: dict[str, str]


def is_bundle(course: Course) -> bool:
    """Whether the course is a sealed bundle."""
    return os.path.lexists(course.folder / FILE)


def read_bundle(folder: Path) -> Bundle:
    """Raises UsageError where bundle.json can't be read."""
    file = folder / FILE
    try:
        bundle = msgspec.json.decode(file.read_bytes(), type=Bundle)
    except OSError as error:
        raise UsageError(say("{file} can't be read: {reason}", file=str(file), reason=reason_of(error))) from None
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise UsageError(_edited(folder, FILE)) from None
    return bundle


def require_full(course: Course) -> None:
    """Raises UsageError if the course is a bundle: for what needs the solutions."""
    if is_bundle(course):
        problem = say(
            "{folder} is a bundle, without solutions. This needs the full course: --course DIR",
            folder=str(course.folder),
        )
        raise UsageError(problem)


def seed_for(course: Course, exercises: Iterable[Exercise], wanted: int | None = None) -> int:
    """The seed of a run: the one that is wanted, else a fresh one; of a bundle one of those that are recorded.

    Raises UsageError where a bundle is not as it was made, was made for other versions, or has no such seed.
    """
    # What lists exercises imports this module, and does without these.
    import secrets

    from grader.seed import fresh_seed

    if not is_bundle(course):
        return fresh_seed() if wanted is None else wanted
    bundle = read_bundle(course.folder)
    _expect_versions(bundle, course.folder)
    for exercise in exercises:
        _expect_unedited(bundle, course, exercise)
    if wanted is None:
        return secrets.choice(bundle.seeds)
    if wanted not in bundle.seeds:
        seeds = listed(map(str, bundle.seeds))
        raise UsageError(say("This bundle has no seed {seed}. Its seeds are: {seeds}", seed=wanted, seeds=seeds))
    return wanted


def versions() -> tuple[str, str]:
    """Of the grader and of PyTorch, as installed; a local version such as +cpu is the same as any other."""
    from importlib import metadata

    return __version__, metadata.version("torch").partition("+")[0]


def digest_of(content: bytes) -> str:
    """Of a file, for bundle.json."""
    import hashlib

    return hashlib.sha256(content).hexdigest()


def reference_file(folder: Path) -> Path:
    """reference.py of an exercise's folder; the stub where there is only that, as in a bundle."""
    reference, stub = folder / "reference.py", folder / STUB
    # os.path: a folder that may not be looked into is told by what reads it.
    return stub if not os.path.isfile(reference) and os.path.isfile(stub) else reference


def notes_on(course: Course, exercise: Exercise) -> tuple[Message, ...]:
    """What a result says of the checks that its bundle lacks."""
    if not is_bundle(course):
        return ()
    sealed = read_bundle(course.folder).exercises.get(exercise.id, Sealed())
    return tuple(_notes(sealed))


def _notes(sealed: Sealed) -> Iterator[Message]:
    if sealed.left_out:
        yield say(
            "Graded at school only, and not counted here ({points} points): {titles}",
            points=f"{sum(check.points for check in sealed.left_out):g}",
            titles=join([say("{title}", title=check.title) for check in sealed.left_out], " · "),
        )
    if sealed.hidden_points:
        points = f"{sealed.hidden_points:g}"
        yield say("The hidden checks ({points} points) are graded at school only, and not counted here.", points=points)


def _expect_versions(bundle: Bundle, folder: Path) -> None:
    grader, torch = versions()
    if bundle.form != FORM or bundle.grader != grader:
        problem = say(
            "The bundle {folder} was made by version {made} of the grader, and this is version {here}. Install that "
            "version, or ask for a bundle that yours has made.",
            folder=str(folder),
            made=bundle.grader,
            here=grader,
        )
    elif bundle.torch != torch:
        problem = say(
            "The bundle {folder} was recorded with PyTorch {made}, and here is PyTorch {here}. Install that version: "
            "pip install torch=={made}",
            folder=str(folder),
            made=bundle.torch,
            here=torch,
        )
    else:
        return
    raise UsageError(problem)


def _expect_unedited(bundle: Bundle, course: Course, exercise: Exercise) -> None:
    """That the course's own files and the exercise's are those that were written, and no others."""
    prefix = exercise.folder.relative_to(course.folder).as_posix() + "/"
    wanted = {name: digest for name, digest in bundle.files.items() if name.startswith(prefix) or "/" not in name}
    there = {
        path.relative_to(course.folder).as_posix()
        for path in exercise.folder.rglob("*")
        if os.path.isfile(path) and "__pycache__" not in path.parts and not path.name.startswith(".")
    }
    for name in sorted({*wanted, *there}):
        try:
            digest = digest_of((course.folder / name).read_bytes())
        except OSError:
            digest = ""
        if wanted.get(name) != digest:
            raise UsageError(_edited(course.folder, name))


def _edited(folder: Path, name: str) -> Message:
    return say(
        "{file} in the bundle {folder} is not as it was made: it was edited, added, damaged or removed, so nothing was "
        "graded. Unpack the bundle again, or ask for it again.",
        file=name,
        folder=str(folder),
    )
