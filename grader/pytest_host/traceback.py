"""A failed check under plain pytest: the check's own line and the explanation, and nothing of how it was found."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Any

import pytest

from grader.boundary.limit_reached import LimitReached
from grader.checks.failure import CheckFailed
from grader.checks.reference import ReferenceFailed
from grader.checks.verdict import limit_message
from grader.errors import GradeError
from grader.text import render


def explained(error: BaseException) -> str | None:
    """The English sentences of an error that explains itself; None for one whose traceback is its explanation."""
    if isinstance(error, (CheckFailed, GradeError, ReferenceFailed)):
        return str(error)
    if isinstance(error, LimitReached):
        return render(limit_message(error), "en")
    return None


def within(file: Path, excinfo: pytest.ExceptionInfo[BaseException]) -> pytest.ExceptionInfo[BaseException]:
    """The same error with those steps of its traceback that are in `file`; unchanged where none is.

    The error itself is changed too, so that a debugger opens in the check.
    """
    kept: TracebackType | None = None
    for step in reversed(_steps(excinfo.tb)):
        if step.tb_frame.f_code.co_filename == str(file):
            kept = TracebackType(kept, step.tb_frame, step.tb_lasti, step.tb_lineno)
    if kept is None:
        return excinfo
    error = excinfo.value.with_traceback(kept)
    return pytest.ExceptionInfo.from_exc_info((type(error), error, kept))


def _steps(traceback: TracebackType | None) -> list[TracebackType]:
    steps = []
    while traceback is not None:
        steps.append(traceback)
        traceback = traceback.tb_next
    return steps


def representation(excinfo: pytest.ExceptionInfo[BaseException], file: Path, text: str, style: str) -> Any:
    """What a report shows: the failing line of `file` and `text` below it, or `text` alone if it failed elsewhere.

    style: of `--tb`; anything but "long" is "short" here.
    """
    if Path(excinfo.traceback[-1].path) != file:
        return text
    shown: Any = excinfo.getrepr(style="long" if style == "long" else "short", chain=False)
    entry = shown.reprtraceback.reprentries[-1]
    source = [line for line in entry.lines if not line.startswith("E   ")]
    entry.lines = [*source, *(f"E   {line}" for line in text.splitlines())]
    shown.reprcrash.message = text
    return shown
