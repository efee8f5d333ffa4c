"""Canvas's "Download Submissions".

One flat folder: `lastnamefirstname_12345_67890_original.py`, with `_LATE` after the name where it was late. The first
number is the student's (`ID` in Canvas's gradebook), the second one the file's. Canvas adds `-1` to the name of a file
that was handed in again. Of an anonymous assignment: `anon_AbC12_67890_original.py`. Typed text and links are HTML.
"""

from __future__ import annotations

import re

from grader.intake.model import Entry, HandedIn, Person, numbered
from grader.intake.when import When
from grader.text import say

_REST = r"(?:(?P<number>[0-9]+)_(?P<file>.+)|(?:text|link)\.html)"
_ANONYMOUS = re.compile(rf"(?P<late>LATE_)?(?P<name>anon)_(?P<id>[A-Za-z0-9]+)_{_REST}", re.DOTALL)
_NAMED = re.compile(rf"(?P<name>.*?)(?P<late>_LATE)?_(?P<id>[0-9]+)_{_REST}", re.DOTALL)
#: The other way to read a name with three numbers in a row: the first one belongs to the name.
_LONGER = re.compile(rf"(?P<name>.*?_[0-9]+)(?P<late>_LATE)?_(?P<id>[0-9]+)_{_REST}", re.DOTALL)


def is_canvas(name: str) -> bool:
    """Whether a topmost name is one of Canvas's."""
    return _match(name) is not None


def canvas_numbers(name: str) -> tuple[str, str] | None:
    """The student's number and the file's, by which Canvas finds whose a file is that is uploaded again.

    None of an anonymous file, and of a text or a link that was handed in.
    """
    reading = _NAMED.fullmatch(name)
    return (reading["id"], reading["number"]) if reading is not None and reading["number"] else None


def canvas_readings(parts: tuple[str, ...], entry: Entry) -> list[HandedIn]:
    """The file, as that of whoever may have handed it in, the likeliest first; of nobody if the name does not tell.

    Somebody called `Ada_7`, with the number 101, has files `ada_7_101_9001_work.py`: it may be a file `9001_work.py`
    of number 7, too.
    """
    reading = _match(parts[0])
    if reading is None:
        return []
    other = _LONGER.fullmatch(parts[0]) if reading["name"] != "anon" else None
    return [_file(match, parts, entry) for match in (reading, other) if match is not None]


def _file(match: re.Match[str], parts: tuple[str, ...], entry: Entry) -> HandedIn:
    problem = entry.problem
    if match["file"] is None and problem is None:
        problem = say("handed in as text typed into {platform}, not as a file", platform="Canvas")
    own = (match["file"],) if match["file"] else parts
    note = say("late, says {platform}", platform="Canvas") if match["late"] else None
    number, name = match["id"], match["name"]
    anonymous = Person(f"anon_{number}", f"anon_{number}", space="anonymous", exact=True)
    when = When(late=bool(match["late"]))
    person = anonymous if name == "anon" else numbered("canvas", name, number)
    return HandedIn(person, own, entry, problem, note, when=when)


def _match(name: str) -> re.Match[str] | None:
    return _ANONYMOUS.fullmatch(name) or _NAMED.fullmatch(name)
