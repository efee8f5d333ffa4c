"""How long a scorer may take over one submission, and the result of one that takes longer.

A scorer holds each submission to its budget by itself (boundary/submission_run.py). This is for a scorer that hangs.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from grader.course.find import course_in, find_exercise
from grader.course.model import Course
from grader.errors import LimitError
from grader.grading.results import ResultHeaders, ungradable
from grader.scorers.scorer import Done, Start, Task, save_result
from grader.text import say

#: Beyond a submission's budget, in seconds: a zygote that starts anew and references that are loaded for the first
#: time are not its own cost.
GRACE_SECONDS = 60.0


class Deadlines:
    """The deadlines of one run's submissions. The course is read when the first is asked for."""

    def __init__(self, start: Start) -> None:
        self._start = start

    @cached_property
    def _course(self) -> Course:
        return course_in(Path(self._start.course))

    def seconds(self, task: Task) -> float:
        """How long to wait for the task's answer."""
        return find_exercise(self._course, task.exercise).limits.total_seconds + GRACE_SECONDS

    def stopped(self, task: Task) -> Done:
        """Write the result of a submission over which a scorer hung. Raises OSError."""
        exercise = find_exercise(self._course, task.exercise)
        seed = self._start.seed if task.seed is None else task.seed
        header = ResultHeaders(self._course, seed=seed, device=self._start.device).header(exercise, task.path)
        error = LimitError(
            say(
                "Grading this took more than {seconds} s in all and was stopped. Nothing of it is "
                "graded; the reason lies in this file alone.",
                seconds=f"{self.seconds(task):g}",
            )
        )
        return save_result(self._start.out, task.student, task.exercise, ungradable(header, error))
