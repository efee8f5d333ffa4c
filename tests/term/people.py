"""Who is in the class, what each hands in, and when; drawn by a seed, so that every run is of the same term."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

import msgspec

from grader.audit.mistakes import Mistakes
from grader.course.find import find_exercise
from grader.course.model import Course
from grader.text import Text

#: GRADE_STUDENTS, 300 before a release, says how many students hand in six exercises; otherwise six hand in two.
_STUDENTS = int(os.environ.get("GRADE_STUDENTS", "6"))
_ALL = ("exercise01", "exercise03", "exercise02", "exercise05", "exercise09", "exercise12")
EXERCISES = _ALL if "GRADE_STUDENTS" in os.environ else _ALL[:2]

_NAMES = ('=HYPERLINK("x","y")', "王小明", "<img src=x onerror=alert(1)>", "Ada Lovelace", "@SUM(1)", "O'Neil, Zoë")
_KINDS = ("reference", "mistake", "variant", "mistake", "stub", "nothing", "unreadable")
#: When work comes in: hours after the deadline of all.
_HOURS = (-30.0, 0.2, 5.0, 30.0, 80.0, 200.0)
_ZONE = ZoneInfo("Asia/Shanghai")
_Value = TypeVar("_Value", str, Path)
_FIRST_DUE = datetime(2025, 10, 6, 23, 59, tzinfo=_ZONE)


class Person(msgspec.Struct, frozen=True):
    """A student, by every number that some platform knows."""

    number: int
    name: str
    language: str

    @property
    def id(self) -> str:
        """The school's, which the roster gives first."""
        return f"{1001 + self.number}"

    @property
    def canvas(self) -> str:
        """Canvas's."""
        return f"{50001 + self.number}"

    @property
    def moodle(self) -> str:
        """Moodle's."""
        return f"{700001 + self.number}"

    @property
    def file_name(self) -> str:
        """The name without what a platform takes out of the names of files."""
        return re.sub(r"[^\w ]", "", self.name)


class Work(msgspec.Struct, frozen=True):
    """What a student hands in for an exercise.

    source: of the stub, empty; None where nothing is handed in. says: what the course says of the mistake, by language.
    """

    person: Person
    exercise: str
    slug: str
    kind: str
    source: str | None
    mistake: str
    says: Text
    hours: float

    @property
    def key(self) -> tuple[str, str]:
        """As the rows of scores.csv are found."""
        return self.person.id, self.exercise

    @property
    def time(self) -> datetime:
        """When it is handed in."""
        return due(self.exercise) + timedelta(hours=self.hours)


def due(exercise: str) -> datetime:
    """A week after that of the exercise before."""
    return _FIRST_DUE + timedelta(weeks=EXERCISES.index(exercise))


def people() -> list[Person]:
    """Every name once, then with a number."""
    rounds = [(number, *divmod(number, len(_NAMES))) for number in range(_STUDENTS)]
    return [
        Person(number, f"{_NAMES[which]} {again}" if again else _NAMES[which], ("en", "zh-CN")[number % 2])
        for number, again, which in rounds
    ]


def works(course: Course) -> list[Work]:
    """Everything that is handed in during the term, student by student."""
    draw = random.Random(2025)
    answers = {name: _Answers(course, name, draw) for name in EXERCISES}
    return [
        answers[name].work(person, _KINDS[(person.number + place) % len(_KINDS)], (2 * person.number + place + 1))
        for person in people()
        for place, name in enumerate(EXERCISES)
    ]


class _Answers:
    """An exercise's right and wrong answers, each kind in an order that is drawn."""

    def __init__(self, course: Course, name: str, draw: random.Random) -> None:
        exercise = find_exercise(course, name)
        self._name, self._slug = name, exercise.slug
        self._mistakes = Mistakes(exercise)
        self._wrong = _again_and_again(sorted(self._mistakes.by_name), draw)
        self._right = _again_and_again(sorted((exercise.folder / "variants").glob("*.py")), draw)
        self._reference = (exercise.folder / "reference.py").read_text("utf-8")

    def work(self, person: Person, kind: str, hours: int) -> Work:
        mistake = next(self._wrong) if kind == "mistake" else ""
        source = self._source(kind, mistake)
        says = self._mistakes.by_name[mistake].text if mistake else {}
        return Work(person, self._name, self._slug, kind, source, mistake, says, _HOURS[hours % len(_HOURS)])

    def _source(self, kind: str, mistake: str) -> str | None:
        if kind == "mistake":
            return self._mistakes.submission(mistake)
        if kind == "variant":
            return next(self._right).read_text("utf-8")
        return {"reference": self._reference, "unreadable": self._reference + "\n)", "stub": ""}.get(kind)


def _again_and_again(values: list[_Value], draw: random.Random) -> Iterator[_Value]:
    """Each once, in an order that is drawn, before any comes again."""
    while True:
        draw.shuffle(values)
        yield from values
