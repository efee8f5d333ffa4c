"""What `grade watch` shows: the report, what changed, and the keys."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from grader.course.model import Exercise
from grader.report.changes import change_lines
from grader.report.layout import visible, wrap
from grader.report.terminal import ReportConsole, print_report
from grader.report.wording import checks_ran, located, near
from grader.result import Result
from grader.text import Message, render, say

_WIDTH = 80
#: Seconds after which a run that is not done yet is spoken of.
_PATIENCE = 0.6


class Screen:
    """Prints in one language. keys: whether there are any to name."""

    def __init__(self, language: str, *, keys: bool) -> None:
        self.language = language
        self.keys = keys
        self.console = ReportConsole()
        self._clears = self.console.is_terminal and os.environ.get("TERM", "dumb") != "dumb"

    def say(self, text: Message | str, *, between: bool = True) -> None:
        """A paragraph, with an empty line before it."""
        lines = wrap(visible(render(text, self.language)), _WIDTH)
        self.lines([*([""] if between else []), *lines])

    def lines(self, lines: Sequence[str]) -> None:
        """Lines as they are."""
        print("\n".join(lines), flush=True)

    def clear(self) -> None:
        """Start at the top of the window; what scrolled out of it stays."""
        if self._clears:
            print("\x1b[H\x1b[2J", end="")

    @contextmanager
    def patience(self) -> Iterator[None]:
        """Inside, something is done that should be over in a moment; if it is not, this says so."""
        timer = threading.Timer(_PATIENCE, self.say, [say("Grading ...")])
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def report(self, exercise: Exercise, result: Result, before: Result | None, *, below: bool) -> None:
        """A result; one whose file can't be run at all, as it is while somebody types, in one line.

        below: leave what stands there.
        """
        if not below:
            self.clear()
        if result.message is not None and not checks_ran(result):
            reason = located(result.message, result.detail, near(result.submission), innermost=True)
            told = " ".join(visible(render(reason, self.language)).split())
            self.lines([told if reason is not result.message else f"{exercise.id}: {told}"])
            return
        print_report(
            result,
            language=self.language,
            verbose=False,
            console=self.console,
            title=exercise.title,
            command=f"grade {exercise.id}",
        )
        if before is not None:
            self.lines([""])
            for line in change_lines(before, result):
                self.say(line, between=False)

    def waiting(self, exercise: Exercise) -> None:
        """What is watched, and the keys."""
        text = say("Watching {exercise}: save your file to grade it again.", exercise=exercise.id)
        if self.keys:
            text = say("Watching {exercise}. Keys: h hint, l list, r rerun, n next, q quit", exercise=exercise.id)
        self.say(text)
        sys.stdout.flush()
