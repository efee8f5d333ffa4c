"""Texts that a submission or a file's name brought: bounded, and told from the page's own."""

from __future__ import annotations

from grader.report.layout import visible
from grader.text import LANGUAGES, Message, Text, render

_LONGEST_NAME = 120
_LONGEST_TEXT = 240


def named(name: str) -> str:
    """A name as it is shown."""
    return visible(shortened(name, _LONGEST_NAME))


def in_each_language(text: Message | Text) -> str:
    """For an attribute, which can't hold a span for each language: in every one at once."""
    return visible(" · ".join(dict.fromkeys(render(text, language) for language in LANGUAGES)))


def bounded(text: Text) -> Text:
    """The text in each language, cut where it is too long."""
    return {language: shortened(words, _LONGEST_TEXT) for language, words in text.items()}


def to_six_digits(value: float | str) -> str:
    """A number to six digits; one that is not finite as a result spells it."""
    return value[:20] if isinstance(value, str) else f"{value:.6g}"


def shortened(text: str, most: int) -> str:
    """The text in at most so many characters."""
    return text if len(text) <= most else text[: most - 1] + "…"
