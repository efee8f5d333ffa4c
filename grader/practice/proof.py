"""Whether an exercise's checks see a bug: it is graded before it is handed out, as any submission."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from grader.course.model import CheckInfo, Course, Exercise
from grader.grading.device import device_for, has_device
from grader.grading.grader import Grader
from grader.result import Result


class Proof:
    """Grades texts of one exercise, each as a file of its own."""

    def __init__(self, grader: Grader, exercise: Exercise, folder: Path) -> None:
        self._grader = grader
        self._exercise = exercise
        self._file = folder / f"{exercise.slug}.py"

    def is_seen(self, text: str) -> bool:
        """Whether a check that a learner can read about fails, and none waits for its limit. Raises GraderFault."""
        self._file.write_text(text, "utf-8")
        prepared = self._grader.read(self._exercise, self._file)
        if isinstance(prepared, Result):
            return False
        result = self._grader.grade(self._exercise, str(self._file), prepared)
        verdicts = {check.verdict for check in result.checks}
        shown = any(not check.hidden and not check.passed for check in result.checks)
        return result.status == "graded" and shown and not verdicts & {"limit", "grader_error"}


@contextmanager
def proving(
    course: Course, exercise: Exercise, seed: int, waiting: Callable[[CheckInfo], None] | None = None
) -> Iterator[Proof]:
    """Within it, the checks are at hand. seed: of their inputs; waiting: told which check waits for an answer."""
    device = device_for("auto", exercise, has_device)
    with (
        tempfile.TemporaryDirectory(prefix="grade-practice-") as folder,
        Grader(course, [exercise], seed=seed, device=device, remember=True) as grader,
    ):
        grader.naming = False
        grader.waiting = waiting
        yield Proof(grader, exercise, Path(folder))
