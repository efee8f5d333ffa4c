"""What `grade watch` prints: one screen at a time, of which the last rows are the keys.

On a terminal that can't be cleared each screen stands below the one before, and what is long is not cut into pages.
"""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

from grader.cli.verbs.list import bar
from grader.cli.watch.links import has_links, linked
from grader.report.layout import cells, cut, pad, visible, wrap
from grader.report.screenful import rows
from grader.report.terminal import ReportConsole
from grader.report.wording import near, out_of
from grader.text import Message, Text, render, say

#: Seconds after which a run that is not over is mentioned.
_PATIENCE = 0.6
#: The least rows that a body is drawn in: a window that is even lower scrolls.
_LEAST = 4
#: A window with fewer rows has none to spare for empty lines.
_LOW = 16
_WIDEST = 100
#: What to clear: nothing before the first row, so that a screen takes the place of the one before without a flicker.
_HOME, _REST_OF_LINE, _REST_OF_SCREEN = "\x1b[H", "\x1b[K", "\x1b[J"

#: Draws lines in at most so many rows.
Body = Callable[[int], list[str]]


class Head(msgspec.Struct, frozen=True):
    """The first line. score, most: points, where there are any to tell; else what stands in their place."""

    exercise: str
    title: Text
    score: float = 0
    most: float = 0
    instead: Message | None = None


class Foot(msgspec.Struct, frozen=True):
    """The last lines. notices: what has just happened. complete, count: exercises of the course."""

    notices: Sequence[Message | str] = ()
    keys: Sequence[Message] = ()
    complete: int = 0
    count: int = 0
    file: Path | None = None


class Screen:
    """Prints in one language. keys: whether there are any."""

    def __init__(self, language: str, *, keys: bool) -> None:
        self.language = language
        self.keys = keys
        self.console = ReportConsole()
        self.clears = self.console.is_terminal and os.environ.get("TERM", "dumb") != "dumb"
        self._links = self.clears and has_links(os.environ)
        self.measure()

    def measure(self) -> None:
        """Take the terminal's size as it is now."""
        self.columns, self.rows = shutil.get_terminal_size((80, 24))
        self.width = self.console.width = max(self.columns, 10)
        self.width = min(self.width, _WIDEST)

    @property
    def low(self) -> bool:
        """Whether there are few rows."""
        return self.rows < _LOW

    def words(self, text: Message | Text | str) -> str:
        """A text in the reader's language."""
        return visible(render(text, self.language))

    def paragraph(self, *texts: Message | Text | str) -> list[str]:
        """Texts as lines that fit."""
        return [line for text in texts for line in wrap(self.words(text), self.width)]

    def show(self, head: Head, body: Body, foot: Foot) -> None:
        """Print a screen."""
        lines, gap = body(self.room(head, foot)), self._gap()
        self._print([self._head(head), *gap, *lines, *gap, *self._foot(foot)], foot.file)

    def room(self, head: Head, foot: Foot) -> int:
        """How many rows are left between these two."""
        self.measure()
        around = [self._head(head), *self._gap(), *self._gap(), *self._foot(foot)]
        # The last row is left free: a line break there would scroll the first one away.
        return max(self.rows - 1 - self.rows_of(around), _LEAST)

    def rows_of(self, lines: Sequence[str]) -> int:
        """How many rows of the terminal these lines take."""
        return sum(rows(line, self.columns) for line in lines)

    def _gap(self) -> list[str]:
        """What parts the body from the rest."""
        return [] if self.low else [""]

    @contextmanager
    def patience(self) -> Iterator[None]:
        """Inside, something is done that is usually over at once; where it is not, this says so."""
        timer = threading.Timer(_PATIENCE, self.grading)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def grading(self) -> None:
        """Say in the last row, which is free, that a submission runs."""
        print(self.words(say("Grading ...")), end="" if self.clears else "\n", flush=True)

    def part_with(self, *texts: Message) -> None:
        """Print the last words, below what stands there."""
        print("\n".join(self.paragraph(*texts)), flush=True)

    def _print(self, lines: list[str], file: Path | None) -> None:
        if self._links and file is not None:
            lines = [linked(line, file) for line in lines]
        if self.clears:
            text = _HOME + "".join(f"{line}{_REST_OF_LINE}\n" for line in lines) + _REST_OF_SCREEN
        else:
            text = "\n" + "".join(f"{line}\n" for line in lines)
        print(text, end="", flush=True)

    def _head(self, head: Head) -> str:
        score = out_of(head.score, head.most) + bar(head.score, head.most)
        if head.instead is not None:
            score = self.words(head.instead)
        title = " ".join(self.words(head.title).split())
        room = self.width - cells(score) - 2
        name = f"{head.exercise}  {title}"
        if cells(name) > room:
            name = cut(name, max(room - 3, 0)) + "..." if room > len(head.exercise) + 6 else cut(head.exercise, room)
        return self._styled(f"{pad(name, room)}  {score}")

    def _foot(self, foot: Foot) -> list[str]:
        notices = [self._styled(line) for notice in foot.notices for line in self.paragraph(notice)]
        progress = self.words(say("Complete: {done} of {all}", done=foot.complete, all=foot.count))
        progress += bar(foot.complete, foot.count)
        file = visible(near(str(foot.file))) if foot.file is not None else ""
        if file and cells(progress) + cells(file) + 2 <= self.width:
            progress += f"  {file}"
        return [*notices, progress, *self._keys(foot)]

    def _keys(self, foot: Foot) -> list[str]:
        if not self.keys:
            return self.paragraph(say("No keys here: saving your file grades it, Ctrl-C ends."))
        first, *others = map(self.words, foot.keys)
        lines = [first]
        for key in others:
            # Between two keys, never within one.
            if cells(lines[-1]) + cells(key) + 2 > self.width:
                lines.append(key)
            else:
                lines[-1] += f"  {key}"
        return lines

    def _styled(self, line: str) -> str:
        """The line in bold, where the terminal has that."""
        return f"\x1b[1m{line}\x1b[0m" if self.clears and not self.console.no_color and line else line
