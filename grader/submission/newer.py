"""Syntax that a newer Python reads and this one does not: told only where the rest of the file bears it out.

A line is rewritten as older versions have it, and read once more: what then is read past that line was the reason.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Callable

from grader.submission.fstrings import without_new_fstrings
from grader.text import Message, say

_EXCEPT = re.compile(r"\A(\s*except\*?\s+)([\w.]+(?:\s*,\s*[\w.]+)+)(\s*:.*)", re.DOTALL)
_TYPE = re.compile(r"\A(\s*)type\s+([^\W\d]\w*)\s*(\[.*\])?\s*(=.*)", re.DOTALL)
_GENERIC = re.compile(r"(\s*(?:async\s+)?(?:def|class)\s+\w+)\s*\[")
_TEMPLATE = re.compile(r"(?<!\w)(?:t|T|tr|rt|Tr|rT|TR|RT|tR|Rt)(?=['\"])")
_LAZY = re.compile(r"\A(\s*)lazy\s+((?:import|from)\s.*)", re.DOTALL)
#: A longer line is not looked at.
_LONGEST = 4_000


def newer_syntax(source: str, number: int) -> Message | None:
    """Why Python stopped at line `number` of the source, if that line needs a newer Python; else None."""
    lines = source.split("\n")
    if len(lines[number - 1]) > _LONGEST:
        return None
    for version, rewrite, sentence in _KINDS:
        if sys.version_info >= version:
            continue
        rewritten = rewrite(lines, number)
        if rewritten is not None and _gets_past(rewritten, number):
            return say(
                "{sentence} Python {here} grades your code",
                sentence=sentence,
                here=f"{sys.version_info[0]}.{sys.version_info[1]}",
            )
    return None


def _gets_past(source: str, number: int) -> bool:
    """Whether Python reads the source beyond this line."""
    try:
        ast.parse(source)
    except SyntaxError as error:
        return (error.lineno or 0) > number
    except (ValueError, RecursionError, MemoryError):
        return False
    return True


Rewrite = Callable[[list[str], int], str | None]


def _line(change: Callable[[str], str | None]) -> Rewrite:
    """A rewrite of the one line."""

    def rewrite(lines: list[str], number: int) -> str | None:
        changed = change(lines[number - 1])
        return None if changed is None else "\n".join([*lines[: number - 1], changed, *lines[number:]])

    return rewrite


def _replaced(pattern: re.Pattern[str], replacement: str) -> Rewrite:
    """A rewrite of the one line by a regular expression that it must match."""
    return _line(lambda line: pattern.sub(replacement, line) if pattern.search(line) else None)


def _without_parameters(line: str) -> str | None:
    found = _GENERIC.match(line)
    if found is None:
        return None
    depth = 0
    for position in range(found.end() - 1, len(line)):
        depth += {"[": 1, "]": -1}.get(line[position], 0)
        if depth == 0:
            return f"{found[1]}{line[position + 1 :]}"
    return None


def _plain_fstrings(lines: list[str], number: int) -> str | None:
    before = "\n".join(lines[: number - 1])
    after = without_new_fstrings("\n".join(lines[number - 1 :]))
    return None if after is None else f"{before}\n{after}" if before else after


_KINDS: tuple[tuple[tuple[int, int], Rewrite, Message], ...] = (
    (
        (3, 12),
        _plain_fstrings,
        say(
            "inside the braces of an f-string, quotes like those around it, a backslash, a comment or a line end need "
            "Python 3.12: compute that value on a line of its own before, or use the other kind of quotes inside."
        ),
    ),
    (
        (3, 12),
        _replaced(_TYPE, r"\1\2 \4"),
        say("`type X = ...` needs Python 3.12: leave out the word type, or the line."),
    ),
    (
        (3, 12),
        _line(_without_parameters),
        say("square brackets behind the name of a function or a class need Python 3.12: leave them out."),
    ),
    (
        (3, 13),
        _line(_without_parameters),
        say("a type parameter with = and a default needs Python 3.13: leave the square brackets out."),
    ),
    (
        (3, 14),
        _replaced(_EXCEPT, r"\1(\2)\3"),
        say(
            "except with several kinds of errors and no round brackets around them needs Python 3.14: write except (A, "
            "B):, or, to give the error a name, except A as e:."
        ),
    ),
    (
        (3, 14),
        _replaced(_TEMPLATE, "f"),
        say("a string with a t in front needs Python 3.14: write an f there, or nothing."),
    ),
    ((3, 15), _replaced(_LAZY, r"\1\2"), say("`lazy import` needs Python 3.15: leave out the word lazy.")),
)
