"""One machine of a cluster: a crew of scorers on a course that came over the network. Knows nothing of Ray."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from grader.errors import GradeError
from grader.scorers.crew import Crew
from grader.scorers.engine import Fault, ScoreSettings
from grader.scorers.fingerprint import grader_digest
from grader.scorers.scorer import Done, Start, Task, result_path
from grader.text import Message


class GradedTasks(msgspec.Struct, frozen=True):
    """What came of some tasks: each one's summary and its result's file; what the grader failed at.

    problem: why this machine can't grade at all; None if it can.
    """

    results: tuple[tuple[Done, bytes], ...]
    faults: tuple[Fault, ...]
    confinement: str
    problem: Message | None = None


class Node:
    """Grades chunks of tasks, one after another. files: the course's, relative path → content."""

    def __init__(self, files: Mapping[str, bytes], start: Start, settings: ScoreSettings) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="grade-node-")  # mode 0700: no other user reads the solutions
        course = Path(self._folder.name, "course")
        for name, content in files.items():
            (course / name).parent.mkdir(parents=True, exist_ok=True)
            (course / name).write_bytes(content)
        self._out = Path(self._folder.name, "out")
        start = msgspec.structs.replace(start, course=str(course), submissions=str(course), out=str(self._out))
        self._faults: list[Fault] = []
        self._crew = Crew(start, settings, self._faults.append)

    def digest(self) -> str:
        """Of the grader that is installed here."""
        return grader_digest()

    def grade(self, tasks: Sequence[Task]) -> GradedTasks:
        """The tasks' results, in their order."""
        done: dict[tuple[str, str], Done] = {}
        self._faults.clear()

        try:
            self._crew.grade(tasks, lambda task, result: done.update({(task.student, task.exercise): result}))
        except GradeError as error:
            return GradedTasks((), tuple(self._faults), self._crew.confinement, error.message)
        results = tuple((done[task.student, task.exercise], self._taken(task)) for task in tasks)
        return GradedTasks(results, tuple(self._faults), self._crew.confinement)

    def _taken(self, task: Task) -> bytes:
        """The result's file, which is removed; empty if the grader failed and there is none."""
        path = result_path(self._out, task.student, task.exercise)
        if not path.exists():
            return b""
        content = path.read_bytes()
        path.unlink()
        return content

    def close(self) -> None:
        """End the scorers, remove the course."""
        self._crew.__exit__(None, None, None)
        self._folder.cleanup()
