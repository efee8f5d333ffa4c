"""`%grade` in a cell that nbgrader runs, whose points are decided by the cell's outputs alone.

`nbgrader validate`, and the Validate button, tell which cells failed, and why. Without an error nbgrader gives a grade
cell all of its points.
"""

from __future__ import annotations

import os

from grader.report.feedback import feedback
from grader.report.wording import in_one_line
from grader.result import Result
from grader.text import render


class PointsLost(Exception):
    """A check did not pass. The report stands in the traceback's place: that is what nbgrader shows."""

    def __init__(self, result: Result, language: str) -> None:
        super().__init__(render(in_one_line(result), language))
        self._report = feedback(result, language)

    def _render_traceback_(self) -> list[str]:
        """IPython asks for it in place of its own."""
        return self._report.split("\n")


def is_run_by_nbgrader() -> bool:
    """Whether this kernel runs a notebook for nbgrader, not for a person."""
    return "NBGRADER_EXECUTION" in os.environ
