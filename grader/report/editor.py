"""A result as an editor's problem matcher reads it: one line for each finding, however long, in the learner's view."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from grader.report.layout import visible
from grader.report.views import learner_view
from grader.report.wording import VERDICT_WORDS, in_one_line, line_number, mistakes_in, near, reasons, titled, to_fix
from grader.result import Result
from grader.text import Message, Text, render


def to_editor(result: Result, language: str) -> bytes:
    """`FILE:LINE: SEVERITY: MESSAGE` for each check to fix, then the score.

    The severity is `error`, or `warning` for what is not written yet, in every language. What has no place of its own,
    such as a hidden check, is at the first line. In a notebook there are no lines to go to: there is only the score.
    """
    seen = learner_view(result)
    lines = [] if PurePath(seen.submission).suffix == ".ipynb" else [*_findings(seen, language)]
    return "".join(f"{line}\n" for line in [*lines, _one_line([in_one_line(seen)], language)]).encode()


def _findings(result: Result, language: str) -> Iterator[str]:
    file = visible(near(result.submission))
    if result.message is not None:
        line = line_number(result.detail, innermost=True) or 1
        yield f"{file}:{line}: error: {_one_line([result.message], language)}"
    for check in to_fix(result):
        line = line_number(check.detail, innermost=check.verdict != "failed") or 1
        severity = "warning" if check.verdict == "not_implemented" else "error"
        # What is wrong is told first: an editor shows the beginning of a line.
        said = [*mistakes_in(check), *reasons(check)] or [VERDICT_WORDS[check.verdict]]
        unique = list(dict.fromkeys(render(text, language) for text in (titled(check), *said)))
        yield f"{file}:{line}: {severity}: {_one_line(unique, language)}"


def _one_line(texts: list[str] | list[Message] | list[Text], language: str) -> str:
    """The texts, one after another, without a line break."""
    return visible(" ".join(" · ".join(render(text, language) for text in texts).split()))
