"""Text in a terminal's columns, Chinese included: a CJK character takes two, and lines may break between any two."""

from __future__ import annotations

import re
import unicodedata

#: Units that a line may break between: one CJK character, word or `command`, with the marks that
#: must not be parted from it.
_CJK = r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]"
_CLOSING = r"[，。；：、！？）》」』”…—]"
_OPENING = r"[（《「『“]"
_WORD = rf"(?:(?!{_CJK}|{_OPENING}|{_CLOSING})[^ ])+"
_UNIT = re.compile(rf" +|{_OPENING}*(?:`[^`\n]{{1,40}}`|{_CJK}|{_WORD}|{_CLOSING}){_CLOSING}*|{_OPENING}+")

_NO_BREAK = "\u00a0"

#: Characters that move the cursor, reorder or hide text, or can't be encoded.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def visible(text: str) -> str:
    """The text with its control and format characters spelled out, so that it can't steer a terminal."""
    if text.isprintable():  # as most is: there is none in it
        return text
    text = text.replace("\r\n", "\n").expandtabs(4)
    return "".join(_spelled(char) if unicodedata.category(char) in _UNSEEN and char != "\n" else char for char in text)


def _spelled(char: str) -> str:
    code = ord(char)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def cells(text: str) -> int:
    """How many terminal columns the text takes."""
    return sum(_width(char) for char in text)


def _width(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def pad(text: str, width: int) -> str:
    """The text with spaces after it, up to `width` columns."""
    return text + " " * (width - cells(text))


def cut(text: str, width: int) -> str:
    """The text's beginning in at most `width` columns."""
    used = 0
    for position, char in enumerate(text):
        used += _width(char)
        if used > width:
            return text[:position]
    return text


def wrap(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` columns; its own line breaks stay."""
    lines = [line for paragraph in text.split("\n") for line in _wrapped(paragraph, width)]
    return [line.replace(_NO_BREAK, " ") for line in lines]


def unbroken(command: str) -> str:
    """The command with spaces at which `wrap` does not break it: to be copied whole."""
    return command.replace(" ", _NO_BREAK)


def _wrapped(paragraph: str, width: int) -> list[str]:
    lines: list[str] = []
    line = re.match(r" *", paragraph).group()  # type: ignore[union-attr]
    for unit in _UNIT.findall(paragraph[len(line) :]):
        if cells(line + unit.rstrip()) > width and line.strip():
            lines.append(line.rstrip())
            line = ""
            unit = unit.lstrip()
        line += unit
        # A command stays in one piece however long it is, for the terminal to break: pasted, it must be whole.
        while not unit.isspace() and _NO_BREAK not in unit and len(head := cut(line, width)) < len(line):
            lines.append(head)
            line = line[len(head) :]
    return [*lines, line.rstrip()]
