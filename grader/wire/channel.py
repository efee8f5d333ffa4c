"""The wire between the trusted side and a worker: bounded frames with a JSON header and raw buffers.

A frame is a fixed prefix (magic, header length, payload length), the header, and the payload: every tensor's
bytes, each buffer padded to 16. Both sides read each other by the same strict rules, so that the side which must
not trust the other has no second reader to get wrong: lengths are checked before anything is allocated, the header
is decoded into typed structs only, and nothing is unpickled or evaluated.
"""

from __future__ import annotations

import select
import socket
import struct
import time
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

import msgspec

MAGIC = b"GRD1"
PREFIX = struct.Struct("<4sIQ")
MAX_HEADER = 1 << 20
MAX_PAYLOAD = 64 << 20
#: Buffers begin at multiples of this many bytes.
ALIGNMENT = 16
#: Most frames come whole with one read of this size.
READ_AHEAD = 1 << 16
#: A frame below this is sent as one piece; a larger one is not copied for that.
JOINED = 1 << 20


class WireError(Exception):
    """The other side sent something that is not a frame of this protocol."""


class WireClosed(WireError):
    """The other side is gone."""

    grader_means_it = True


class FrameTooLarge(WireError):
    """What was to be sent is over the bounds; nothing of it was."""

    grader_means_it = True


class DeadlineExceeded(Exception):
    """No complete frame came before the deadline."""


def padded(length: int) -> int:
    """`length` rounded up to the buffers' alignment."""
    return -(-length // ALIGNMENT) * ALIGNMENT


def pack(header: Any, buffers: list[memoryview], limit: int = MAX_PAYLOAD) -> list[bytes | memoryview]:
    """The pieces of one frame, in order. Raises FrameTooLarge, for a payload of over `limit` bytes too."""
    encoded = msgspec.json.encode(header)
    total = sum(padded(buffer.nbytes) for buffer in buffers)
    if len(encoded) > MAX_HEADER or total > limit:
        raise FrameTooLarge(f"header {len(encoded)}, payload {total}")
    return [PREFIX.pack(MAGIC, len(encoded), total) + encoded, *padding_after(buffers)]


def padding_after(buffers: Iterable[memoryview]) -> Iterator[bytes | memoryview]:
    """Each buffer, and what pads it."""
    for buffer in buffers:
        yield buffer
        yield bytes(padded(buffer.nbytes) - buffer.nbytes)


class Channel:
    """One end of a stream socket that carries frames. `deadline` arguments are `time.monotonic()` values.

    send_limit, receive_limit: the largest payload that is sent, and taken.
    """

    def __init__(self, sock: socket.socket) -> None:
        self.socket = sock
        self.send_limit = self.receive_limit = MAX_PAYLOAD
        self._ahead = bytearray()
        self._timeout: float | None = -1.0  # what the socket is set to; unknown at first

    @property
    def room(self) -> int:
        """So many bytes can be sent without waiting, whether the peer reads or not: a share of the socket's buffer,
        which the system's own overhead takes its part of."""
        return self.socket.getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF) // 4

    @property
    def pending(self) -> bool:
        """Whether bytes of another frame have been read already: polling the socket would not tell of them."""
        return bool(self._ahead)

    def fileno(self) -> int:
        return self.socket.fileno()

    def close(self) -> None:
        self.socket.close()

    def send(self, header: Any, buffers: list[memoryview], deadline: float | None = None) -> None:
        """Send one frame; the peer may be slow or stopped, so sending has a deadline too."""
        pieces = pack(header, buffers, self.send_limit)
        if sum(memoryview(piece).nbytes for piece in pieces) < JOINED:
            pieces = [b"".join(pieces)]
        self.send_packed(pieces, deadline)

    def send_packed(self, pieces: Sequence[bytes | memoryview], deadline: float | None = None) -> None:
        """Send whole frames that were packed before."""
        try:
            for piece in pieces:
                self._set_timeout(deadline)
                self.socket.sendall(piece)
        except TimeoutError as error:
            raise DeadlineExceeded from error
        except OSError as error:
            raise WireClosed(str(error)) from error

    def receive(self, header_type: Any, deadline: float | None = None) -> tuple[Any, memoryview]:
        """The next frame's header, of a type or a union of types, and payload.

        Raises WireError for anything malformed or over the bounds, WireClosed at the end of the stream,
        DeadlineExceeded when the frame is not complete in time.
        """
        raw, payload = self.receive_frame(deadline)
        return decoded(raw, header_type), memoryview(payload)

    def receive_frame(self, deadline: float | None = None) -> tuple[bytearray, bytearray]:
        """As `receive`, the header not decoded."""
        magic, header_length, payload_length = PREFIX.unpack(self._exactly(PREFIX.size, deadline))
        if magic != MAGIC:
            raise WireError("bad magic")
        if header_length > MAX_HEADER or payload_length > self.receive_limit:
            raise WireError(f"frame too large: header {header_length}, payload {payload_length}")
        return self._exactly(header_length, deadline), self._exactly(payload_length, deadline)

    def _exactly(self, length: int, deadline: float | None) -> bytearray:
        # Grown as bytes come: a worker that announces 64 MB and sends none must not cost us 64 MB.
        data = self._ahead
        while len(data) < length:
            data += self._some(max(READ_AHEAD, min(length - len(data), 1 << 20)), deadline)
        self._ahead = data[length:]
        del data[length:]
        return data

    def _some(self, most: int, deadline: float | None) -> bytes:
        try:
            self._set_timeout(deadline)
            chunk = self.socket.recv(most)
        except TimeoutError as error:
            raise DeadlineExceeded from error
        except OSError as error:
            raise WireClosed(str(error)) from error
        if not chunk:
            raise WireClosed("end of stream")
        return chunk

    def _set_timeout(self, deadline: float | None) -> None:
        timeout = _left(deadline)
        if timeout is not None or self._timeout is not None:
            self.socket.settimeout(timeout)
            self._timeout = timeout


@cache
def decoder(header_type: Any) -> msgspec.json.Decoder[Any]:
    """What decodes headers of a type; made once for each."""
    return msgspec.json.Decoder(header_type)


def decoded(raw: bytes | bytearray, header_type: Any) -> Any:
    """A header of a type or a union of types. Raises WireError."""
    try:
        return decoder(header_type).decode(raw)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
        raise WireError(f"bad header: {str(error)[:200]}") from error


def _left(deadline: float | None) -> float | None:
    if deadline is None:
        return None
    left = deadline - time.monotonic()
    if left <= 0:
        raise DeadlineExceeded
    return left


def readable(descriptors: list[int], deadline: float) -> list[int]:
    """Those of `descriptors` that can be read now, waiting for one until the deadline; empty when it passes."""
    poller = select.poll()
    for descriptor in descriptors:
        poller.register(descriptor, select.POLLIN | select.POLLHUP)
    left = max(0.0, deadline - time.monotonic())
    return [descriptor for descriptor, _ in poller.poll(left * 1000)]
