"""Reads course.toml and every exercise.toml. All faults of a file are reported at once, each with its line."""

from __future__ import annotations

import math
import re
from pathlib import Path
from typing import Any

import msgspec

from grader.course.faults import CourseError, Faults, Place, fault, line_of, read_text
from grader.course.model import Course, Exercise, Limits, Unit
from grader.text import LANGUAGES, Message, Text, say

_FOLDER = re.compile(r"exercise(\d{2,3})")
_SLUG = re.compile(r"[a-z][a-z0-9_]*")
_MODULE = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*")
_FORBIDDEN = re.compile(r"\.[A-Za-z_]\w*|[A-Za-z_]\w*(\.[A-Za-z_]\w*)*(\.\*)?")


def read_course(folder: Path) -> Course:
    """The course whose course.toml is in `folder`.

    An exercise that can't be read is set aside in `broken`. Raises CourseError if course.toml itself is wrong.
    """
    path = folder / "course.toml"
    table = _open(path)
    title = table.text("title")
    units = tuple(_unit(item) for item in table.tables("units"))
    table.close()
    exercises, broken = _exercises(folder / "solutions", {unit.number for unit in units})
    return Course(
        folder=folder, solutions=folder / "solutions", title=title, units=units, exercises=exercises, broken=broken
    )


def read_exercise(folder: Path) -> Exercise:
    """The exercise in solutions/exerciseNN. Raises CourseError with every fault of its exercise.toml."""
    table = _open(folder / "exercise.toml")
    named = _FOLDER.fullmatch(folder.name)
    if named is None:
        table.fault((), say("the folder is named {name}; exercises are named like exercise03", name=folder.name))
    exercise = Exercise(
        id=folder.name,
        number=int(named[1]) if named else 0,
        slug=table.string("slug", _SLUG),
        unit=table.integer("unit"),
        title=table.text("title"),
        source=table.string("source"),
        points=table.number("points"),
        prerequisites=table.strings("prerequisites", _FOLDER),
        forbidden=table.strings("forbidden", _FORBIDDEN),
        hints=tuple(hint.as_text() for hint in table.tables("hints")),
        limits=_limits(table.table("limits")),
        warm=_warm(table.table("warm")),
        folder=folder,
    )
    table.close()
    return exercise


def _exercises(
    solutions: Path, units: set[int]
) -> tuple[tuple[Exercise, ...], tuple[tuple[Path, CourseError], ...]]:
    exercises: dict[str, Exercise] = {}
    broken: list[tuple[Path, CourseError]] = []
    for folder in sorted(solutions.glob("exercise*"), key=_order):
        if not folder.is_dir() or folder.name == "exercise":
            continue
        try:
            exercise = read_exercise(folder)
            _fits(exercise, units, exercises)
        except CourseError as error:
            broken.append((folder, error))
        else:
            exercises[exercise.slug] = exercise
    return tuple(exercises.values()), tuple(broken)


def _order(folder: Path) -> tuple[int, str]:
    named = _FOLDER.fullmatch(folder.name)
    return (int(named[1]) if named else 0, folder.name)


def _fits(exercise: Exercise, units: set[int], others: dict[str, Exercise]) -> None:
    path = exercise.folder / "exercise.toml"
    if exercise.unit not in units:
        problem = say("course.toml has no unit {unit}", unit=exercise.unit)
        raise CourseError((fault(path, line_of(read_text(path), ("unit",)), problem),))
    if other := others.get(exercise.slug):
        problem = say("the slug {slug} is taken by {other}", slug=exercise.slug, other=other.id)
        raise CourseError((fault(path, line_of(read_text(path), ("slug",)), problem),))


def _unit(table: _Table) -> Unit:
    unit = Unit(number=table.integer("number"), title=table.text("title"))
    table.no_more()
    return unit


def _limits(table: _Table) -> Limits:
    values: dict[str, Any] = {}
    for field in msgspec.structs.fields(Limits):
        if field.name in table.values:
            read = table.number if isinstance(field.default, float) else table.integer
            values[field.name] = read(field.name)
    table.no_more()
    return Limits(**values)


def _warm(table: _Table) -> tuple[str, ...]:
    modules = table.strings("modules", _MODULE)
    table.no_more()
    return modules


def _open(path: Path) -> _Table:
    import tomllib

    text = read_text(path)
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"line (\d+)", str(error))
        line = int(at[1]) if at else text.count("\n") + 1
        raise CourseError((fault(path, line, say("not valid TOML: {reason}", reason=str(error))),)) from None
    return _Table(values, (), Faults(path, text))


class _Table:
    """A TOML table while it is read. What is wrong is noted, a stand-in returned, and all raised by `close`."""

    def __init__(self, values: dict[str, Any], place: Place, faults: Faults) -> None:
        self.values = values
        self._place = place
        self._faults = faults
        self._known: set[str] = set()

    def fault(self, below: Place, problem: Message) -> None:
        """Notes a fault at a place below this table."""
        self._faults.key(self._place + below, problem)

    def string(self, key: str, pattern: re.Pattern[str] | None = None) -> str:
        """A string that is not blank, and of the form of `pattern`."""
        value = str(self._take(key, str, ""))
        given = isinstance(self.values.get(key), str)
        if given and (not value.strip() or (pattern and not pattern.fullmatch(value))):
            self.fault((key,), say("{key} can't be {value}", key=key, value=repr(value)))
        return value

    def integer(self, key: str) -> int:
        """A whole number above 0."""
        return int(self._positive(key, self._take(key, int, 1)))

    def number(self, key: str) -> float:
        """A finite number above 0."""
        return float(self._positive(key, self._take(key, (int, float), 1.0)))

    def strings(self, key: str, pattern: re.Pattern[str]) -> tuple[str, ...]:
        """A list of strings of the form of `pattern`; empty if the key is absent."""
        values = self._take(key, list, [], required=False)
        for value in values:
            if not isinstance(value, str) or not pattern.fullmatch(value):
                self.fault((key,), say("{key} can't contain {value}", key=key, value=repr(value)))
        return tuple(value for value in values if isinstance(value, str))

    def table(self, key: str) -> _Table:
        """A table below; an empty one if the key is absent."""
        return self._below(self._take(key, dict, {}, required=False), (key,))

    def tables(self, key: str) -> list[_Table]:
        """An array of tables, `[[key]]`; empty if the key is absent."""
        values = self._take(key, list, [], required=False)
        if not all(isinstance(value, dict) for value in values):
            self.fault((key,), say("write {key} as tables, each headed [[{key}]]", key=key))
        return [self._below(value, (key, i)) for i, value in enumerate(values) if isinstance(value, dict)]

    def text(self, key: str) -> Text:
        """A text in every language."""
        present = key in self.values
        values = self._take(key, dict, {})
        if not present or not isinstance(self.values[key], dict):
            return {}
        return self._below(values, (key,)).as_text()

    def as_text(self) -> Text:
        """This table as a text in every language."""
        text = {language: self.string(language) for language in LANGUAGES}
        self.no_more()
        return text

    def no_more(self) -> None:
        """Notes keys that nobody asked for."""
        for key in self.values:
            if key not in self._known:
                known = ", ".join(sorted(self._known))
                self.fault((key,), say("unknown key {key}; known here: {known}", key=key, known=known))

    def close(self) -> None:
        """Raises CourseError if this table or one below had a fault."""
        self.no_more()
        self._faults.raise_any()

    def _below(self, values: dict[str, Any], place: Place) -> _Table:
        return _Table(values, self._place + place, self._faults)

    def _take(self, key: str, kind: type | tuple[type, ...], stand_in: Any, *, required: bool = True) -> Any:
        self._known.add(key)
        if key not in self.values:
            if required:
                self.fault((), say("{key} is missing", key=".".join(map(str, (*self._place, key)))))
            return stand_in
        value = self.values[key]
        if not isinstance(value, kind) or isinstance(value, bool):
            self.fault((key,), _wrong_kind(key, kind, value))
            return stand_in
        return value

    def _positive(self, key: str, value: float) -> float:
        if not (value > 0 and math.isfinite(value)):
            self.fault((key,), say("{key} is {value}; it must be above 0 and finite", key=key, value=str(value)))
            return 1
        return value


_KINDS: dict[type | tuple[type, ...], Message] = {
    str: say("a string"),
    int: say("a whole number"),
    (int, float): say("a number"),
    list: say("a list"),
    dict: say("a table"),
}


def _wrong_kind(key: str, kind: type | tuple[type, ...], value: object) -> Message:
    return say("{key} must be {kind}, not {value}", key=key, kind=_KINDS[kind], value=repr(value))
