"""Asks the warm server: to run a command line, for its state, to end. Where anything fails, the run is a cold one."""

from __future__ import annotations

import os
import signal
import socket
import struct
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress

from grader.warm.key import THREADS
from grader.warm.place import folder, socket_path

#: How long a server may take to say that it is ready: one that hangs must not be felt.
READY_SECONDS = 0.3
MAX_PACKET = 1 << 20

#: What a client begins with: its key, to have a command line run; or one of these.
STATE, STOP = b"state", b"stop"
READY, STALE, STOPPING = b"ready", b"stale", b"stopping"

#: Signals that a cold run would get from the terminal, or from whoever ends it.
_FORWARDED = (signal.SIGINT, signal.SIGTERM)


def run_warm(words: Sequence[str], key: bytes) -> int | None:
    """The exit status of `grade WORDS`, run by a child of the server on this process's own terminal and files; None
    where there is no server, or none for this key, or it failed before the end."""
    with suppress(OSError), _connected() as connection:
        if _exchange(connection, key) == READY:
            here = os.open(".", os.O_RDONLY | os.O_DIRECTORY)
            socket.send_fds(connection, [_request(words)], [0, 1, 2, here])
            os.close(here)
            return _await(connection)
    return None


def state() -> dict[str, str] | None:
    """What the server says of itself: pid, seconds, runs; None where there is none."""
    lines = _ask(STATE).decode("ascii", "replace").split("\n")
    return dict(line.split("=", 1) for line in lines if "=" in line) or None


def stop() -> bool:
    """End the server; False where there is none."""
    return _ask(STOP) == STOPPING


def server_to_leave(key: bytes) -> Callable[[], None]:
    """What starts a server for this key, in the environment of this moment: later on, what was graded may have
    changed it. The server outlives this process, which waits for nothing: the next run finds it, or not."""
    path, environ = list(sys.path), dict(os.environ)
    return lambda: _leave_server(key, path, environ)


def _leave_server(key: bytes, path: list[str], environ: dict[str, str]) -> None:
    program = "import sys; sys.path[:] = sys.argv[2:]; from grader.server import main; main(sys.argv[1])"
    argv = [sys.executable, "-c", program, str(hash_of(key)), *path]
    null = os.open(os.devnull, os.O_RDWR)
    try:
        os.posix_spawn(
            sys.executable,
            argv,
            environ | THREADS,
            setsid=True,
            setsigmask=(),
            file_actions=[(os.POSIX_SPAWN_DUP2, null, number) for number in (0, 1, 2)],
        )
    except OSError:
        return  # no more processes to be had: the next run will be a cold one
    finally:
        os.close(null)


def hash_of(text: bytes) -> int:
    """A short form of a key, for a command line."""
    import zlib

    return zlib.crc32(text)


def same_user(connection: socket.socket) -> int | None:
    """The process id at the other end, where it is this user's; else None."""
    if sys.platform != "linux":
        raise OSError("only Linux has this")
    form = "3i"
    credentials = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize(form))
    pid, uid, _ = struct.unpack(form, credentials)
    return int(pid) if uid == os.geteuid() else None


@contextmanager
def _connected() -> Iterator[socket.socket]:
    """A connection to this user's server. Raises OSError where there is none."""
    if (place := folder()) is None:
        raise FileNotFoundError
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as connection:
        connection.settimeout(READY_SECONDS)
        connection.connect(socket_path(place))
        if same_user(connection) is None:
            raise PermissionError
        yield connection


def _exchange(connection: socket.socket, packet: bytes) -> bytes:
    connection.send(packet)
    return connection.recv(MAX_PACKET)


def _ask(question: bytes) -> bytes:
    with suppress(OSError), _connected() as connection:
        return _exchange(connection, question)
    return b""


def _request(words: Sequence[str]) -> bytes:
    """Everything of this process that a command can see, but its descriptors."""
    mask = os.umask(0)
    os.umask(mask)
    streams = [_stream(stream) for stream in (sys.stdout, sys.stderr)]
    parts = [str(len(words)), *words, str(mask), *streams, *(f"{name}={value}" for name, value in os.environ.items())]
    return b"\0".join(os.fsencode(part) for part in parts)


def _stream(stream: object) -> str:
    """How an output stream encodes and buffers."""
    facts = [getattr(stream, name) for name in ("encoding", "errors", "line_buffering", "write_through")]
    return " ".join(str(fact) for fact in facts)


def _await(connection: socket.socket) -> int | None:
    """The status with which the command ended; signals that come meanwhile are the command's."""
    stopped: list[int] = []

    def forward(number: int, frame: object) -> None:
        stopped.append(number)
        with suppress(OSError):  # it has ended; its status, or the lack of one, is on its way
            connection.send(str(number).encode())

    before = {number: signal.signal(number, forward) for number in _FORWARDED}
    connection.settimeout(None)
    answer = connection.recv(MAX_PACKET)
    for number, handler in before.items():
        signal.signal(number, handler)
    if answer:
        return int(answer)
    return 128 + stopped[0] if stopped else None
