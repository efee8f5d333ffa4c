"""Has a crew of scorers grade an exercise's answers: right ones, mistakes and mutants, each as a submission."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Self

import msgspec

from grader.course.model import Course, Exercise, Limits
from grader.result import Result
from grader.scorers.crew import Crew
from grader.scorers.engine import Fault, ScoreSettings
from grader.scorers.scorer import Broken, Done, Start, Task, result_path
from grader.submission.model import Chunk, Submission


class Answer(msgspec.Struct, frozen=True):
    """One answer to grade. naming: whether its mistakes are named. limits: in place of the exercise's."""

    name: str
    source: str
    seed: int
    is_right: bool = False
    naming: bool = False
    limits: Limits | None = None


class Graded(msgspec.Struct, frozen=True):
    """What came of an answer. near, clear: the checks with a call that was right in a right answer, or wrong in a wrong
    one, and whose error is near a tolerance, or is not."""

    result: Result
    near: frozenset[str]
    clear: frozenset[str]


class BrokenOff(Exception):
    """No answer can be graded; `broken` says why."""

    def __init__(self, broken: Broken) -> None:
        super().__init__(broken.reason)
        self.broken = broken


class AnswerGrader:
    """A context manager; its scorers stay from one call of `grade` to the next."""

    def __init__(self, course: Course, exercise: Exercise, *, device: str, jobs: int, running: set[Crew]) -> None:
        """running: holds the crew as long as it grades."""
        self.count = 0  # of the answers that were graded
        self._exercise = exercise
        self._folder = tempfile.TemporaryDirectory(prefix="grade-audit-")
        folder, ids = self._folder.name, (exercise.id,)
        start = Start(course=str(course.folder), submissions=folder, out=folder, exercises=ids, seed=0, device=device)
        # The course's own answers are trusted, and nobody's work.
        settings = ScoreSettings(jobs=jobs, allow_unconfined=True, several=False)
        self._running = running
        self._crew = Crew(start, settings, _give_up)
        self._graded: dict[str, Graded] = {}

    def __enter__(self) -> Self:
        self._running.add(self._crew)
        return self

    def __exit__(self, *error: object) -> None:
        self._crew.__exit__(None, None, None)
        self._running.discard(self._crew)
        self._folder.cleanup()

    def grade(self, answers: Sequence[Answer]) -> list[Graded]:
        """What came of each. Raises BrokenOff where a scorer can't go on, GraderFault where none starts."""
        tasks = [self._task(self.count + number, answer) for number, answer in enumerate(answers)]
        self.count += len(answers)
        self._crew.grade(tasks, self._finish)
        return [self._graded.pop(task.student) for task in tasks]

    def _task(self, number: int, answer: Answer) -> Task:
        chunks = (Chunk(None, answer.source, 1),)
        return Task(
            student=str(number),
            exercise=self._exercise.id,
            path=answer.name,
            seed=answer.seed,
            submission=Submission(name=f"{self._exercise.slug}.py", sha256="", chunks=chunks),
            limits=answer.limits,
            naming=answer.naming,
            margins=answer.is_right,
        )

    def _finish(self, task: Task, done: Done) -> None:
        path = result_path(Path(self._folder.name), task.student, task.exercise)
        if not path.exists():
            raise BrokenOff(Broken(done.message["en"] if done.message else done.status))
        result = msgspec.json.decode(path.read_bytes(), type=Result)
        path.unlink()
        path.parent.rmdir()
        self._graded[task.student] = Graded(result, frozenset(done.near), frozenset(done.clear))


def _give_up(fault: Fault) -> None:
    """Where the scorer says that it failed, it fails on the next answer as well; one that was killed is replaced."""
    if fault.broken is not None:
        raise BrokenOff(fault.broken)
