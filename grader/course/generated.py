"""Writes generated files without ever overwriting what a person changed: what was written last is kept as digests."""

from __future__ import annotations

from pathlib import Path

import msgspec

from grader.course.faults import CourseError, fault
from grader.text import say


class Plan(msgspec.Struct, frozen=True):
    """What writing would do, by relative path. `gone`: written once, no longer generated, unchanged since."""

    stale: tuple[str, ...]
    edited: tuple[str, ...]
    gone: tuple[str, ...]


def plan(files: dict[str, str], folder: Path, record: Path) -> Plan:
    """Compares `files` (relative path → text) with what is in `folder`; `record` holds the digests written last."""
    written = read_record(record)
    found = {name: _content(folder / name) for name in {*files, *written}}
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
        path.write_text(files[name], "utf-8", newline="\n")
    same = {name: _digest(text.encode()) for name, text in files.items() if _content(folder / name) == text.encode()}
    kept = {name: digest for name, digest in read_record(record).items() if name in files}
    record.parent.mkdir(parents=True, exist_ok=True)
    digests = dict(sorted((kept | same).items()))
    record.write_bytes(msgspec.json.format(msgspec.json.encode(digests), indent=2) + b"\n")


def read_record(record: Path) -> dict[str, str]:
    """Relative path → digest of what was written there; empty before the first time."""
    if not record.exists():
        return {}
    try:
        return msgspec.json.decode(record.read_bytes(), type=dict[str, str])
    except msgspec.DecodeError:
        problem = say("this file is damaged; delete it to start anew (edited files are kept)")
        raise CourseError((fault(record, 1, problem),)) from None


def _edited(content: bytes | None, digest: str | None) -> bool:
    return content is not None and (digest is None or _digest(content) != digest)


def _content(path: Path) -> bytes | None:
    # Git may have checked the file out with Windows line ends; that is no edit.
    return path.read_bytes().replace(b"\r\n", b"\n") if path.is_file() else None


def _digest(content: bytes) -> str:
    import hashlib

    return hashlib.sha256(content).hexdigest()[:32]
