"""Reads a submission's files: which they are, how large, whole or not at all. What is in them is for a `Parser`."""

from __future__ import annotations

import hashlib
import sys
import time
from collections.abc import Callable, Collection
from contextlib import closing
from math import inf
from pathlib import Path

from grader.course.suffixes import code_kind
from grader.errors import GradeError, SubmissionError
from grader.submission.files import MAX_NOTEBOOK, expect_regular, read_regular, shown
from grader.submission.folder import MOST_FILES, OpenFolder
from grader.submission.model import Parser, Submission
from grader.text import Message, say

_MIB = 1 << 20
#: Kind → the largest file that is read, in bytes.
_LIMITS = {".py": _MIB, ".ipynb": MAX_NOTEBOOK}
_MAX_COMPANIONS = 20
#: Of the files beside a submission, so many can be companions, and of those left out so many are named.
_MAX_BESIDE = 1_000
_MAX_NOTES = 20
#: Names that a companion file would replace for the whole submission.
_LIBRARIES = frozenset(sys.stdlib_module_names) | {"torch", "torchvision", "numpy", "scipy", "matplotlib"}


def read_submission(
    path: Path, *, slug: str, parser: Parser, seconds: float = inf, root: Path | None = None
) -> Submission:
    """The submission at `path`, a .py or an .ipynb, for the exercise of this slug.

    parser: looks into what was read, and has `seconds` for that and for what it is asked of this submission later.
    root: the folder that `path` is relative to, where others put the files there. Then no link below it is followed,
    for it could lead to the solution, or into another one's folder. Without it, a `path` that is a link is followed to
    a regular file. Links among companions are never followed.
    Raises UsageError if there is no such file or it is a folder, SubmissionError if it can't be graded.
    """
    begun = time.monotonic()
    parser.begin(seconds)
    if root is None:
        content = _content(path, lambda limit: _followed(path, limit))
        return _parsed(path, slug, content, lambda: OpenFolder.at(path.parent), parser, begun)
    with OpenFolder.at(root) as top, top.below(path.parent.parts) as folder:
        content = _content(path, lambda limit: _inside(folder, path.name, limit))
        return _parsed(path, slug, content, lambda: folder.below(()), parser, begun)


def _content(path: Path, read: Callable[[int | None], bytes]) -> bytes:
    """read: the file's content of at most so many bytes; with no number, only looks whether it is a file."""
    kind = code_kind(path.name)
    read(None)
    if kind is None:
        raise SubmissionError(say("{file} is neither a .py file nor an .ipynb notebook", file=shown(path)))
    return read(_LIMITS[kind])


def _followed(path: Path, limit: int | None) -> bytes:
    if limit is not None:
        return read_regular(path, limit, follow_links=True)
    expect_regular(path, None, follow_links=True)
    return b""


def _inside(folder: OpenFolder, name: str, limit: int | None) -> bytes:
    if limit is not None:
        return folder.read(name, limit)
    folder.expect(name)
    return b""


def _parsed(
    path: Path, slug: str, content: bytes, around: Callable[[], OpenFolder], parser: Parser, begun: float
) -> Submission:
    """The submission of this content. around: opens the folder that the file lies in."""
    digest = hashlib.sha256(content).hexdigest()
    with closing(_Beside(around, {path.name, f"{slug}.py"})) as beside:
        is_notebook = code_kind(path.name) == ".ipynb"
        try:
            found = parser.content(content, shown(path.name), is_notebook=is_notebook, names=beside.names)
            beside.take(found.mentioned, parser)
        except SubmissionError as error:
            error.sha256 = digest
            raise
    return Submission(
        name=shown(path.name),
        sha256=digest,
        chunks=found.chunks,
        companions=beside.taken,
        notes=found.notes + beside.notes,
        course=found.course,
        seconds=time.monotonic() - begun,
    )


class _Beside:
    """The .py files beside a submission. taken: file name → content of those that it mentions, and that these mention
    in turn.

    around: opens their folder. but: names of files that are none of them.
    """

    def __init__(self, around: Callable[[], OpenFolder], but: Collection[str]) -> None:
        self.taken: dict[str, bytes] = {}
        self._notes: list[Message] = []
        self._files: dict[str, str] = {}
        self._folder: OpenFolder | None = None
        try:
            self._folder = around()
            names = [entry.name for entry in self._folder.entries(MOST_FILES) if entry.kind == "file"]
        except GradeError as error:
            self._notes.append(say("no file beside yours was taken along: {reason}", reason=error.message))
        else:
            others = [name for name in names if name.endswith(".py") and name not in but][:_MAX_BESIDE]
            self._files = {name.removesuffix(".py"): name for name in others}

    def close(self) -> None:
        """Let go of the folder."""
        if self._folder is not None:
            self._folder.close()

    @property
    def names(self) -> frozenset[str]:
        """Those that could be mentioned, as modules are."""
        return frozenset(self._files)

    @property
    def notes(self) -> tuple[Message, ...]:
        """On what was left out."""
        said, more = self._notes[:_MAX_NOTES], len(self._notes) - _MAX_NOTES
        return (*said, say("files beside yours that were left out, too: {count}", count=more)) if more > 0 else (*said,)

    def take(self, mentioned: frozenset[str], parser: Parser) -> None:
        """Take what is mentioned."""
        while found := sorted(mentioned & self.names):
            mentioned = frozenset()
            for stem in found:
                name = self._files.pop(stem)
                if stem in _LIBRARIES:
                    self._notes.append(say("{file} beside your file was left out: it would replace the library of that "
                                           "name. Give it another name.", file=shown(name)))
                elif (content := self._companion(name)) is not None:
                    self.taken[name] = content
                    mentioned |= parser.mentioned(content, self.names) if self._files else frozenset()

    def _companion(self, name: str) -> bytes | None:
        """The content of one companion; None, with a note, if it can't be taken."""
        assert self._folder is not None
        if len(self.taken) >= _MAX_COMPANIONS:
            self._notes.append(say("{file} beside your file was left out: at most {count} files are taken along",
                                   file=shown(name), count=_MAX_COMPANIONS))
            return None
        try:
            return self._folder.read(name, _MIB - sum(map(len, self.taken.values())))
        except GradeError as error:
            self._notes.append(say("a file beside yours was left out: {reason}", reason=error.message))
            return None
