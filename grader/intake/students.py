"""Files people's work under one id each: the roster's, or the export's own."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from grader.intake.names import clipped
from grader.intake.people import Person
from grader.intake.roster import Listed, Roster
from grader.text import Message, say


class Student(msgspec.Struct, frozen=True):
    """A student of the class. id: under which results are filed. called: how the export spells them, if it does.

    note: what the instructor should know of them, in every row.
    """

    id: str
    name: str
    called: str
    note: Message | None = None


def file_people(people: Iterable[Person], roster: Roster | None) -> dict[str, Student]:
    """Person's key → the student. Those of whom the roster knows none, or can't tell which, keep the export's key."""
    unique = {person.key: person for person in people}
    found = {key: roster.find(person) if roster else None for key, person in unique.items()}
    rivals: dict[str, list[str]] = {}
    for key, listed in found.items():
        if listed is not None:
            rivals.setdefault(listed.id, []).append(key)
    taken = {name.casefold() for name in roster.students} if roster else set()
    return {
        key: _student(person, found[key], rivals, unique, taken if roster else None) for key, person in unique.items()
    }


def _student(
    person: Person, listed: Listed | None, rivals: dict[str, list[str]], people: dict[str, Person],
    taken: set[str] | None,
) -> Student:
    if taken is None:
        return Student(person.key, person.name, person.called)
    # An id of the export may be, by chance, another student's in the roster.
    key = f"export-{person.key}" if person.key.casefold() in taken else person.key
    if listed is None:
        return Student(key, person.name, person.called, say("not in the roster"))
    others = rivals[listed.id]
    if len(others) > 1:
        names = ", ".join(clipped(people[other].called) for other in others)
        return Student(key, person.name, person.called,
                       say("in the roster, {names} could all be {id}", names=names, id=listed.id))
    return Student(listed.id, listed.name or person.name, person.called)
