"""One process that works on a submission, from the trusted side: a deadline for each reply, a bound on its output,
every reply hostile.

How the process is started, watched and ended differs (forked.py, plain.py); what it is asked does too: to run a
submission's code (worker_handle.py), or to read it (grader/reader). All of them answer by the same rules.
"""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any, TypeVar

from grader.boundary.limit_reached import LimitKind, LimitReached
from grader.wire.channel import Channel, DeadlineExceeded, WireClosed, WireError, decoded

#: As worker/child.py, which imports PyTorch, has it.
CHANNEL_LOST = 114

T = TypeVar("T")


class UntrustedProcess(ABC):
    """Any LimitReached means that the process has been ended.

    cpu_seconds, peak_kb: what it used, known once it has ended and where the system tells.
    abandoned: asked now and then while it works; once it says yes, nobody wants the result and it is ended.
    """

    def __init__(self, *, output_kb: int) -> None:
        self.output = bytearray()
        self.output_kb = output_kb
        self.output_limit = output_kb * 1024  # of what has not been taken yet
        self.cpu_seconds = 0.0
        self.peak_kb = 0
        self.alive = True
        self.abandoned: Callable[[], bool] = bool

    @property
    @abstractmethod
    def channel(self) -> Channel:
        """The wire; asking for it waits until the process is there."""

    @abstractmethod
    def post(self, request: Any, buffers: list[memoryview]) -> None:
        """Send the first request, to a process that may not have started yet."""

    @abstractmethod
    def _await_reply(self, deadline: float) -> None:
        """Wait until the channel has something to read, taking output meanwhile. Raises DeadlineExceeded."""

    @abstractmethod
    def drain(self) -> None:
        """Take what has been printed. Raises LimitReached beyond the limit: it is not read without end."""

    @abstractmethod
    def _kill(self) -> None:
        """End the process."""

    @abstractmethod
    def _ended(self) -> LimitReached:
        """The process has hung up: why. Ends it if it goes on without its channel."""

    @abstractmethod
    def stop(self) -> None:
        """Have the process end, if it has started, without waiting for that as `close` does."""

    def close(self) -> None:
        """End the process and learn what it used."""
        if self.alive:
            self._kill()

    # -- the exchange --------------------------------------------------------------------------------------------

    def reading(self, exchange: Callable[[], T], seconds: float) -> T:
        """Run an exchange; whatever goes wrong with it ends the process. Raises LimitReached."""
        try:
            return exchange()
        except DeadlineExceeded:
            raise self.end("time", amount=seconds) from None
        except WireClosed:
            raise self._ended() from None
        except WireError as error:
            raise self.end("protocol", detail=str(error)) from error

    def receive(
        self, reply_type: Any, number: int, deadline: float, *, followed: type[Any] | tuple[()] = ()
    ) -> tuple[Any, memoryview]:
        """The reply to the request of this number, a header of `reply_type` and a payload. followed: the type of one
        that others follow. Raises WireError, DeadlineExceeded, LimitReached."""
        raw, payload = self.receive_frame(deadline)
        reply = decoded(raw, reply_type)
        if reply.id != number or (self.channel.pending and not isinstance(reply, followed)):
            raise WireError("a reply to another request")
        return reply, memoryview(payload)

    def receive_frame(self, deadline: float) -> tuple[bytearray, bytearray]:
        """The next frame's header, not decoded, and payload; whether it may come now is for the caller to say."""
        if not self.channel.pending:
            self._await_reply(deadline)
        frame = self.channel.receive_frame(deadline)
        self.drain()  # what was printed meanwhile is in the pipe by now
        return frame

    def ask(self, request: Any, buffers: list[memoryview], reply_type: Any, seconds: float) -> tuple[Any, memoryview]:
        """Send one request and receive its reply. Raises LimitReached."""
        channel = self.channel
        deadline = time.monotonic() + seconds

        def exchange() -> tuple[Any, memoryview]:
            channel.send(request, buffers, deadline)
            return self.receive(reply_type, request.id, deadline)

        return self.reading(exchange, seconds)

    # -- output and end ------------------------------------------------------------------------------------------

    def _printed(self, chunk: bytes) -> None:
        """More output has come. Raises LimitReached beyond the limit."""
        self.output += chunk
        if len(self.output) > self.output_limit:
            del self.output[self.output_limit :]
            raise self.end("output", amount=self.output_kb)

    def taken_output(self) -> bytes:
        """What was printed since the last time."""
        output = bytes(self.output)
        self.output_limit -= len(output)
        self.output.clear()
        return output

    def _left(self, code: int) -> LimitReached:
        """The process has ended by itself, with this exit status."""
        if code == CHANNEL_LOST:
            return LimitReached("protocol", detail="it lost its channel")
        return LimitReached("exit", amount=code)

    def end(self, kind: LimitKind, *, amount: float = 0, detail: str = "") -> LimitReached:
        """End the process: the exception that says why, for the caller to raise."""
        self._kill()
        return LimitReached(kind, amount=amount, detail=detail)
