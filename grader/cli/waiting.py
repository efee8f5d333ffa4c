"""A line that says which check a slow grading is at, for somebody who waits at a terminal."""

from __future__ import annotations

import os
import shutil
import sys
import time
from typing import IO

from grader.course.model import CheckInfo
from grader.report.layout import cut, visible
from grader.text import render, say

#: Seconds after which a check that still waits is mentioned; most are over long before.
PATIENCE = 3.0


class ProgressLine:
    """Told again and again which check waits for the submission, it writes one line, over itself, until it is closed.

    Without a stream it writes nothing.
    """

    def __init__(self, language: str, stream: IO[str] | None) -> None:
        self._language = language
        self._stream = stream
        self._check = ""
        self._since = 0.0
        self._shown = ""

    def waiting(self, check: CheckInfo) -> None:
        """This check waits, now."""
        now = time.monotonic()
        if check.id != self._check:
            self._check, self._since = check.id, now
            self.close()
        elif now - self._since >= PATIENCE:
            line = say("Checking for {seconds} s: {check}", seconds=int(now - self._since), check=check.title)
            self._show(visible(render(line, self._language)))

    def close(self) -> None:
        """Take the line away."""
        self._show("")

    def _show(self, line: str) -> None:
        line = cut(line, shutil.get_terminal_size().columns - 1)
        if line != self._shown and self._stream is not None:
            self._shown = line
            self._stream.write(f"\r\x1b[K{line}")
            self._stream.flush()


def progress_line(language: str, *, wanted: bool) -> ProgressLine:
    """One on standard error, if it is `wanted` and that is a terminal which takes orders."""
    shows = wanted and sys.stderr.isatty() and sys.stdout.isatty() and os.environ.get("TERM", "dumb") != "dumb"
    return ProgressLine(language, sys.stderr if shows else None)
