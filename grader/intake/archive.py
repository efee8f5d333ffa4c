"""Lists and reads zip files that nobody has looked at. Nothing is ever extracted by the names in them.

Sizes in a zip are claims, so content is read up to a bound and no further. Only the two methods are read that every
learning platform writes: with the others, Python unpacks a few kilobytes into gigabytes before it can be stopped.
"""

from __future__ import annotations

import stat
import zlib
from collections import Counter
from functools import partial
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from grader.errors import SubmissionError
from grader.intake.model import MOST_ENTRIES, Entry, entry
from grader.intake.names import clipped, decode_name, split_path
from grader.text import Message, say

_ENCRYPTED = 0x1 | 0x40
_UTF8 = 0x800
#: What zipfile raises over a broken zip, or one that it can't read.
_FAULTS = (BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError)


def open_zip(file: IO[bytes] | Path, name: str, most: int = MOST_ENTRIES) -> ZipFile:
    """Raises SubmissionError if it is no zip, can't be read as one, or has more than `most` entries."""
    try:
        archive = ZipFile(file)
    except _FAULTS as error:
        raise SubmissionError(
            say("{file} is no zip file, or a broken one: {reason}", file=clipped(name), reason=_reason(error))
        ) from None
    count = len(archive.filelist)
    if count > most:
        raise SubmissionError(
            say("{file} has {count} entries; at most {most} are read", file=clipped(name), count=count, most=most)
        )
    return archive


def zip_entries(archive: ZipFile) -> list[Entry]:
    """Every file in the zip, in its order; folders are left out."""
    names = [(_name(info), info) for info in archive.filelist]
    files = [(name, split_path(name), info) for name, info in names if not name.endswith(("/", "\\"))]
    count = Counter(parts for _, parts, _ in files)
    return [
        entry(name, partial(_read, archive, info, name), _problem(info, name, count[parts]))
        for name, parts, info in files
    ]


def _name(info: ZipInfo) -> str:
    """The name as its writer meant it. zipfile takes a name without the UTF-8 mark for the code page of DOS."""
    return info.orig_filename if info.flag_bits & _UTF8 else decode_name(info.orig_filename.encode("cp437"))


def _problem(info: ZipInfo, name: str, count: int) -> Message | None:
    name = clipped(name)
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind == stat.S_IFLNK:
        return say("{file} is a link to another file; hand in the file itself", file=name)
    if kind not in (0, stat.S_IFREG):
        return say("{file} is no ordinary file", file=name)
    if count > 1:
        return say(
            "the zip has {count} entries called {file}, and which one counts can't be told; keep one",
            count=count,
            file=name,
        )
    if info.flag_bits & _ENCRYPTED:
        return say("{file} is encrypted; it must be packed without a password", file=name)
    if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        return say(
            "{file} is packed by a method that is not read (number {method}); pack it as an ordinary zip",
            file=name,
            method=info.compress_type,
        )
    return None


def _read(archive: ZipFile, info: ZipInfo, name: str, limit: int) -> bytes:
    try:
        with archive.open(info) as file:
            content = file.read(limit + 1)
    except _FAULTS as error:
        raise SubmissionError(
            say("{file} can't be unpacked: {reason}", file=clipped(name), reason=_reason(error))
        ) from None
    if len(content) > limit:
        raise SubmissionError(
            say(
                "{file} is larger than {limit:.1f} MiB when unpacked, and was left out",
                file=clipped(name),
                limit=limit / (1 << 20),
            )
        )
    return content


def _reason(error: Exception) -> str:
    return clipped(str(error) or type(error).__name__)
