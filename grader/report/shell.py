"""What every page has: one file that needs nothing else, in every language, light and dark, fit to be printed.

The reader's language is chosen by two radio buttons and CSS alone. The page forbids itself all but its own style and,
if it has one, its own script.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterable

from grader.report.fragment import text_in
from grader.text import LANGUAGE_NAME, LANGUAGES, Message, Text, render, say

_STYLE = """
:root{color-scheme:light dark;--paper:#fff;--ink:#1c1e21;--quiet:#5a6068;--rule:#d5d9de;--good:#1a6b33;--bad:#a3241b;
--shade:#f4f5f7;--expected:#0b63c4;--got:#b35900}
@media screen and (prefers-color-scheme:dark){:root{--paper:#15171a;--ink:#e6e8eb;--quiet:#a3aab3;--rule:#383d44;
--good:#6fcf8b;--bad:#ff8f85;--shade:#1e2125;--expected:#6cb0ff;--got:#ffb066}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.6 system-ui,"Noto Sans CJK SC","PingFang SC",
"Microsoft YaHei",sans-serif}
header,main,footer{max-width:46rem;margin:0 auto;padding:0 1.2rem}
header{padding-top:2.5rem}
h1{font-size:1.7rem;line-height:1.25;margin:0 0 .3rem;font-weight:650}
h2{font-size:1.25rem;line-height:1.35;margin:0 0 .3rem;font-weight:650}
section{border-top:1px solid var(--rule);margin-top:2.5rem;padding-top:1.6rem}
p{margin:.5rem 0;overflow-wrap:anywhere}
a{color:inherit}
fieldset{border:0;margin:1rem 0 0;padding:0;display:flex;gap:1.2rem;flex-wrap:wrap;font-size:.9rem;color:var(--quiet)}
legend{float:left;margin-right:1.2rem;padding:0}
label{cursor:pointer}
:focus-visible{outline:3px solid var(--expected);outline-offset:2px}
table{border-collapse:collapse;width:100%;margin:1rem 0;font-size:.95rem}
th{font-weight:500;color:var(--quiet);text-align:left}
th,td{padding:.3rem .8rem .3rem 0;vertical-align:top;border-bottom:1px solid var(--rule);overflow-wrap:anywhere}
th:last-child,td:last-child{text-align:right;white-space:nowrap;padding-right:0}
td:first-child,nav td:nth-child(2){white-space:nowrap}
nav td:first-child{white-space:normal}
.passed td:first-child,.done{color:var(--good)}
.failed td:first-child,.error td:first-child,.limit td:first-child{color:var(--bad)}
.quiet,footer{color:var(--quiet);font-size:.9rem;overflow-wrap:anywhere}
details{margin:1.1rem 0}
summary{cursor:pointer;font-weight:600}
.probably{border-left:3px solid var(--got);padding-left:.8rem}
pre{background:var(--shade);border-radius:4px;padding:.7rem .9rem;overflow-x:auto;font:.85rem/1.5 ui-monospace,
"DejaVu Sans Mono",Menlo,Consolas,monospace}
footer{padding-top:2rem;padding-bottom:3rem}
@media print{:root{color-scheme:light}fieldset,nav{display:none}body{font-size:11pt}section{break-before:auto}
pre{white-space:pre-wrap}details,figure,tr{break-inside:avoid}}
"""


def document(
    *, language: str, title: str, style: str, header: str, body: Iterable[str], footer: str, script: str = ""
) -> bytes:
    """The page of these pieces of HTML; `language` is shown until another one is chosen.

    title: HTML as well. style: what the page adds to what all have. script: runs when the rest is there.
    """
    style = _STYLE + _language_style() + style
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
