"""Moodle's "Download all submissions".

A folder for each student and way of handing in, `Full Name_123456_assignsubmission_file` (before Moodle 4 with an
underscore at the end), or, where the teacher chose no folders, that name before each file's. The number is the one
of the grading worksheet's `Participant 123456`. A team has its own name and number, or neither.
"""

from __future__ import annotations

import re

from grader.intake.model import Entry, HandedIn, Known, Person
from grader.intake.names import safe_key
from grader.text import say

_NAME = re.compile(r"(?P<name>.+?)(?:_(?P<id>\d+))?_assignsubmission_(?P<kind>[a-z]+)(?:_(?P<file>.*))?", re.DOTALL)


def is_moodle(name: str) -> bool:
    """Whether a topmost name is one of Moodle's."""
    return _NAME.fullmatch(name) is not None


def moodle_file(parts: tuple[str, ...], entry: Entry) -> HandedIn | None:
    """Whose file this is; None if the name does not tell."""
    found = _NAME.fullmatch(parts[0])
    if found is None:
        return None
    person = _person(found["name"], found["id"])
    own = parts[1:] or ((found["file"],) if found["file"] else ())
    problem = entry.problem
    if found["kind"] != "file" and problem is None:
        problem = say("handed in as text typed into {platform}, not as a file", platform="Moodle")
    return HandedIn(person, own, entry, problem)


def _person(name: str, number: str | None) -> Person:
    if number is None:
        return Person(safe_key(name), name, name)
    known = (Known("moodle", number), Known("student", number, False), Known("id", number, False))
    return Person(number, f"{name}_{number}", name, known)
