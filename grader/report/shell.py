"""What every page has: one file that needs nothing else, in every language, light and dark, fit to be printed.

The reader's language is chosen by two radio buttons and CSS alone. The page forbids itself all but its own style and,
if it has one, its own script.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterable

from grader.report.fragment import style_sheet, text_in
from grader.text import LANGUAGE_NAME, LANGUAGES, Message, Text, render, say


def document(
    *, language: str, title: str, style: str, header: str, body: Iterable[str], footer: str, script: str = ""
) -> bytes:
    """The page of these pieces of HTML; `language` is shown until another one is chosen.

    title: HTML as well. style: what the page adds to what all have. script: runs when the rest is there.
    """
    style = style_sheet("shell.css") + _language_style() + style
    allowed = f"style-src {_hash(style)}" + (f"; script-src {_hash(script)}" if script else "")
    policy = f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'"
    return "\n".join(
        [
            f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            '<meta name="viewport" content="width=device-width,initial-scale=1">',
            f"<title>{title}</title><style>{style}</style></head><body>",
            f"<header>{header}</header>",
            "<main>",
            *body,
            "</main>",
            f"<footer>{footer}</footer>",
            *([f"<script>{script}</script>"] if script else []),
            "</body></html>",
            "",
        ]
    ).encode("utf-8", "replace")


def bilingual(text: Message | Text | str) -> str:
    """The text as HTML in every language, of which the page shows one."""
    return text_in(LANGUAGES, text)


def language_switch(language: str) -> str:
    """The radio buttons that choose a language."""
    chosen = "".join(
        f'<label><input type="radio" name="language" id="lang-{lang}"{" checked" if lang == language else ""}> '
        f'<span lang="{lang}">{render(LANGUAGE_NAME, lang)}</span></label>'
        for lang in LANGUAGES
    )
    legend = " · ".join(dict.fromkeys(render(say("Language"), lang) for lang in LANGUAGES))
    return f"<fieldset class=language><legend>{legend}</legend>{chosen}</fieldset>"


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _language_style() -> str:
    """Hides what is in another language than the chosen one."""
    return "".join(
        f'html:has(#lang-{one}:checked) body [lang="{other}"]:not(.language *){{display:none}}\n'
        for one in LANGUAGES
        for other in LANGUAGES
        if other != one
    )
