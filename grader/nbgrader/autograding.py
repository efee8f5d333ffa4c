"""What one run of `nbgrader autograde` shares: a grader process, its seed, and notes on what was handed in.

The preprocessors are made anew for every notebook; this lives as long as nbgrader's converter, and the process ends
with it, at the latest when the program does. Nothing here imports PyTorch.
"""

from __future__ import annotations

import weakref
from pathlib import Path
from typing import Any

from grader.course.model import Course, Exercise
from grader.errors import GraderFault
from grader.result import Result
from grader.scorers.persistent import StandingScorer
from grader.scorers.process import CONFINED
from grader.seed import fresh_seed
from grader.text import Message, say


class Autograding:
    """One run. notes: by the submitted notebook's path, what restoring its cells found for the learner."""

    def __init__(self) -> None:
        self.notes: dict[Path, tuple[Message, ...]] = {}
        self.seed: int | None = None
        self._allow_unconfined = False
        self._fault: GraderFault | None = None
        self._scorer = StandingScorer(self._accept, several=True)

    def grade(
        self, course: Course, exercise: Exercise, root: Path, path: Path, *, seed: int | None, allow_unconfined: bool
    ) -> Result | Message:
        """The result of the notebook at `path`; why the grader itself failed on it, if it did so twice.

        root: the folder that the result names the notebook from. seed: of the whole run, fresh if None. Raises
        GraderFault where no submission can be graded.
        """
        if self._fault is not None:
            raise self._fault
        if self.seed is None:
            self.seed = fresh_seed() if seed is None else seed
        self._allow_unconfined = allow_unconfined
        try:
            return self._scorer.grade(course, exercise, root, path, seed=self.seed)
        except GraderFault as fault:
            self._fault = fault
            raise

    def _accept(self, tier: str) -> None:
        if tier != CONFINED and not self._allow_unconfined:
            raise GraderFault(
                say(
                    "This machine can't confine submissions fully ({tier}), so nothing was graded: they could read "
                    "the solutions and each other. `grade doctor` says what is missing; for work that you trust, set "
                    "c.GradeSubmission.allow_unconfined = True in nbgrader_config.py.",
                    tier=tier,
                )
            )

    def close(self) -> None:
        """End the process and remove what it wrote."""
        self._scorer.close()


_RUNS: weakref.WeakKeyDictionary[Any, Autograding] = weakref.WeakKeyDictionary()


def autograding_of(converter: Any) -> Autograding:
    """The run that belongs to nbgrader's converter; made at the first call, closed when the converter goes away."""
    if converter not in _RUNS:
        run = _RUNS[converter] = Autograding()
        weakref.finalize(converter, run.close)
    return _RUNS[converter]
