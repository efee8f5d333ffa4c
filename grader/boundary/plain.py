"""A process as a plain subprocess, where the system can't fork a confined one: macOS.

Time limits hold everywhere, memory limits where the system has rlimits. Nothing keeps the submission from what its
user may read or write, and results say so.
"""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import tempfile
import time
from typing import Any

from grader.boundary.launch import ENVIRONMENT, command
from grader.boundary.limit_reached import BoundaryFault, LimitReached
from grader.boundary.process import UntrustedProcess
from grader.wire.channel import Channel, DeadlineExceeded
from grader.worker.zygote import Fork

START_SECONDS = 120.0
#: Bytes read of what a worker said that did not start.
MOST_SAID = 1 << 16
#: What programs and shared libraries are found by.
INHERITED = ("PATH", "DYLD_LIBRARY_PATH", "LD_LIBRARY_PATH")


class PlainProcess(UntrustedProcess):
    """A Python of its own that connects back over the loopback interface and serves.

    program: its module, such as grader.worker.plain.
    """

    confinement = "none"

    def __init__(self, program: str, order: Fork, *, output_kb: int) -> None:
        super().__init__(output_kb=output_kb)
        # A file and no pipe: whatever was printed before a reply is there by the time that the reply is read.
        self._output_file = tempfile.TemporaryFile()  # noqa: SIM115
        self._taken = 0
        listener = socket.create_server(("127.0.0.1", 0))
        token = secrets.token_bytes(32)
        environment = ENVIRONMENT | {name: os.environ[name] for name in INHERITED if name in os.environ}
        self._process = subprocess.Popen(
            command(program), stdin=subprocess.PIPE, stdout=self._output_file, stderr=subprocess.STDOUT, env=environment
        )
        assert self._process.stdin is not None
        port = listener.getsockname()[1]
        words = f"{port} {token.hex()} {order.memory_mb} {order.cpu_seconds} {order.scratch}\n"
        self._process.stdin.write(words.encode())
        self._process.stdin.close()
        with listener:
            self._channel = Channel(self._accept(listener, token))

    def _accept(self, listener: socket.socket, token: bytes) -> socket.socket:
        """The connection that knows the token; anything else on this machine that connects is turned away."""
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            listener.settimeout(0.5)
            try:
                connection, _ = listener.accept()
            except TimeoutError:
                if self._process.poll() is not None:
                    break
                continue
            connection.settimeout(5)
            try:
                if secrets.compare_digest(connection.recv(32, socket.MSG_WAITALL), token):
                    return connection
            except OSError:
                pass
            connection.close()
        self._process.kill()
        said = self._new_output(MOST_SAID).decode(errors="replace")
        raise BoundaryFault(f"a worker did not start: {said[-500:]}")

    @property
    def channel(self) -> Channel:
        return self._channel

    def post(self, request: Any, buffers: list[memoryview]) -> None:
        self._channel.send(request, buffers, time.monotonic() + START_SECONDS)

    def _await_reply(self, deadline: float) -> None:
        sock = self._channel.socket
        while True:
            sock.settimeout(0.1)
            try:
                sock.recv(1, socket.MSG_PEEK)
                return
            except TimeoutError:
                self.drain()
                if self.abandoned():
                    raise self.end("not_run") from None
                if time.monotonic() >= deadline:
                    raise DeadlineExceeded from None
            except OSError:
                return  # reading will say that it is closed

    def drain(self) -> None:
        self._printed(self._new_output(self.output_limit + 1))

    def _new_output(self, most: int) -> bytes:
        """What has been printed since the last time, `most` bytes of it."""
        # The process writes where the file's own position is: reading must not move that.
        chunk = os.pread(self._output_file.fileno(), most, self._taken)
        self._taken += len(chunk)
        return chunk

    def _ended(self) -> LimitReached:
        try:
            code = self._process.wait(0.5)
        except subprocess.TimeoutExpired:
            return self.end("protocol", detail="it closed its channel")
        self.drain()
        self._kill()
        if code >= 0:
            return self._left(code)
        kind = "time" if -code == getattr(signal, "SIGXCPU", 0) else "crash"
        return LimitReached(kind, signal=signal.Signals(-code).name)  # type: ignore[arg-type]

    def stop(self) -> None:
        if self.alive:
            self._process.kill()

    def _kill(self) -> None:
        self.alive = False
        self._process.kill()
        self._process.wait()
        self._channel.close()
        self._output_file.close()
