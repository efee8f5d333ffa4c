"""How a class's page calls its students and exercises."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import msgspec

from grader.report.classpage.texts import bounded, named
from grader.report.student import Student
from grader.text import Message, Text, say


class People:
    """The students of a class, by their names where these are known and tell them apart."""

    def __init__(self, students: Mapping[str, Student]) -> None:
        self._names = {id: named(student.called) for id, student in students.items()}
        self._count = Counter(self._names.values())

    def called(self, student: str) -> str:
        """The name; with the id where others have the same one."""
        name = self.name(student)
        return f"{name} ({named(student)})" if self._count[name] > 1 else name

    def name(self, student: str) -> str:
        """The name, else the id."""
        return self._names.get(student) or named(student)


class Titles(msgspec.Struct, frozen=True):
    """The exercises' titles. of: by id."""

    of: Mapping[str, Text]

    def anchor(self, exercise: str) -> str:
        """The id of the exercise's section on the page."""
        return f"of-{named(exercise)}"

    def column(self, exercise: str) -> Message | Text | str:
        """What heads a narrow column: a number and the title."""
        title = self.of.get(exercise)
        short = self.short(exercise)
        return say("{number} {title}", number=short, title=bounded(title)) if title else short

    def short(self, exercise: str) -> str:
        """The exercise's id without the word that all of them begin with."""
        number = exercise.removeprefix("exercise")
        return named(number if number.isdigit() else exercise)

    def full(self, exercise: str) -> Message | Text | str:
        """The id and the title, as far as there is one."""
        title = self.of.get(exercise)
        return say("{exercise}: {title}", exercise=named(exercise), title=bounded(title)) if title else named(exercise)
