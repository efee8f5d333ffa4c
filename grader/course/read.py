"""Reads course.toml and every exercise.toml. All faults of a file are reported at once, each with its line."""

from __future__ import annotations

import math
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from grader.course.faults import CourseError, Faults, Place, fault, line_of, read_text
from grader.course.fits import missing_files, note_misfits
from grader.course.model import DEVICES, Course, Exercise, Limits, Unit
from grader.course.packages import distribution, faulty
from grader.course.texts import Texts, languages_at, read_languages, read_texts, read_top, texts_file
from grader.text import Message, Text, say

_FOLDER = re.compile(r"exercise(\d{2,3})")
_SLUG = re.compile(r"[a-z][a-z0-9_]*")
_ID = re.compile(r"[a-z0-9][a-z0-9-]{2,62}[a-z0-9]")
_MODULE = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*")
_ANY = re.compile(r".*", re.DOTALL)
_FORBIDDEN = re.compile(r"\.[A-Za-z_]\w*|[A-Za-z_]\w*(\.[A-Za-z_]\w*)*(\.\*)?")


def read_course(folder: Path) -> Course:
    """The course whose course.toml is in `folder`.

    An exercise that can't be read is set aside in `broken`. Raises CourseError if course.toml itself is wrong, or
    solutions/ can't be looked into.
    """
    path = folder / "course.toml"
    table = _open(path)
    languages = table.languages("languages")
    tops = _tops(folder, languages, table.faults)
    title = _title(table, tops)
    id = table.id("id")
    packages = table.packages("packages")
    units = tuple(_unit(item, tops) for item in table.tables("units"))
    _note_units(units, tops, table.faults)
    table.close()
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
    found: dict[str, Texts] = {}
    for language in languages[1:]:
        try:
            found[language] = read(texts_file(folder, language))
        except CourseError as error:
            faults.found += error.faults
    return found


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


def read_exercise(folder: Path) -> Exercise:
    """The exercise in solutions/exerciseNN. Raises CourseError with every fault of its exercise.toml, and its missing
    files."""
    exercise, faults = _exercise(folder, languages_at(folder.parent.parent))
    faults.raise_any()
    return exercise


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
        reason = error.strerror or str(error)
        raise CourseError((say("{file} can't be read: {reason}", file=str(solutions), reason=reason),)) from None
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
    exercise = Exercise(
        id=folder.name,
        number=int(named[1]) if named else 0,
        slug=table.string("slug", _SLUG),
        unit=table.integer("unit"),
        title=_title(table, tops),
        source=table.string("source"),
        points=table.number("points"),
        prerequisites=table.strings("prerequisites", _FOLDER),
        forbidden=table.strings("forbidden", _FORBIDDEN),
        hints=_hints(table, tops),
        limits=_limits(table.table("limits")),
        warm=_warm(table.table("warm")),
        device=table.choice("device", DEVICES),
        folder=folder,
        languages=languages,
    )
    table.no_more()
    faults.found += absent
    return exercise, faults


def _opened(path: Path) -> tuple[_Table, Faults]:
    """The file's table. One that is no TOML at all has that one fault, and is empty and silent about what it lacks."""
    try:
        table = _open(path)
    except CourseError as error:
        faults = Faults(path)
        faults.found += error.faults
        return _Table({}, (), Faults(path)), faults
    return table, table.faults


def _unit(table: _Table, tops: dict[str, Texts]) -> Unit:
    number, title = table.integer("number"), table.string("title")
    others = {language: found for language, texts in tops.items() if (found := texts.units.get(str(number)))}
    table.no_more()
    return Unit(number=number, title={table.first: title} | others)


def _note_units(units: tuple[Unit, ...], tops: dict[str, Texts], faults: Faults) -> None:
    """Notes titles of units that a texts file lacks, and those that are left over."""
    for texts in tops.values():
        faults.found += texts.faults(
            "units",
            {str(unit.number) for unit in units},
            missing=lambda name: say("the title of unit {name} is missing", name=name),
            extra=lambda name: say("course.toml has no unit {name}", name=name),
        )


def _limits(table: _Table) -> Limits:
    values: dict[str, Any] = {}
    table.may_hold(field.name for field in msgspec.structs.fields(Limits))
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
        self.faults = faults
        self.first = "en"
        self._known: set[str] = set()

    def fault(self, below: Place, problem: Message) -> None:
        """Notes a fault at a place below this table."""
        self.faults.key(self._place + below, problem)

    def string(self, key: str, pattern: re.Pattern[str] | None = None) -> str:
        """A string that is not blank, and of the form of `pattern`, which is a slug's."""
        value = str(self._take(key, str, ""))
        given = isinstance(self.values.get(key), str)
        if given and not value.strip():
            self.fault((key,), say("{key} is empty", key=key))
        elif given and pattern and not pattern.fullmatch(value):
            self.fault(
                (key,),
                say(
                    "{slug} can't be a slug: it may hold small letters a to z, digits and _, and begins with a letter.",
                    slug=value,
                ),
            )
        else:
            return value
        return ""

    def id(self, key: str) -> str:
        """A course's id; empty if the key is absent."""
        value = str(self._take(key, str, "", required=False))
        if not value or _ID.fullmatch(value):
            return value
        self.fault(
            (key,),
            say(
                "{key} is 4 to 64 small letters, digits and hyphens between them, not {value}",
                key=key,
                value=repr(value),
            ),
        )
        return ""

    def choice(self, key: str, known: Sequence[str]) -> str:
        """One of `known`, the first if the key is absent."""
        value = str(self._take(key, str, known[0], required=False))
        if value not in known:
            self.fault(
                (key,), say("{key} is one of {known}, not {value}", key=key, known=", ".join(known), value=repr(value))
            )
        return value

    def integer(self, key: str) -> int:
        """A whole number above 0; 0 if there is none."""
        return int(self._positive(key, self._take(key, int, None)))

    def number(self, key: str) -> float:
        """A finite number above 0; 0.0 if there is none."""
        return float(self._positive(key, self._take(key, (int, float), None)))

    def strings(self, key: str, pattern: re.Pattern[str]) -> tuple[str, ...]:
        """A list of strings of the form of `pattern`; empty if the key is absent."""
        values = self._take(key, list, [], required=False)
        for value in values:
            if not isinstance(value, str) or not pattern.fullmatch(value):
                self.fault((key,), say("{key} can't contain {value}", key=key, value=repr(value)))
        return tuple(value for value in values if isinstance(value, str) and pattern.fullmatch(value))

    def table(self, key: str) -> _Table:
        """A table below; an empty one if the key is absent."""
        return self._below(self._take(key, dict, {}, required=False), (key,))

    def tables(self, key: str) -> list[_Table]:
        """An array of tables, `[[key]]`; empty if the key is absent."""
        values = self._take(key, list, [], required=False)
        if not all(isinstance(value, dict) for value in values):
            self.fault((key,), say("write {key} as tables, each headed [[{key}]]", key=key))
        return [self._below(value, (key, i)) for i, value in enumerate(values) if isinstance(value, dict)]

    def packages(self, key: str) -> tuple[str, ...]:
        """Packages as pip takes them; none if the key is absent."""
        given = self.strings(key, _ANY)
        faults = [each for each in given if faulty(each)]
        for each in faults:
            self.fault(
                (key,),
                say(
                    "{package} can't be a package: write its name as pip takes it, with versions if "
                    'they matter, such as "pandas" or "tqdm>=4.66"',
                    package=repr(each),
                ),
            )
        twice = {name for name in map(distribution, given) if sum(distribution(one) == name for one in given) > 1}
        for name in sorted(twice):
            self.fault((key,), say("{package} is named more than once in packages", package=name))
        return tuple(each for each in given if each not in faults)

    def languages(self, key: str) -> tuple[str, ...]:
        """Tags of languages, from here on the first one's texts in this table; ("en",) if the key is absent."""
        self._known.add(key)
        try:
            found = read_languages(self.values)
        except ValueError:
            problem = say(
                "{key} is a list of language tags, at least one and none twice, such as {example}",
                key=key,
                example='["en", "zh-CN"]',
            )
            self.fault((key,), problem)
            return (self.first,)
        self.first = found[0]
        return found

    def may_hold(self, keys: Iterable[str]) -> None:
        """Keys that are known here, whether they are there or not."""
        self._known.update(keys)

    def no_more(self) -> None:
        """Notes keys that nobody asked for."""
        for key in self.values:
            if key not in self._known:
                self.fault((key,), self._unknown(key))

    def close(self) -> None:
        """Raises CourseError if this table or one below had a fault."""
        self.no_more()
        self.faults.raise_any()

    def _unknown(self, key: str) -> Message:
        import difflib

        if near := difflib.get_close_matches(key, self._known, n=1):
            return say("unknown key {key}; is it {near}?", key=key, near=near[0])
        return say("unknown key {key}; known here: {known}", key=key, known=", ".join(sorted(self._known)))

    def _below(self, values: dict[str, Any], place: Place) -> _Table:
        below = _Table(values, self._place + place, self.faults)
        below.first = self.first
        return below

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

    def _positive(self, key: str, value: float | None) -> float:
        if value is None:
            return 0
        if not (value > 0 and math.isfinite(value)):
            self.fault((key,), say("{key} is {value}; it must be above 0 and finite", key=key, value=str(value)))
            return 0
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
