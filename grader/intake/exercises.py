"""Which exercise a file is for: told by its name or its folder's, or by the instructor for all of them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from grader.course.model import Course, Exercise
from grader.course.suffixes import code_kind, code_stem
from grader.intake.model import Entry, HandedIn
from grader.intake.names import clipped
from grader.text import Message, say

#: What browsers and platforms add to the name of a second file: `-1`, ` (1)`.
_COPY = re.compile(r"(?:-\d+|[ _]?\(\d+\))+$")


class StudentWork(msgspec.Struct, frozen=True):
    """What is to be graded of one student's work on one exercise.

    name: of the file, as it is to be saved. beside: the .py files that lay beside it, and in
    packages beside it, name (`helpers.py`, `mylib/helpers.py`) → entry.
    """

    exercise: Exercise
    name: str
    file: HandedIn
    beside: dict[str, Entry]


class SortedFiles(msgspec.Struct, frozen=True):
    """One student's files, sorted.

    files: all of them. faults: exercise → why none of its files can be graded. unknown: files of no exercise that can
    be told.
    """

    files: tuple[HandedIn, ...]
    works: tuple[StudentWork, ...]
    faults: dict[str, Message]
    unknown: tuple[HandedIn, ...]


#: Of packages that a submission may import, as submission/beside.py takes them.
_DEEPEST = 3


class Sorter:
    """Tells the exercises of a course apart. chosen: the one that every file is for."""

    def __init__(self, course: Course, chosen: Exercise | None) -> None:
        self._chosen = chosen
        self._names = {name: exercise for exercise in course.exercises for name in (exercise.id, exercise.slug)}

    def exercise_of(self, parts: tuple[str, ...]) -> Exercise | None:
        """By the file's name, else by the nearest folder's."""
        stem = _stem(parts[-1])
        folders = (folder.casefold() for folder in reversed(parts[:-1]))
        return next((self._names[name] for name in (stem, *folders) if name in self._names), None)

    def slug(self, exercise: str) -> str:
        """What the file of this exercise is called, without its suffix."""
        return self._names[exercise].slug

    def sort(self, files: Sequence[HandedIn]) -> SortedFiles:
        """Sort the files of one student; those that can't be graded are for nothing."""
        gradable = [file for file in files if file.problem is None and is_gradable(file.parts[-1])]
        by_exercise: dict[str, list[HandedIn]] = defaultdict(list)
        unknown: list[HandedIn] = []
        for file in gradable:
            exercise = self._chosen or self.exercise_of(file.parts)
            (unknown if exercise is None else by_exercise[exercise.id]).append(file)
        works, faults = [], {}
        for name, own in sorted(by_exercise.items()):
            exercise = self._names[name]
            mains = [file for file in own if _stem(file.parts[-1]) in (exercise.slug, exercise.id)] or own
            if len(mains) > 1:
                listed = clipped(", ".join("/".join(file.parts) for file in mains))
                faults[name] = say("more than one file to grade: {files}; keep one", files=listed)
                continue
            saved = _saved_name(mains[0].parts[-1], exercise)
            works.append(StudentWork(exercise, saved, mains[0], _beside(mains[0], gradable, exercise)))
        return SortedFiles(tuple(files), tuple(works), faults, tuple(unknown))


def is_gradable(name: str) -> bool:
    """Whether a file of this name could be a submission."""
    return code_kind(name) is not None


def _stem(name: str) -> str:
    return re.sub(r"[ -]", "_", _COPY.sub("", code_stem(name))).casefold()


def _saved_name(name: str, exercise: Exercise) -> str:
    """What a platform changed of the name is put right; a name of the student's own stays."""
    stem = exercise.slug if _stem(name) == exercise.slug else code_stem(name)
    return f"{stem}{code_kind(name) or ''}"


def _beside(main: HandedIn, files: Iterable[HandedIn], exercise: Exercise) -> dict[str, Entry]:
    """The other .py files of the same folder, and those in packages below it: the submission may import them."""
    depth = len(main.parts) - 1
    near = (file for file in files if file is not main and file.parts[:depth] == main.parts[:depth])
    packages = (file for file in near if all(name.isidentifier() for name in file.parts[depth:-1]))
    beside = {"/".join(file.parts[depth:]): file.entry for file in packages if len(file.parts) - depth <= _DEEPEST + 1}
    own = (main.parts[-1], _saved_name(main.parts[-1], exercise))
    return {name: entry for name, entry in beside.items() if name.endswith(".py") and name not in own}
