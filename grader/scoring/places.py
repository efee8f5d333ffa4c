"""Looks into the students' folders: what of it is work on an exercise, and what was not understood.

No file is opened, and no link is followed: a student's link to the solutions must not be graded as their work.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from grader.course.model import Exercise
from grader.course.suffixes import code_kind, code_stem
from grader.errors import SubmissionError
from grader.intake.exercises import is_gradable
from grader.intake.identity import as_text
from grader.intake.names import clipped
from grader.scoring.layout import EXERCISES, Clone, Names, counts, is_shown
from grader.submission.folder import MOST_FILES, Entry, OpenFolder
from grader.text import Message, say

#: How many folders of no exercise get a line of their own, of one student.
_MOST_UNKNOWN = 20
#: How many names a sentence tells.
_EXAMPLES = 5


class Spot(msgspec.Struct, frozen=True):
    """Work on one exercise. where: as people call the place. path: of the file to grade, below SUBMISSIONS.

    problem: why there is none to grade. note: what an instructor should know all the same. several: the problem is
    that there are several, and which one counts can't be told; empty: that there is nothing at all.
    """

    where: str
    path: str | None = None
    problem: Message | None = None
    note: Message | None = None
    several: bool = False
    empty: bool = False


class Place(msgspec.Struct, frozen=True):
    """A folder in SUBMISSIONS. folder: its name. student: as that spells them. spots: exercise's id → work on it.

    meant: the exercise that the folder is called by. problem: why it can't be looked into. unknown: folders that are
    called like no exercise → what to say of them. strange: what it holds that was not understood, for example.
    misnamed: whether the problem is that its name is an exercise's.
    """

    folder: str
    student: str
    meant: str = ""
    spots: dict[str, tuple[Spot, ...]] = {}
    problem: Message | None = None
    unknown: dict[str, Message] = {}
    strange: tuple[str, ...] = ()
    misnamed: bool = False


def look(top: OpenFolder, entry: Entry, names: Names, chosen: Exercise | None) -> Place:
    """What the folder of this entry of SUBMISSIONS holds. chosen: the exercise that all files are for."""
    clone = names.of_clone(entry.name)
    problem = _no_folder(entry)
    try:
        if problem is None:
            with top.folder(entry.name) as folder:
                found = _Folder(folder, (entry.name,), names, chosen)
            return found.place() if clone is None else found.clone(clone) or found.place()
    except SubmissionError as error:
        problem = say("the folder can't be read: {reason}", reason=error.message)
    if clone is None:
        return Place(entry.name, entry.name, problem=problem)
    if chosen not in (None, clone.exercise):
        return Place(entry.name, clone.student)
    spot = Spot(as_text(entry.name), problem=problem)
    return Place(entry.name, clone.student, clone.exercise.id, {clone.exercise.id: (spot,)})


def _no_folder(entry: Entry) -> Message | None:
    if as_text(entry.name) != entry.name:
        return say("the folder's name is not UTF-8 text; rename it")
    if entry.kind == "link":
        return say("a link in place of a folder; links are not followed")
    if entry.kind == "other":
        return say("a pipe, a socket or a device in place of a folder")
    return None


class _Folder:
    """One folder of SUBMISSIONS, read; it need not stay open."""

    def __init__(self, folder: OpenFolder, parts: tuple[str, ...], names: Names, chosen: Exercise | None) -> None:
        self._parts = parts
        self._names = names
        self._chosen = chosen
        self._all = folder.entries(MOST_FILES)
        self._entries = [entry for entry in self._all if is_shown(entry)]
        self._spots: dict[str, list[Spot]] = {}
        for exercise, spot in (
            *self._in_folders(folder, parts, self._entries),
            *self._in_exercises(folder),
            *self._files(),
        ):
            self._spots.setdefault(exercise.id, []).append(spot)

    def place(self) -> Place:
        """The folder of a student, who has a folder or a file in it for each exercise."""
        spots = {name: tuple(own) for name, own in self._spots.items()}
        others = [entry for entry in self._entries if entry.kind in ("folder", "link") and not self._means(entry)]
        unknown = {} if self._is_repository() else self._unknown(others)
        strange = self._strange(others)
        if self._chosen is not None:
            spots, unknown = {name: spots[name] for name in spots if name == self._chosen.id}, {}
        name = self._parts[0]
        if self._names.is_exercise(name):
            problem = say("called like an exercise, not like a student")
            return Place(name, name, problem=problem, strange=strange, misnamed=True)
        return Place(name, name, "", spots, None, unknown, strange)

    def clone(self, clone: Clone) -> Place | None:
        """The clone of a student's repository for one exercise; None if it is a student's folder after all."""
        spots = self._spots_of(clone.exercise)
        if not spots and self._spots and not clone.certain:
            return None
        if self._chosen not in (None, clone.exercise):
            return Place(self._parts[0], clone.student)
        work = {clone.exercise.id: spots} if spots else {}
        strange = () if work else _examples(self._all)
        return Place(self._parts[0], clone.student, clone.exercise.id, work, strange=strange)

    def _spots_of(self, exercise: Exercise) -> tuple[Spot, ...]:
        """The work on one exercise; where no name tells it, the only file there is."""
        if found := self._spots.get(exercise.id):
            return tuple(found)
        files = [entry for entry in self._entries if _is_file(entry) and self._names.of_file(entry.name) is None]
        return (_spot(files, exercise, self._parts),) if len(files) == 1 else ()

    def _means(self, entry: Entry) -> bool:
        return self._names.of_folder(entry.name) is not None or entry.name == EXERCISES

    def _is_repository(self) -> bool:
        """Whether folders of no exercise are to be expected beside the work."""
        return any(
            entry.name == ".git"
            or (entry.name == EXERCISES and entry.kind == "folder")
            or (_is_file(entry) and self._names.of_file(entry.name) is not None)
            for entry in self._all
        )

    def _in_exercises(self, folder: OpenFolder) -> Iterator[tuple[Exercise, Spot]]:
        """In a folder that holds the exercises' folders, as this course's own repository has one."""
        if Entry(EXERCISES, "folder") in self._entries:
            with folder.folder(EXERCISES) as inner:
                entries = [entry for entry in inner.entries(MOST_FILES) if is_shown(entry)]
                yield from self._in_folders(inner, (*self._parts, EXERCISES), entries)

    def _in_folders(
        self, folder: OpenFolder, parts: tuple[str, ...], entries: Iterable[Entry]
    ) -> Iterator[tuple[Exercise, Spot]]:
        for entry in entries:
            exercise = self._names.of_folder(entry.name) if entry.kind in ("folder", "link", "other") else None
            if exercise is not None:
                yield exercise, _look_into(folder, entry, exercise, parts)

    def _files(self) -> Iterator[tuple[Exercise, Spot]]:
        """Files that lie in the folder itself, by their names; else what all files are for."""
        by_exercise: dict[str, tuple[Exercise, list[Entry]]] = {}
        files = [entry for entry in self._entries if _is_file(entry)]
        for entry in files:
            if (exercise := self._names.of_file(entry.name)) is not None:
                by_exercise.setdefault(exercise.id, (exercise, []))[1].append(entry)
        chosen = self._chosen
        if chosen is not None and not by_exercise and files and not any(map(self._means, self._entries)):
            by_exercise = {chosen.id: (chosen, files)}
        for exercise, own in by_exercise.values():
            yield exercise, _spot(own, exercise, self._parts)

    def _unknown(self, others: Sequence[Entry]) -> dict[str, Message]:
        names = [as_text(entry.name) for entry in others]
        unknown = {name: self._names.no_exercise(name) for name in names[:_MOST_UNKNOWN]}
        for name in names[_MOST_UNKNOWN : _MOST_UNKNOWN + 1]:
            more = len(names) - _MOST_UNKNOWN - 1
            unknown[name] = say("no exercise is called {name}, nor as {count} more folders are", name=name, count=more)
        return unknown

    def _strange(self, others: Sequence[Entry]) -> tuple[str, ...]:
        """What may be work that was not understood; where nothing was, all that is there."""
        if not self._spots:
            return _examples(self._all)
        files = [entry for entry in self._entries if _is_file(entry) and self._names.of_file(entry.name) is None]
        return () if self._is_repository() else _examples([*others, *files])


def _look_into(folder: OpenFolder, entry: Entry, exercise: Exercise, parts: tuple[str, ...]) -> Spot:
    """The folder of one exercise."""
    where = "/".join((*parts, as_text(entry.name)))
    if problem := _no_folder(entry):
        return Spot(where, problem=problem)
    try:
        with folder.folder(entry.name) as inner:
            entries = inner.entries(MOST_FILES)
    except SubmissionError as error:
        return Spot(where, problem=say("the folder can't be read: {reason}", reason=error.message))
    if files := [file for file in entries if _is_file(file) and is_shown(file)]:
        return _spot(files, exercise, (*parts, entry.name))
    if found := ", ".join(_examples(entries)):
        problem = say("no .py or .ipynb file in {folder}; it holds {found}", folder=entry.name, found=found)
        return Spot(where, problem=problem)
    return Spot(where, problem=say("no .py or .ipynb file in {folder}", folder=entry.name), empty=True)


def _is_file(entry: Entry) -> bool:
    """Whether it could be graded by its name; a link or a pipe gets its own sentence when it is read."""
    return entry.kind != "folder" and is_gradable(entry.name)


def _spot(files: Sequence[Entry], exercise: Exercise, parts: tuple[str, ...]) -> Spot:
    """The one file to grade among these: the one of the exercise's name, else the only one."""
    where = "/".join(parts)
    named = [entry.name for entry in files if code_stem(entry.name) == exercise.slug]
    candidates = named or [entry.name for entry in files]
    if len(candidates) > 1:
        listed = clipped(", ".join(map(as_text, candidates)))
        return Spot(where, problem=say("more than one file to grade: {files}; keep one", files=listed), several=True)
    name = candidates[0]
    if as_text(name) != name:
        return Spot(where, problem=say("the file's name is not UTF-8 text: {name}; rename it", name=as_text(name)))
    note = None
    if not named:
        wanted = f"{exercise.slug}{code_kind(name)}"
        note = say("the file is called {name}; {wanted} was asked for", name=name, wanted=wanted)
    return Spot(where, "/".join((*parts, name)), note=note)


def _examples(entries: Sequence[Entry]) -> tuple[str, ...]:
    names = [clipped(as_text(entry.name)) + "/" * (entry.kind == "folder") for entry in entries if counts(entry)]
    return (*names[:_EXAMPLES], "...") if len(names) > _EXAMPLES else tuple(names)
