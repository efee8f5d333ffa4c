"""The files that translations are in: gettext's .po, which people edit, and .mo, which is compiled from it.

A language is a folder `locale/<language>/LC_MESSAGES/` with one of the two. A clone has the .po alone, and it is read
as it is, so that what a translator saves shows at once and nothing can be out of date, be written by two processes at
once, or need a folder that can be written. A wheel has the .mo alone; `hatch_build.py` makes it with this module,
which therefore imports the standard library only.
"""

from __future__ import annotations

import re
import struct
from pathlib import Path

_LOCALE = Path(__file__).with_name("locale")
_MO_MAGIC = 0x950412DE
_HEAD = struct.Struct("<7I")
#: An entry with a translation: its flags, such as fuzzy, then both strings, neither of them empty. Before it there may
#: be the sentence that a fuzzy one was before.
_ENTRY = re.compile(rb'\n(#,.*\n)?(?:#\|.*\n)*msgid ("..*")\nmsgstr ("..*")')


def translated_languages() -> tuple[str, ...]:
    """The tags (BCP 47) of the languages that have a folder, in alphabetical order."""
    return tuple(sorted(path.name.replace("_", "-") for path in _LOCALE.iterdir() if path.is_dir()))


def catalogue_file(language: str) -> Path:
    """The language's .po where there is one, else its .mo, which may be absent too."""
    folder = _LOCALE / language.replace("-", "_") / "LC_MESSAGES"
    source = folder / "grader.po"
    return source if source.exists() else folder / "grader.mo"


def po_to_json(content: bytes) -> bytes:
    """A .po as a JSON array: a sentence, its translation, the next sentence, and so on.

    Left out are sentences without a translation and those marked fuzzy, which a person has yet to look at. A string of
    a .po is one of JSON but for being cut into lines. Contexts and plurals, which no message has, are not read.
    """
    # Continuation lines are joined first: what is left has one line for each string.
    entries = _ENTRY.findall(content.replace(b"\r\n", b"\n").replace(b'"\n"', b""))
    return b"[" + b",".join(string for flags, *pair in entries if b"fuzzy" not in flags for string in pair) + b"]"


def to_mo(texts: dict[str, str]) -> bytes:
    """A compiled catalogue (gettext's manual, "The Format of GNU MO Files"), with the header that says UTF-8."""
    pairs = sorted((key.encode(), text.encode()) for key, text in texts.items())
    pairs.insert(0, (b"", b"Content-Type: text/plain; charset=UTF-8\n"))
    count, keys = len(pairs), _HEAD.size
    place, tables, strings = keys + 16 * count, b"", b""
    for column in zip(*pairs, strict=True):
        for string in column:
            tables += struct.pack("<2I", len(string), place + len(strings))
            strings += string + b"\0"
    return _HEAD.pack(_MO_MAGIC, 0, count, keys, keys + 8 * count, 0, 0) + tables + strings


def from_mo(content: bytes) -> dict[str, str]:
    """What `to_mo` was given, faster than the standard library's gettext, which reads it as well."""
    _, _, count, keys, texts, _, _ = _HEAD.unpack_from(content)
    tables = (struct.iter_unpack("<2I", content[at : at + 8 * count]) for at in (keys, texts))
    columns = [[content[place : place + size].decode() for size, place in table] for table in tables]
    return dict(zip(*columns, strict=True))
