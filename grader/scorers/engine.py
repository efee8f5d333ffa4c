"""What `grade score` needs of whatever grades: here, or on other machines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, Self

import msgspec

from grader.course.model import Course
from grader.scorers.scorer import Broken, Done, Start, Task


class Fault(msgspec.Struct, frozen=True):
    """The grader failed on a submission, at its first try or a later one. broken: what the scorer said before it ended;
    None if it ended without that, or gave a result."""

    task: Task
    attempt: int
    reason: str
    broken: Broken | None = None


#: Told of each result once it is on disk, by one thread at a time.
Finish = Callable[[Task, Done], None]
#: Told of each fault of the grader's, by one thread at a time.
Failed = Callable[[Fault], None]


class Engine(Protocol):
    """A context manager. confinement: the tier that the submissions were graded at, empty before the first."""

    confinement: str

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...

    def grade(self, tasks: Sequence[Task], finish: Finish) -> None:
        """Have every task graded and its result written. Raises GradeError, and what `finish` raises."""


class ScoreSettings(msgspec.Struct, frozen=True):
    """How to grade. jobs: scorers at once on a machine, one per core if None; address: of a Ray cluster.

    several: the work is of several people, and nothing that one reads may show to another.
    """

    jobs: int | None = None
    allow_unconfined: bool = False
    address: str | None = None
    several: bool = True


#: Makes an engine for one run.
MakeEngine = Callable[[Course, Start, ScoreSettings, Failed], Engine]
