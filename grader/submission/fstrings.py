"""f-strings as Python 3.12 reads them (PEP 701), for a Python that does not yet."""

from __future__ import annotations

import ast
import re

#: What is looked at of a text, in characters, and how deep f-strings stand in each other.
_LONGEST = 4_000
_DEEPEST = 5
_STRING = re.compile(r"(?P<prefix>(?<!\w)[a-zA-Z]{0,2})(?P<quote>'''|\"\"\"|'|\")")
_PLACE = "''"


def without_new_fstrings(text: str) -> str | None:
    """The text with the f-strings that begin on its first line replaced by empty strings; None if there is none, or
    if one of them is none of Python 3.12's either."""
    first = text.partition("\n")[0]
    looked = text[:_LONGEST]
    kept, start, found = [], 0, False
    position = 0
    while position < min(len(first), _LONGEST):
        if looked[position] == "#":
            break
        opening = _STRING.match(looked, position)
        if opening is None:
            position += 1
            continue
        end = _end(looked, opening, _DEEPEST)
        if end is None:
            return None
        if "f" in opening["prefix"].lower():
            kept += [looked[start:position], _PLACE]
            start, found = end, True
        position = end
    return "".join([*kept, text[start:]]) if found else None


def _end(text: str, opening: re.Match[str], depth: int) -> int | None:
    """Where the string that opens here ends; None if it does not, or what is inside { } is no expression."""
    quote, is_f = opening["quote"], "f" in opening["prefix"].lower()
    position = opening.end()
    while position < len(text):
        if text.startswith(quote, position):
            return position + len(quote)
        if text[position] == "\\":
            position += 2
        elif is_f and text.startswith("{", position) and not text.startswith("{{", position):
            field = _field(text, position + 1, depth)
            if field is None:
                return None
            position = field
        elif text[position] == "\n" and len(quote) == 1:
            return None
        elif is_f and text.startswith(("{{", "}}"), position):
            position += 2
        elif is_f and text[position] == "}":
            return None
        else:
            position += 1
    return None


def _field(text: str, start: int, depth: int) -> int | None:
    """Behind the } of a field that begins here."""
    if depth == 0:
        return None
    parts: list[str] = []
    position, brackets = start, 0
    while position < len(text):
        character = text[position]
        if opening := _STRING.match(text, position):
            end = _end(text, opening, depth - 1)
            if end is None:
                return None
            parts.append(_PLACE)
            position = end
            continue
        if character == "#":
            position = _line_end(text, position)
            continue
        ends = brackets == 0 and (character in "}:" or (character == "!" and text[position + 1 : position + 2] != "="))
        if ends:
            return _behind(text, position, depth) if _is_expression("".join(parts)) else None
        brackets += {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}.get(character, 0)
        parts.append(character)
        position += 1
    return None


def _line_end(text: str, position: int) -> int:
    end = text.find("\n", position)
    return len(text) if end < 0 else end


def _behind(text: str, position: int, depth: int) -> int | None:
    """Behind the } that follows a conversion and a format, in which further fields may stand."""
    while position < len(text) and text[position] != "}":
        if text[position] == "{":
            inner = _field(text, position + 1, depth - 1)
            if inner is None:
                return None
            position = inner
        elif text[position] == "\n":
            return None
        else:
            position += 1
    return position + 1 if position < len(text) else None


def _is_expression(text: str) -> bool:
    """Whether this is an expression, or one with the = that shows it too."""
    text = text.strip()
    try:
        ast.parse(f"({text.removesuffix('=')}\n)", mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return bool(text)
