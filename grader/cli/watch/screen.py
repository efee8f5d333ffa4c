"""What `grade watch` shows: the report, what changed, and the keys."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from grader.cli.output import paragraph
from grader.course.model import Exercise
from grader.report.changes import change_lines
from grader.report.layout import visible
from grader.report.terminal import ReportConsole, print_report
from grader.report.wording import checks_ran, located, near
from grader.result import Result
from grader.text import Message, render, say

#: Seconds after which a run that is not over is mentioned.
_PATIENCE = 0.6


class Screen:
    """Prints in one language. keys: whether there are any to name."""

    def __init__(self, language: str, *, keys: bool) -> None:
        self.language = language
        self.keys = keys
        self.console = ReportConsole()
        self._clears = self.console.is_terminal and os.environ.get("TERM", "dumb") != "dumb"

    def say(self, *texts: Message) -> None:
        """Paragraphs below an empty line."""
        self.lines([""] + [line for text in texts for line in paragraph(visible(render(text, self.language)), "")])

    def lines(self, lines: Sequence[str]) -> None:
        """Lines as they are."""
        print("\n".join(lines), flush=True)

    @contextmanager
    def patience(self) -> Iterator[None]:
        """Inside, something is done that is usually over at once; where it is not, this says so."""
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
        if not below and self._clears:
            print("\x1b[H\x1b[2J", end="")  # to the top of the window; what scrolled out of it stays
        if result.message is not None and not checks_ran(result):
            reason = located(result.message, result.detail, near(result.submission), innermost=True)
            line = " ".join(visible(render(reason, self.language)).split())
            self.lines([line if reason is not result.message else f"{exercise.id}: {line}"])
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
            self.say(*change_lines(before, result))

    def waiting(self, exercise: Exercise) -> None:
        """What is watched, and the keys."""
        text = say("Watching {exercise}: save your file to grade it again.", exercise=exercise.id)
        if self.keys:
            text = say("Watching {exercise}. Keys: h hint, l list, r rerun, n next, q quit", exercise=exercise.id)
        self.say(text)
