"""The texts of a course and its exercises in its further languages: `texts.<language>.toml` beside the code.

Code, exercise.toml and course.toml hold texts in the course's first language. What listing a course needs,
titles and hints, stands at the top of a file, so that it is read without the rest.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

from grader.course.faults import CourseError, Faults, parse_toml, read_text
from grader.text import Message, Text, listed, say

#: What is said of a {name} that a section lacks, and of one that is left over in it.
_MISFITS = {
    "checks": (say("the title of check {name} is missing", name=""), say("checks.py has no check {name}", name="")),
    "mistakes": (
        say("the explanation of mistake {name} is missing", name=""),
        say("mistakes.py has no mistake {name}", name=""),
    ),
    "reasons": (
        say("the reason of a fail in checks.py is missing: {name}", name=""),
        say("checks.py has no fail with this reason: {name}", name=""),
    ),
    "docstrings": (
        say("the docstring of {name} is missing", name=""),
        say("reference.py has no docstring at {name}", name=""),
    ),
    "words": (
        say("the translation of these words of probes.py is missing: {name}", name=""),
        say("probes.py has no such words: {name}", name=""),
    ),
    "pictures": (
        say("the translation of this text of pictures.py is missing: {name}", name=""),
        say("pictures.py has no such text: {name}", name=""),
    ),
    "parts": (say("the title of part {name} is missing", name=""), say("exercise.toml has no part {name}", name="")),
    "units": (say("the title of unit {name} is missing", name=""), say("course.toml has no unit {name}", name="")),
}
_HEADER = re.compile(r"^\[", re.MULTILINE)
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")


class Texts(msgspec.Struct, frozen=True, kw_only=True):
    """One texts file. checks: titles by check; mistakes: explanations by name; reasons: what `fail` says, by the text
    in the first language; docstrings: by qualified name, "module" for the module's; words: what probes.py says of its
    scenarios and names in their results, by itself; pictures: what pictures.py draws with, by itself; units: titles by
    number; parts: titles by id."""

    path: Path
    source: str
    title: str = ""
    hints: tuple[str, ...] = ()
    checks: dict[str, str] = {}
    mistakes: dict[str, str] = {}
    reasons: dict[str, str] = {}
    docstrings: dict[str, str] = {}
    words: dict[str, str] = {}
    pictures: dict[str, str] = {}
    units: dict[str, str] = {}
    parts: dict[str, str] = {}

    def faults(self, section: str, names: Collection[str]) -> tuple[Message, ...]:
        """Of a section that must hold exactly `names`: what it lacks and what is left over."""
        missing, extra = _MISFITS[section]
        found: dict[str, str] = getattr(self, section)
        faults = Faults(self.path, self.source)
        for name in sorted({*names} - found.keys()):
            faults.key((section,), Message(missing.template, {"name": name}))
        for name in sorted(found.keys() - {*names}):
            faults.key((section, *_place(name)), Message(extra.template, {"name": name}))
        return tuple(faults.found)


class AuthoredTexts:
    """The further languages of one exercise, with which a text in the first language becomes one in all."""

    def __init__(self, folder: Path, languages: tuple[str, ...]) -> None:
        self.first = languages[0]
        self.others = {language: read_texts(texts_file(folder, language)) for language in languages[1:]}

    def of(self, section: str, name: str, text: str) -> Text:
        """The text that has `name` in `section`; a language that lacks it is left out."""
        return {self.first: text} | {
            language: found for language, texts in self.others.items() if (found := getattr(texts, section).get(name))
        }

    def reason(self, template: str, fields: dict[str, Any]) -> Text:
        """A `fail`'s reason, its fields filled in."""
        texts = self.of("reasons", template, template)
        return {language: text.format(**fields) for language, text in texts.items()}


def texts_file(folder: Path, language: str) -> Path:
    """Where a course or an exercise keeps its texts in a further language."""
    return folder / f"texts.{language}.toml"


def course_files(folder: Path, languages: tuple[str, ...]) -> list[Path]:
    """The files of a course itself, without its exercises: course.toml and its texts in further languages."""
    return [folder / "course.toml", *(texts_file(folder, language) for language in languages[1:])]


def statement_file(folder: Path, languages: tuple[str, ...], language: str) -> Path:
    """Where an exercise's statement in one of its languages stands."""
    return folder / ("statement.md" if language == languages[0] else f"statement.{language}.md")


def read_languages(values: dict[str, Any]) -> tuple[str, ...]:
    """`languages` of a course.toml: tags of BCP 47, the first one's texts in the code; ("en",) if it says nothing.

    Raises ValueError if they are none.
    """
    tags = values.get("languages", ["en"])
    fit = isinstance(tags, list) and tags and all(isinstance(tag, str) and _TAG.fullmatch(tag) for tag in tags)
    if not fit or len(set(tags)) < len(tags):
        raise ValueError(tags)
    return tuple(tags)


def languages_at(course: Path) -> tuple[str, ...]:
    """The languages of the course in a folder; ("en",) where no course.toml says which."""
    try:
        return read_languages(tomllib.loads(read_text(course / "course.toml")))
    except (CourseError, ValueError):  # TOMLDecodeError is a ValueError
        return ("en",)


def texts_beside(exercise: Path) -> AuthoredTexts:
    """The texts of the exercise in a folder, solutions/exerciseNN of its course. Raises CourseError."""
    return AuthoredTexts(exercise, languages_at(exercise.parent.parent))


def read_top(path: Path) -> Texts:
    """Title and hints of a texts file, and no more of it. Raises CourseError."""
    source = read_text(path)
    if header := _HEADER.search(source):
        with suppress(tomllib.TOMLDecodeError):  # a line of a longer text, and no header
            return _checked(path, source, tomllib.loads(source[: header.start()]))
    return read_texts(path)


def read_texts(path: Path) -> Texts:
    """A whole texts file. Raises CourseError with every fault."""
    return _parsed(path, read_text(path))


@lru_cache(maxsize=64)
def _parsed(path: Path, source: str) -> Texts:
    """One run asks for an exercise's texts three times: for its points, its checks and its mistakes."""
    return _checked(path, source, parse_toml(path, source))


def _checked(path: Path, source: str, values: dict[str, Any]) -> Texts:
    faults = Faults(path, source)
    known = ("title", "hints", *_MISFITS)
    for key in values.keys() - {*known}:
        faults.key((key,), say("unknown key {key}; known here: {known}", key=key, known=listed(known)))
    title, hints = values.get("title", ""), values.get("hints", [])
    if not isinstance(title, str):
        faults.key(("title",), say("{key} must be {kind}, not {value}", key="title", kind=say("a string"), value=title))
    if not isinstance(hints, list) or not all(isinstance(hint, str) for hint in hints):
        faults.key(("hints",), say("{key} must be a list of texts", key="hints"))
    sections = {name: _section(name, values.get(name, {}), faults) for name in _MISFITS}
    faults.raise_any()
    return Texts(path=path, source=source, title=title, hints=tuple(hints), **sections)


def _section(name: str, values: Any, faults: Faults) -> dict[str, str]:
    """A table of texts; a table in it holds the texts of a class's methods."""
    flat: dict[str, str] = {}
    for key, value in values.items() if isinstance(values, dict) else [("", None)]:
        below = {f"{key}.{method}": text for method, text in value.items()} if isinstance(value, dict) else {key: value}
        for place, text in below.items():
            if not isinstance(text, str) or not text.strip():
                faults.key((name, *_place(place)), say("{key} is no text", key=place or name))
            else:
                flat[place] = text
    return flat


def _place(name: str) -> tuple[str, ...]:
    return (name,) if " " in name else tuple(name.split("."))
