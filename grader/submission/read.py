"""Reads a submission's files: which they are, how large, whole or not at all. What is in them is for a `Parser`."""

from __future__ import annotations

import hashlib
import sys
import time
from math import inf
from pathlib import Path

from grader.errors import GradeError, SubmissionError
from grader.submission.files import expect_regular, path_is_link, read_regular, shown
from grader.submission.ipynb import MAX_NOTEBOOK
from grader.submission.model import Parser, Submission
from grader.text import Message, say

_MIB = 1 << 20
#: Suffix → the largest file that is read, in bytes.
_LIMITS = {".py": _MIB, ".ipynb": MAX_NOTEBOOK}
_MAX_COMPANIONS = 20
#: Of the files beside a submission, so many are looked at, and so many are told of as left out.
_MAX_BESIDE = 1_000
_MAX_NOTES = 20
#: Names that a companion file would replace for the whole submission.
_LIBRARIES = frozenset(sys.stdlib_module_names) | {"torch", "torchvision", "numpy", "scipy", "matplotlib"}


def read_submission(
    path: Path, *, slug: str, parser: Parser, seconds: float = inf, follow_links: bool = True
) -> Submission:
    """The submission at `path`, a .py or an .ipynb, for the exercise of this slug.

    A `path` that is a link is followed to a regular file, unless `follow_links` is false, as it must be where
    others put the files there: a link could lead to the solution. Links among companions are never followed.
    parser: looks into what was read, and has `seconds` for that and for what it is asked of this submission later.
    Raises UsageError if there is no such file or it is a folder, SubmissionError if it can't be graded.
    """
    begun = time.monotonic()
    parser.begin(seconds)
    suffix = path.suffix.lower()
    content = _content(path, suffix, follow_links)
    beside = _Beside(path, slug)
    found = parser.content(content, shown(path.name), is_notebook=suffix == ".ipynb", names=beside.names)
    beside.take(found.mentioned, parser)
    return Submission(
        name=shown(path.name),
        sha256=hashlib.sha256(content).hexdigest(),
        chunks=found.chunks,
        companions=beside.taken,
        notes=found.notes + beside.notes,
        seconds=time.monotonic() - begun,
    )


def _content(path: Path, suffix: str, follow_links: bool) -> bytes:
    expect_regular(path, None, follow_links=follow_links)
    if suffix not in _LIMITS:
        raise SubmissionError(say("{file} is neither a .py file nor an .ipynb notebook", file=shown(path)))
    return read_regular(path, _LIMITS[suffix], follow_links=follow_links)


class _Beside:
    """The .py files beside a submission. taken: file name → content of those that it mentions, and that these mention
    in turn. names: of all that could be mentioned, as a module's."""

    def __init__(self, path: Path, slug: str) -> None:
        self._files = {
            other.stem: other
            for other in sorted(path.parent.glob("*.py"))[:_MAX_BESIDE]
            if other.name != path.name and other.stem != slug and not path_is_link(other) and other.is_file()
        }
        self.taken: dict[str, bytes] = {}
        self._notes: list[Message] = []

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self._files)

    @property
    def notes(self) -> tuple[Message, ...]:
        """On what was left out."""
        more = len(self._notes) - _MAX_NOTES
        said = self._notes[:_MAX_NOTES]
        return (*said, say("files beside yours that were left out, too: {count}", count=more)) if more > 0 else (*said,)

    def take(self, mentioned: frozenset[str], parser: Parser) -> None:
        """Take what is mentioned."""
        while found := sorted(mentioned & self.names):
            mentioned = frozenset()
            for stem in found:
                other = self._files.pop(stem)
                if stem in _LIBRARIES:
                    self._notes.append(say("{file} beside your file was left out: it would replace the library of that "
                                           "name. Give it another name.", file=shown(other.name)))
                elif (content := self._companion(other)) is not None:
                    self.taken[other.name] = content
                    mentioned |= parser.mentioned(content, self.names) if self._files else frozenset()

    def _companion(self, path: Path) -> bytes | None:
        """The content of one companion; None, with a note, if it can't be taken."""
        if len(self.taken) >= _MAX_COMPANIONS:
            self._notes.append(say("{file} beside your file was left out: at most {count} files are taken along",
                                   file=shown(path.name), count=_MAX_COMPANIONS))
            return None
        try:
            return read_regular(path, _MIB - sum(map(len, self.taken.values())), follow_links=False)
        except GradeError as error:
            self._notes.append(say("a file beside yours was left out: {reason}", reason=error.message))
            return None
