"""Reads a submission's files: which they are, how large, whole or not at all. What is in them is for a `Parser`."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from contextlib import closing
from math import inf
from pathlib import Path

from grader.course.suffixes import code_kind
from grader.errors import SubmissionError
from grader.submission.beside import Beside
from grader.submission.files import MAX_NOTEBOOK, expect_regular, read_regular, shown
from grader.submission.folder import OpenFolder
from grader.submission.model import Parser, Submission
from grader.text import say

#: Kind → the largest file that is read, in bytes.
_LIMITS = {".py": 1 << 20, ".ipynb": MAX_NOTEBOOK}


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
        expect_regular(path, None, follow_links=True)
        content = read_regular(path, _limit(path), follow_links=True)
        return _parsed(path, slug, content, lambda: OpenFolder.at(path.parent), parser, begun)
    with OpenFolder.at(root, called=Path()) as top, top.below(path.parent.parts) as folder:
        folder.expect(path.name)
        content = folder.read(path.name, _limit(path))
        return _parsed(path, slug, content, lambda: folder.below(()), parser, begun)


def _limit(path: Path) -> int:
    kind = code_kind(path.name)
    if kind is None:
        raise SubmissionError(say("{file} is neither a .py file nor an .ipynb notebook", file=shown(path)))
    return _LIMITS[kind]


def _parsed(
    path: Path, slug: str, content: bytes, around: Callable[[], OpenFolder], parser: Parser, begun: float
) -> Submission:
    """The submission of this content. around: opens the folder that the file lies in."""
    digest = hashlib.sha256(content).hexdigest()
    with closing(Beside(around, {path.name, f"{slug}.py"})) as beside:
        is_notebook = code_kind(path.name) == ".ipynb"
        try:
            found = parser.content(content, shown(path.name), is_notebook=is_notebook, names=beside.names)
            source = "\n".join(chunk.source for chunk in found.chunks)
            beside.take(found.mentioned, parser, source.encode("utf-8", "replace"))
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
        asides=found.asides,
        seconds=time.monotonic() - begun,
    )
