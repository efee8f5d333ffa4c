"""Reads course.toml and every exercise.toml. All faults of a file are reported at once, each with its line."""

from __future__ import annotations

import math
import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from grader.course.faults import CourseError, Faults, Place, fault, line_of, parse_toml, read_text
from grader.course.fits import missing_files, note_misfits
from grader.course.hiding import can_be_allowed, roots
from grader.course.model import DEVICES, DIFFICULTIES, Course, Exercise, Limits, Part, Unit
from grader.course.packages import distribution, faulty
from grader.course.texts import Texts, read_languages, read_texts, read_top, texts_file
from grader.errors import reason_of
from grader.text import Message, Text, listed, say

_FOLDER = re.compile(r"exercise(\d{2,3})")
_SLUG = re.compile(r"[a-z][a-z0-9_]*")
_ID = re.compile(r"[a-z0-9][a-z0-9-]{2,62}[a-z0-9]")
_MODULE = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*")
#: A file's name; none that the exercise itself is made of.
_DATA = re.compile(r"(?!.*\.(?:py|toml|md)$)[A-Za-z0-9][\w.-]*")
_ANY = re.compile(r".*", re.DOTALL)
_LIMITS = msgspec.structs.fields(Limits)
_FORBIDDEN = re.compile(r"\.[A-Za-z_]\w*|[A-Za-z_]\w*(\.[A-Za-z_]\w*)*(\.\*)?")


def read_course(folder: Path) -> Course:
    """The course whose course.toml is in `folder`.

    An exercise that can't be read is set aside in `broken`. Raises CourseError if course.toml itself is wrong, or
    solutions/ can't be looked into.
    """
    table = _Table.of(folder / "course.toml")
    languages = table.languages("languages")
    tops = _tops(folder, languages, table.faults)
    title = _title(table, tops)
    id = table.id("id")
    packages = table.packages("packages")
    units = tuple(_unit(item, tops) for item in table.tables("units"))
    for texts in tops.values():
        table.faults.found += texts.faults("units", {str(unit.number) for unit in units})
    table.no_more()
    table.faults.raise_any()
    exercises, broken = _exercises(folder / "solutions", {unit.number for unit in units}, languages)
    return Course(
        folder=folder,
        solutions=folder / "solutions",
        id=id or derived_id(title),
        title=title,
        units=units,
        exercises=exercises,
        broken=broken,
        packages=packages,
        languages=languages,
    )


def _tops(folder: Path, languages: tuple[str, ...], faults: Faults) -> dict[str, Texts]:
    """Language → the top of its texts file, of a course the whole; one that can't be read is noted and left out."""
    read = read_texts if os.path.exists(folder / "course.toml") else read_top
    tops: dict[str, Texts] = {}
    for language in languages[1:]:
        try:
            tops[language] = read(texts_file(folder, language))
        except CourseError as error:
            faults.found += error.faults
    return tops


def _title(table: _Table, tops: dict[str, Texts]) -> Text:
    """The title in every language that has it."""
    title = {table.first: table.string("title")}
    for language, texts in tops.items():
        if not texts.title.strip():
            table.faults.found.append(fault(texts.path, 1, say("{key} is missing", key="title")))
        title[language] = texts.title
    return title


def _hints(table: _Table, tops: dict[str, Texts]) -> tuple[Text, ...]:
    """The hints in every language, the same number in each."""
    first = table.strings("hints", _ANY)
    for texts in tops.values():
        if len(texts.hints) != len(first):
            problem = say(
                "hints are {count} here, and {wanted} in exercise.toml", count=len(texts.hints), wanted=len(first)
            )
            table.faults.found.append(fault(texts.path, line_of(texts.source, ("hints",)), problem))
    whole = {language: texts.hints for language, texts in tops.items() if len(texts.hints) == len(first)}
    return tuple(
        {table.first: hint} | {language: hints[i] for language, hints in whole.items()} for i, hint in enumerate(first)
    )


def derived_id(title: Text) -> str:
    """The id of a course whose course.toml gives none: another title is another course."""
    import hashlib

    first = next(iter(title.values()), "")
    name = re.sub(r"[^a-z0-9]+", "-", first.lower())[:40].strip("-")
    return f"{name or 'course'}-{hashlib.sha256(first.encode()).hexdigest()[:8]}"


def _exercises(
    solutions: Path, units: set[int], languages: tuple[str, ...]
) -> tuple[tuple[Exercise, ...], tuple[tuple[Path, CourseError], ...]]:
    """The exercises that are whole, and the folders of those that are not, in their order."""
    read = [_exercise(folder, languages) for folder in sorted(_folders(solutions), key=_order)]
    exercises = [exercise for exercise, _ in read]
    broken: dict[Path, CourseError] = {}
    for exercise, faults in read:
        note_misfits(exercise, faults, units, exercises)
        if faults.found:
            broken[exercise.folder] = CourseError(tuple(faults.found))
    return tuple(exercise for exercise in exercises if exercise.folder not in broken), tuple(broken.items())


def _folders(solutions: Path) -> Iterator[Path]:
    """Folders that are exercises, or meant to be."""
    try:
        folders = [path for path in solutions.iterdir() if os.path.isdir(path)] if os.path.isdir(solutions) else []
    except OSError as error:
        raise CourseError(
            (say("{file} can't be read: {reason}", file=str(solutions), reason=reason_of(error)),)
        ) from None
    for folder in folders:
        # os.path.exists: a folder that may not be looked into is told by what reads its exercise.toml.
        if folder.name.startswith("exercise") or os.path.exists(folder / "exercise.toml"):
            yield folder


def _order(folder: Path) -> tuple[int, int, str]:
    named = _FOLDER.fullmatch(folder.name)
    return (int(named[1]) if named else 0, len(folder.name), folder.name)


def _exercise(folder: Path, languages: tuple[str, ...]) -> tuple[Exercise, Faults]:
    """The exercise, and its faults. What could not be read is empty or 0 in it."""
    table, faults = _opened(folder / "exercise.toml")
    table.first = languages[0]
    absent = tuple(missing_files(folder, languages))
    tops = {} if absent else _tops(folder, languages, faults)
    named = _FOLDER.fullmatch(folder.name)
    if named is None:
        faults.at(1, say("the folder is named {name}; exercises are named like exercise03", name=folder.name))
    warm = table.table("warm")
    exercise = Exercise(
        id=folder.name,
        number=int(named[1]) if named else 0,
        slug=table.string("slug", _SLUG),
        unit=table.integer("unit", least=0),
        title=_title(table, tops),
        source=table.string("source"),
        points=table.number("points"),
        prerequisites=table.strings("prerequisites", _FOLDER),
        forbidden=table.strings("forbidden", _FORBIDDEN),
        allowed=_allowed(table),
        hints=_hints(table, tops),
        limits=_limits(table.table("limits")),
        warm=warm.strings("modules", _MODULE),
        data=_data(table, folder),
        minutes=table.integer("minutes", required=False),
        difficulty=table.choice("difficulty", DIFFICULTIES, absent=""),
        parts=_parts(table.table("parts")),
        device=table.choice("device", DEVICES),
        folder=folder,
        languages=languages,
    )
    warm.no_more()
    table.no_more()
    faults.found += absent
    return exercise, faults


def _data(table: _Table, folder: Path) -> tuple[str, ...]:
    names = table.strings("data", _DATA)
    for name in names:
        try:
            read_text(folder / name)
        except CourseError:
            table.fault("data", say("{name} is no text file (UTF-8) in the exercise's folder", name=name))
    return names


def _parts(table: _Table) -> tuple[Part, ...]:
    """The parts with their titles in the first language: what lists an exercise needs no more of them."""
    return tuple(Part(id, {table.first: table.string(id)}) for id in table.values if table.is_slug(id))


def _allowed(table: _Table) -> tuple[str, ...]:
    names = table.strings("allowed", _FORBIDDEN)
    for name in names:
        if not can_be_allowed(name):
            table.fault(
                "allowed",
                say(
                    "allowed can't contain {name}: it is for what is forbidden in every exercise ({known}), and what "
                    "this exercise forbids by itself is in forbidden",
                    name=name,
                    known=listed(roots()),
                ),
            )
    return names


def _opened(path: Path) -> tuple[_Table, Faults]:
    """The file's table. One that is no TOML at all has that one fault, and is empty and silent about what it lacks."""
    try:
        table = _Table.of(path)
    except CourseError as error:
        faults = Faults(path)
        faults.found += error.faults
        return _Table({}, (), Faults(path)), faults
    return table, table.faults


def _unit(table: _Table, tops: dict[str, Texts]) -> Unit:
    number, title = table.integer("number", least=0), table.string("title")
    others = {language: found for language, texts in tops.items() if (found := texts.units.get(str(number)))}
    table.no_more()
    return Unit(number=number, title={table.first: title} | others)


def _limits(table: _Table) -> Limits:
    values: dict[str, Any] = {}
    for field in _LIMITS:
        table.known.add(field.name)
        if field.name in table.values:
            read = table.number if isinstance(field.default, float) else table.integer
            values[field.name] = read(field.name)
    table.no_more()
    return Limits(**values)


class _Table:
    """A TOML table while it is read. What is wrong is noted, a stand-in returned, and all raised at the end."""

    def __init__(self, values: dict[str, Any], place: Place, faults: Faults, first: str = "en") -> None:
        """first: the course's first language."""
        self.values, self._place, self.faults, self.first = values, place, faults, first
        self.known: set[str] = set()

    @classmethod
    def of(cls, path: Path) -> _Table:
        """A whole file's. Raises CourseError if it is no TOML."""
        text = read_text(path)
        return cls(parse_toml(path, text), (), Faults(path, text))

    def fault(self, key: str, problem: Message) -> None:
        """Notes a fault of a key of this table."""
        self.faults.key((*self._place, key), problem)

    def string(self, key: str, pattern: re.Pattern[str] | None = None) -> str:
        """A string that is not blank, and of the form of `pattern`, which is a slug's."""
        value = str(self._take(key, str, ""))
        if not isinstance(self.values.get(key), str):
            return ""
        if not value.strip():
            problem = say("{key} is empty", key=key)
        elif pattern and not pattern.fullmatch(value):
            problem = say(
                "{slug} can't be a slug: it may hold small letters a to z, digits and _, and begins with a letter.",
                slug=value,
            )
        else:
            return value
        self.fault(key, problem)
        return ""

    def is_slug(self, key: str) -> bool:
        """Whether the key is of a slug's form; notes it as a fault where it is not."""
        self.known.add(key)
        if _SLUG.fullmatch(key):
            return True
        self.fault(key, say("{name} can't be the name of a part: write it as a slug", name=repr(key)))
        return False

    def id(self, key: str) -> str:
        """A course's id; empty if the key is absent."""
        value = str(self._take(key, str, "", required=False))
        if not value or _ID.fullmatch(value):
            return value
        problem = say(
            "{key} is 4 to 64 small letters, digits and hyphens between them, not {value}", key=key, value=repr(value)
        )
        self.fault(key, problem)
        return ""

    def choice(self, key: str, known: Sequence[str], *, absent: str | None = None) -> str:
        """One of `known`; `absent` if there is none, by default the first."""
        absent = known[0] if absent is None else absent
        value = str(self._take(key, str, absent, required=False))
        if value not in known and value != absent:
            problem = say("{key} is one of {known}, not {value}", key=key, known=listed(known), value=repr(value))
            self.fault(key, problem)
        return value

    def integer(self, key: str, *, required: bool = True, least: int = 1) -> int:
        """A whole number of at least `least`, 1 or 0; 0 if there is none."""
        return int(self._positive(key, int, required=required, zero=least == 0))

    def number(self, key: str) -> float:
        """A finite number above 0; 0.0 if there is none."""
        return float(self._positive(key, (int, float)))

    def strings(self, key: str, pattern: re.Pattern[str]) -> tuple[str, ...]:
        """A list of strings of the form of `pattern`; empty if the key is absent."""
        values = self._take(key, list, [], required=False)
        fitting = tuple(value for value in values if isinstance(value, str) and pattern.fullmatch(value))
        for value in values:
            if value not in fitting:
                self.fault(key, say("{key} can't contain {value}", key=key, value=repr(value)))
        return fitting

    def table(self, key: str) -> _Table:
        """A table below; an empty one if the key is absent."""
        return _Table(self._take(key, dict, {}, required=False), (*self._place, key), self.faults, self.first)

    def tables(self, key: str) -> list[_Table]:
        """An array of tables, `[[key]]`; empty if the key is absent."""
        values = self._take(key, list, [], required=False)
        if not all(isinstance(value, dict) for value in values):
            self.fault(key, say("write {key} as tables, each headed [[{key}]]", key=key))
        return [
            _Table(value, (*self._place, key, i), self.faults, self.first)
            for i, value in enumerate(values)
            if isinstance(value, dict)
        ]

    def packages(self, key: str) -> tuple[str, ...]:
        """Packages as pip takes them; none if the key is absent."""
        packages = self.strings(key, _ANY)
        for package in filter(faulty, packages):
            problem = say(
                "{package} can't be a package: write its name as pip takes it, with versions if "
                'they matter, such as "pandas" or "tqdm>=4.66"',
                package=repr(package),
            )
            self.fault(key, problem)
        for name, count in sorted(Counter(map(distribution, packages)).items()):
            if count > 1:
                self.fault(key, say("{package} is named more than once in packages", package=name))
        return packages

    def languages(self, key: str) -> tuple[str, ...]:
        """Tags of languages, from here on the first one's texts in this table; ("en",) if the key is absent."""
        self.known.add(key)
        try:
            found = read_languages(self.values)
        except ValueError:
            problem = say(
                "{key} is a list of language tags, at least one and none twice, such as {example}",
                key=key,
                example='["en", "zh-CN"]',
            )
            self.fault(key, problem)
            return (self.first,)
        self.first = found[0]
        return found

    def no_more(self) -> None:
        """Notes keys that nobody asked for."""
        for key in self.values:
            if key not in self.known:
                import difflib

                problem = say("unknown key {key}; known here: {known}", key=key, known=listed(sorted(self.known)))
                if near := difflib.get_close_matches(key, self.known, n=1):
                    problem = say("unknown key {key}; is it {near}?", key=key, near=near[0])
                self.fault(key, problem)

    def _take(self, key: str, kind: type | tuple[type, ...], stand_in: Any, *, required: bool = True) -> Any:
        self.known.add(key)
        value = self.values.get(key)
        if key in self.values and isinstance(value, kind) and not isinstance(value, bool):
            return value
        if key in self.values:
            problem = say("{key} must be {kind}, not {value}", key=key, kind=_KINDS[kind], value=repr(value))
            self.fault(key, problem)
        elif required:
            self.faults.key(self._place, say("{key} is missing", key=".".join(map(str, (*self._place, key)))))
        return stand_in

    def _positive(self, key: str, kind: type | tuple[type, ...], *, required: bool = True, zero: bool = False) -> float:
        value: float | None = self._take(key, kind, None, required=required)
        if value is not None and not (value > 0 and math.isfinite(value)) and not (zero and value == 0):
            self.fault(key, say("{key} is {value}; it must be above 0 and finite", key=key, value=str(value)))
            return 0
        return value or 0


_KINDS: dict[type | tuple[type, ...], Message] = {
    str: say("a string"),
    int: say("a whole number"),
    (int, float): say("a number"),
    list: say("a list"),
    dict: say("a table"),
}
