"""The table of a class: a row for each student, a column for each exercise, and what filters them. Without a script it
is a plain table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from statistics import median
from typing import NamedTuple

from markupsafe import Markup

from grader.report.classpage.entry import Class, Entry, Standing
from grader.report.classpage.findings import Findings
from grader.report.classpage.lateness import handed_in, mark, reason
from grader.report.classpage.people import People, Titles
from grader.report.classpage.texts import bounded, in_each_language, named, shortened
from grader.report.layout import visible
from grader.report.shell import bilingual
from grader.report.templating import made_of
from grader.report.wording import SIGNS, VERDICT_WORDS, points
from grader.result import Verdict
from grader.text import LANGUAGES, Message, Text, render, say

#: What a standing is called, its sign and its place in the order.
_STANDINGS: dict[Standing, tuple[str, Message]] = {
    "complete": (SIGNS["passed"], say("complete")),
    "graded": (SIGNS["failed"], say("incomplete")),
    "limit": (SIGNS["limit"], VERDICT_WORDS["limit"]),
    "error": (SIGNS["error"], VERDICT_WORDS["error"]),
    "absent": (SIGNS["skipped"], say("nothing to grade")),
    "grader_error": (SIGNS["grader_error"], VERDICT_WORDS["grader_error"]),
}
_PLACES: dict[Standing, int] = {standing: place for place, standing in enumerate(_STANDINGS)}
#: The element that a verdict's sign stands in, for its colour.
_TAGS = {SIGNS["passed"]: "", SIGNS["failed"]: "b", SIGNS["error"]: "u"}
#: Up to so many exercises have room for each check's sign, and the table for the mistakes' sentences.
FULL = 3
#: A choice's text is on one line.
_LONGEST_CHOICE = 100

#: Number of a mistake on the page, by exercise and name.
_Numbers = Mapping[tuple[str, str], int]


class _Exercise(NamedTuple):
    """title: of its column. short: in the list of exercises. timed: whether a column has the times of handing in."""

    title: Message | Text | str
    short: str
    timed: bool


class _Standing(NamedTuple):
    """place: in the order of all. text: sign and word."""

    place: int
    text: Markup


class _Cell(NamedTuple):
    """place: of the standing. made: the mistakes' numbers. points: with signs where there is room.

    late: what its title says of lateness where there is no column of it. handed: what that column has, and its title;
    None without one.
    """

    place: int
    made: str
    points: Markup | str
    late: str = ""
    handed: tuple[Markup | str, str] | None = None


class _Row(NamedTuple):
    """A student's; href: of their page. id: where the name is another one. mistakes: all, as sentences; others: how
    many but the first."""

    href: str
    name: str
    id: str
    total: str
    cells: list[_Cell]
    mistakes: list[Markup]
    others: Markup


_WORDS = {
    "contains": say("Student contains"),
    "exercise": say("Exercise"),
    "mistake": say("Named mistakes"),
    "standing": say("Standing"),
    "show_all": say("Show all"),
    "show_more": say("Show the other {count}", count="@"),
    "student": say("Student"),
    "median": say("Median"),
    "handed": say("Handed in"),
}
_LATE = say("late, or points were taken for that: point at the number to see how late, and how many")
#: Of an exercise that a student has no line for.
_NOTHING = _Cell(_PLACES["absent"], "", SIGNS["skipped"])
_NOTHING_TIMED = _NOTHING._replace(handed=("", ""))


def table(shown: Class, exercises: Sequence[Findings], people: People, titles: Titles) -> Markup:
    """The filter and the table."""
    numbers = {
        (one.exercise, mistake.name): number
        for number, (one, mistake) in enumerate((one, mistake) for one in exercises for mistake in one.mistakes)
    }
    names = [one.exercise for one in exercises]
    full = len(exercises) <= FULL
    students = _by_student(shown.entries)
    timed = {one.result.exercise for one in shown.entries if one.timing.handed_in or one.is_late} if full else set()
    used = {entry.standing for entry in shown.entries}
    if any(len(own) < len(names) for own in students.values()):
        used.add("absent")
    return made_of(
        "classpage_table.html",
        look="full" if full else "dense",
        # Most cells of many are incomplete work: it goes without a class, which would be a tenth of the page.
        unmarked=None if full else _PLACES["graded"],
        count=len(students),
        rows=_rows(students, {name: name in timed for name in names}, numbers, shown, people, full),
        exercises=[
            _Exercise(titles.full(name) if full else titles.column(name), titles.short(name), name in timed)
            for name in names
        ],
        late_key=None if full or not any(entry.is_late for entry in shown.entries) else _LATE,
        choices=[*_choices(exercises, numbers, titles)],
        used=[
            _Standing(_PLACES[one], sign + " " + bilingual(word))
            for one, (sign, word) in _STANDINGS.items()
            if one in used
        ],
        # A choice's texts can't be in spans: the first is in every language at once, the others in none.
        every=in_each_language(say("all")),
        words=_WORDS,
        total=say("Total of {most}", most=points(sum(one.scores.most for one in exercises))),
        medians=_medians(students, exercises),
        found=say("Found: {found} of {count}", found="@", count=len(students)),
        counted=_counted,
        text=bilingual,
    )


def _by_student(entries: Iterable[Entry]) -> dict[str, dict[str, Entry]]:
    students: dict[str, dict[str, Entry]] = {}
    for entry in entries:
        students.setdefault(entry.student, {})[entry.result.exercise] = entry
    return students


def _rows(
    students: Mapping[str, Mapping[str, Entry]],
    exercises: Mapping[str, bool],
    numbers: _Numbers,
    shown: Class,
    people: People,
    full: bool,
) -> Iterator[_Row]:
    """exercises: whether there is a column of times for each."""
    for student, own in students.items():
        cells = [
            _cell(own[one], numbers, full, timed) if one in own else _NOTHING_TIMED if timed else _NOTHING
            for one, timed in exercises.items()
        ]
        name, id = people.name(student), named(student)
        made = [bilingual(bounded(text)) for entry in own.values() for text in entry.mistakes.values()] if full else []
        mistakes = [*dict.fromkeys(made)]
        others = bilingual(say("{count} further mistakes", count=len(mistakes) - 1)) if len(mistakes) > 1 else Markup()
        total = _total(own.values())
        yield _Row(shown.pages.get(student, ""), name, "" if name == id else id, total, cells, mistakes, others)


def _cell(entry: Entry, numbers: _Numbers, full: bool, timed: bool) -> _Cell:
    """What a student has of an exercise."""
    result, standing = entry.result, entry.standing
    made = ",".join(
        str(numbers[result.exercise, name]) for name in entry.mistakes if (result.exercise, name) in numbers
    )
    handed = (handed_in(entry), reason(entry)) if timed else None
    if standing in ("absent", "grader_error"):
        return _Cell(_PLACES[standing], made, _STANDINGS[standing][0], handed=handed)
    shown = points(entry.points)
    if not full:
        return _Cell(_PLACES[standing], made, shown, mark(entry) if entry.is_late else "")
    signs = _checks(tuple([check.verdict for check in result.checks]))
    return _Cell(_PLACES[standing], made, shown + signs, handed=handed)


def _total(entries: Iterable[Entry]) -> str:
    """The points of all exercises; with a sign where some work could not be graded."""
    every = [*entries]
    unknown = any(entry.standing == "grader_error" for entry in every)
    return points(sum(entry.points for entry in every)) + (f" {SIGNS['grader_error']}" if unknown else "")


def _medians(students: Mapping[str, Mapping[str, Entry]], exercises: Sequence[Findings]) -> list[str]:
    """Of the totals, then of each exercise."""
    totals = [sum(entry.points for entry in own.values()) for own in students.values()]
    each = ([entry.points for entry in one.order] for one in exercises)
    return [points(median(found or [0.0])) for found in (totals, *each)]


def _choices(
    exercises: Sequence[Findings], numbers: _Numbers, titles: Titles
) -> Iterator[tuple[str, str, list[tuple[int, str]]]]:
    """For each language and exercise its mistakes: number and sentence."""
    for language in LANGUAGES:
        for one in exercises:
            if one.mistakes:
                made = [
                    (numbers[one.exercise, mistake.name], _choice(mistake.text, language)) for mistake in one.mistakes
                ]
                yield language, render(titles.full(one.exercise), language), made


def _choice(text: Text, language: str) -> str:
    return visible(shortened(render(text, language), _LONGEST_CHOICE))


@cache  # most students have the verdicts of others
def _checks(verdicts: tuple[Verdict, ...]) -> Markup:
    """A sign for each check, in order; those that come one after another in one element."""
    runs = [(_TAGS.get(sign, "i"), "".join(same)) for sign, same in groupby(SIGNS[verdict] for verdict in verdicts)]
    return made_of("classpage_signs.html", runs=runs)


def _counted(text: Message, number: int) -> Markup:
    """The text with the number, which the script brings up to date, in place of its @."""
    return bilingual(text).replace("@", Markup("<b>{}</b>").format(number))
