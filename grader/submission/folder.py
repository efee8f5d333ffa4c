"""Walks folders that nobody has looked at from an open descriptor, so that nothing in them leads anywhere else.

A path is looked up anew at every use, and whoever owns a folder on the way can put a link in its place in between. A
descriptor stays what it was. Each component is opened relative to the one before, and never through a link.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Literal, Self

import msgspec

from grader.errors import GradeError, SubmissionError, UsageError, reason_of
from grader.submission.files import expect_regular, path_is_link, read_regular, shown, unreadable
from grader.text import say

#: Of a folder that a submission lies in: more are never handed in by somebody who means well.
MOST_FILES = 10_000
Kind = Literal["file", "folder", "link", "other"]
_FLAGS = os.O_RDONLY | os.O_DIRECTORY | getattr(os, "O_CLOEXEC", 0)


class Entry(msgspec.Struct, frozen=True, order=True):
    """What a folder lists. name: as the system has it, bytes that are no UTF-8 as surrogates."""

    name: str
    kind: Kind


class OpenFolder:
    """A folder held open; a context manager. path: how it is called in messages, never used to find anything."""

    def __init__(self, descriptor: int, path: Path) -> None:
        self._descriptor = descriptor
        self.path = path

    @classmethod
    def at(cls, path: Path, *, called: Path | None = None) -> Self:
        """The folder of this path, whose own links are followed: somebody who is trusted gave it.

        called: how messages call it, if not by its path; `Path()` where learners read what is said of what lies in it.
        Raises UsageError if there is none, or it can't be read.
        """
        try:
            return cls(os.open(path, _FLAGS), path if called is None else called)
        except (FileNotFoundError, NotADirectoryError, ValueError):
            raise UsageError(say("{folder} is no folder.", folder=shown(path))) from None
        except OSError as error:
            raise UsageError(
                say("{folder} can't be read: {reason}", folder=shown(path), reason=reason_of(error))
            ) from None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the descriptor. A second time does nothing."""
        descriptor, self._descriptor = self._descriptor, -1
        if descriptor >= 0:
            os.close(descriptor)

    def folder(self, name: str) -> Self:
        """The folder of this name in this one. Raises SubmissionError if it is none, or a link, or can't be read."""
        path = self._inside(name)
        try:
            return type(self)(os.open(name, _FLAGS | os.O_NOFOLLOW, dir_fd=self._descriptor), path)
        except (OSError, ValueError) as error:
            raise self._no_folder(path, error) from None

    def below(self, parts: Iterable[str]) -> Self:
        """The folder that is reached by these names, one after the other; a further handle on this one without any.

        Raises as `folder` does, of the first that is amiss.
        """
        # Opened anew: what is duplicated shares its place in a listing.
        reached = type(self)(os.open(".", _FLAGS, dir_fd=self._descriptor), self.path)
        for part in parts:
            with closing(reached):
                reached = reached.folder(part)
        return reached

    def entries(self, limit: int) -> list[Entry]:
        """What is in the folder, sorted. Raises SubmissionError if that is more than `limit`, or can't be listed."""
        try:
            with os.scandir(self._descriptor) as listing:
                found = [Entry(entry.name, _kind(entry)) for entry, _ in zip(listing, range(limit + 1), strict=False)]
        except OSError as error:
            raise unreadable(error, self.path) from None
        if len(found) > limit:
            raise SubmissionError(say("{folder} holds more than {count} files", folder=shown(self.path), count=limit))
        return sorted(found)

    def expect(self, name: str) -> None:
        """Raises as `read` does, without opening anything and whatever the size."""
        expect_regular(self._inside(name), None, follow_links=False, folder=self._descriptor)

    def read(self, name: str, limit: int) -> bytes:
        """The content of the regular file of this name, which has at most `limit` bytes.

        Raises UsageError if there is no such file or it is a folder, SubmissionError for all else that isn't one.
        """
        return read_regular(self._inside(name), limit, follow_links=False, folder=self._descriptor)

    def _inside(self, name: str) -> Path:
        """The path to tell of a name. Raises UsageError if it would lead out of this folder."""
        if name in ("", ".", "..") or "/" in name:
            raise UsageError(say("there is no file {file}; check the spelling and the folder", file=shown(name)))
        return self.path / name

    def _no_folder(self, path: Path, error: OSError | ValueError) -> GradeError:
        if path_is_link(path, self._descriptor):
            return SubmissionError(
                say("{folder} is a link in place of a folder; links are not followed", folder=shown(path))
            )
        if isinstance(error, (FileNotFoundError, ValueError)):
            return SubmissionError(say("{folder} is no longer there", folder=shown(path)))
        if isinstance(error, NotADirectoryError):
            return SubmissionError(say("{folder} is no longer a folder", folder=shown(path)))
        return unreadable(error, path)


def read_below(root: Path, relative: Path, limit: int) -> bytes:
    """The content of a regular file below `root`, reached without following a link. Raises as `OpenFolder` does."""
    with OpenFolder.at(root) as top, top.below(relative.parent.parts) as folder:
        return folder.read(relative.name, limit)


def _kind(entry: os.DirEntry[str]) -> Kind:
    if entry.is_symlink():
        return "link"
    if entry.is_dir(follow_symlinks=False):
        return "folder"
    return "file" if entry.is_file(follow_symlinks=False) else "other"
