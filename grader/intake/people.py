"""The students of a class: everyone who handed in, and everyone whom the roster lists, each under one id."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from grader.intake.identity import Ids, sameness
from grader.intake.model import NUMBERED_BY, Identity, Person
from grader.intake.names import clipped
from grader.intake.roster import Listed, Roster, agree
from grader.text import Message, listed, say

#: What an export says of a student; the other kinds of `Known` are guesses at what a roster calls it.
_TOLD = (*NUMBERED_BY, "sid", "email")
#: Kinds of ids whose ids stand as they are; those of other kinds make way for them.
_FIRST = ("number", "sid", "folder")


class Student(msgspec.Struct, frozen=True):
    """A student of the class. id: under which results are filed. called: how the export spells them, if it does.

    note: what the instructor should know of them, in every row. values: how platforms know them, kind → value.
    clash: why nothing of what is handed in under this name can be graded. on_list: whether the roster lists them, and
    nothing else could be their work; then what is missing was not handed in. missing: what to say of it. language: the
    tag of the one that the roster has for them.
    """

    id: str
    name: str
    called: str
    note: Message | None = None
    values: dict[str, str] = {}
    clash: Message | None = None
    on_list: bool = False
    missing: Message = say("nothing handed in")
    language: str = ""


class Register(msgspec.Struct, frozen=True):
    """students: those who handed in, by who they are. absent: those of the roster who did not."""

    students: dict[Identity, Student]
    absent: tuple[Student, ...]

    @property
    def everyone(self) -> tuple[Student, ...]:
        """All of them, sorted by id."""
        return tuple(sorted([*self.students.values(), *self.absent], key=lambda student: student.id))


def register(people: Iterable[Person], roster: Roster | None) -> Register:
    """Give each one an id. Those of whom the roster knows none, or can't tell which, keep the export's."""
    groups: dict[Identity, list[Person]] = defaultdict(list)
    for person in dict.fromkeys(people):
        groups[person.identity].append(person)
    persons = {identity: min(group, key=lambda person: person.spelled) for identity, group in groups.items()}
    matches = {identity: roster.find(person) if roster else None for identity, person in persons.items()}
    rivals: dict[str, list[Person]] = defaultdict(list)
    for identity, entry in matches.items():
        if entry is not None:
            rivals[entry.id].append(persons[identity])
    ids = Ids(roster.students if roster else ())
    students = {}
    for identity in sorted(groups, key=lambda identity: (identity[0] not in _FIRST, identity)):
        entry = matches[identity]
        student = _student(persons[identity], entry, rivals[entry.id] if entry else [], roster is not None, ids)
        called = ", ".join(dict.fromkeys(person.called for person in groups[identity]))
        students[identity] = msgspec.structs.replace(student, called=called, clash=_clash(groups[identity]))
    unknown = [persons[identity] for identity, entry in matches.items() if entry is None]
    listed_students = roster.students.values() if roster else ()
    absent = (_absent(entry, rivals[entry.id], unknown) for entry in listed_students if len(rivals[entry.id]) != 1)
    return Register(students, tuple(absent))


def _student(person: Person, entry: Listed | None, rivals: Sequence[Person], has_roster: bool, ids: Ids) -> Student:
    values = {known.kind: known.value for known in person.known if person.platform and known.kind in _TOLD}
    if entry is not None and len(rivals) == 1:
        name, known = entry.name or person.name, values | entry.values
        return Student(entry.id, name, person.called, None, known, on_list=True, language=entry.tag)
    # An id of the export may be, by chance, another student's in the roster.
    prefix = "export" if person.space in _FIRST else person.space
    note = None
    if entry is not None:
        note = say("in the roster, {names} could all be {id}", names=_names(rivals), id=entry.id)
    elif has_roster:
        note = say("not in the roster")
    return Student(ids.give(person.key, f"{prefix}-{person.key}"), person.name, person.called, note, values)


def _absent(entry: Listed, rivals: Sequence[Person], unknown: Sequence[Person]) -> Student:
    """A student of the roster under whose id nothing is graded."""
    certain = not rivals and not any(_could_be(person, entry) for person in unknown)
    student = Student(entry.id, entry.name, "", None, entry.values, on_list=certain, language=entry.tag)
    if not rivals:
        return student
    names = _names(rivals)
    missing = say("one of {names}, it seems, but which one can't be told; their work has lines of its own", names=names)
    return msgspec.structs.replace(student, missing=missing)


def _could_be(person: Person, entry: Listed) -> bool:
    """Whether somebody whom the roster does not know could be this student of it all the same."""
    if not person.platform:
        return True
    if any(known.sure and entry.values.get(known.kind) for known in person.known):
        return False  # both have a number or address of this kind, and it is not the same
    return agree(person.name, entry.name)


def _clash(group: Sequence[Person]) -> Message | None:
    """Why it can't be told whose work this is; None if it can."""
    spellings = sorted({person.spelled for person in group})
    if len(spellings) > 1:
        names = listed(f'"{clipped(name)}"' for name in spellings)
        return say(
            "handed in under names that differ in no more than case, blanks or how characters are stored: "
            "{names}. Nothing of it was graded; put it into one place, or rename one",
            names=names,
        )
    if len({(sameness(person.name), person.known) for person in group}) > 1:
        return say(
            "the id {id} goes with more than one person: {names}. Nothing of it was graded, since whose it is "
            "can't be told",
            id=clipped(spellings[0]),
            names=_names(group),
        )
    return None


def _names(people: Sequence[Person]) -> Message:
    return listed(dict.fromkeys(clipped(person.called) for person in people))
