"""A result on one screen: what to fix first and the lines to look at, then as much of the rest as there is room for.

The parts are those of the report in terminal.py. Here they are given rows by how much they help, and none where the
screen is full; of the table there is always a line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from rich.console import Console

from grader.report import wording
from grader.report.changes import change_lines
from grader.report.layout import cells, cut
from grader.report.terminal import GREEN, Page
from grader.result import Detail, Result
from grader.text import say

#: The order in which the parts stand.
_ORDER = ("sentence", "values", "code", "standing", "printed", "notes")
#: Lines of one value, the first of these for which there is room.
_VALUE_LINES = (8, 4, 2, 1)
#: Rows of what the submission printed, the frame included.
_LEAST_PRINTED, _MOST_PRINTED = 3, 8
_LEAST_CHANGES, _MOST_CHANGES = 3, 5
_LEAST_TABLE = 3
_CODES = re.compile(r"\x1b(?:\[[0-9;]*m|\]8;[^\x1b]*\x1b\\)")


def plain(line: str) -> str:
    """A line without the codes that colour it or make links of it."""
    return _CODES.sub("", line)


def rows(line: str, width: int) -> int:
    """How many rows of a terminal a line takes."""
    return max(-(-cells(plain(line)) // width), 1)


def captured(console: Console, draw: Callable[[], None]) -> list[str]:
    """The lines that `draw` prints, with their colours, without the empty ones before them."""
    with console.capture() as capture:
        draw()
    return capture.get().lstrip("\n").split("\n")[:-1]


def every_check(result: Result, *, language: str, console: Console) -> list[str]:
    """The table, every check that did not pass in full, notes and output: what -v shows."""
    page = Page(result, language, True, console, "")

    def draw() -> None:
        for part in (page.verdicts, page.whole, page.failing, page.notes, page.output):
            part()

    return captured(console, draw)


def screenful(result: Result, before: Result | None, *, language: str, console: Console, height: int) -> list[str]:
    """The result in at most `height` rows of the console's width. before: the one to compare it with."""
    return _Screenful(result, before, language, console, height).lines()


class _Screenful:
    def __init__(self, result: Result, before: Result | None, language: str, console: Console, height: int) -> None:
        self.result, self.before, self.language, self.console = result, before, language, console
        self.page = Page(result, language, False, console, "")
        self.room = height
        self.parts: dict[str, list[str]] = {}

    def lines(self) -> list[str]:
        """The parts, the important ones first to be given room."""
        detail = self._detail()
        self._take("sentence", self._drawn(self._sentence), least=1)
        if not wording.checks_ran(self.result):
            self._take("code", self._code(detail), least=2)  # the line with its caret
        self._take("standing", self._signs(), least=1)
        changes = self._changes()
        kept = min(len(changes), _LEAST_CHANGES)
        self.room -= kept
        self._take("values", self._values(detail), least=3)
        self.room += kept
        self._take_changes(changes)
        if self.result.stdout.strip():
            self._take("printed", self._printed(), least=_LEAST_PRINTED)
        self._take("code", self._code(detail), least=4)
        self._take("notes", self._drawn(self.page.notes), least=1)
        self._unfold()
        blocks = [self.parts[name] for name in _ORDER if name in self.parts]
        return [line for number, block in enumerate(blocks) for line in ([""] if number else []) + block]

    def _drawn(self, draw: Callable[[], None]) -> list[str]:
        return captured(self.console, draw)

    def _rows(self, lines: Sequence[str]) -> int:
        return sum(rows(line, self.console.width) for line in lines)

    def _take(self, name: str, lines: list[str], *, least: int) -> None:
        """Give a part the rows that it needs, or those that are left if that is no fewer than `least`."""
        room = self.room - bool(self.parts)  # an empty line comes before it
        if not lines or name in self.parts or room < min(least, self._rows(lines)):
            return
        lines = self._cut(lines, room)
        if self._rows(lines) > room:
            return  # even its first line is longer than the room
        self.parts[name] = lines
        self.room = room - self._rows(lines)

    def _cut(self, lines: list[str], room: int) -> list[str]:
        """The lines without some from their midst: the first says what this is, the last is where to look."""
        if self._rows(lines) <= room:
            return lines
        for kept in range(len(lines) - 1, 1, -1):
            first = (kept + 1) // 2
            cut = [*lines[:first], "    ...", *lines[len(lines) - (kept - first) :]]
            if self._rows(cut) <= room:
                return cut
        return lines[:1]

    def _detail(self) -> Detail | None:
        wrong = wording.to_fix(self.result)
        if self.result.detail is not None or not wrong:
            return self.result.detail
        return wrong[0].detail if wrong[0].verdict != "not_implemented" else None

    def _sentence(self) -> None:
        page, wrong = self.page, wording.to_fix(self.result)
        if self.result.message is not None:
            page.trouble(self.result.message)
        if self.result.message is not None and wrong:
            page.line()
        if wrong:
            page.sentence(wrong[0])
        if self.result.status == "grader_error":
            for step in wording.next_steps(self.result, command="", following=None):
                page.paragraph(step)
        if self.result.passed:
            page.paragraph(f"{page.symbols['passed']} {page.words(say('Every check passes. Well done!'))}", GREEN)

    def _signs(self) -> list[str]:
        return self._drawn(self.page.signs) if wording.checks_ran(self.result) else []

    def _changes(self) -> list[str]:
        """What changed, each in one row."""
        if self.before is None or not wording.checks_ran(self.result):
            return []
        width, lines = self.console.width, map(self.page.words, change_lines(self.before, self.result))
        return [line if cells(line) <= width else cut(line, width - 3) + "..." for line in lines]

    def _take_changes(self, lines: list[str]) -> None:
        """Put what changed above the line of the table."""
        room = max(min(self.room, _MOST_CHANGES), 0) if "standing" in self.parts else 0
        if len(lines) > room:
            lines = [*lines[: max(room - 1, 0)], "  ..."][:room]
        if lines:
            self.parts["standing"] = [*lines, *self.parts["standing"]]
            self.room -= len(lines)

    def _unfold(self) -> None:
        """The table below its one line, as far as there is room for it."""
        table = [] if self.result.passed else self._drawn(self.page.verdicts)
        if "standing" not in self.parts or not table:
            return
        room = self.room - 1
        if self._rows(table) > room:
            table = table[: room - 1]
            while table and self._rows(table) > room - 1:
                del table[-1]
            table = [*table, "  ..."] if len(table) >= _LEAST_TABLE else []
        if table:
            self.parts["standing"] += ["", *table]

    def _values(self, detail: Detail | None) -> list[str]:
        if detail is None:
            return []
        room = min(max(self.room // 2, 6), self.room - 1)
        for most in _VALUE_LINES:
            lines = self._drawn(lambda most=most: self.page.values(detail, most))  # type: ignore[misc]
            if self._rows(lines) <= room:
                return lines
        # Of each the line with its name: what is further in may be left out, not what was expected.
        return [line for line in lines if plain(line)[4:5].strip()]

    def _printed(self) -> list[str]:
        most = min(max(self.room - 1, _LEAST_PRINTED), _MOST_PRINTED) - 2
        return self._drawn(lambda: self.page.output(most))

    def _code(self, detail: Detail | None) -> list[str]:
        return [] if detail is None else self._drawn(lambda: self.page.lines(detail.lines))
