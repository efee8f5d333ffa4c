"""The files beside a submission that it uses: modules, and packages of modules in folders."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection
from contextlib import closing

from grader.errors import GradeError
from grader.submission.files import shown
from grader.submission.folder import MOST_FILES, OpenFolder
from grader.submission.model import Parser
from grader.text import Message, say

#: So many files are taken along, with so many bytes in all; from folders so deep, and so many of these are looked into.
_MOST_TAKEN, _MOST_BYTES = 20, 1 << 20
_DEEPEST, _MOST_OPENED = 3, 20
#: Of the files beside a submission, so many can be companions, and of those left out so many are named.
_MOST_BESIDE = 1_000
_MOST_NOTES = 20
#: Names that a companion would replace for the whole submission.
_LIBRARIES = frozenset(sys.stdlib_module_names) | {"torch", "torchvision", "numpy", "scipy", "matplotlib"}
_PACKAGE = "__init__.py"

#: Where a file or folder lies: the folders that lead to it, and its own name.
_Place = tuple[str, ...]


class Beside:
    """The .py files beside a submission. taken: name (`helpers.py`, `mylib/helpers.py`) → content of those that it
    mentions, and that these mention in turn.

    Mentioned is what occurs as a word: a module by its name, a folder likewise, and then the files in it. Links are not
    followed. around: opens the submission's folder. but: names of files there that are none of them.
    """

    def __init__(self, around: Callable[[], OpenFolder], but: Collection[str]) -> None:
        self.taken: dict[str, bytes] = {}
        self._notes: list[Message] = []
        self._files: dict[str, list[_Place]] = {}
        self._folders: dict[str, list[_Place]] = {}
        self._room = _MOST_BESIDE
        self._opened = 0
        self._folder: OpenFolder | None = None
        try:
            self._folder = around()
            self._list((), but)
        except GradeError as error:
            self._notes.append(say("no file beside yours was taken along: {reason}", reason=error.message))

    def close(self) -> None:
        """Let go of the folder."""
        if self._folder is not None:
            self._folder.close()

    @property
    def names(self) -> frozenset[str]:
        """Those that could be mentioned, as modules are."""
        return frozenset((*self._files, *self._folders))

    @property
    def notes(self) -> tuple[Message, ...]:
        """On what was left out."""
        said, more = self._notes[:_MOST_NOTES], len(self._notes) - _MOST_NOTES
        return (*said, say("files beside yours that were left out, too: {count}", count=more)) if more > 0 else (*said,)

    def take(self, mentioned: frozenset[str], parser: Parser, source: bytes) -> None:
        """Take what is mentioned. source: the submission's own text."""
        texts = [source]
        while found := sorted(mentioned & self.names):
            before = len(texts)
            opened = [self._enter(place) for name in found for place in self._folders.pop(name, ())]
            places = [place for name in found for place in self._files.pop(name, ())]
            places += [place for inits in opened for place in inits]
            texts += [content for place in places if (content := self._companion(place)) is not None]
            # What lies in a folder may have been mentioned before it was looked into.
            fresh = texts if opened else texts[before:]
            names = self.names
            mentioned = frozenset[str]().union(*(parser.mentioned(text, names) for text in fresh if names))

    def _list(self, place: _Place, but: Collection[str] = ()) -> None:
        """Note what lies in the folder of this place. Raises GradeError if it can't be listed."""
        assert self._folder is not None
        with self._folder.below(place) as folder:
            for entry in folder.entries(MOST_FILES):
                if self._room <= 0:
                    return
                name = entry.name
                if entry.kind == "file" and name.endswith(".py") and name not in but:
                    self._room -= 1
                    self._files.setdefault(name.removesuffix(".py"), []).append((*place, name))
                elif entry.kind == "folder" and name.isidentifier() and name[0] != "_" and len(place) < _DEEPEST:
                    self._room -= 1
                    self._folders.setdefault(name, []).append((*place, name))

    def _enter(self, place: _Place) -> list[_Place]:
        """Look into a folder: what makes it a package is used by whoever names it."""
        if self._opened >= _MOST_OPENED or self._replaces_library(place):
            return []
        self._opened += 1
        try:
            self._list(place)
        except GradeError as error:
            self._notes.append(say("a folder beside your file was left out: {reason}", reason=error.message))
        inits = self._files.pop("__init__", [])
        return [init for init in inits if init == (*place, _PACKAGE)]

    def _replaces_library(self, place: _Place) -> bool:
        if len(place) > 1 or place[0].removesuffix(".py") not in _LIBRARIES:
            return False
        self._notes.append(
            say(
                "{file} beside your file was left out: it would replace the library of that name. Give "
                "it another name.",
                file=shown(place[0]),
            )
        )
        return True

    def _companion(self, place: _Place) -> bytes | None:
        """Take one file: its content; None, with a note, if it can't be taken."""
        name = "/".join(place)
        if self._replaces_library(place):
            return None
        if len(self.taken) >= _MOST_TAKEN:
            self._notes.append(
                say(
                    "{file} beside your file was left out: at most {count} files are taken along",
                    file=shown(name),
                    count=_MOST_TAKEN,
                )
            )
            return None
        assert self._folder is not None
        try:
            with closing(self._folder.below(place[:-1])) as folder:
                self.taken[name] = folder.read(place[-1], _MOST_BYTES - sum(map(len, self.taken.values())))
        except GradeError as error:
            self._notes.append(say("a file beside yours was left out: {reason}", reason=error.message))
            return None
        return self.taken[name]
