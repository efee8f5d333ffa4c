"""A call as it goes over the wire, encoded once: to be sent, and to be told from other calls by its bytes."""

from __future__ import annotations

import hashlib
from functools import cached_property
from typing import Any

import msgspec

from grader.boundary.right_replies import RightReplies
from grader.wire.channel import MAGIC, PREFIX, padded, padding_after
from grader.wire.codec import Encoder
from grader.wire.messages import CallbackNode, CallRequest, Node
from grader.wire.values import Call, Callback


class EncodedCall:
    """buffers: the payload's parts. callbacks: functions of the trusted side that the submission may call back.
    replies: of a call that many submissions get, replies that were right."""

    replies: RightReplies | None = None

    def __init__(self, call: Call) -> None:
        self.call = call
        self.callbacks: dict[int, Callback] = {}
        encoder = Encoder(keep=self._keep, strided=True)
        self._request = CallRequest(
            0,
            target=encoder.encode(call.target),
            args=[encoder.encode(argument) for argument in call.args],
            kwargs={name: encoder.encode(argument) for name, argument in call.kwargs.items()},
            requires_grad=list(call.requires_grad),
            upstream=None if call.upstream is None else [encoder.encode(u) for u in call.upstream],
            replace={name: encoder.encode(probe) for name, probe in call.replace.items()},
            twin=call.twin,
            counted=call.counted,
            effects=call.effects,
            identity=call.identity,
        )
        self.buffers = encoder.buffers

    def request(self, number: int) -> CallRequest:
        """The request, numbered."""
        return msgspec.structs.replace(self._request, id=number)

    @cached_property
    def size(self) -> int:
        """About how many bytes its frame has."""
        return len(msgspec.json.encode(self._request)) + sum(padded(buffer.nbytes) for buffer in self.buffers) + 32

    def frame(self, number: int) -> bytes:
        """The whole frame of a small request, numbered."""
        before, after, payload = self._parts
        header = b"%b%d%b" % (before, number, after)
        return PREFIX.pack(MAGIC, len(header), len(payload)) + header + payload

    @cached_property
    def _parts(self) -> tuple[bytes, bytes, bytes]:
        """The header before and after its number, and the payload."""
        before, found, after = msgspec.json.encode(self._request).partition(b'"id":0')
        assert found
        return before + b'"id":', after, b"".join(padding_after(self.buffers))

    @cached_property
    def digest(self) -> bytes:
        """Equal for calls that are equal to the last byte of every input."""
        return self.present_digest()

    def present_digest(self) -> bytes:
        """The digest as the inputs are now: the buffers are those of the call's own tensors."""
        state = hashlib.blake2b(msgspec.json.encode(self._request), digest_size=16)
        for buffer in self.buffers:
            state.update(buffer)
        return state.digest()

    def _keep(self, value: Any) -> Node:
        if not isinstance(value, Callback):
            raise TypeError(f"{type(value).__name__} can't be sent to a worker")
        self.callbacks[len(self.callbacks)] = value
        return CallbackNode(len(self.callbacks) - 1)
