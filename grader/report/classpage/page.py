"""The page of a class: an instructor's, with every value and name that the results hold."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from grader.report.classpage import charts, table
from grader.report.classpage.entry import Entry, Problem
from grader.report.classpage.findings import CheckRow, Findings, Mistake, SameNumbers, Trouble, findings
from grader.report.classpage.texts import bounded, message_html, more, named, on_demand
from grader.report.fragment import style_sheet
from grader.report.shell import bilingual, document, language_switch
from grader.report.wording import SIGNS, VERDICT_WORDS, course_line, out_of, points
from grader.text import LANGUAGES, Message, Text, render, say

_TITLE = say("A class's results")
#: As many of a list are shown.
_MOST = 100


def class_page(
    entries: Sequence[Entry], unjudged: Sequence[Problem], problems: Sequence[Problem], *, language: str, made: str
) -> bytes:
    """The page of these results; `language` is shown until another one is chosen.

    unjudged: lines of the class's table for which no result was made. problems: results that can't be shown.
    made: when the page was made, as a date and time.
    """
    by_exercise: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_exercise[entry.result.exercise].append(entry)
    exercises = [findings(exercise, own) for exercise, own in sorted(by_exercise.items())]
    listed = table.table(entries, [exercise.exercise for exercise in exercises])
    students = f'<section><h2 id="all-students">{bilingual(say("All submissions"))}</h2>{listed}</section>'
    footer = say(
        "Made by grade {version} on {date}. The instructor's view: with hidden checks and everyone's names.",
        version=entries[0].result.grader if entries else "",
        date=made,
    )
    return document(
        language=language,
        title=render(_TITLE, language),
        style=style_sheet("pictures.css", "classpage/page.css"),
        header=_header(exercises, entries, problems, language),
        body=[*map(_section, exercises), students, *_rest(unjudged, problems)],
        footer=f"<p>{bilingual(footer)}</p>",
        script=Path(__file__).with_name("table.js").read_text("utf-8"),
    )


def _header(exercises: Sequence[Findings], entries: Sequence[Entry], problems: Sequence[Problem], language: str) -> str:
    # Where they are not the built-in one.
    titles = {entry.result.course_id: entry.result.course_title for entry in entries}
    courses = [line for _, title in sorted(titles.items()) if (line := course_line(title))]
    texts = [
        say(
            "Students: {students}; submissions: {count}; exercises: {exercises}",
            students=len({entry.student for entry in entries}),
            count=sum(exercise.scores.count for exercise in exercises),
            exercises=len(exercises),
        )
    ]
    if problems:
        texts.append(say("Results that can't be shown: {count}; they are listed at the end.", count=len(problems)))
    return (
        f"<h1>{bilingual(_TITLE)}</h1>{_paragraphs([*courses[:_MOST], *texts])}"
        f"{language_switch(language)}{_overview(exercises) if len(exercises) > 1 else ''}"
    )


def _paragraphs(texts: Iterable[Message]) -> str:
    return "".join(f"<p>{bilingual(text)}</p>" for text in texts)


def _overview(exercises: Sequence[Findings]) -> str:
    """A line for each exercise, which leads to it."""
    titles = (say("Exercise"), say("Submissions"), say("Complete"), say("Median"))
    head = "".join(f"<th>{bilingual(title)}</th>" for title in titles)
    rows = [
        f'<tr><td><a href="#{named(one.exercise)}">{named(one.exercise)}</a></td><td>{one.scores.count}</td>'
        f"<td>{one.complete}</td><td>{out_of(one.scores.quarters[1], one.scores.most)}</td></tr>"
        for one in exercises
    ]
    return f"<nav><table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></nav>"


def _section(exercise: Findings) -> str:
    name = named(exercise.exercise)
    parts = [f'<section id="{name}"><h2>{name}</h2>', *_summary(exercise)]
    if exercise.order:
        parts += [charts.histogram(exercise.scores, f"scores-{name}", LANGUAGES), *_checks(exercise)]
    same_numbers = say(
        "Nothing follows from this by itself: the same thought, the same source and work together all look "
        "like this. Where many have the same numbers, a mistake may be missing from the exercise's list."
    )
    same_file = say("Equal byte for byte; files that were left as handed out are not counted.")
    total = exercise.scores.count
    parts += [
        _block(say("Named mistakes"), None, [_mistake(mistake, total) for mistake in exercise.mistakes]),
        _block(say("The same wrong numbers"), same_numbers, map(_same_numbers, exercise.same_numbers)),
        _block(say("The same file"), same_file, map(_same_file, exercise.same_files)),
        _block(say("Errors and limits"), None, map(_trouble, exercise.troubles)),
        "</section>",
    ]
    return "\n".join(filter(None, parts))


def _block(title: Message, remark: Message | None, items: Iterable[str]) -> str:
    """A list with its title; nothing where there is nothing in it."""
    listed = list(items)
    lead = f'<p class="quiet">{bilingual(remark)}</p>' if remark else ""
    shown = f"<h3>{bilingual(title)}</h3>{lead}{''.join(listed[:_MOST])}{more(len(listed) - _MOST)}"
    return shown if listed else ""


def _mistake(mistake: Mistake, total: int) -> str:
    count = len(mistake.students)
    summary = say("{count} of {total}: {text}", count=count, total=total, text=bounded(mistake.text))
    return on_demand(bilingual(summary), mistake.students, f"<p><code>{named(mistake.name)}</code></p>")


def _same_file(students: Sequence[str]) -> str:
    return on_demand(bilingual(say("{count} submissions are the same file", count=len(students))), students)


def _summary(exercise: Findings) -> list[str]:
    """Scores and time in words."""
    scores, time = exercise.scores, exercise.time
    count = say("Submissions: {count}; complete: {complete}", count=scores.count, complete=exercise.complete)
    if time is None:
        return [_paragraphs([count])]
    low, middle, high = map(points, scores.quarters)
    spread = say(
        "The median is {middle} of {most}; half of the scores lie between {low} and {high}.",
        middle=middle,
        most=points(scores.most),
        low=low,
        high=high,
    )
    took = say(
        "Grading took {total} s in all, {middle} s in the median, {longest} s at most",
        total=_seconds(time.total),
        middle=_seconds(time.middle),
        longest=_seconds(time.longest),
    )
    longest = f"(<span class=name>{named(time.student)}</span>)"
    return [_paragraphs([count]), _paragraphs([spread]), f'<p class="quiet">{bilingual(took)} {longest}</p>']


def _seconds(seconds: float) -> str:
    return f"{seconds:.0f}" if seconds >= 100 else f"{seconds:.2g}"


def _checks(exercise: Findings) -> list[str]:
    """The heat map: a strip for each check, the class from left to right."""
    looks = (("failed", say("failed")), ("unwritten", say("not written")), ("broken", say("error or limit")))
    keys = "".join(f'<span class="key-of">{charts.key(look)}{bilingual(text)}</span> ' for look, text in looks)
    lead = say("Each strip is the whole class, the best score on the left, empty where passed.")
    return [
        f"<h3>{bilingual(say('Checks'))}</h3>",
        f'<p class="quiet">{bilingual(lead)}{keys}</p>',
        f'<ol class="checks-of">{"".join(map(_check, exercise.checks))}</ol>',
    ]


def _check(row: CheckRow) -> str:
    counts = Counter(verdict for verdict in row.verdicts if verdict is not None)
    verdicts = [verdict for verdict in SIGNS if counts[verdict]]
    numbers = " · ".join(f"{bilingual(VERDICT_WORDS[verdict])} {counts[verdict]}" for verdict in verdicts)
    title: Message | Text = bounded(row.check.title)
    if row.check.hidden:
        title = say("{title} (hidden)", title=title)
    return f"<li><p><span>{bilingual(title)}</span><span>{numbers}</span></p>{charts.strip(row.verdicts)}</li>"


def _same_numbers(same: SameNumbers) -> str:
    worst = same.worst
    summary = say(
        "{count} submissions: {got} in place of {expected} at {place}",
        count=len(same.students),
        got=_number(worst.got),
        expected=_number(worst.expected),
        place=f"[{', '.join(map(str, worst.index))}]",
    )
    return on_demand(bilingual(summary), same.students, _titles(check.title for check in same.checks))


def _titles(titles: Iterable[Text]) -> str:
    items = "".join(f"<li>{message_html(title)}</li>" for title in titles)
    return f"<ul>{items}</ul>" if items else ""


def _number(value: float | str) -> str:
    return value[:20] if isinstance(value, str) else f"{value:.6g}"


def _trouble(trouble: Trouble) -> str:
    what = f"{SIGNS[trouble.verdict]} {bilingual(VERDICT_WORDS[trouble.verdict])} × {len(trouble.students)}"
    return on_demand(f"{what}: {message_html(trouble.message)}", trouble.students, _titles(trouble.checks))


def _rest(unjudged: Sequence[Problem], problems: Sequence[Problem]) -> Iterable[str]:
    """What has no result, and why."""
    for title, listed in ((say("Results that can't be shown"), problems), (say("Without a result"), unjudged)):
        items = "".join(
            f"<li><span class=name>{named(problem.student)}</span> / {named(problem.exercise)}: {_reason(problem)}</li>"
            for problem in listed[:_MOST]
        )
        if items:
            yield f"<section><h2>{bilingual(title)}</h2><ul>{items}</ul>{more(len(listed) - _MOST)}</section>"


def _reason(problem: Problem) -> str:
    text: Text = {language: render(problem.reason, language) for language in LANGUAGES}
    return message_html(text) if any(text.values()) else "?"
