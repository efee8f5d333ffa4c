"""A result as plain text for its learner: what a gradebook keeps as a comment, and a notebook shows as output."""

from __future__ import annotations

from collections.abc import Iterator

from grader.report import wording
from grader.report.layout import cells, pad, visible, wrap
from grader.report.views import learner_view
from grader.result import CheckResult, Detail, Result
from grader.text import Message, Text, render, say

#: `nbgrader validate` cuts longer lines.
_WIDTH = 83
_VALUE_LINES = 12
_TRACE_LINES = 4


def feedback(result: Result, language: str) -> str:
    """The learner's view: the score, every check in a row, then the reason for each that needs work.

    Takes any view of the result and shows no more than the learner's. No control character but the line break is
    in it, so nothing that a submission printed can steer what shows it.
    """
    return "\n".join(_lines(learner_view(result), language))


def overview(result: Result, language: str) -> str:
    """The learner's view without its checks: the score, why it could not be graded, notes."""
    seen = learner_view(result)
    return "\n".join([*_head(seen, language), *_notes(seen, language)])


def explanation(check: CheckResult, language: str) -> str:
    """Why a check of the learner's view did not pass, with what was called, expected and got, and the lines to look
    at; nothing where there is nothing to say."""
    return "" if check.passed else "\n".join([*_why(check, language, 0), *_detail(check.detail, language)])


def shown_title(check: CheckResult, language: str) -> str:
    """The check's title on one line, with a word if it is hidden."""
    return " ".join(visible(render(wording.titled(check), language)).split())


def _lines(result: Result, language: str) -> Iterator[str]:
    yield from _head(result, language)
    if wording.checks_ran(result):
        yield ""
        for part, checks in wording.by_part(result):
            if part is not None:
                title = render(wording.part_line(part), language)
                yield from _paragraph(f"{wording.out_of(part.score, part.max_score)}  {title}", language)
            for check in checks:
                yield from _row(check, language)
    for check in wording.to_fix(result):
        if check.verdict != "not_implemented":
            yield ""
            yield from _paragraph(wording.titled(check), language)
            yield from _why(check, language, 2)
            yield from _detail(check.detail, language)
    yield from _notes(result, language)


def _head(result: Result, language: str) -> Iterator[str]:
    if course := wording.course_line(result.course_title):
        yield from _paragraph(course, language)
    if result.status == "grader_error":
        yield from _paragraph(say("Not graded."), language)
        yield from _paragraph(say("This is a fault of the grader, not of your work."), language)
    else:
        yield from _paragraph(wording.score_line(result), language)
    if result.message is not None:
        yield ""
        yield from _paragraph(result.message, language)
        yield from _detail(result.detail, language)


def _notes(result: Result, language: str) -> Iterator[str]:
    if result.notes:
        yield ""
    for note in result.notes:
        yield from _paragraph(say("Note: {note}", note=note), language)


def _row(check: CheckResult, language: str) -> Iterator[str]:
    word, title = (render(text, language) for text in (wording.VERDICT_WORDS[check.verdict], wording.titled(check)))
    row = f"{wording.out_of(check.points, check.max_points)}  {word}  {visible(title)}"
    for number, line in enumerate(wrap(row, _WIDTH - 6)):
        yield ("      " if number else "  ") + line


def _why(check: CheckResult, language: str, indent: int) -> Iterator[str]:
    for reason in wording.reasons(check):
        yield from _paragraph(reason, language, indent)


def _detail(detail: Detail | None, language: str) -> Iterator[str]:
    if detail is None:
        return
    yield from (f"    {name}  {value}" for name, value in value_lines(detail, language, _WIDTH, _VALUE_LINES))
    if detail.lines:
        yield from _paragraph(say("In your code:"), language, 4)
    for line in detail.lines[-_TRACE_LINES:]:
        for source in visible(line.source).split("\n"):
            yield f"      {render(wording.place_of(line), language)} | {source}"


def value_rows(detail: Detail) -> list[tuple[Message, str]]:
    """What was called, expected and got, as far as there is anything to show: a name and a text each."""
    rows = [(say("called"), detail.called), (say("expected"), detail.expected), (say("got"), detail.got)]
    return [(name, value) for name, value in rows if value]


def value_lines(detail: Detail, language: str, width: int, most: int) -> Iterator[tuple[str, str]]:
    """`value_rows` in two columns of `width - 4` in all: a name, or blanks below it, and a line of its value.

    most: lines of one value.
    """
    rows = [(render(name, language), value) for name, value in value_rows(detail)]
    first = max((cells(name) for name, _ in rows), default=0)
    for name, value in rows:
        lines = wrap(visible(value), width - first - 6)
        lines = [*lines[:most], "..."] if len(lines) > most else lines
        yield from ((pad("" if number else name, first), line) for number, line in enumerate(lines))


def _paragraph(text: Message | Text | str, language: str, indent: int = 0) -> Iterator[str]:
    for line in wrap(visible(render(text, language)), _WIDTH - indent):
        yield " " * indent + line
