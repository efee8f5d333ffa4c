"""Wrong answers as edits of the reference: a function, and texts in it that become others.

What an edit replaces is written as it stands in reference.py. Of a text of several lines the first one's indentation
is left out, of the lines below it so much that the text fits wherever its first line stands.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from grader.course.source import Source
from grader.text import Message, say

_Definition = ast.FunctionDef | ast.ClassDef


class Edit(msgspec.Struct, frozen=True):
    """A named mistake in one function. of: its name, `Class.method` for a method; changes: text → what stands in its
    place, "" for nothing; or the whole body. why: what a learner is told."""

    of: str
    changes: Mapping[str, str] | str
    why: str = ""

    def says(self, why: str) -> Edit:
        """The same edit, with its text for the learner."""
        return msgspec.structs.replace(self, why=why)

    @property
    def stands_for(self) -> str:
        """The reference's function or class that the mistake replaces."""
        return self.of.partition(".")[0]


class EditError(ValueError):
    """An edit does not fit the reference; `message` says why."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(message.template.format(**message.fields))


#: A stretch of the reference, in bytes, and what stands in its place.
Stretch = tuple[int, int, str]


def edited(source: Source, *edits: Edit) -> str:
    """The reference's whole text with the edits made, all of them at once.

    Raises EditError if one does not fit, or if two touch the same place.
    """
    stretches = (stretch for edit in edits for stretch in stretches_of(source, edit))
    return _replaced(source, stretches, 0, source.size)


def stretches_of(source: Source, edit: Edit) -> tuple[Stretch, ...]:
    """What an edit replaces. Raises EditError if it does not fit."""
    return tuple(_stretches(source, edit))


def definition_with(source: Source, name: str, stretches: Iterable[Stretch]) -> tuple[str, int]:
    """A definition alone, with stretches of it replaced, and the line on which it begins.

    Raises EditError if two touch the same place.
    """
    node = _definition(source, name)
    first = min(part.lineno for part in (node, *node.decorator_list))
    return _replaced(source, stretches, source.line_start(first), source.end(node)), first


def _replaced(source: Source, stretches: Iterable[Stretch], begin: int, end: int) -> str:
    """The text from `begin` to `end` with all stretches replaced."""
    parts, at = [], begin
    for start, stop, new in sorted(stretches):
        if start < at:
            raise EditError(say("the edits touch the same place"))
        parts += [source.between(at, start), new]
        at = stop
    return "".join([*parts, source.between(at, end)])


def _definition(source: Source, name: str) -> _Definition:
    node: ast.Module | _Definition = source.tree
    for part in name.split("."):
        inner = [child for child in node.body if isinstance(child, _Definition) and child.name == part]
        if not inner:
            raise EditError(say("reference.py has no {name}", name=name))
        node = inner[0]
    assert not isinstance(node, ast.Module)
    return node


def _stretches(source: Source, edit: Edit) -> Iterator[tuple[int, int, str]]:
    node = _definition(source, edit.of)
    if isinstance(edit.changes, str):
        yield _whole_body(source, node, edit.changes)
        return
    for old, new in edit.changes.items():
        places = [place for place in _places(source, node, old) if not _documents(source, node, place)]
        if len(places) != 1:
            problem = say(
                "{function} holds {text} {count} times; an edit replaces what is there once",
                function=edit.of,
                text=repr(old),
                count=len(places),
            )
            raise EditError(problem)
        start, end = places[0]
        yield start, end, new.replace("\n", "\n" + _indentation(source, start))


def _whole_body(source: Source, node: _Definition, new: str) -> tuple[int, int, str]:
    """All after the docstring."""
    start, end = source.start(node.body[0]), source.end(node)
    indentation = _indentation(source, start)
    if ast.get_docstring(node, clean=False) is not None:
        start, new = source.end(node.body[0]), f"\n{new}"
    return start, end, new.replace("\n", "\n" + indentation)


def _places(source: Source, node: _Definition, old: str) -> Iterator[tuple[int, int]]:
    """Where the text stands, in bytes."""
    text, start = source.of(node).encode(), source.start(node)
    lines = old.encode().split(b"\n")
    at = text.find(lines[0])
    while at >= 0:
        indented = (b"\n" + _indentation(source, start + at).encode()).join(lines)
        if text.startswith(indented, at):
            yield start + at, start + at + len(indented)
        at = text.find(lines[0], at + 1)


def _documents(source: Source, node: _Definition, place: tuple[int, int]) -> bool:
    """Whether a place is in a docstring."""
    return any(
        source.start(part.body[0]) <= place[0] < source.end(part.body[0])
        for part in ast.walk(node)
        if isinstance(part, _Definition) and ast.get_docstring(part, clean=False) is not None
    )


def _indentation(source: Source, at: int) -> str:
    """The blanks before the line that holds a byte."""
    line = source.between(0, at).rpartition("\n")[2]
    return line[: len(line) - len(line.lstrip())]
