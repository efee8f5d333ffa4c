"""Moodle's "Download all submissions".

A folder for each student and way of handing in, `Full Name_123456_assignsubmission_file` (before Moodle 4 with an
underscore at the end), or, where the teacher chose no folders, that name before each file's. The number is the one
of the grading worksheet's `Participant 123456`. A team has its own name and number, or neither.
"""

from __future__ import annotations

import re
from itertools import islice

import msgspec

from grader.intake.model import Entry, HandedIn, Person, numbered
from grader.intake.names import clipped, safe_key
from grader.text import listed, say

_MARK = "_assignsubmission_"
_WHO = re.compile(r"(?P<name>.+?)(?:_(?P<id>[0-9]+))?", re.DOTALL)
_WHAT = re.compile(r"(?P<kind>[a-z]+)(?:_(?P<file>.*))?", re.DOTALL)
#: More ways to read a name than this are not looked at.
_MOST_READINGS = 8


def is_moodle(name: str) -> bool:
    """Whether a topmost name is one of Moodle's."""
    return bool(_readings(name))


def moodle_files(parts: tuple[str, ...], entry: Entry) -> list[HandedIn]:
    """The file, as that of whoever handed it in; of nobody if the name does not tell.

    A name with Moodle's mark in it twice can be read in two ways: somebody's own name, or their file's, looks like what
    Moodle writes. Such a file is everybody's whose it could be, and can't be graded.
    """
    files = [_file(who, what, parts, entry) for who, what in _readings(parts[0])]
    if len({file.person.identity for file in files}) < 2:
        return files[:1]
    names = listed(clipped(file.person.called) for file in files)
    problem = entry.problem or say(
        "whose {file} is can't be told from its name; it could be of {names}", file=entry.path, names=names
    )
    return [msgspec.structs.replace(file, problem=problem, certain=False) for file in files]


def _readings(name: str) -> list[tuple[re.Match[str], re.Match[str]]]:
    """Every way to tell who and what is meant by a name."""
    marks = re.finditer(_MARK, name)
    pairs = ((_WHO.fullmatch(name, 0, mark.start()), _WHAT.fullmatch(name, mark.end())) for mark in marks)
    readings = ((who, what) for who, what in pairs if who is not None and what is not None)
    return list(islice(readings, _MOST_READINGS))


def _file(who: re.Match[str], what: re.Match[str], parts: tuple[str, ...], entry: Entry) -> HandedIn:
    problem = entry.problem
    own = parts[1:] or ((what["file"],) if what["file"] else parts if problem else ())
    if what["kind"] != "file" and problem is None:
        problem = say("handed in as text typed into {platform}, not as a file", platform="Moodle")
    return HandedIn(_person(who["name"], who["id"]), own, entry, problem)


def _person(name: str, number: str | None) -> Person:
    if number is None:
        # A team may be called like a participant's number.
        key = f"name-{name}" if name.isdecimal() else safe_key(name)
        return Person(key, name, name, own=name)
    return numbered("moodle", name, number)
