"""Python text as tokens, with names normalised. A scanner and no parser: it takes whatever was handed in, in time that
grows with its length alone, and never fails."""

from __future__ import annotations

import re
from collections.abc import Iterator
from keyword import iskeyword
from typing import NamedTuple

#: Of one submission, so many characters and tokens are looked at: far more than a person writes for an exercise.
MOST_TEXT, MOST_TOKENS = 200_000, 5_000
_LONGEST = 40
# Quantifiers are possessive: a text that is no Python costs no second look.
_TOKEN = re.compile(
    r"""
    (?P<nothing>[ \t\f\r]+|\#[^\n]*+|\\\n)
    |(?P<string>[A-Za-z]{0,2}+(?:
        \"{3}(?:[^"\\]|\\.?|"(?!""))*+(?:\"{3})?
        |'{3}(?:[^'\\]|\\.?|'(?!''))*+(?:'{3})?
        |"(?:[^"\\\n]|\\.?)*+"?
        |'(?:[^'\\\n]|\\.?)*+'?))
    |(?P<number>\.?\d[\w.]*+)
    |(?P<name>[^\W\d]\w*+)
    |(?P<line>\n)
    |(?P<operator>\*\*=?|//=?|>>=?|<<=?|->|[-+*/%@&|^=<>!:]=|.)
    """,
    re.VERBOSE | re.DOTALL,
)


class Token(NamedTuple):
    """text: a keyword, an operator or a number as it is; `name` and `string` stand for any of these. line: from 1."""

    text: str
    line: int


def tokens(text: str) -> list[Token]:
    """The tokens of a text, at most `MOST_TOKENS`, without comments, docstrings, line ends and indentation."""
    found: list[Token] = []
    for token in _tokens(text[:MOST_TEXT]):
        if len(found) == MOST_TOKENS:
            break
        found.append(token)
    return found


def _tokens(text: str) -> Iterator[Token]:
    line, begins = 1, True
    for match in _TOKEN.finditer(text):
        kind, token = match.lastgroup, match[0]
        # A string that begins a line is a docstring, or one of several that belong together.
        if kind in ("number", "operator") or (kind == "name" and iskeyword(token)):
            yield Token(token[:_LONGEST], line)
        elif kind == "name" or (kind == "string" and not begins):
            yield Token(str(kind), line)
        begins = kind == "line" or (begins and kind == "nothing")
        line += token.count("\n")
