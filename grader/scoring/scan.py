"""Finds the submissions of a class in a folder, in whichever of these layouts:

    SUBMISSIONS/<student>/<exercise>/<file>         nbgrader's own
    SUBMISSIONS/<student>/<file>                    the file's name tells the exercise
    SUBMISSIONS/<exercise>-<student>/...            clones of repositories, one for each student and exercise

Every student gets one line for each exercise that anybody handed in, whatever is wrong with their folder.
"""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path

import msgspec

from grader.course.model import Course, Exercise
from grader.errors import SubmissionError, UsageError
from grader.intake.exercises import is_gradable
from grader.intake.identity import as_text
from grader.intake.manifest import Work, joined, missing, unique
from grader.intake.model import MOST_ENTRIES, Identity, folder_person
from grader.intake.names import clipped
from grader.intake.people import Register, Student, register
from grader.intake.roster import Roster
from grader.scoring.layout import Names, is_shown
from grader.scoring.places import Place, look
from grader.submission.folder import Entry, OpenFolder
from grader.text import Message, listed, say

#: How many examples a sentence tells.
_EXAMPLES = 5


class Scanned(msgspec.Struct, frozen=True):
    """A class. found: sorted, one for each student and exercise. people: who they are. loose: files that are in no
    student's folder."""

    found: tuple[Work, ...]
    people: Register
    loose: tuple[str, ...] = ()


def scan(course: Course, root: Path, *, exercise: Exercise | None = None, roster: Roster | None = None) -> Scanned:
    """Every student's work on every exercise that any student handed in; a line for each that is missing.

    exercise: look at this one only. roster: who the students are; the absent get their lines all the same.
    Raises UsageError if `root` is no folder, or nothing in it is understood.
    """
    names = Names(course)
    with OpenFolder.at(root, called=Path()) as top:
        entries = _entries(top, root)
        places = [look(top, entry, names, exercise) for entry in entries if _is_place(entry)]
    loose = tuple(as_text(entry.name) for entry in entries if not _is_place(entry) and is_gradable(entry.name))
    assigned = _assigned(places, exercise)
    if not any(place.spots for place in places) and not (exercise and _unread(places)):
        raise UsageError(_nothing(root, places, loose, exercise))
    people = register((folder_person(place.student) for place in places), roster)
    by_student: dict[Identity, list[Place]] = {}
    for place in places:
        by_student.setdefault(folder_person(place.student).identity, []).append(place)
    found = [
        work for identity, own in by_student.items() for work in _student(people.students[identity], own, assigned)
    ]
    found += [missing(student, name) for student in people.absent for name in assigned]
    return Scanned(unique(found), people, loose)


def _assigned(places: Sequence[Place], exercise: Exercise | None) -> list[str]:
    """The exercises that anybody handed in, or tried to."""
    if exercise is not None:
        return [exercise.id]
    return sorted({name for place in places for name in (*place.spots, place.meant) if name})


def _unread(places: Sequence[Place]) -> list[Place]:
    """Those that can't be looked into."""
    return [place for place in places if place.problem is not None and not place.misnamed]


def _entries(top: OpenFolder, root: Path) -> list[Entry]:
    try:
        return [entry for entry in top.entries(MOST_ENTRIES) if is_shown(entry)]
    except SubmissionError:
        raise UsageError(
            say("{folder} holds more than {most} files; is it the right folder?", folder=str(root), most=MOST_ENTRIES)
        ) from None


def _is_place(entry: Entry) -> bool:
    return entry.kind != "file"


def _student(student: Student, places: Sequence[Place], assigned: Sequence[str]) -> list[Work]:
    """One student's lines."""
    unknown = {name: problem for place in places for name, problem in place.unknown.items()}
    return [
        *(_work(student, name, places) for name in assigned),
        *(Work(student.id, name, None, problem) for name, problem in unknown.items()),
    ]


def _work(student: Student, exercise: str, places: Sequence[Place]) -> Work:
    spots = [spot for place in places for spot in place.spots.get(exercise, ())]
    if student.clash is not None:
        return missing(student, exercise)
    if len(spots) > 1:
        where = listed(sorted(clipped(spot.where) for spot in spots))
        problem = say("{exercise} was handed in more than once: {places}; keep one", exercise=exercise, places=where)
        return missing(student, exercise, problem, clash=True)
    if spots and spots[0].problem is not None:
        unread = missing(student, exercise, spots[0].problem, clash=spots[0].several)
        return msgspec.structs.replace(unread, absent=spots[0].empty and student.on_list)
    if spots:
        return Work(student.id, exercise, spots[0].path, note=joined([spots[0].note, student.note]))
    problems = [place.problem for place in places if place.problem is not None]
    strange = [name for place in places for name in place.strange]
    if strange:
        fields = {"exercise": exercise, "found": listed(strange)}
        problems.append(say("nothing in the folder is called like {exercise}; it holds {found}", **fields))
    return missing(student, exercise, problems[0] if problems else None)


def _nothing(root: Path, places: Sequence[Place], loose: Sequence[str], exercise: Exercise | None) -> Message:
    """Why nothing can be graded: what was found, what would be understood, and which command fits."""
    folder = str(root)
    layouts = say(
        "What is read: STUDENT/EXERCISE/FILE, STUDENT/FILE, and clones called EXERCISE-STUDENT. EXERCISE is "
        "exercise03 or the like; FILE is called like the exercise, such as sigmoid_derivative.py."
    )
    if not places:
        if not loose:
            return say("{folder} holds no student's folder. {layouts}", folder=folder, layouts=layouts)
        return say(
            "{folder} holds files, but no student's folder: {found}. {layouts} One file alone is graded by: "
            "grade EXERCISE FILE",
            folder=folder,
            found=_some(loose),
            layouts=layouts,
        )
    unread = _unread(places)
    if len(unread) == len(places):
        return say(
            "No folder in {folder} can be looked into; the first one, {name}: {reason}",
            folder=folder,
            name=clipped(as_text(unread[0].folder)),
            reason=unread[0].problem,
        )
    if all(place.misnamed for place in places):
        tops = [place.folder for place in places]
        return say(
            "The folders in {folder} are called like exercises, not like students: {found}. If they are one "
            "student's, give the folder around theirs. If each holds what all students handed in, grade one at "
            "a time: {command}",
            folder=folder,
            found=_some(tops),
            command=_command(root / tops[0], tops[0]),
        )
    inside = [f"{clipped(as_text(place.folder))}/{name}" for place in places for name in place.strange]
    if not inside and exercise is not None:
        return say("No folder in {folder} holds work on {exercise}.", folder=folder, exercise=exercise.id)
    if not inside:
        return say(
            "The students' folders in {folder} are empty: {found}.",
            folder=folder,
            found=_some([place.folder for place in places]),
        )
    if len(places) == 1 and inside[0].endswith("/"):
        return say(
            "Nothing in {folder} can be told to be work on an exercise; it holds {found}. {layouts} If the "
            "students' folders lie one level deeper: {command}",
            folder=folder,
            found=_some(inside),
            layouts=layouts,
            command=_command(root / places[0].folder, exercise.id if exercise else ""),
        )
    return say(
        "Nothing in {folder} can be told to be work on an exercise; it holds {found}. {layouts} If all files "
        "are for one exercise: {command}",
        folder=folder,
        found=_some(inside),
        layouts=layouts,
        command=_command(root, "EXERCISE"),
    )


def _command(folder: Path, exercise: str) -> str:
    words = ["grade", "score", str(folder), "--out", "DIR", *(["--exercise", exercise] if exercise else [])]
    return as_text(shlex.join(words))


def _some(names: Sequence[str]) -> Message:
    shown = [clipped(as_text(name)) for name in names[:_EXAMPLES]]
    return listed([*shown, "..."] if len(names) > _EXAMPLES else shown)
