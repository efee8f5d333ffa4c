"""Reads a submission's file. Whatever is given, the answer is a `Submission` or one clear sentence."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec

from grader.errors import GradeError, SubmissionError
from grader.submission.decode import decode_python
from grader.submission.files import expect_regular, read_regular, shown
from grader.submission.folder import MOST_FILES, OpenFolder
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
    """

    name: str
    sha256: str
    chunks: tuple[Chunk, ...]
    companions: dict[str, bytes] = {}
    notes: tuple[Message, ...] = ()

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


def read_submission(path: Path, *, slug: str, root: Path | None = None) -> Submission:
    """The submission at `path`, a .py or an .ipynb, for the exercise of this slug.

    root: the folder that `path` is relative to, where others put the files there. Then no link below it is followed,
    for it could lead to the solution, or into another one's folder. Without it, a `path` that is a link is followed to
    a regular file. Links among companions are never followed.
    Raises UsageError if there is no such file or it is a folder, SubmissionError if it can't be graded.
    """
    if root is None:
        content = _content(path, lambda limit: _followed(path, limit))
        return _read(path, slug, content, lambda: OpenFolder.at(path.parent))
    with OpenFolder.at(root) as top, top.below(path.parent.parts) as folder:
        content = _content(path, lambda limit: _inside(folder, path.name, limit))
        return _read(path, slug, content, lambda: folder.below(()))


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


def _read(path: Path, slug: str, content: bytes, around: Callable[[], OpenFolder]) -> Submission:
    """The submission of this content. around: opens the folder that the file lies in."""
    import hashlib

    notes: tuple[Message, ...] = ()
    if path.suffix.lower() == ".ipynb":
        chunks, notes = read_cells(content, shown(path.name))
    else:
        chunks = (Chunk(None, decode_python(content, shown(path.name)), 1),)
    companions, more = _companions(path.name, slug, chunks, around)
    return Submission(
        name=shown(path.name),
        sha256=hashlib.sha256(content).hexdigest(),
        chunks=chunks,
        companions=companions,
        notes=notes + more,
    )


def _content(path: Path, read: Callable[[int | None], bytes]) -> bytes:
    """read: the file's content of at most so many bytes; with no number, only looks whether it is a file."""
    suffix = path.suffix.lower()
    read(None)
    if suffix not in _LIMITS:
        raise SubmissionError(say("{file} is neither a .py file nor an .ipynb notebook", file=shown(path)))
    content = read(_LIMITS[suffix])
    if _EMPTY.fullmatch(content):
        raise SubmissionError(say("{file} is empty; was it saved?", file=shown(path)))
    if suffix == ".py" and looks_like_notebook(content):
        raise SubmissionError(say("{file} is a notebook and no Python file; rename it to {name}", file=shown(path),
                                  name=shown(path.with_suffix(".ipynb").name)))
    return content


def _companions(
    name: str, slug: str, chunks: tuple[Chunk, ...], around: Callable[[], OpenFolder]
) -> tuple[dict[str, bytes], tuple[Message, ...]]:
    """The files beside the one of this name that the submission mentions, and those that these mention in turn."""
    taken: dict[str, bytes] = {}
    notes: list[Message] = []
    mentioned = set().union(*(_words(chunk.source) for chunk in chunks))
    try:
        with around() as folder:
            beside = {entry.name.removesuffix(".py"): entry.name for entry in folder.entries(MOST_FILES)
                      if entry.kind == "file" and entry.name.endswith(".py") and entry.name not in (name, f"{slug}.py")}
            while found := sorted(mentioned & beside.keys()):
                mentioned = set()
                for stem in found:
                    other = beside.pop(stem)
                    if stem in _LIBRARIES:
                        notes.append(say("{file} beside your file was left out: it would replace the library of that "
                                         "name. Give it another name.", file=shown(other)))
                    elif (content := _companion(folder, other, taken, notes)) is not None:
                        taken[other] = content
                        mentioned |= _words(content.decode("utf-8", "replace"))
    except GradeError as error:
        notes.append(say("no file beside yours was taken along: {reason}", reason=error.message))
    return taken, tuple(notes)


def _companion(folder: OpenFolder, name: str, taken: dict[str, bytes], notes: list[Message]) -> bytes | None:
    """The content of one companion; None, with a note, if it can't be taken."""
    room = _MIB - sum(map(len, taken.values()))
    if len(taken) >= _MAX_COMPANIONS:
        notes.append(say("{file} beside your file was left out: at most {count} files are taken along",
                         file=shown(name), count=_MAX_COMPANIONS))
        return None
    try:
        return folder.read(name, room)
    except GradeError as error:
        notes.append(say("a file beside yours was left out: {reason}", reason=error.message))
        return None


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text))
