"""The page of a class: an instructor's, with every value and name that the results hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

from grader.report.classpage import charts, table
from grader.report.classpage.entry import Entry, Problem
from grader.report.classpage.findings import CheckRow, Findings, SameNumbers, Trouble, findings
from grader.report.classpage.texts import bounded, more, named, on_demand, told
from grader.report.fragment import PICTURE_STYLE
from grader.report.shell import bilingual, document, language_switch
from grader.report.wording import SIGNS, course_line, points, verdict_word
from grader.result import Verdict
from grader.text import LANGUAGES, Message, Text, render, say

_TITLE = say("A class's results")
#: As many of a list are shown.
_MOST = 100
_STYLE = """
header,main,footer{max-width:62rem}
h3{font-size:1.05rem;margin:1.8rem 0 .3rem;font-weight:650}
.checks-of{list-style:none;padding:0;margin:.6rem 0}
.checks-of li{margin:.55rem 0;break-inside:avoid}
.checks-of p{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 1.5rem;margin:0 0 .15rem}
.checks-of p>:last-child{color:var(--quiet);font-size:.9rem}
details{margin:.5rem 0}
details>p{margin-left:1.1rem}
li{overflow-wrap:anywhere}
summary{font-weight:400;overflow-wrap:anywhere}
.name{unicode-bidi:isolate}
"""


def class_page(
    entries: Sequence[Entry], unjudged: Sequence[Problem], problems: Sequence[Problem], *, language: str, made: str
) -> bytes:
    """The page of these results; `language` is shown until another one is chosen.

    unjudged: lines of the class's table for which no result was made. problems: results that can't be shown.
    made: when the page was made, as a date and time.
    """
    by_exercise: dict[str, list[Entry]] = {}
    for entry in entries:
        by_exercise.setdefault(entry.result.exercise, []).append(entry)
    found = [findings(exercise, by_exercise[exercise]) for exercise in sorted(by_exercise)]
    footer = say(
        "Made by grade {version} on {date}. The instructor's view: with hidden checks and everyone's names.",
        version=entries[0].result.grader if entries else "",
        date=made,
    )
    return document(
        language=language,
        title=render(_TITLE, language),
        style=PICTURE_STYLE + _STYLE + charts.STYLE + table.STYLE,
        header=_header(found, entries, problems, language),
        body=[*map(_section, found), _students(entries, found), *_rest(unjudged, problems)],
        footer=f"<p>{bilingual(footer)}</p>",
        script=Path(__file__).with_name("table.js").read_text("utf-8"),
    )


def _header(found: Sequence[Findings], entries: Sequence[Entry], problems: Sequence[Problem], language: str) -> str:
    students = len({entry.student for entry in entries})
    told_of = say(
        "Students: {students}; submissions: {count}; exercises: {exercises}",
        students=students,
        count=sum(one.scores.count for one in found),
        exercises=len(found),
    )
    lacking = say("Results that can't be shown: {count}; they are listed at the end.", count=len(problems))
    return (
        f"<h1>{bilingual(_TITLE)}</h1>{_courses(entries)}<p>{bilingual(told_of)}</p>"
        f"{f'<p>{bilingual(lacking)}</p>' if problems else ''}"
        f"{language_switch(language)}{_overview(found) if len(found) > 1 else ''}"
    )


def _courses(entries: Sequence[Entry]) -> str:
    """The courses that the results are of, where they are not the built-in one."""
    titles = {entry.result.course_id: entry.result.course_title for entry in entries}
    lines = [line for _, title in sorted(titles.items()) if (line := course_line(title))]
    return "".join(f"<p>{bilingual(line)}</p>" for line in lines[:_MOST])


def _overview(found: Sequence[Findings]) -> str:
    """A line for each exercise, which leads to it."""
    head = "".join(
        f"<th>{bilingual(text)}</th>" for text in (say("Exercise"), say("Submissions"), say("Complete"), say("Median"))
    )
    rows = [
        f'<tr><td><a href="#{named(one.exercise)}">{named(one.exercise)}</a></td><td>{one.scores.count}</td>'
        f"<td>{_complete(one)}</td><td>{points(one.scores.quarters[1])} / {points(one.scores.most)}</td></tr>"
        for one in found
    ]
    return f"<nav><table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></nav>"


def _complete(one: Findings) -> int:
    return sum(entry.result.passed for entry in one.order)


def _section(one: Findings) -> str:
    parts = [f'<section id="{named(one.exercise)}"><h2>{named(one.exercise)}</h2>', *_summary(one)]
    if one.order:
        parts += [charts.histogram(one.scores, f"scores-{named(one.exercise)}", LANGUAGES), *_checks(one)]
    blocks = [
        (
            say("Named mistakes"),
            None,
            [
                on_demand(
                    bilingual(
                        say(
                            "{count} of {total}: {text}",
                            count=len(made.students),
                            total=one.scores.count,
                            text=bounded(made.text),
                        )
                    ),
                    made.students,
                    f"<p><code>{named(made.name)}</code></p>",
                )
                for made in one.mistakes
            ],
        ),
        (
            say("The same wrong numbers"),
            say(
                "Nothing follows from this by itself: the same thought, the same source and work together all look "
                "like this. Where many have the same numbers, a mistake may be missing from the exercise's list."
            ),
            [_same_numbers(same) for same in one.same_numbers],
        ),
        (
            say("The same file"),
            say("Equal byte for byte; files that were left as handed out are not counted."),
            [
                on_demand(bilingual(say("{count} submissions are the same file", count=len(same))), same)
                for same in one.same_files
            ],
        ),
        (say("Errors and limits"), None, [_trouble(trouble) for trouble in one.troubles]),
    ]
    parts += [_block(*block) for block in blocks if block[2]]
    return "\n".join([*parts, "</section>"])


def _block(title: Message, remark: Message | None, items: Sequence[str]) -> str:
    lead = f'<p class="quiet">{bilingual(remark)}</p>' if remark else ""
    return f"<h3>{bilingual(title)}</h3>{lead}{''.join(items[:_MOST])}{more(len(items) - _MOST)}"


def _summary(one: Findings) -> list[str]:
    """Scores and time in words."""
    low, middle, high = map(points, one.scores.quarters)
    texts = [say("Submissions: {count}; complete: {complete}", count=one.scores.count, complete=_complete(one))]
    if one.time is not None:
        texts.append(
            say(
                "The median is {middle} of {most}; half of the scores lie between {low} and {high}.",
                middle=middle,
                most=points(one.scores.most),
                low=low,
                high=high,
            )
        )
    parts = [f"<p>{bilingual(text)}</p>" for text in texts]
    if one.time is not None:
        time = say(
            "Grading took {total} s in all, {middle} s in the median, {longest} s at most",
            total=_seconds(one.time.total),
            middle=_seconds(one.time.middle),
            longest=_seconds(one.time.longest),
        )
        parts.append(f'<p class="quiet">{bilingual(time)} (<span class=name>{named(one.time.student)}</span>)</p>')
    return parts


def _seconds(seconds: float) -> str:
    return f"{seconds:.0f}" if seconds >= 100 else f"{seconds:.2g}"


def _checks(one: Findings) -> list[str]:
    """The heat map: a strip for each check, the class from left to right."""
    keys = "".join(
        f'<span class="key-of">{charts.key(look)}{bilingual(text)}</span> '
        for look, text in (
            ("failed", say("failed")),
            ("unwritten", say("not written")),
            ("broken", say("error or limit")),
        )
    )
    lead = say("Each strip is the whole class, the best score on the left, empty where passed.")
    return [
        f"<h3>{bilingual(say('Checks'))}</h3>",
        f'<p class="quiet">{bilingual(lead)}{keys}</p>',
        f'<ol class="checks-of">{"".join(map(_check, one.checks))}</ol>',
    ]


def _check(row: CheckRow) -> str:
    counts = Counter(verdict for verdict in row.verdicts if verdict is not None)
    told_of = " · ".join(_count(verdict, counts[verdict]) for verdict in SIGNS if counts[verdict])
    title: Message | Text = bounded(row.check.title)
    if row.check.hidden:
        title = say("{title} (hidden)", title=title)
    return f"<li><p><span>{bilingual(title)}</span><span>{told_of}</span></p>{charts.strip(row.verdicts)}</li>"


def _count(verdict: Verdict, count: int) -> str:
    return f"{bilingual(verdict_word(verdict))} {count}"


def _same_numbers(same: SameNumbers) -> str:
    worst = same.worst
    place = f"[{', '.join(map(str, worst.index))}]"
    summary = say(
        "{count} submissions: {got} in place of {expected} at {place}",
        count=len(same.students),
        got=_number(worst.got),
        expected=_number(worst.expected),
        place=place,
    )
    return on_demand(bilingual(summary), same.students, _titles(check.title for check in same.checks))


def _titles(titles: Iterable[Text]) -> str:
    items = "".join(f"<li>{told(title)}</li>" for title in titles)
    return f"<ul>{items}</ul>" if items else ""


def _number(value: float | str) -> str:
    return value[:20] if isinstance(value, str) else f"{value:.6g}"


def _trouble(trouble: Trouble) -> str:
    what = f"{SIGNS[trouble.verdict]} {bilingual(verdict_word(trouble.verdict))} × {len(trouble.students)}"
    return on_demand(f"{what}: {told(trouble.message)}", trouble.students, _titles(trouble.checks))


def _students(entries: Sequence[Entry], found: Sequence[Findings]) -> str:
    title = bilingual(say("All submissions"))
    return (
        f'<section><h2 id="all-students">{title}</h2>{table.table(entries, [one.exercise for one in found])}</section>'
    )


def _rest(unjudged: Sequence[Problem], problems: Sequence[Problem]) -> Iterable[str]:
    """What has no result, and why."""
    for title, listed in ((say("Results that can't be shown"), problems), (say("Without a result"), unjudged)):
        if listed:
            items = "".join(
                f"<li><span class=name>{named(one.student)}</span> / {named(one.exercise)}: {_reason(one.reason)}</li>"
                for one in listed[:_MOST]
            )
            yield f"<section><h2>{bilingual(title)}</h2><ul>{items}</ul>{more(len(listed) - _MOST)}</section>"


def _reason(reason: Message | str) -> str:
    text: Text = {language: render(reason, language) for language in LANGUAGES}
    return told(text) if any(text.values()) else escape("?")
