"""The table of a class: a line for each submission, and what filters it. It is a plain table where no script runs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from grader.report.classpage.entry import Entry, Standing
from grader.report.classpage.texts import named
from grader.report.shell import bilingual
from grader.report.wording import SIGNS, points, verdict_word
from grader.text import LANGUAGES, Message, render, say

#: What a standing is called, its sign and its place in the order.
_STANDINGS: dict[Standing, tuple[str, Message]] = {
    "complete": (SIGNS["passed"], say("complete")),
    "graded": (SIGNS["failed"], say("incomplete")),
    "limit": (SIGNS["limit"], verdict_word("limit")),
    "error": (SIGNS["error"], verdict_word("error")),
    "absent": (SIGNS["skipped"], say("nothing to grade")),
    "grader_error": (SIGNS["grader_error"], verdict_word("grader_error")),
}
_PLACES = {standing: place for place, standing in enumerate(_STANDINGS)}
_WORDS = {standing: f"{sign} {bilingual(word)}" for standing, (sign, word) in _STANDINGS.items()}
#: The element that a verdict's sign stands in, for its colour.
_TAGS = {SIGNS["passed"]: "", SIGNS["failed"]: "b", SIGNS["error"]: "u"}

STYLE = """
.scroll{overflow-x:auto}
#students{table-layout:fixed;min-width:54rem;margin:.4rem 0;font-size:.9rem}
#students th{border-bottom:2px solid var(--rule);vertical-align:bottom}
#students td{white-space:normal}
#students :is(th,td):is(.number,:last-child){text-align:right;padding-right:.8rem}
#students .name{width:20%}#students .short{width:9%}#students .standing{width:14%}#students .checks{width:27%}
#students button{font:inherit;color:inherit;background:none;border:0;padding:.2rem 0;cursor:pointer;text-align:inherit}
#students button:hover{text-decoration:underline}
#students button::after{content:" ↕" / "";opacity:.6}
#students [aria-sort=ascending] button::after{content:" ▲" / "";opacity:1}
#students [aria-sort=descending] button::after{content:" ▼" / "";opacity:1}
/* Of one width each, so that the signs of a check stand below one another. */
.signs{letter-spacing:.1em;color:var(--good);margin-left:.4rem;white-space:nowrap;
font-family:ui-monospace,"DejaVu Sans Mono",monospace}
.signs b{color:var(--bad);font-weight:inherit}.signs u{color:var(--got);text-decoration:none}
.signs i{color:var(--quiet);font-style:normal}
#filter label{display:inline-block;max-width:100%;margin:.2rem 1.2rem .2rem 0;color:var(--quiet);font-size:.9rem}
#filter fieldset{margin:.3rem 0;gap:.2rem 0}
#filter legend{margin-top:.2rem}
#filter :is(input[type=search],select,button){font:inherit;color:var(--ink);background:var(--paper);
border:1px solid var(--quiet);border-radius:4px;padding:.2rem .4rem;max-width:100%}
#filter[hidden]{display:none}
#more{font:inherit;color:var(--ink);background:var(--paper);border:1px solid var(--quiet);border-radius:4px;
padding:.3rem .7rem;cursor:pointer}
@media screen{.later{display:none}}
@media print{#filter,#more{display:none}.scroll{overflow:visible}#students{min-width:0}
#students button::after{content:""}}
"""


def table(entries: Sequence[Entry], exercises: Sequence[str]) -> str:
    """The filter and the table. exercises: a column names them where there are several."""
    several = len(exercises) > 1
    columns = [
        ("student", "name", say("Student")),
        *([("exercise", "name", say("Exercise"))] if several else []),
        ("score", "number short", say("Points")),
        ("standing", "standing", say("Standing")),
        ("checks", "checks", say("Checks passed")),
        ("mistakes", "mistakes", say("Named mistakes")),
        ("seconds", "number short", say("Seconds")),
    ]
    head = "".join(
        f'<th scope="col" data-key="{key}" class="{look}">{bilingual(text)}</th>' for key, look, text in columns
    )
    rows = "\n".join(_row(entry, several=several) for entry in entries)
    return (
        f"{_filter(entries, exercises)}"
        f'<div class="scroll" tabindex="0" role="region" aria-labelledby="all-students">'
        f'<table id="students"><thead><tr>{head}</tr></thead><tbody>\n{rows}\n</tbody></table></div>'
        f'<button type="button" id="more" hidden>{_counted(say("Show the other {count}", count="@"), 0)}</button>'
    )


def _row(entry: Entry, *, several: bool) -> str:
    result, standing = entry.result, entry.standing
    passed, signs = _checks(entry)
    cells = [
        f"<td>{named(entry.student)}",
        *([f"<td>{named(result.exercise)}"] if several else []),
        f"<td class=number>{points(result.score)}",
        f"<td data-place={_PLACES[standing]}>{_WORDS[standing]}",
        f"<td>{passed:\u2007>2}{signs}",
        f"<td>{', '.join(map(named, entry.mistakes))}",
        f"<td>{result.seconds:.2f}",
    ]
    return f"<tr>{''.join(cells)}"


def _checks(entry: Entry) -> tuple[int, str]:
    """How many passed, and a sign for each check, in order; those that come one after another in one element."""
    signs = [SIGNS[check.verdict] for check in entry.result.checks]
    parts = []
    for sign, same in groupby(signs):
        tag, text = _TAGS.get(sign, "i"), "".join(same)
        parts.append(f"<{tag}>{text}</{tag}>" if tag else text)
    return signs.count(SIGNS["passed"]), f"<span class=signs aria-hidden=true>{''.join(parts)}</span>"


def _filter(entries: Sequence[Entry], exercises: Sequence[str]) -> str:
    """Shown by the script, since it takes one."""
    count = len(entries)
    shown = _counted(say("Found: {found} of {count}", found="@", count=count), count)
    mistakes = sorted({name for entry in entries for name in entry.mistakes})
    used = [one for one in _STANDINGS if any(entry.standing == one for entry in entries)]
    boxes = "".join(
        f'<label><input type="checkbox" name="standing" value="{_PLACES[one]}" checked> {_WORDS[one]}</label>'
        for one in used
    )
    return (
        '<form id="filter" hidden>'
        f'<label>{bilingual(say("Student or mistake contains"))} <input type="search" name="text"></label>'
        f"{_select('exercise', say('Exercise'), exercises) if len(exercises) > 1 else ''}"
        f"{_select('mistake', say('Named mistakes'), mistakes) if mistakes else ''}"
        f"<fieldset><legend>{bilingual(say('Standing'))}</legend>{boxes}</fieldset>"
        f'<button type="reset">{bilingual(say("Show all"))}</button> <output class="quiet">{shown}</output></form>'
    )


def _counted(text: Message, number: int) -> str:
    """The text with the number, which the script brings up to date, in place of its @."""
    return bilingual(text).replace("@", f"<b>{number}</b>")


def _select(name: str, label: Message, values: Iterable[str]) -> str:
    """A choice's texts can't be in spans: the first is in every language at once, the others in none."""
    every = " · ".join(dict.fromkeys(render(say("all"), language) for language in LANGUAGES))
    options = "".join(f'<option value="{named(value)}">{named(value)}</option>' for value in values)
    return (
        f'<label>{bilingual(label)} <select name="{name}"><option value="">{every}</option>{options}</select></label>'
    )
