"""A worker, from the trusted side: the requests to load a submission and to call its functions."""

from __future__ import annotations

import re
import time
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from msgspec import structs

from grader.boundary.asked_calls import Asked, AskedCalls
from grader.boundary.encoded_call import EncodedCall
from grader.boundary.limit_reached import WorkerFault
from grader.boundary.process import UntrustedProcess
from grader.calls.invoke import MAX_FRAMES, MAX_TEXT
from grader.wire import messages
from grader.wire.channel import DeadlineExceeded, WireClosed, WireError, decoded
from grader.wire.codec import Decoder, Encoder
from grader.wire.values import Call, Callback, Outcome, Raised, Remote

MAX_CALLBACKS = 10_000
#: For sending what the socket has room for.
_BEGIN_SECONDS = 1.0
#: How many failed statements, and absent modules, are kept of a worker's word.
MAX_LOST = 100
MAX_ABSENT = 20
_MAX_NAME = 300
_MODULE = re.compile(r"\w{1,60}(\.\w{1,60})?")


class WorkerHandle:
    """The process in which a submission runs. Any LimitReached means that it has been ended; WorkerFault, that what is
    asked of it can't be judged."""

    def __init__(self, process: UntrustedProcess) -> None:
        self.process = process
        self.running = 0  # the piece of the load that was begun last, by the worker's word
        self._pieces = 0
        self._number = 0
        self.asked = AskedCalls()

    def wait_started(self) -> None:
        """Return when the process is there."""
        assert self.process.channel is not None

    def post_load(
        self,
        *,
        name: str,
        filename: str,
        chunks: list[tuple[str | None, str]],
        probes: str | None,
        pieces: list[messages.Piece],
        device: str,
        real: Sequence[str] = (),
    ) -> None:
        """Ask the worker to run these pieces of the submission's file, (label, source) by chunk, without waiting."""
        self._number += 1
        self._pieces = len(pieces)
        sources = [source.encode("utf-8", "surrogatepass") for _, source in chunks]
        headers = [messages.ChunkHeader(label, len(source)) for (label, _), source in zip(chunks, sources, strict=True)]
        request = messages.LoadRequest(self._number, name, filename, headers, probes, pieces, list(real), device)
        self.process.post(request, [memoryview(b"".join(sources))])

    def finish_load(self, seconds: float) -> messages.Loaded:
        """How running the file went; `seconds` count from now."""
        process = self.process
        assert process.channel is not None
        deadline = time.monotonic() + seconds
        reply = process.reading(lambda: self._loaded(deadline), seconds)
        _refuse_fault(reply)
        if not isinstance(reply, messages.Loaded):
            raise process.end("protocol", detail="no Loaded")
        lost = [structs.replace(statement, error=_bounded(statement.error)) for statement in reply.lost[:MAX_LOST]]
        absent = [name for name in reply.absent[:MAX_ABSENT] if _MODULE.fullmatch(name)]
        broken = None if reply.broken is None else _bounded(reply.broken)
        return structs.replace(reply, lost=lost, absent=absent, broken=broken)

    def _loaded(self, deadline: float) -> Any:
        """The reply to a load, once all pieces have been announced before it."""
        while True:
            reply, _ = self.process.receive(messages.Reply, self._number, deadline, followed=messages.Running)
            if not isinstance(reply, messages.Running):
                return reply
            if not self.running < reply.piece < self._pieces:
                raise WireError("a piece that is not there")
            self.running = reply.piece

    def call(
        self, call: Call | EncodedCall, seconds: float, coming: deque[EncodedCall] | None = None
    ) -> tuple[Outcome, list[str]]:
        """Make one call: its outcome, and the global state that it changed. One that was asked for ahead must be the
        first of these; for any other, the replies to all of them must have come.

        coming: calls to ask for now, this one the first unless it has been asked for. Those that are are taken from it.
        """
        encoded = call if isinstance(call, EncodedCall) else EncodedCall(call)
        deadline = time.monotonic() + seconds

        def exchange() -> tuple[Outcome, list[str]]:
            self._ask_ahead(coming or deque(), deadline)
            first = self.asked.first
            if first is None or first.encoded is not encoded:
                return self._exchanged(encoded, deadline)
            if first.frame is None:
                self._await_next(deadline)
            return self._decoded(self.asked.take())

        return self.process.reading(exchange, seconds)

    def _exchanged(self, encoded: EncodedCall, deadline: float) -> tuple[Outcome, list[str]]:
        self._number += 1
        self.process.channel.send(encoded.request(self._number), encoded.buffers, deadline)
        if encoded.replies is not None and not encoded.callbacks and self.asked.first is None:
            self.asked.add([Asked(self._number, encoded)])
            self._await_next(deadline)
            return self._decoded(self.asked.take())
        reply, payload = self._reply(encoded.callbacks, deadline)
        return _returned(reply, payload)

    def _reply(self, callbacks: dict[int, Callback], deadline: float) -> tuple[Any, memoryview]:
        """The reply to a call, once all that the submission asks of the trusted side meanwhile is answered."""
        for _ in range(MAX_CALLBACKS + 1):
            reply, payload = self.process.receive(messages.Reply, self._number, deadline)
            if not isinstance(reply, messages.CallbackRequest):
                return reply, payload
            self._answer(reply, payload, callbacks, deadline)
        raise WireError("too many callbacks")

    # -- ahead

    def _ask_ahead(self, coming: deque[EncodedCall], deadline: float) -> None:
        """Ask for as many of these calls as the worker may be asked for at once."""
        asked, room = [], self.process.channel.room - self.asked.bytes
        while coming and not coming[0].callbacks and (room := room - coming[0].size) > 0:
            self._number += 1
            asked.append(Asked(self._number, coming.popleft()))
        if asked:
            self.process.channel.send_packed([b"".join(one.encoded.frame(one.number) for one in asked)], deadline)
            self.asked.add(asked)

    def begin(self, call: EncodedCall) -> bool:
        """Ask for this call, which is made next, unless others are asked for, or it can't be sent without waiting.
        Whether it has been."""
        if self.process.alive and self.asked.first is None:
            with suppress(WireClosed, DeadlineExceeded):  # it has ended, as making the call will tell
                self._ask_ahead(deque([call]), time.monotonic() + _BEGIN_SECONDS)
        return self.asked.first is not None and self.asked.first.encoded is call

    def await_next(self, seconds: float) -> None:
        """Read the next reply that was asked for ahead; it is kept until it is taken."""
        self.process.reading(lambda: self._await_next(time.monotonic() + seconds), seconds)

    def _await_next(self, deadline: float) -> None:
        frame = self.process.receive_frame(deadline)
        if self.process.channel.pending and self.asked.open < 2:
            raise WireError("a reply to another request")
        self.asked.came(frame)

    def _decoded(self, asked: Asked) -> tuple[Outcome, list[str]]:
        """What a reply says. One of the same bytes as one that was right before is not decoded again."""
        assert asked.frame is not None
        raw, payload = map(bytes, asked.frame)
        replies, start = asked.encoded.replies, _BEGINNING % asked.number
        if replies is None or not raw.startswith(start):
            return _numbered(raw, payload, asked.number)
        header = raw[len(start) :]
        known = replies.find(header, payload)
        if known is None:
            known = _numbered(raw, payload, asked.number)
            replies.decoded(header, payload, *known)
        return known

    def _answer(
        self, asked: messages.CallbackRequest, payload: memoryview, callbacks: dict[int, Callback], deadline: float
    ) -> None:
        callback = callbacks.get(asked.number)
        if callback is None:
            raise WireError("no such callback")
        decoder = Decoder(payload, _only_handles)
        args = [decoder.decode(node) for node in asked.args]
        encoder = Encoder(keep=_nothing_kept, strided=True)
        try:
            answer = messages.CallbackAnswer(self._number, encoder.encode(callback.function(*args)))
        except Exception as error:
            answer = messages.CallbackAnswer(
                self._number, error=Raised("exception", type(error).__name__, str(error)[:500])
            )
        self.process.channel.send(answer, encoder.buffers, deadline)


#: How an honest worker's reply to a call begins.
_BEGINNING = b'{"type":"returned","id":%d,'


def _numbered(raw: bytes, payload: bytes, number: int) -> tuple[Outcome, list[str]]:
    reply = decoded(raw, messages.Reply)
    if reply.id != number:
        raise WireError("a reply to another request")
    return _returned(reply, memoryview(payload))


def _returned(reply: Any, payload: memoryview) -> tuple[Outcome, list[str]]:
    _refuse_fault(reply)
    if not isinstance(reply, messages.Returned):
        raise WireError("no Returned")
    return _outcome(reply, payload), reply.state


def _refuse_fault(reply: Any) -> None:
    """A submission may say so, too; it gains nothing by it."""
    if isinstance(reply, messages.Broken):
        raise WorkerFault(reply.reason[:MAX_TEXT])


def _only_handles(node: messages.Node, _: Decoder) -> Any:
    if isinstance(node, messages.RemoteNode):
        return Remote(node.handle, node.type_name[:200])
    raise WireError("a node that only the trusted side may send")


def _nothing_kept(value: Any) -> messages.Node:
    raise TypeError(f"{type(value).__name__} can't be sent to a worker")


def _outcome(reply: messages.Returned, payload: memoryview) -> Outcome:
    decoder = Decoder(payload, _only_handles)
    value = decoder.decode(reply.value)
    facts = dict(decoder.facts)  # before the gradients are decoded, of which nothing is attested
    return Outcome(
        value=value,
        facts=facts,
        gradients=None if reply.gradients is None else tuple(map(decoder.decode, reply.gradients)),
        modified=tuple(reply.modified),
        error=None if reply.error is None else _bounded(reply.error),
        operations=reply.operations,
        same_as=None if reply.same_as is None else tuple(reply.same_as),
        effects=reply.effects,
    )


def _bounded(raised: Raised) -> Raised:
    """What a worker says of an exception, no longer than an honest one says it."""
    frames = tuple(
        structs.replace(
            frame,
            source=frame.source[:_MAX_NAME],
            function=frame.function[:_MAX_NAME],
            cell=None if frame.cell is None else frame.cell[:_MAX_NAME],
        )
        for frame in raised.frames[-MAX_FRAMES:]
    )
    return structs.replace(
        raised,
        type_name=raised.type_name[:_MAX_NAME],
        message=raised.message[:MAX_TEXT],
        frames=frames,
        refused=raised.refused[:_MAX_NAME],
    )
