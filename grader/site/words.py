"""The words on every page, by the names that the templates have for them."""

from __future__ import annotations

from grader.course.model import Unit
from grader.text import Message, say

WORDS: dict[str, Message] = {
    "skip": say("To the content"),
    "map": say("Map of the course"),
    "languages": say("Language"),
    "pages": say("Exercises before and after this one"),
    "exercise": say("Exercise"),
    "builds_on": say("Builds on"),
    "minutes": say("Minutes"),
    "standing": say("Points"),
    "hints": say("Hints"),
    "stub": say("Download the file to fill in"),
}
#: Those of a page that a server renews.
LIVE_WORDS: dict[str, Message] = {
    "verdict": say("Verdict"),
    "following": say("Another exercise is graded now:"),
    "grading": say("Grading ..."),
    "lost": say("grade open has ended; nothing is renewed here. To go on, run it again."),
}


def unit_heading(unit: Unit) -> Message:
    """A unit's."""
    return say("Unit {number}: {title}", number=unit.number, title=unit.title)


def hint_heading(number: int, count: int) -> Message:
    """That of one of so many hints."""
    return say("Hint {number} of {count}", number=number, count=count)
