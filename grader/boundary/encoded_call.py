"""A call as it goes over the wire, encoded once: to be sent, and to be told from other calls by its bytes."""

from __future__ import annotations

import hashlib
from functools import cached_property
from typing import Any

import msgspec

from grader.wire.codec import Encoder
from grader.wire.messages import CallbackNode, CallRequest, Node
from grader.wire.values import Call, Callback


class EncodedCall:
    """buffers: the payload's parts. callbacks: functions of the trusted side that the submission may call back."""

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
    def digest(self) -> bytes:
        """Equal for calls that are equal to the last byte of every input."""
        state = hashlib.blake2b(msgspec.json.encode(self._request), digest_size=16)
        for buffer in self.buffers:
            state.update(buffer)
        return state.digest()

    def _keep(self, value: Any) -> Node:
        if not isinstance(value, Callback):
            raise TypeError(f"{type(value).__name__} can't be sent to a worker")
        self.callbacks[len(self.callbacks)] = value
        return CallbackNode(len(self.callbacks) - 1)
