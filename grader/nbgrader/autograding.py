"""What one run of `nbgrader autograde` shares: a grader process, its seed, and notes on what was handed in.

The preprocessors are made anew for every notebook; this lives as long as nbgrader's converter, and the process ends
with it, at the latest when the program does. Nothing here imports PyTorch.
"""

from __future__ import annotations

import os
import tempfile
import weakref
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from grader.course.model import Course, Exercise
from grader.errors import GraderFault
from grader.result import Result
from grader.session.process import CONFINED, TRIES, ScorerProcess
from grader.session.scorer import Broken, Done, Start, Task, result_path
from grader.text import Message, say

#: Where a result lies between the process and us; no name of a student's is made a path.
_STUDENT = "submission"


class Settings(NamedTuple):
    """What the configuration file says. seed: fresh if None."""

    course: Course
    seed: int | None
    allow_unconfined: bool


class Autograding:
    """One run. notes: by the submitted notebook's path, what restoring its cells found for the learner."""

    def __init__(self) -> None:
        self.notes: dict[Path, tuple[Message, ...]] = {}
        self.seed: int | None = None
        self._process: ScorerProcess | None = None
        self._exercises: tuple[str, ...] = ()
        self._fault: GraderFault | None = None
        self._results = tempfile.TemporaryDirectory(prefix="grade-autograde-")

    def grade(self, settings: Settings, exercise: Exercise, root: Path, path: Path) -> Result | Message:
        """The result of the notebook at `path`; why the grader itself failed on it, if it did so twice.

        root: the folder that the result names the notebook from. Raises GraderFault where no submission can be graded.
        """
        task = Task(_STUDENT, exercise.id, os.path.relpath(path, root))
        reason: Message | str = ""
        for _ in range(TRIES):
            process = self._running(settings, exercise, root)
            answer = process.ask(task)
            if isinstance(answer, Done):
                return self._result(exercise)
            self._end()
            reason = answer.reason if isinstance(answer, Broken) else say("the process that graded it ended")
        return say("The grader itself failed on this submission: {reason}", reason=reason)

    def _result(self, exercise: Exercise) -> Result:
        """The result on disk, which is removed: it holds what hidden checks compare."""
        path = result_path(Path(self._results.name), _STUDENT, exercise.id)
        result = msgspec.json.decode(path.read_bytes(), type=Result)
        path.unlink()
        return result

    def _running(self, settings: Settings, exercise: Exercise, root: Path) -> ScorerProcess:
        """The process; started if there is none, or if it does not know the exercise."""
        if self._fault is not None:
            raise self._fault
        if self._process is not None and exercise.id in self._exercises:
            return self._process
        self._end()
        if self.seed is None:
            self.seed = int.from_bytes(os.urandom(8), "big") >> 11 if settings.seed is None else settings.seed
        self._exercises = tuple(sorted({*self._exercises, exercise.id}))
        course = str(settings.course.folder.resolve())
        start = Start(course, str(root), self._results.name, self._exercises, self.seed, "cpu")
        try:
            self._process = self._started(start, settings.allow_unconfined)
        except GraderFault as fault:
            self._fault = fault
            raise
        return self._process

    def _started(self, start: Start, allow_unconfined: bool) -> ScorerProcess:
        process = ScorerProcess(start)
        try:
            tier = process.ready().confinement
            if tier != CONFINED and not allow_unconfined:
                raise GraderFault(say(
                    "This machine can't confine submissions fully ({tier}), so nothing was graded: they could read "
                    "the solutions and each other. `grade doctor` says what is missing; for work that you trust, set "
                    "c.GradeSubmission.allow_unconfined = True in nbgrader_config.py.", tier=tier,
                ))
        except BaseException:
            process.end()
            raise
        return process

    def _end(self) -> None:
        if self._process is not None:
            self._process.end()
            self._process = None

    def close(self) -> None:
        """End the process and remove what it wrote."""
        self._end()
        self._results.cleanup()


_RUNS: weakref.WeakKeyDictionary[Any, Autograding] = weakref.WeakKeyDictionary()


def autograding_of(converter: Any) -> Autograding:
    """The run that belongs to nbgrader's converter; made at the first call, closed when the converter goes away."""
    if converter not in _RUNS:
        run = Autograding()
        _RUNS[converter] = run
        weakref.finalize(converter, run.close)
    return _RUNS[converter]
