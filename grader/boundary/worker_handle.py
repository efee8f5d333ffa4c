"""A worker, from the trusted side: the requests to load a submission and to call its functions."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from typing import Any

from msgspec import structs

from grader.boundary.encoded_call import EncodedCall
from grader.boundary.limit_reached import WorkerFault
from grader.boundary.process import UntrustedProcess
from grader.calls.invoke import MAX_FRAMES, MAX_TEXT
from grader.wire import messages
from grader.wire.channel import WireError
from grader.wire.codec import Decoder, Encoder
from grader.wire.values import Call, Callback, Outcome, Raised, Remote

MAX_CALLBACKS = 10_000
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

    def call(self, call: Call | EncodedCall, seconds: float) -> tuple[Outcome, list[str]]:
        """Make one call: its outcome, and the global state that it changed."""
        self._number += 1
        encoded = call if isinstance(call, EncodedCall) else EncodedCall(call)
        process = self.process
        channel = process.channel
        deadline = time.monotonic() + seconds

        def exchange() -> tuple[Outcome, list[str]]:
            channel.send(encoded.request(self._number), encoded.buffers, deadline)
            reply, payload = self._reply(encoded.callbacks, deadline)
            _refuse_fault(reply)
            if not isinstance(reply, messages.Returned):
                raise WireError("no Returned")
            return _outcome(reply, payload), reply.state

        return process.reading(exchange, seconds)

    def _reply(self, callbacks: dict[int, Callback], deadline: float) -> tuple[Any, memoryview]:
        """The reply to a call, once all that the submission asks of the trusted side meanwhile is answered."""
        for _ in range(MAX_CALLBACKS + 1):
            reply, payload = self.process.receive(messages.Reply, self._number, deadline)
            if not isinstance(reply, messages.CallbackRequest):
                return reply, payload
            self._answer(reply, payload, callbacks, deadline)
        raise WireError("too many callbacks")

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
