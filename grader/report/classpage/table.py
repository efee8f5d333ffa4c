"""The table of a class: a line for each submission, and what filters it. It is a plain table where no script runs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from grader.report.classpage.entry import Entry, Standing
from grader.report.classpage.texts import named
from grader.report.shell import bilingual
from grader.report.wording import SIGNS, VERDICT_WORDS, points
from grader.text import LANGUAGES, Message, render, say

#: What a standing is called, its sign and its place in the order.
_STANDINGS: dict[Standing, tuple[str, Message]] = {
    "complete": (SIGNS["passed"], say("complete")),
    "graded": (SIGNS["failed"], say("incomplete")),
    "limit": (SIGNS["limit"], VERDICT_WORDS["limit"]),
    "error": (SIGNS["error"], VERDICT_WORDS["error"]),
    "absent": (SIGNS["skipped"], say("nothing to grade")),
    "grader_error": (SIGNS["grader_error"], VERDICT_WORDS["grader_error"]),
}
_PLACES = {standing: place for place, standing in enumerate(_STANDINGS)}
_WORDS = {standing: f"{sign} {bilingual(word)}" for standing, (sign, word) in _STANDINGS.items()}
#: The element that a verdict's sign stands in, for its colour.
_TAGS = {SIGNS["passed"]: "", SIGNS["failed"]: "b", SIGNS["error"]: "u"}


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
    used = {entry.standing for entry in entries}
    boxes = "".join(
        f'<label><input type="checkbox" name="standing" value="{place}" checked> {_WORDS[standing]}</label>'
        for standing, place in _PLACES.items()
        if standing in used
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
    choice = f'<select name="{name}"><option value="">{every}</option>{options}</select>'
    return f"<label>{bilingual(label)} {choice}</label>"
