"""The names in an export: bytes of unknown encoding, made into text, and judged before anything is done with them."""

from __future__ import annotations

import re
import unicodedata

from grader.submission.files import shown
from grader.text import Message, say

#: In bytes, as long as a file's name may be on the usual file systems.
_LONGEST = 255
#: Names are printed up to here.
_SHOWN = 160
#: Where the code page of DOS has its accented letters; other bytes make a name of it unlikely.
_DOS_LETTERS = frozenset(range(0x80, 0xA6)) | {0xE1}
#: These turn the direction of the text around them, so that a name reads as another one.
_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def decode_name(raw: bytes) -> str:
    """The text of a name whose encoding nobody noted: UTF-8, what Chinese Windows writes, or what DOS wrote."""
    for encoding in ("utf-8", "gb2312"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    if {byte for byte in raw if byte >= 0x80} <= _DOS_LETTERS:
        return raw.decode("cp437")
    try:
        return raw.decode("gb18030")
    except UnicodeDecodeError:
        return raw.decode("cp437")


def clipped(text: str) -> str:
    """A name as it may be printed: without control characters, and not longer than a line or two."""
    text = shown(text)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."


def split_path(path: str) -> tuple[str, ...]:
    """The components. Zips from Windows may have backslashes."""
    return tuple(part for part in path.replace("\\", "/").split("/") if part not in ("", "."))


def path_fault(path: str) -> Message | None:
    """What keeps a path from being used: it leads elsewhere, or no file could have that name."""
    parts = split_path(path)
    if path.startswith(("/", "\\")) or re.match(r"[A-Za-z]:[\\/]", path):
        return say("{file} is an absolute path; nothing outside the student's folder is taken", file=clipped(path))
    if ".." in parts:
        return say("{file} leads out of the student's folder", file=clipped(path))
    if any(_is_control(character) for character in path):
        return say("the name {file} has control characters in it; rename the file", file=clipped(path))
    if any(len(part.encode()) > _LONGEST for part in parts):
        return say("the name {file} is longer than {count} bytes; rename the file", file=clipped(path), count=_LONGEST)
    return None


def _is_control(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") or character in _TURNS


def is_hidden(parts: tuple[str, ...]) -> bool:
    """Whether a file is one of those that systems and editors leave about."""
    return any(part.startswith(".") or part in ("__MACOSX", "__pycache__") for part in parts)


def safe_key(text: str) -> str:
    """A student's id as the name of a folder: what could not stand in one is replaced."""
    text = "".join("_" if _is_control(character) or character in "/\\" else character for character in text.strip())
    text = text.encode()[:_LONGEST].decode(errors="ignore")
    return "_" + text[1:] if text.startswith(".") or not text else text


def name_forms(name: str) -> frozenset[str]:
    """A person's name in every order of writing, without what is not a letter: `Ada Lovelace` is `lovelace, ada`."""
    words = re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", name).casefold())
    return frozenset("".join(words[i:] + words[:i]) for i in range(len(words)))
