"""What every page has: one file that needs nothing else, in every language, light and dark, fit to be printed.

The reader's language is chosen by two radio buttons and CSS alone. The page forbids itself all but its own style and,
if it has one, its own script.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from typing import Any

from markupsafe import Markup

from grader.report.fragment import style_sheet, text_in
from grader.report.templating import made_of
from grader.text import LANGUAGE_NAME, LANGUAGES, Message, Text, render, say


def document(
    template: str,
    *,
    language: str,
    title: Message | Text,
    style: str,
    footer: Message,
    script: str = "",
    **content: Any,
) -> bytes:
    """The page of this template, which extends shell.html; `language` is shown until another one is chosen.

    style: what the page adds to what all have. script: runs when the rest is there. content: what its blocks take.
    """
    html = made_of(
        template,
        language=language,
        title=text_in((language,), title),
        style=style_sheet("shell.css") + _language_style() + style,
        script=script,
        digest=_digest,
        switch=_language_switch(language),
        footer=footer,
        text=bilingual,
        **content,
    )
    return html.encode("utf-8", "replace")


def bilingual(text: Message | Text | str) -> Markup:
    """The text as HTML in every language, of which the page shows one."""
    return text_in(LANGUAGES, text)


def _language_switch(language: str) -> Markup:
    return made_of(
        "language.html",
        language=language,
        legend=" · ".join(dict.fromkeys(render(say("Language"), tag) for tag in LANGUAGES)),
        names=[(tag, render(LANGUAGE_NAME, tag)) for tag in LANGUAGES],
    )


def _digest(text: str) -> str:
    return b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _language_style() -> str:
    """Hides what is in another language than the chosen one."""
    return "".join(
        f'html:has(#lang-{one}:checked) body [lang="{other}"]:not(.language *){{display:none}}\n'
        for one in LANGUAGES
        for other in LANGUAGES
        if other != one
    )
