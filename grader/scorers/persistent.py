"""A scorer process that stays: for those who grade one submission now and another one later.

It is started by the first submission, and again when one asks for an exercise that it did not load, or has killed it.
Nothing here imports PyTorch, and the program that asks never forks: it starts a process of its own.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from grader.course.model import Course, Exercise
from grader.result import Result, read_result
from grader.scorers.access import AccessTimes
from grader.scorers.deadline import Deadlines
from grader.scorers.process import TRIES, ScorerProcess
from grader.scorers.scorer import Broken, Done, Start, Task, result_path
from grader.text import Message, say

#: Where a result lies between the process and us; no name of a student's is made a path.
_STUDENT = "submission"


class StandingScorer:
    """The process, and the folder through which its results come.

    accept: told the tier of confinement of each process that starts; raises GraderFault where it is not enough.
    several: the work is of several people, and nothing that one reads may show to another.
    """

    def __init__(self, accept: Callable[[str], None] = lambda tier: None, *, several: bool = False) -> None:
        self._accept = accept
        self._access_times = AccessTimes() if several else None
        self._process: ScorerProcess | None = None
        self._exercises: tuple[str, ...] = ()
        self._folders: tuple[Path, Path] | None = None  # the course's, and the submissions'
        self._results = tempfile.TemporaryDirectory(prefix="grade-results-")

    def grade(self, course: Course, exercise: Exercise, root: Path, path: Path, *, seed: int) -> Result | Message:
        """The result of the submission at `path`; why the grader itself failed on it, if it did so at every try.

        root: the folder that the result names the submission from. Raises GraderFault if no process can start.
        """
        task = Task(_STUDENT, exercise.id, os.path.relpath(path, root), seed)
        reason: Message | str = ""
        for _ in range(TRIES):
            process = self._running(course, exercise, root, seed)
            if self._access_times is not None:
                self._access_times.settle_for(process.first)
            try:
                answer = process.ask(task, self._deadlines.seconds(task))
            except TimeoutError:
                self.end()
                self._deadlines.stopped(task)
                return self._result(exercise)
            except BaseException:
                self.end()  # interrupted between question and answer: the next answer would be to this question
                raise
            if isinstance(answer, Done):
                return self._result(exercise)
            self.end()
            reason = answer.reason if isinstance(answer, Broken) else say("the process that graded it ended")
        return say("The grader itself failed on this submission: {reason}", reason=reason)

    def _result(self, exercise: Exercise) -> Result:
        """The result on disk, which is removed: it holds what hidden checks compare."""
        path = result_path(Path(self._results.name), _STUDENT, exercise.id)
        result = read_result(path.read_bytes())
        path.unlink()
        return result

    def _running(self, course: Course, exercise: Exercise, root: Path, seed: int) -> ScorerProcess:
        folders = (course.folder.resolve(), root)
        same = folders == self._folders
        if self._process is not None and exercise.id in self._exercises and same:
            return self._process
        self.end()
        self._exercises = tuple(sorted({*self._exercises, exercise.id} if same else {exercise.id}))
        self._folders = folders
        start = Start(str(folders[0]), str(root), self._results.name, self._exercises, seed, "cpu")
        self._deadlines = Deadlines(start)
        process = ScorerProcess(start, apart=True)
        if self._access_times is not None:
            self._access_times.begin()
        try:
            self._accept(process.ready().confinement)
        except BaseException:
            process.end()
            raise
        self._process = process
        return process

    def end(self) -> None:
        """End the process, if there is one."""
        if self._process is not None:
            self._process.end()
            self._process = None

    def close(self) -> None:
        """End the process and remove what it wrote."""
        self.end()
        self._results.cleanup()
