"""What the page of a class lists of an exercise: who made the same mistake, has the same file, met the same limit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import msgspec
from markupsafe import Markup

from grader.report.classpage.entry import Entry
from grader.report.classpage.findings import Findings, Mistake, SameNumbers, Trouble
from grader.report.classpage.texts import bounded, to_six_digits
from grader.report.shell import bilingual
from grader.report.wording import SIGNS, VERDICT_WORDS
from grader.text import Message, Text, say

#: As many of a list are shown.
MOST = 100
#: Of late work; the table marks all of it.
_MOST_LATE = 10
#: As many students are named who made a mistake; the table finds all of them.
_MOST_NAMES = 30


class Item(msgspec.Struct, frozen=True):
    """Students with something in common, listed once it is opened, up to `most`. titles: what goes before them."""

    summary: Markup
    students: Sequence[str]
    titles: Sequence[Text] = ()
    most: int = MOST

    @property
    def left(self) -> int:
        """How many more students there are."""
        return max(len(self.students) - self.most, 0)


class Group(msgspec.Struct, frozen=True):
    """A list with its title. left: how many more there are."""

    title: Message
    items: Sequence[Item]
    left: int
    remark: Message | None = None


def groups(exercise: Findings) -> list[Group]:
    """Those that have anything in them."""
    same_numbers = say(
        "Nothing follows from this by itself: the same thought, the same source and work together all look "
        "like this. Where many have the same numbers, a mistake may be missing from the exercise's list."
    )
    same_file = say("Equal byte for byte; files that were left as handed out are not counted.")
    mistakes = [_mistake(mistake, exercise.scores.count) for mistake in exercise.mistakes[:MOST]]
    numbers = [*map(_same_numbers, exercise.same_numbers[:MOST])]
    files = [*map(_same_file, exercise.same_files[:MOST])]
    troubles = [*map(_trouble, exercise.troubles[:MOST])]
    late = _late(exercise.order)
    every = [
        Group(say("Named mistakes"), mistakes, len(exercise.mistakes) - MOST),
        Group(say("The same wrong numbers"), numbers, len(exercise.same_numbers) - MOST, same_numbers),
        Group(say("The same file"), files, len(exercise.same_files) - MOST, same_file),
        Group(say("Errors and limits"), troubles, len(exercise.troubles) - MOST),
        Group(say("Handed in late"), late[:_MOST_LATE], len(late) - _MOST_LATE),
    ]
    return [group for group in every if group.items]


def _late(entries: Sequence[Entry]) -> list[Item]:
    """Each reason, that of the greatest penalty first; also why it could not be told whether there is one."""
    students: dict[str, list[str]] = defaultdict(list)
    reasons: dict[str, Text] = {}
    for entry in sorted(entries, key=lambda entry: -entry.timing.penalty):
        if (text := entry.timing.reason) and entry.timing.late is not False:
            reasons.setdefault(text.get("en", ""), text)
            students[text.get("en", "")].append(entry.student)
    return [Item(bilingual(bounded(reasons[key])), own, most=_MOST_NAMES) for key, own in students.items()]


def how_many_made(mistake: Mistake, total: int) -> Message:
    """The mistake behind the number of those who made it."""
    return say("{count} of {total}: {text}", count=len(mistake.students), total=total, text=bounded(mistake.text))


def _mistake(mistake: Mistake, total: int) -> Item:
    return Item(bilingual(how_many_made(mistake, total)), mistake.students, most=_MOST_NAMES)


def _same_file(students: Sequence[str]) -> Item:
    return Item(bilingual(say("{count} submissions are the same file", count=len(students))), students)


def _same_numbers(same: SameNumbers) -> Item:
    worst = same.worst
    summary = say(
        "{count} submissions: {got} in place of {expected} at {place}",
        count=len(same.students),
        got=to_six_digits(worst.got),
        expected=to_six_digits(worst.expected),
        place=f"[{', '.join(map(str, worst.index))}]",
    )
    return Item(bilingual(summary), same.students, titles=[check.title for check in same.checks])


def _trouble(trouble: Trouble) -> Item:
    word, count = VERDICT_WORDS[trouble.verdict], len(trouble.students)
    told = say("{verdict} × {count}: {reason}", verdict=word, count=count, reason=bounded(trouble.message))
    summary = Markup("{} {}").format(SIGNS[trouble.verdict], bilingual(told))
    return Item(summary, trouble.students, titles=trouble.checks)
