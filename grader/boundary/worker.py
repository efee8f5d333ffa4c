"""One worker process, from the trusted side: calls with a deadline, output with a bound, every reply hostile.

How the process is started, watched and ended differs (forked.py, plain.py); what is said to it does not.
"""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any, TypeVar

from grader.boundary.calls import EncodedCall
from grader.boundary.limits import LimitKind, LimitReached
from grader.worker.codec import Decoder, Encoder
from grader.worker.messages import (
    CallbackAnswer,
    CallbackRequest,
    ChunkHeader,
    Loaded,
    LoadRequest,
    Node,
    RemoteNode,
    Reply,
    Returned,
)
from grader.worker.values import Call, Callback, Outcome, Raised, Remote
from grader.worker.wire import Channel, DeadlineExceeded, WireClosed, WireError

MAX_CALLBACKS = 10_000

#: As worker/child.py, which imports PyTorch, has it.
CHANNEL_LOST = 114

T = TypeVar("T")


class Worker(ABC):
    """A submission's process. Any LimitReached means that it has been ended.

    cpu_seconds, peak_kb: what it used, known once it has ended and where the system tells.
    abandoned: asked now and then while it works; once it says yes, nobody wants the result and the worker is ended.
    """

    def __init__(self, *, output_kb: int) -> None:
        self.output = bytearray()
        self.output_limit = output_kb * 1024
        self.cpu_seconds = 0.0
        self.peak_kb = 0
        self.alive = True
        self.abandoned: Callable[[], bool] = bool
        self._number = 0

    @property
    @abstractmethod
    def channel(self) -> Channel:
        """The wire; asking for it waits until the process is there."""

    def wait_started(self) -> None:
        """Return when the process is there."""
        assert self.channel is not None

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

    # -- requests ------------------------------------------------------------------------------------------------

    def post_load(
        self, *, name: str, filename: str, chunks: list[ChunkHeader], probes: str | None, cells: bool, device: str
    ) -> None:
        """Ask the worker to run the submission's file, without waiting for it."""
        self._number += 1
        self._post(LoadRequest(self._number, name, filename, chunks, probes, cells, device))

    @abstractmethod
    def _post(self, request: LoadRequest) -> None:
        """Send a request, to a process that may not have started yet."""

    def finish_load(self, seconds: float) -> Loaded:
        """How running the file went; `seconds` count from now."""
        channel = self.channel
        reply, _ = self._reading(lambda: self._receive(channel, time.monotonic() + seconds), seconds)
        if not isinstance(reply, Loaded):
            raise self._end("protocol", detail="no Loaded")
        return reply

    def call(self, call: Call | EncodedCall, seconds: float) -> tuple[Outcome, list[str]]:
        """Make one call: its outcome, and the global state that it changed."""
        self._number += 1
        encoded = call if isinstance(call, EncodedCall) else EncodedCall(call)
        request = encoded.request(self._number)
        reply, payload = self._ask(request, encoded.buffers, seconds, encoded.callbacks)
        if not isinstance(reply, Returned):
            raise self._end("protocol", detail="no Returned")
        return self._reading(lambda: _outcome(reply, payload), seconds), reply.state

    def close(self) -> None:
        """End the worker and learn what it used."""
        if self.alive:
            self._kill()

    # -- the exchange --------------------------------------------------------------------------------------------

    def _ask(
        self, request: Any, buffers: list[memoryview], seconds: float, callbacks: dict[int, Callback]
    ) -> tuple[Any, memoryview]:
        channel = self.channel
        deadline = time.monotonic() + seconds

        def exchange() -> tuple[Any, memoryview]:
            channel.send(request, buffers, deadline)
            reply, payload = self._receive(channel, deadline)
            asked = 0
            while isinstance(reply, CallbackRequest):
                asked += 1
                if asked > MAX_CALLBACKS:
                    raise WireError("too many callbacks")
                self._answer(reply, payload, callbacks, deadline)
                reply, payload = self._receive(channel, deadline)
            return reply, payload

        return self._reading(exchange, seconds)

    def _reading(self, exchange: Callable[[], T], seconds: float) -> T:
        """Run an exchange; whatever goes wrong with it ends the worker."""
        try:
            return exchange()
        except DeadlineExceeded:
            raise self._end("time", amount=seconds) from None
        except WireClosed:
            raise self._ended() from None
        except WireError as error:
            raise self._end("protocol", detail=str(error)) from error

    def _receive(self, channel: Channel, deadline: float) -> tuple[Any, memoryview]:
        """The reply to the current request."""
        self._await_reply(deadline)
        reply, payload = channel.receive_any(Reply, deadline)
        if reply.id != self._number or channel.pending:
            raise WireError("a reply to another request")
        self.drain()  # what was printed during the call is in the pipe by now
        return reply, payload

    def _answer(
        self, asked: CallbackRequest, payload: memoryview, callbacks: dict[int, Callback], deadline: float
    ) -> None:
        callback = callbacks.get(asked.number)
        if callback is None:
            raise WireError("no such callback")
        decoder = Decoder(payload, _only_handles)
        args = [decoder.decode(node) for node in asked.args]
        encoder = Encoder(keep=_nothing_kept, strided=True)
        try:
            answer = CallbackAnswer(self._number, encoder.encode(callback.function(*args)))
        except Exception as error:
            answer = CallbackAnswer(self._number, error=Raised("exception", type(error).__name__, str(error)[:500]))
        self.channel.send(answer, encoder.buffers, deadline)

    # -- output and end ------------------------------------------------------------------------------------------

    def _printed(self, chunk: bytes) -> None:
        """More output has come. Raises LimitReached beyond the limit."""
        self.output += chunk
        if len(self.output) > self.output_limit:
            del self.output[self.output_limit :]
            raise self._end("output", amount=self.output_limit / 1024)

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

    def _end(self, kind: LimitKind, *, amount: float = 0, detail: str = "") -> LimitReached:
        self._kill()
        return LimitReached(kind, amount=amount, detail=detail)


def _only_handles(node: Node, _: Decoder) -> Any:
    if isinstance(node, RemoteNode):
        return Remote(node.handle, node.type_name[:200])
    raise WireError("a node that only the trusted side may send")


def _nothing_kept(value: Any) -> Node:
    raise TypeError(f"{type(value).__name__} can't be sent to a worker")


def _outcome(reply: Returned, payload: memoryview) -> Outcome:
    decoder = Decoder(payload, _only_handles)
    value = decoder.decode(reply.value)
    facts = dict(decoder.facts)
    gradients = None
    if reply.gradients is not None:
        gradients = tuple(decoder.decode(node) for node in reply.gradients)
    return Outcome(
        value=value, facts=facts, gradients=gradients, modified=tuple(reply.modified), error=reply.error,
        operations=reply.operations,
    )

