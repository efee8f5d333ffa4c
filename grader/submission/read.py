"""Reads a submission's file. Whatever is given, the answer is a `Submission` or one clear sentence."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import msgspec

from grader.errors import GradeError, SubmissionError
from grader.submission.decode import decode_python
from grader.submission.files import expect_regular, path_is_link, read_regular, shown
from grader.submission.identity import course_of_notebook, course_of_source
from grader.submission.ipynb import MAX_NOTEBOOK, looks_like_notebook
from grader.submission.notebook import Chunk, read_cells
from grader.text import Message, say

_MIB = 1 << 20
#: Suffix → the largest file that is read, in bytes.
_LIMITS = {".py": _MIB, ".ipynb": MAX_NOTEBOOK}
_MAX_COMPANIONS = 20
_EMPTY = re.compile(rb"(?:\xef\xbb\xbf)?\s*")
#: Names that a companion file would replace for the whole submission.
_LIBRARIES = frozenset(sys.stdlib_module_names) | {"torch", "torchvision", "numpy", "scipy", "matplotlib"}


class Submission(msgspec.Struct, frozen=True, kw_only=True):
    """A submission as text, not yet parsed.

    name: the file's name, safe to print. sha256: of the file's bytes, hexadecimal.
    chunks: the file, or a notebook's code cells in order; never empty. Lines are numbered through all chunks.
    companions: file name → content of the .py files beside it that it mentions.
    notes: what the learner should know although it is no error.
    course: the id of the course that handed the file out; None where it says none.
    """

    name: str
    sha256: str
    chunks: tuple[Chunk, ...]
    companions: dict[str, bytes] = {}
    notes: tuple[Message, ...] = ()
    course: str | None = None

    def place(self, line: int) -> tuple[str | None, int]:
        """The chunk's label (None for a .py) and the line within it, of a line numbered through all chunks."""
        chunk = self._chunk(line)
        return chunk.label, line - chunk.first_line + 1

    def line(self, line: int) -> str:
        """The text of a line numbered through all chunks; empty if there is none."""
        chunk = self._chunk(line)
        lines = chunk.source.split("\n")
        position = line - chunk.first_line
        return lines[position] if 0 <= position < len(lines) else ""

    def _chunk(self, line: int) -> Chunk:
        return next((chunk for chunk in reversed(self.chunks) if chunk.first_line <= line), self.chunks[0])


def read_submission(path: Path, *, slug: str, follow_links: bool = True) -> Submission:
    """The submission at `path`, a .py or an .ipynb, for the exercise of this slug.

    A `path` that is a link is followed to a regular file, unless `follow_links` is false, as it must be where
    others put the files there: a link could lead to the solution. Links among companions are never followed.
    Raises UsageError if there is no such file or it is a folder, SubmissionError if it can't be graded.
    """
    import hashlib

    content = _content(path, follow_links)
    notes: tuple[Message, ...] = ()
    course = None
    if path.suffix.lower() == ".ipynb":
        chunks, notes = read_cells(content, shown(path.name))
        course = course_of_notebook(content)
    else:
        chunks = (Chunk(None, decode_python(content, shown(path.name)), 1),)
    companions, more = _companions(path, slug, chunks)
    return Submission(
        name=shown(path.name),
        sha256=hashlib.sha256(content).hexdigest(),
        chunks=chunks,
        companions=companions,
        notes=notes + more,
        course=course or next(filter(None, (course_of_source(chunk.source) for chunk in chunks)), None),
    )


def _content(path: Path, follow_links: bool) -> bytes:
    suffix = path.suffix.lower()
    expect_regular(path, None, follow_links=follow_links)
    if suffix not in _LIMITS:
        raise SubmissionError(say("{file} is neither a .py file nor an .ipynb notebook", file=shown(path)))
    content = read_regular(path, _LIMITS[suffix], follow_links=follow_links)
    if _EMPTY.fullmatch(content):
        raise SubmissionError(say("{file} is empty; was it saved?", file=shown(path)))
    if suffix == ".py" and looks_like_notebook(content):
        raise SubmissionError(say("{file} is a notebook and no Python file; rename it to {name}", file=shown(path),
                                  name=shown(path.with_suffix(".ipynb").name)))
    return content


def _companions(path: Path, slug: str, chunks: tuple[Chunk, ...]) -> tuple[dict[str, bytes], tuple[Message, ...]]:
    """The files beside `path` whose names the submission mentions, and those that these mention in turn."""
    beside = {
        other.stem: other
        for other in sorted(path.parent.glob("*.py"))
        if other.name != path.name and other.stem != slug and not path_is_link(other) and other.is_file()
    }
    taken: dict[str, bytes] = {}
    notes: list[Message] = []
    mentioned = set().union(*(_words(chunk.source) for chunk in chunks))
    while found := sorted(mentioned & beside.keys()):
        mentioned = set()
        for stem in found:
            other = beside.pop(stem)
            if stem in _LIBRARIES:
                notes.append(say("{file} beside your file was left out: it would replace the library of that name. "
                                 "Give it another name.", file=shown(other.name)))
            elif (content := _companion(other, taken, notes)) is not None:
                taken[other.name] = content
                mentioned |= _words(content.decode("utf-8", "replace"))
    return taken, tuple(notes)


def _companion(path: Path, taken: dict[str, bytes], notes: list[Message]) -> bytes | None:
    """The content of one companion; None, with a note, if it can't be taken."""
    room = _MIB - sum(map(len, taken.values()))
    if len(taken) >= _MAX_COMPANIONS:
        notes.append(say("{file} beside your file was left out: at most {count} files are taken along",
                         file=shown(path.name), count=_MAX_COMPANIONS))
        return None
    try:
        return read_regular(path, room, follow_links=False)
    except GradeError as error:
        notes.append(say("a file beside yours was left out: {reason}", reason=error.message))
        return None


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text))
