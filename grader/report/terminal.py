"""A result in a terminal: what a learner sees many times an hour.

Everything of the submission's (names, output, lines, messages) goes through `visible` and is never read as markup.
Words carry the meaning; colours and symbols only repeat it.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from textwrap import dedent
from typing import IO, Final

from rich.box import ROUNDED
from rich.console import Console
from rich.panel import Panel
from rich.text import Text as Styled

from grader.report import wording
from grader.report.feedback import value_lines
from grader.report.layout import cells, cut, pad, unbroken, visible, wrap
from grader.result import CheckResult, Detail, Result, Verdict
from grader.source_line import SourceLine
from grader.text import Message, Text, render, say

_SYMBOLS: Final[dict[Verdict, str]] = {**wording.SIGNS, "skipped": "-"}
_PLAIN: Final[dict[Verdict, str]] = {**_SYMBOLS, "passed": "+", "failed": "x", "not_implemented": "o"}
#: Colours of the 256 that every terminal draws alike: to be read on white and on black.
RED, GREEN, ORANGE, CYAN, MAGENTA, GREY = (f"color({number})" for number in (196, 28, 130, 30, 163, 243))
_STYLES: Final[dict[Verdict, str]] = {
    **dict.fromkeys(("failed", "error", "limit"), RED),
    "passed": GREEN,
    "not_implemented": ORANGE,
    "skipped": GREY,
    "grader_error": MAGENTA,
}
_DONE = say("Every check passes. Well done!")
_WIDEST = 100
_OUTPUT_LINES = 20
_OUTPUT_LINES_VERBOSE = 200
_LINE_CELLS = 300
_VALUE_LINES = 8
_TRACE_LINES = 11


class ReportConsole(Console):
    """A console that reads no markup and lets its reader leave early (`| head`) without changing the exit status."""

    def __init__(self, file: IO[str] | None = None, width: int | None = None) -> None:
        super().__init__(file=file, width=width, markup=False, highlight=False, emoji=False)

    def on_broken_pipe(self) -> None:
        self.quiet = True
        os.dup2(os.open(os.devnull, os.O_WRONLY), self.file.fileno())


def print_report(
    result: Result,
    *,
    language: str,
    verbose: bool,
    console: Console,
    title: Text | None = None,
    command: str | None = None,
    following: str | None = None,
) -> None:
    """Prints the report.

    title: the exercise's; command: what the reader types to grade again; following: the next exercise's name.
    """
    page = Page(result, language, verbose, console, command or f"grade {result.exercise}")
    page.header(title)
    page.verdicts()
    page.whole()
    page.failing()
    page.notes()
    page.output()
    page.score()
    page.advice(following)


def print_line(result: Result, *, language: str, console: Console) -> None:
    """Prints the result in one line, which may be longer than the terminal is wide."""
    text = " ".join(visible(render(wording.in_one_line(result), language)).split())
    console.print(Styled(text), soft_wrap=True)


class Page:
    """The report's parts, each of which prints itself with an empty line before it, or prints nothing."""

    def __init__(self, result: Result, language: str, verbose: bool, console: Console, command: str) -> None:
        self.result = result
        self.language = language
        self.verbose = verbose
        self.console = console
        self.command = unbroken(command)
        self.width = min(console.width, _WIDEST)
        self.file = wording.near(result.submission)
        self.told: dict[tuple[str, ...], Text] = {}  # mistakes → the first check at which they were told
        self.shown: set[tuple[SourceLine, ...]] = set()
        self.symbols = _SYMBOLS
        try:
            "".join(_SYMBOLS.values()).encode(console.encoding)
        except UnicodeEncodeError:
            self.symbols = _PLAIN

    def words(self, text: Message | Text | str) -> str:
        """The text in the report's language, with nothing in it that steers a terminal."""
        return visible(render(text, self.language))

    def line(self, *parts: str | tuple[str, str]) -> None:
        """One line of texts, some with a style."""
        self.console.print(Styled.assemble(*parts), soft_wrap=True)

    def paragraph(self, text: Message | Text | str, style: str = "", indent: int = 0) -> None:
        """A text in as many lines as it takes."""
        for line in wrap(self.words(text), self.width - indent):
            self.line(" " * indent, (line, style))

    def header(self, title: Text | None) -> None:
        """Which exercise, file and course this is about."""
        name = self.result.exercise
        self.paragraph(f"{name}  {render(title, self.language)}" if title else name, "bold")
        self.paragraph(self.file, GREY)
        if course := wording.course_line(self.result.course_title):
            self.paragraph(course, GREY)

    def verdicts(self) -> None:
        """One row per check: symbol, verdict, title, points; above those of a part its title and points."""
        if not self.result.checks or not wording.checks_ran(self.result):
            return
        self.line()
        words = {check.verdict: self.words(wording.VERDICT_WORDS[check.verdict]) for check in self.result.checks}
        scored = [(check.points, check.max_points) for check in self.result.checks]
        scored += [(part.score, part.max_score) for part in self.result.parts]
        first, last = max(map(cells, words.values())), max(cells(wording.out_of(*score)) for score in scored)
        for part, checks in wording.by_part(self.result):
            if part is not None:
                self.row([], self.words(wording.part_line(part)), wording.out_of(part.score, part.max_score), last)
            for check in checks:
                mark = f"{self.symbols[check.verdict]} {pad(words[check.verdict], first)}"
                score = wording.out_of(check.points, check.max_points)
                self.row([(mark, _STYLES[check.verdict]), "  "], self.words(wording.titled(check)), score, last)

    def signs(self) -> None:
        """The table in one line: how many checks pass, and the sign of each, as far as there is room."""
        checks = self.result.checks
        passed = sum(check.passed for check in checks)
        words = self.words(say("{passed} of {count} checks pass: {signs}", passed=passed, count=len(checks), signs=""))
        room = max(self.width - cells(words), 4)
        shown = [(self.symbols[check.verdict], _STYLES[check.verdict]) for check in checks]
        self.line(words, *(shown if len(shown) <= room else [*shown[: max(room - 3, 0)], "..."]))

    def row(self, mark: Sequence[str | tuple[str, str]], title: str, score: str, last: int) -> None:
        """A row of the table: the mark of a check, or none of a part. last: how wide the column of scores is."""
        before = cells(Styled.assemble(*mark).plain)
        middle = max(self.width - before - last - 4, 10)
        style = "" if mark else "bold"
        first, *more = wrap(title, middle)
        self.line("  ", *mark, (pad(first, middle), style), "  ", score.rjust(last))
        for line in more:
            self.line(" " * (before + 2), (line, style))

    def whole(self) -> None:
        """Why the submission as a whole could not be graded."""
        if self.result.message is None:
            return
        self.line()
        self.trouble(self.result.message)
        if self.result.detail is not None:
            self.detail(self.result.detail)

    def trouble(self, message: Text) -> None:
        """What is wrong with the submission as a whole, in words."""
        located = wording.located(message, self.result.detail, self.file, innermost=True)
        self.paragraph(located, "bold" if self.result.status != "graded" else "")

    def failing(self) -> None:
        """The first check to fix in full; with -v all of them."""
        wrong = wording.to_fix(self.result)
        for check in wrong if self.verbose else wrong[:1]:
            self.line()
            self.in_full(check)
        # What is not written yet needs no further word than its row has.
        others = [check for check in wrong[1:] if check.verdict != "not_implemented"]
        if others and not self.verbose:
            self.line()
            more = say(
                "Checks not shown here: {count}. To see each: {command} -v", count=len(others), command=self.command
            )
            self.paragraph(self.words(more).replace(" -v", unbroken(" -v")), GREY)

    def in_full(self, check: CheckResult) -> None:
        """All there is to say of a check that did not pass."""
        self.sentence(check)
        if check.detail is not None and check.verdict != "not_implemented":
            self.detail(check.detail)

    def sentence(self, check: CheckResult) -> None:
        """Which check did not pass, why, and the mistake that was recognised."""
        style = _STYLES[check.verdict]
        self.paragraph(f"{self.symbols[check.verdict]} {self.words(wording.titled(check))}", f"bold {style}")
        if (reason := wording.reason_of(check)) is not None:
            innermost = check.verdict != "failed"
            self.paragraph(wording.located(reason, check.detail, self.file, innermost=innermost), indent=2)
        for mistake in self.mistakes_once(check):
            self.paragraph(mistake, ORANGE, 2)

    def mistakes_once(self, check: CheckResult) -> list[Message]:
        """The mistakes that were recognised; where an earlier check said so in full, a reference to that."""
        if not check.mistakes:
            return []
        first = self.told.setdefault(check.mistakes, check.title)
        if first is check.title:
            return wording.mistakes_in(check)
        return [say("Probably the same mistake as at: {title}", title=first)]

    def detail(self, detail: Detail) -> None:
        """What was called, expected and got, then the learner's own lines."""
        self.values(detail, _VALUE_LINES)
        if detail.lines not in self.shown:
            self.lines(detail.lines)
        self.shown.add(detail.lines)
        if self.verbose:
            self.code(detail)

    def values(self, detail: Detail, most: int) -> None:
        """What was called, expected and got, in two columns. most: lines of each."""
        rows = list(value_lines(detail, self.language, self.width, most))
        if rows:
            self.line()
        styles = {self.words(say("expected")): GREEN, self.words(say("got")): RED}
        for name, value in rows:
            self.line("    ", (name, styles.get(name.strip(), CYAN)), "  ", value)

    def code(self, detail: Detail) -> None:
        """What shows the mistake when it is run; unwrapped, so that it can be copied."""
        code = wording.code_of(detail, self.result.submission)
        if not code:
            return
        self.line()
        self.paragraph(say("To see it for yourself, run:"), indent=4)
        for line in map(self.words, code):
            self.line("      " if line else "", line)

    def lines(self, lines: tuple[SourceLine, ...]) -> None:
        """The learner's lines that a traceback went through, outermost first; of a long one its innermost."""
        if not lines:
            return
        self.line()
        self.paragraph(say("In your code:"), indent=4)
        lines = lines[-_TRACE_LINES:]
        places = [self.words(wording.place_of(line)) for line in lines]
        width = max(map(cells, places))
        # A second line of a source, if there is one, is a mark below the first.
        sources = _dedented([visible(line.source).split("\n") for line in lines])
        for source_lines, place in zip(sources, places, strict=True):
            for row, source in enumerate(source_lines):
                margin = " " * width if row else " " * (width - cells(place)) + place
                self.line("      ", (margin, CYAN), " | ", _shortened(source, self.width - width - 9))

    def notes(self) -> None:
        """Remarks on the submission."""
        notes = wording.notes_of(self.result)
        if notes:
            self.line()
        for note in notes:
            self.paragraph(note)

    def output(self, most: int | None = None) -> None:
        """What the submission printed, in a box, cut in the middle where it has more lines than `most`."""
        if not self.result.stdout.strip():
            return
        self.line()
        most = most or (_OUTPUT_LINES_VERBOSE if self.verbose else _OUTPUT_LINES)
        lines = _excerpt(self.result.stdout, most, self.language)
        body = "\n".join(part for line in lines for part in wrap(line, self.width - 4))
        title = Styled(self.words(say("Your code printed (in the whole run)")))
        box = Panel(Styled(body), title=title, title_align="left", width=self.width, box=ROUNDED, border_style=GREY)
        self.console.print(box)

    def score(self) -> None:
        """The points, and how many checks passed."""
        self.line()
        if self.result.status == "grader_error":
            self.paragraph(say("Not graded."), "bold")
            return
        score = wording.score_line(self.result)
        if wording.checks_ran(self.result):
            score = say(
                "{score} (checks passed: {passed} of {count}, in {seconds} s)",
                score=score,
                passed=sum(check.passed for check in self.result.checks),
                count=len(self.result.checks),
                seconds=f"{self.result.seconds:.{1 if self.result.seconds >= 0.1 else 2}f}",
            )
        self.paragraph(score, f"bold {GREEN}" if self.result.passed else "bold")

    def advice(self, following: str | None) -> None:
        """What to type now."""
        if self.result.passed:
            done = say("Every check of this part passes.") if self.result.part else _DONE
            self.paragraph(done, GREEN)
        for step in wording.next_steps(self.result, command=self.command, following=following):
            self.paragraph(step)
        if any(check.verdict in ("failed", "error") for check in wording.to_fix(self.result)):
            again = say("The same inputs again: {command} --seed {seed}", command=self.command, seed=self.result.seed)
            self.paragraph(self.words(again).replace(" --seed ", unbroken(" --seed ")), GREY)


def _dedented(sources: list[list[str]]) -> list[list[str]]:
    """The lines without the indentation that all have in common."""
    rows = iter(dedent("\n".join("\n".join(source) for source in sources)).split("\n"))
    return [[next(rows) for _ in source] for source in sources]


def _excerpt(output: str, most: int, language: str) -> list[str]:
    """The output's first and last lines, `most` in all, with a line that says how many are between."""
    lines = [_bounded(line, language) for line in visible(output.rstrip()).split("\n")]
    if len(lines) <= most:
        return lines
    left_out = render(say("... {count} lines left out ...", count=len(lines) - most), language)
    return [*lines[: most // 2], left_out, *lines[-(most // 2) :]]


def _shortened(line: str, width: int) -> str:
    return line if cells(line) <= width else cut(line, width - 3) + "..."


def _bounded(line: str, language: str) -> str:
    start = cut(line, _LINE_CELLS)
    if start == line:
        return line
    return render(say("{start}... ({count} more characters)", start=start, count=len(line) - len(start)), language)
