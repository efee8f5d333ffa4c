"""Texts that a submission or a file's name brought: escaped, bounded, and told from the page's own."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from grader.report.layout import visible
from grader.report.shell import bilingual
from grader.text import Text, say

_LONGEST_NAME = 120
_LONGEST_TEXT = 240


def named(name: str) -> str:
    """A name as HTML."""
    return escape(visible(_bounded(name, _LONGEST_NAME)))


def message_html(text: Text) -> str:
    """A message as HTML, in every language."""
    return bilingual(bounded(text))


def bounded(text: Text) -> Text:
    """The text in each language, cut where it is too long."""
    return {language: _bounded(words, _LONGEST_TEXT) for language, words in text.items()}


def _bounded(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def on_demand(summary: str, students: Sequence[str], before: str = "") -> str:
    """The summary, below which the students are listed once it is opened. before: HTML that goes first."""
    names = " · ".join(f"<span class=name>{named(student)}</span>" for student in students)
    return f"<details><summary>{summary}</summary>{before}<p>{names}</p></details>"


def more(count: int) -> str:
    """Says that so many of a list are left out, if any are."""
    text = bilingual(say("More that are not shown: {count}", count=count))
    return f'<p class="quiet">{text}</p>' if count > 0 else ""
