"""The sentences of a hint that are about one function.

A hint tells of several functions in turn, each led by its name: "encode: ... decode: ...", "In decode, ...". From such
a name to the next one, a hint is about that function.
"""

from __future__ import annotations

import ast
import re

from grader.course.bundle import reference_file
from grader.course.faults import parse_python, read_text
from grader.course.model import Exercise
from grader.text import Text

#: Where a sentence begins.
_SENTENCE = r"(?:^|(?<=[.;?!] )|(?<=[。；？！]))"
_WORD = r"(?:(?:In|For|in|for) |在 ?)?"
_AND = r"(?:,? and |, |、| ?和 ?)"


def hint_about(exercise: Exercise, number: int, function: str) -> Text | None:
    """What the hint of this number, from 1, says of a function, or of its class if it is a method; None where the hint
    does not set that apart, in each language of the exercise."""
    name, names = function.partition(".")[0], _names(exercise) if function else []
    if name not in names:
        return None
    about = {language: _about(text, name, names) for language, text in exercise.hints[number - 1].items()}
    return about if all(about.values()) else None


def _names(exercise: Exercise) -> list[str]:
    """The functions and classes of the reference, the longest names first."""
    path = reference_file(exercise.folder)
    tree = parse_python(path, read_text(path))
    found = (node.name for node in tree.body if isinstance(node, (ast.FunctionDef, ast.ClassDef)))
    return sorted(found, key=len, reverse=True)


def _about(hint: str, name: str, names: list[str]) -> str:
    one = rf"(?:{'|'.join(map(re.escape, names))})(?![\w(\[])(?:\.\w+)?"
    starts = list(re.finditer(rf"{_SENTENCE}{_WORD}({one}(?:{_AND}{one})*)", hint))
    ends = [*(start.start() for start in starts[1:]), len(hint)]
    told = (hint[start.start() : end] for start, end in zip(starts, ends, strict=False) if _names_it(start[1], name))
    return " ".join(text.strip() for text in told)


def _names_it(words: str, name: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words) is not None
