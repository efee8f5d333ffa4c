"""Writes generated files without ever overwriting what a person changed: what was written last is kept as digests."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import msgspec

from grader.course.faults import CourseError, fault
from grader.course.regular import below, read_bounded, write_regular
from grader.text import say

#: Bytes of a file that may be one of ours, and of a record of digests.
MOST_BYTES = 64 << 20


class Foreign:
    """What stands in the place of a file and is none that we may write to: a link, a pipe, a file that can't be read,
    a place out of the folder."""


class Plan(msgspec.Struct, frozen=True):
    """What writing would do, by relative path. `gone`: written once, no longer generated, unchanged since.

    What is `Foreign` counts as edited.
    """

    stale: tuple[str, ...]
    edited: tuple[str, ...]
    gone: tuple[str, ...]


def plan(files: dict[str, str], folder: Path, record: Path) -> Plan:
    """Compares `files` (relative path → text) with what is in `folder`; `record` holds the digests written last."""
    # The folder may have come from anybody: a name that leads out of it is nothing that we wrote.
    written = {name: digest for name, digest in read_record(record).items() if below(folder, name) is not None}
    found = {name: _content(folder, name) for name in {*files, *written}}
    wanted = {name: text.encode() for name, text in files.items()}
    differing = sorted(name for name, content in wanted.items() if found[name] != content)
    old = sorted(name for name in written.keys() - wanted.keys() if found[name] is not None)
    edited = {name for name in differing + old if _edited(found[name], written.get(name))}
    return Plan(
        stale=tuple(name for name in differing if name not in edited),
        edited=tuple(sorted(edited)),
        gone=tuple(name for name in old if name not in edited),
    )


def write(files: dict[str, str], names: tuple[str, ...], folder: Path, record: Path) -> None:
    """Writes the files of these names, and the digest of every file of `files` that now holds its text."""
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_regular(path, files[name].encode())
    same = {name: _digest(text.encode()) for name, text in files.items() if _content(folder, name) == text.encode()}
    kept = {name: digest for name, digest in read_record(record).items() if name in files}
    record.parent.mkdir(parents=True, exist_ok=True)
    digests = msgspec.json.encode(kept | same, order="sorted")
    write_regular(record, msgspec.json.format(digests, indent=2) + b"\n")


def read_record(record: Path) -> dict[str, str]:
    """Relative path → digest of what was written there; empty before the first time."""
    try:
        if os.path.islink(record.parent):
            raise OSError(errno.ELOOP, "it is a link")
        return msgspec.json.decode(read_bounded(record, MOST_BYTES), type=dict[str, str])
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        problem = say("this file is damaged; delete it to start anew (edited files are kept)")
        raise CourseError((fault(record, 1, problem),)) from None


def _edited(content: bytes | Foreign | None, digest: str | None) -> bool:
    return content is not None and (isinstance(content, Foreign) or _digest(content) != digest)


def _content(folder: Path, name: str) -> bytes | Foreign | None:
    path = below(folder, name)
    try:
        # Git may have checked the file out with Windows line ends; that is no edit.
        return read_bounded(path, MOST_BYTES).replace(b"\r\n", b"\n") if path is not None else Foreign()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError:
        return Foreign()


def _digest(content: bytes) -> str:
    import hashlib

    return hashlib.sha256(content).hexdigest()[:32]
