"""Takes out the parentheses that a mutant got only because they may stand anywhere: a person would not write them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import zip_longest

import msgspec

from grader.practice.patch import Hunk

#: A statement whose value is in parentheses as a whole.
_WHOLE = re.compile(r"^(\s*(?:return|[^()]*=) )\((.*)\)$")


def tidied(hunk: Hunk) -> Hunk:
    """The hunk, its new lines without pairs that change nothing, as far as they have more of them than the old ones."""
    pairs = zip_longest(hunk.after, hunk.before[: len(hunk.after)], fillvalue="")
    return msgspec.structs.replace(hunk, after=tuple(_tidied(line, before) for line, before in pairs))


def _tidied(line: str, before: str) -> str:
    allowed = len(_without_one(before))
    while len(shorter := _without_one(line)) > allowed:
        line = shorter[0]
    whole = _WHOLE.sub(r"\1\2", line)
    return line if _WHOLE.match(before) or _shape(whole) != _shape(line) else whole


def _without_one(line: str) -> list[str]:
    """The line without one of the pairs that change nothing, for each of them."""
    shape = _shape(line)
    return [text for text in _with_a_pair_less(line) if _shape(text) == shape] if shape else []


def _with_a_pair_less(line: str) -> Iterator[str]:
    opened = []
    for place, character in enumerate(line):
        if character == "(":
            opened.append(place)
        elif character == ")" and opened:
            start = opened.pop()
            yield line[:start] + line[start + 1 : place] + line[place + 1 :]


def _shape(line: str) -> str | None:
    """The syntax tree of a line that is a statement, or begins one; None of any other."""
    for text in (line.strip(), f"{line.strip()} pass"):
        try:
            return ast.dump(ast.parse(text))
        except SyntaxError:
            continue
    return None
