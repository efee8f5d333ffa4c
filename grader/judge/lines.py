"""Reads lines of bounded length from a descriptor."""

from __future__ import annotations

import os
from collections.abc import Iterator

_CHUNK = 1 << 16


def read_lines(descriptor: int, most: int) -> Iterator[bytes | None]:
    """Each line, without its line break; None in the place of one of more than `most` bytes.

    Of a line that is too long no more than that is ever kept, and the next line is read as usual.
    """
    line, too_long = bytearray(), False
    while chunk := os.read(descriptor, _CHUNK):
        *ends, begun = chunk.split(b"\n")
        for end in ends:
            line += end
            yield None if too_long or len(line) > most else bytes(line)
            line, too_long = bytearray(), False
        line += begun
        if len(line) > most:
            line, too_long = bytearray(), True
    if line or too_long:
        yield None if too_long else bytes(line)
