"""The page of what is alike in a class: pair by pair, side by side, with how rare each match is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from grader.likeness.compare import Compared
from grader.likeness.model import Alike, Mistakes, Number, Pair, Work
from grader.report.classpage.entry import Entry
from grader.report.classpage.people import People
from grader.report.classpage.texts import bounded, named, to_six_digits
from grader.report.fragment import style_sheet
from grader.report.layout import visible
from grader.report.shell import document
from grader.result import CheckResult
from grader.text import Message, listed, say

#: What no number on the page can say; docs/likeness.md has more.
CANT_SAY = say(
    "This page shows what submissions have in common. It can't say why: two students may have worked together as they "
    "were allowed to, used one book, website or language model, or found the same answer. It can't say who copied from "
    "whom, nor that others worked alone. Don't decide anything from it without speaking to the students."
)
#: Of a text, so many lines and columns are shown.
_MOST_LINES, _LONGEST_LINE = 300, 200
#: So many unread submissions are named.
_MOST_UNREAD = 50


class _Line(msgspec.Struct, frozen=True):
    """A line of a submission. owners: in how many submissions the rarest fingerprint on it is; 0 for none. begins:
    whether it is the first of such lines that follow each other."""

    number: int
    text: str
    owners: int
    begins: bool


class _Side(msgspec.Struct, frozen=True):
    student: str
    lines: list[_Line]
    left: int


class _Shown(msgspec.Struct, frozen=True):
    """A pair as the page has it. evidence: a sentence each."""

    evidence: list[Message]
    sides: tuple[_Side, _Side]


def likeness_page(compared: Compared, *, language: str, made: str) -> bytes:
    """The page; `language` is shown until another one is chosen. made: when, as a date and time."""
    unread = compared.unread
    return document(
        "likeness.html",
        language=language,
        title=say("What submissions have in common"),
        style=style_sheet("likeness.css"),
        footer=say("Made on {date}. The instructor's view: with everyone's names and work.", date=made),
        heading=say("What submissions have in common"),
        cant_say=CANT_SAY,
        side_by_side=say("Side by side; the marked lines are those in common"),
        order=say("Pairs with the most and the rarest matches come first. The order is no measure of anything else."),
        exercises=[(one, _lead(one), [_shown(one, pair) for pair in one.pairs]) for one in compared.exercises],
        not_compared=say("Not compared by their source"),
        unread=unread[:_MOST_UNREAD],
        unread_count=len(unread),
        called=People(compared.students).called,
        named=named,
        more_lines=lambda count: say("further lines: {count}", count=count),
        owners=lambda count, total: say("in {count} of {total} submissions", count=count, total=total),
    )


def _lead(one: Alike) -> Message:
    if not one.pairs:
        return say("Submissions: {count}. No two share anything rare.", count=one.count)
    return say(
        "Submissions: {count}. Rare is what at most {most} of them have. Pairs shown: {shown}; left out: {left}",
        count=one.count,
        most=one.most,
        shown=len(one.pairs),
        left=one.left,
    )


def _shown(one: Alike, pair: Pair) -> _Shown:
    return _Shown(list(_evidence(one, pair)), (_side(pair.one, pair), _side(pair.other, pair)))


def _evidence(one: Alike, pair: Pair) -> Iterator[Message]:
    if pair.is_same_file:
        yield say("The two files are the same, byte for byte.")
    if source := [count for mark, count in pair.shared.items() if isinstance(mark, int)]:
        pieces, least, most = len(source), min(source), max(source)
        if least == most:
            yield say(
                "Pieces of source in common, names apart: {pieces}; each is in {least} of {total} submissions.",
                pieces=pieces,
                least=least,
                total=one.count,
            )
        else:
            yield say(
                "Pieces of source in common, names apart: {pieces}; each is in {least} to {most} of {total} "
                "submissions.",
                pieces=pieces,
                least=least,
                most=most,
                total=one.count,
            )
    checks = {check.id: check for check in pair.one.result.checks}
    for mark, count in sorted(pair.shared.items(), key=lambda item: item[1]):
        if isinstance(mark, Number):
            yield _number(checks[mark.check], mark, count, one.count)
    if mistakes := {mark: count for mark, count in pair.shared.items() if isinstance(mark, Mistakes)}:
        yield _mistakes(pair.one, mistakes, one.count)


def _number(check: CheckResult, mark: Number, count: int, total: int) -> Message:
    assert check.worst is not None
    return say(
        "The same wrong number, {got} in place of {expected}, at the check “{title}”: in {count} of {total} "
        "submissions",
        got=mark.got,
        expected=to_six_digits(check.worst.expected),
        title=bounded(check.title),
        count=count,
        total=total,
    )


def _mistakes(work: Work, marks: Mapping[Mistakes, int], total: int) -> Message:
    """Of three and more named mistakes there are as many pairs, and one sentence."""
    texts = Entry(work.student, work.result).mistakes
    [(rarest, count), *others] = sorted(marks.items(), key=lambda item: item[1])
    two = {"one": bounded(texts[rarest.one]), "other": bounded(texts[rarest.other]), "count": count, "total": total}
    names = dict.fromkeys(name for mark, _ in others for name in (mark.one, mark.other))
    if more := [say("“{name}”", name=bounded(texts[name])) for name in names if name not in (rarest.one, rarest.other)]:
        return say(
            "The same named mistakes, “{one}” and “{other}” (in {count} of {total} submissions), and {more}",
            more=listed(more),
            **two,
        )
    return say("The same two named mistakes, “{one}” and “{other}”: in {count} of {total} submissions", **two)


def _side(work: Work, pair: Pair) -> _Side:
    owners: dict[int, int] = {}
    for mark, count in pair.shared.items():
        for first, last in work.source[mark] if isinstance(mark, int) else ():
            for number in range(first, last + 1):
                owners[number] = min(count, owners.get(number, count))
    lines = work.text.split("\n")
    first = max(0, min(owners, default=1) - 6)
    shown = lines[first : first + _MOST_LINES]
    return _Side(
        work.student,
        [
            _Line(
                number,
                visible(line[:_LONGEST_LINE]),
                owners.get(number, 0),
                owners.get(number) != owners.get(number - 1),
            )
            for number, line in enumerate(shown, start=first + 1)
        ],
        len(lines) - len(shown),
    )
