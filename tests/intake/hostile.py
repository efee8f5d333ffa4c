"""Zips that no honest program writes: made by an ordinary one, then changed byte by byte."""

from __future__ import annotations

import io
import stat
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterable

_LOCAL, _CENTRAL = b"PK\x03\x04", b"PK\x01\x02"
#: Where the fields are that a test changes, in the local header and in the central one: offset, format.
_FIELDS = {"flags": (6, 8, "<H"), "method": (8, 10, "<H"), "size": (22, 24, "<I")}


def packed_pairs(files: Iterable[tuple[str | zipfile.ZipInfo, str | bytes]], method: int = zipfile.ZIP_STORED) -> bytes:
    """A zip of these files, in which two may have the same name."""
    content = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(content, "w", method) as archive:
        warnings.simplefilter("ignore")
        for name, text in files:
            archive.writestr(name, text)
    return content.getvalue()


def link(name: str) -> zipfile.ZipInfo:
    """A symbolic link, whose content is where it leads."""
    info = zipfile.ZipInfo(name)
    info.create_system = 3
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


def changed(archive: bytes, name: str, **fields: int) -> bytes:
    """The zip with other values in the two headers of one of its files."""
    content = bytearray(archive)
    for start, column, name_at in ((_LOCAL, 0, 30), (_CENTRAL, 1, 46)):
        at = -1
        while (at := content.find(start, at + 1)) >= 0:
            if content.startswith(name.encode(), at + name_at):
                for field, value in fields.items():
                    *offsets, form = _FIELDS[field]
                    struct.pack_into(form, content, at + offsets[column], value)
    return bytes(content)


def zeros(gigabytes: int) -> bytes:
    """So many gigabytes of zeros, deflated: one block of 64 MiB, again and again."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(bytes(64 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    return block * (16 * gigabytes) + packer.flush()


def bomb(name: str, gigabytes: int) -> bytes:
    """A zip with a file of so many gigabytes of zeros."""
    archive = packed_pairs([(name, zeros(gigabytes))])
    return changed(archive, name, method=zipfile.ZIP_DEFLATED, size=0xFFFFFFF0)
