"""Reads lines of bounded length from a descriptor."""

from __future__ import annotations

import os
from collections.abc import Iterator

from grader.errors import UsageError, reason_of
from grader.text import say

_CHUNK = 1 << 16


def read_lines(descriptor: int, most: int) -> Iterator[bytes | None]:
    """Each line, without its line break; None in the place of one of more than `most` bytes.

    Of a line that is too long no more than that is ever kept, and the next line is read as usual. Raises UsageError.
    """
    line, too_long = bytearray(), False
    while chunk := _read(descriptor):
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


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, _CHUNK)
    except OSError as error:
        raise UsageError(say("The requests can't be read: {reason}", reason=reason_of(error))) from error
