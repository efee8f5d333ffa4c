"""Results as one page that needs nothing else: no network, no script, every language in it, light and dark, on paper.

The reader's language is chosen by two radio buttons and CSS alone, so that the page may forbid itself all but its own
style. Everything is escaped: what a submission printed is text.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Mapping, Sequence
from html import escape

from grader.report.fragment import PICTURE_STYLE, Fragment, text_in
from grader.report.layout import visible
from grader.report.views import learner_view
from grader.report.wording import points
from grader.result import Result
from grader.text import LANGUAGES, Message, Text, say

#: Up to so many exercises are shown in full; more are shown in brief.
_IN_FULL = 2
_NAMES = {"en": "English", "zh-CN": "简体中文"}
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


def page(
    results: Sequence[Result], *, language: str, course: Text, titles: Mapping[str, Text], made: str
) -> bytes:
    """The page of these results, in the learner's view; `language` is shown until another one is chosen.

    course: its title. titles: of the exercises, by id. made: when the results were made, as a date and time.
    """
    seen = [learner_view(result) for result in results]
    style = _STYLE + _language_style() + PICTURE_STYLE
    policy = f"default-src 'none'; style-src 'sha256-{_digest(style)}'; base-uri 'none'; form-action 'none'"
    sections = [_section(result, titles, brief=len(seen) > _IN_FULL) for result in seen]
    footer = say("Made by grade {version} on {date}. The learner's view: hidden checks show no values.",
                 version=seen[0].grader if seen else "", date=made)
    return "\n".join([
        f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width,initial-scale=1">',
        f"<title>{text_in((language,), course)}</title><style>{style}</style></head><body>",
        _header(seen, language, course, titles), "<main>", *sections, "</main>",
        f"<footer><p>{_text(footer)}</p></footer>", "</body></html>", "",
    ]).encode("utf-8", "replace")


def _digest(style: str) -> str:
    return b64encode(hashlib.sha256(style.encode()).digest()).decode()


def _language_style() -> str:
    """Hides what is in another language than the chosen one."""
    return "".join(
        f'html:has(#lang-{one}:checked) body [lang="{other}"]:not(label>*){{display:none}}\n'
        for one in LANGUAGES for other in LANGUAGES if other != one
    )


def _text(text: Message | Text | str) -> str:
    return text_in(LANGUAGES, text)


def _header(results: Sequence[Result], language: str, course: Text, titles: Mapping[str, Text]) -> str:
    chosen = "".join(
        f'<label><input type="radio" name="language" id="lang-{lang}"{" checked" if lang == language else ""}> '
        f'<span lang="{lang}">{_NAMES.get(lang, lang)}</span></label>'
        for lang in LANGUAGES
    )
    switch = f"<fieldset><legend>Language · 语言</legend>{chosen}</fieldset>"
    overview = f"<nav>{_overview(results, titles)}</nav>" if len(results) > 1 else ""
    return f"<header><h1>{_text(course)}</h1>{switch}{overview}</header>"


def _overview(results: Sequence[Result], titles: Mapping[str, Text]) -> str:
    """A row for each exercise, which leads to it."""
    head = "".join(f"<th>{_text(text)}</th>" for text in (say("Exercise"), say("Checks passed"), say("Points")))
    rows = [
        f'<tr><td><a href="#{escape(result.exercise)}">{escape(result.exercise)}</a> '
        f"{_text(titles.get(result.exercise, ''))}</td>"
        f"<td>{sum(check.passed for check in result.checks)} / {len(result.checks)}</td>"
        f'<td{" class=done" if result.passed else ""}>{points(result.score)} / {points(result.max_score)}</td></tr>'
        for result in results
    ]
    told = say("Complete: {done} of {count}", done=sum(result.passed for result in results), count=len(results))
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table><p>{_text(told)}</p>"


def _section(result: Result, titles: Mapping[str, Text], *, brief: bool) -> str:
    made = Fragment(result, LANGUAGES, unfolded=True, brief=brief)
    return (f'<section id="{escape(result.exercise)}">'
            f"<h2>{escape(result.exercise)} {_text(titles.get(result.exercise, ''))}</h2>"
            f'<p>{_text(made.outcome())}</p><p class="quiet">{escape(visible(result.submission))}</p>'
            f"{made.body()}</section>")
