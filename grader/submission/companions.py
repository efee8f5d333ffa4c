"""Forbidden things that a submission reaches through the files beside it."""

from __future__ import annotations

import ast
from collections.abc import Container, Mapping

from grader.course.hiding import hiding_but
from grader.errors import SubmissionError
from grader.submission.decode import decode_python, encoding_of
from grader.submission.forbidden import Search
from grader.submission.mentions import Group, Mentions
from grader.submission.scopes import Walk
from grader.submission.syntax import expect_parsable


def companion_names(
    companions: Mapping[str, bytes], forbidden: tuple[str, ...], allowed: tuple[str, ...] = ()
) -> tuple[str, ...]:
    """Dotted names (`helper.squash`) through which the submission's companion files would reach a forbidden thing:
    entries to look for beside `forbidden`. A file that can't be searched is one as a whole."""
    if not forbidden or not companions:
        return ()
    trees = {path: _parsed(content) for path, content in companions.items()}
    modules = {path: _module(path) for path in trees}
    unknown = tuple(sorted({modules[path] for path, tree in trees.items() if tree is None}))
    entries = (*forbidden, *hiding_but(allowed), *unknown)
    known = frozenset(modules.values())
    files = {path: _File(Walk([tree], _package(path)), entries, known) for path, tree in trees.items() if tree}
    reached: set[str] = set(unknown)
    waiting = [(path, group) for path, file in files.items() for group in file.uses]
    # It grows while it is walked. Each file is searched once: who mentions what of which other file is known by now.
    for path, group in waiting:
        for name, _ in files[path].mentions.reached([(group, None)]):
            entry = f"{modules[path]}.{name}"
            reached.add(entry)
            waiting += ((other, using) for other, file in files.items() for using in file.using.pop(entry, {}).values())
    return tuple(sorted(reached))


def _module(path: str) -> str:
    """The last part of a companion's name as a module: `helpers` of `mylib/helpers.py`, `mylib` of its `__init__.py`.
    Two of one name in different folders are told apart nowhere: what either reaches is looked for."""
    parts = path.removesuffix(".py").split("/")
    return parts[-2] if parts[-1] == "__init__" and len(parts) > 1 else parts[-1]


def _package(path: str) -> str:
    """What its relative imports begin at: `mylib` of `mylib/helpers.py` and of `mylib/__init__.py`."""
    return ".".join(path.split("/")[:-1])


class _File:
    """A companion, searched. uses: the groups of its names that hold something forbidden. using: another companion's
    name (`deep.s`) → the groups that hold it."""

    def __init__(self, walk: Walk, entries: tuple[str, ...], companions: Container[str]) -> None:
        self.uses: list[Group] = []
        self.using: dict[str, dict[int, Group]] = {}
        self.mentions = Mentions(walk)
        search = Search(walk, entries, companions)
        for visit in walk.visits:
            self.uses += (use.binds for use in search.uses(visit))
            for path, group in search.paths(visit):
                if path.through is not None:
                    self.using.setdefault(path.through, {})[id(group)] = group


def _parsed(content: bytes) -> ast.Module | None:
    """An empty module for what is no Python; None for what Python may import all the same."""
    try:
        # The submission may bring a codec of its own.
        encoding_of(content, "")
        text = _text(content)
        expect_parsable(text, "")
        return ast.parse(text)
    except SyntaxError:
        return ast.Module([], [])
    except (SubmissionError, ValueError, RecursionError, MemoryError):
        return None


def _text(content: bytes) -> str:
    """Empty for what Python can't decode."""
    try:
        return decode_python(content, "")
    except SubmissionError:
        return ""
