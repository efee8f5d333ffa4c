"""Brings the catalogues in step with the code, for maintainers and translators: `python -m grader.text.update`.

    python -m grader.text.update            new sentences go into every catalogue, to be translated there
    python -m grader.text.update --check    only looks, as the tests do, for what is missing, left over or wrong
    python -m grader.text.update --drop     also removes the translations of sentences that the code no longer says
    python -m grader.text.update de         also makes the catalogue of a new language

Exit status 1 where a catalogue needs somebody's work.

Takes Babel, which is in the development tools.
"""

from __future__ import annotations

import ast
import re
import string
import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Iterator
from pathlib import Path

from babel.core import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Entry
from babel.messages.pofile import read_po, write_po

_PACKAGE = Path(__file__).parents[1]
_FILE = "LC_MESSAGES/grader.po"
#: Reads the same in every language, and has no entry.
_FIELD_ALONE = re.compile(r"\{\w+\}")
#: Faults of a catalogue that are printed.
_SHOWN = 30
_COMMENT = "# translators:"
_HEADER = """\
# What the grader says, in this language. Text in braces stays as it is: the grader puts a name or a number there.
# CONTRIBUTING.md says how to bring this file in step with the program, and how to check it.
#"""


def extracted(package: Path = _PACKAGE) -> Catalog:
    """Every `say(...)` below the folder, as a catalogue without translations.

    An entry names its files and no lines: these would change with every edit of a file, and with them the catalogue.
    """
    template = Catalog(header_comment=_HEADER, fuzzy=False)
    for path in sorted(package.rglob("*.py")):
        for sentence, comments in sentences(path.read_text("utf-8")):
            if not _FIELD_ALONE.fullmatch(sentence):
                place = path.relative_to(package.parent).as_posix()
                template.add(sentence, locations=[(place, 0)], auto_comments=comments)
    return template


def sentences(source: str) -> Iterator[tuple[str, list[str]]]:
    """The literal template of each `say(...)`, and what a comment above it tells translators.

    By the syntax tree: Babel's own reading, by tokens, sees no call inside an f-string before Python 3.12.
    """
    lines = source.splitlines()
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Name("say"), args=[ast.Constant(str() as sentence), *_]):
                above = lines[node.lineno - 2].strip()
                yield sentence, [above.removeprefix(_COMMENT).strip()] if above.startswith(_COMMENT) else []


def catalogues(package: Path = _PACKAGE) -> dict[str, Path]:
    """Language, as gettext writes it → its .po."""
    return {path.parents[1].name: path for path in sorted((package / "text/locale").glob(f"*/{_FILE}"))}


def update(path: Path, language: str, template: Catalog, *, drop: bool = False) -> None:
    """Writes the .po, or a new one, with the entries of the template and the translations that it had.

    The translation of a sentence much like a new one is put there and marked fuzzy; the grader does not use it until
    somebody takes the mark away. Those of sentences that are gone stay at the end, commented out, unless `drop`.
    """
    catalogue = _read(path, language) if path.exists() else Catalog(locale=language, fuzzy=False)
    # The date of the extraction would make two people's updates differ.
    template.creation_date = catalogue.creation_date
    catalogue.project, catalogue.version = "grade-dl", ""
    # Babel does not look there for a sentence that has come back.
    for entry in catalogue.obsolete.values():
        catalogue[entry.id] = entry
    catalogue.obsolete.clear()
    catalogue.update(template, update_header_comment=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        # Unwrapped, a sentence is one line, and so is its difference between two versions.
        write_po(file, catalogue, width=0, sort_by_file=True, ignore_obsolete=drop, include_lineno=False)


def faults(path: Path, language: str, template: Catalog) -> Iterator[str]:
    """What is amiss with a catalogue, a line for each."""
    catalogue = _read(path, language)
    for entry in _entries(template):
        there = catalogue.get(entry.id)
        if there is None or not there.string:
            yield f"not translated: {entry.id}"
        elif there.fuzzy:
            yield f"marked fuzzy, to be looked at: {entry.id}"
        elif fields(str(there.string)) != fields(str(entry.id)):
            yield f"other fields than the English has: {there.string}"
        elif dict(there.locations).keys() != dict(entry.locations).keys():
            yield f"said in other files than it names: {entry.id}"
    for entry in _entries(catalogue):
        if entry.id not in template:
            yield f"left over, nobody says it: {entry.id}"
    yield from (f"left over, commented out: {gone}" for gone in catalogue.obsolete)


def fields(template: str) -> set[str] | None:
    """The names in braces; None where the braces do not match. Babel itself only marks such entries."""
    try:
        return {field for _, field, _, _ in string.Formatter().parse(template) if field is not None}
    except ValueError:
        return None


def _read(path: Path, language: str) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def _entries(catalogue: Catalog) -> Iterator[Entry]:
    return (entry for entry in catalogue if entry.id)


def main(words: list[str]) -> int:
    """The command; 1 if a catalogue needs a translator, 2 for wrong use."""
    parser = ArgumentParser(
        prog="python -m grader.text.update", description=__doc__, formatter_class=RawDescriptionHelpFormatter
    )
    parser.add_argument("new", nargs="*", type=_language, help="languages to make a catalogue for, such as de or pt-BR")
    parser.add_argument("--check", action="store_true", help="change nothing")
    parser.add_argument("--drop", action="store_true", help="remove translations of sentences that are gone")
    asked = parser.parse_args(words)
    if asked.check and (asked.new or asked.drop):
        parser.error("--check changes nothing: leave out the rest")
    template = extracted()
    places = {language: _PACKAGE / "text/locale" / language / _FILE for language in asked.new} | catalogues()
    status = 0
    for language, path in places.items():
        if not asked.check:
            update(path, language, template, drop=asked.drop)
        wrong = list(faults(path, language, template))
        _print(path, wrong)
        status = 1 if wrong else status
    return status


def _language(tag: str) -> str:
    """The language as gettext writes it. Raises ValueError for one that Babel does not know."""
    try:
        return str(Locale.parse(tag, sep="-"))
    except UnknownLocaleError as error:
        raise ValueError from error


def _print(path: Path, lines: list[str]) -> None:
    further = [f"and {len(lines) - _SHOWN} more"] if len(lines) > _SHOWN else []
    for line in [*lines[:_SHOWN], *further]:
        print(f"{path}: {line}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
