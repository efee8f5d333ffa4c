"""What a course is, as read from its folder. Plain frozen data."""

from __future__ import annotations

from pathlib import Path

import msgspec

from grader.course.faults import CourseError
from grader.text import Text

#: The id of the course that comes with the grader: reports name every other one.
BUILT_IN = "deep-learning-by-exercise"

#: Where PyTorch can compute, as `--device` and an exercise name it.
DEVICES = ("cpu", "cuda", "mps")
DIFFICULTIES = ("easy", "medium", "hard")


class Limits(msgspec.Struct, frozen=True):
    """What one submission may use. Seconds are wall time; memory in MiB, output in KiB.

    record_seconds: one call that a function of records.py makes.
    """

    call_seconds: float = 5.0
    record_seconds: float = 5.0
    load_seconds: float = 10.0
    total_seconds: float = 30.0
    memory_mb: int = 1024
    output_kb: int = 1024


class CheckInfo(msgspec.Struct, frozen=True):
    """What a `@check` decorator says; `id` is the test's name without `test_`, `part` that of one of the exercise's
    parts, or empty."""

    id: str
    title: Text
    points: float
    hidden: bool
    part: str = ""


class Part(msgspec.Struct, frozen=True):
    """A part of a long exercise, which can be graded by itself. `id` is what `--part` and `@check(part=...)` take."""

    id: str
    title: Text


class Unit(msgspec.Struct, frozen=True):
    """A chapter of the course."""

    number: int
    title: Text


class Exercise(msgspec.Struct, frozen=True, kw_only=True):
    """One exercise.toml. `folder` is solutions/exerciseNN; `id` is that folder's name and `number` its NN.

    source: the section of the text that the exercise belongs to.
    forbidden: dotted names, `a.b.*` for all below, or `.name` for an attribute of anything but a module.
    allowed: what is forbidden wherever anything is, and not here (hiding.py).
    data: names of files beside exercise.toml that lie beside every submission while it runs.
    warm: modules to import before the submission's process starts.
    minutes: how long it takes most learners; 0 if nobody says. difficulty: one of DIFFICULTIES, beside the others of
        its course; empty if nobody says.
    parts: in their order; none of an exercise that is graded as a whole only.
    device: where to grade if nobody says where, on machines that have it.
    languages: the course's, the first one's texts in the code.
    """

    id: str
    number: int
    slug: str
    unit: int
    title: Text
    source: str
    points: float
    folder: Path
    prerequisites: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()
    hints: tuple[Text, ...] = ()
    limits: Limits = Limits()
    warm: tuple[str, ...] = ()
    data: tuple[str, ...] = ()
    minutes: int = 0
    difficulty: str = ""
    parts: tuple[Part, ...] = ()
    device: str = "cpu"
    languages: tuple[str, ...] = ("en",)

    def language_for(self, language: str) -> str:
        """The language itself if the exercise has it; else English, else its first."""
        return next(tag for tag in (language, "en", self.languages[0]) if tag in self.languages)


class Course(msgspec.Struct, frozen=True, kw_only=True):
    """A course: `folder` holds course.toml, `solutions` the exercises' sources.

    id: what its assignments carry, so that work is graded with the course that it was made for.
    broken: the folders of exercises that can't be read, each with the reason; they are in no other field.
    packages: what submissions may import beside PyTorch and NumPy, as pip takes it: `pandas`, `tqdm>=4.66`.
    languages: tags of BCP 47. Code holds the texts of the first, texts.<tag>.toml those of each other.
    """

    folder: Path
    solutions: Path
    id: str
    title: Text
    units: tuple[Unit, ...]
    exercises: tuple[Exercise, ...]
    broken: tuple[tuple[Path, CourseError], ...] = ()
    packages: tuple[str, ...] = ()
    languages: tuple[str, ...] = ("en",)

    @property
    def own_title(self) -> Text | None:
        """The title, for reports to name the course by; None of the course that comes with the grader."""
        return None if self.id == BUILT_IN else self.title
