"""Frames of the wire, written by hand."""

from __future__ import annotations

from typing import Any

import msgspec

from grader.wire.channel import MAGIC, PREFIX


def frame(header: Any, payload: bytes = b"") -> bytes:
    raw = header if isinstance(header, bytes) else msgspec.json.encode(header)
    return PREFIX.pack(MAGIC, len(raw), len(payload)) + raw + payload
