"""Records of a sealed bundle: calls and what came of them, as data that is safe to read.

A call or an outcome is a frame as those that cross the wire: a JSON header and the numbers' bytes.
"""

from __future__ import annotations

import lzma
from functools import partial
from typing import Any

import msgspec

from grader.boundary.encoded_call import EncodedCall
from grader.boundary.right_replies import RightReplies
from grader.checks.judge import judge
from grader.checks.plan import PlannedCall
from grader.text import Text
from grader.wire.channel import PREFIX, FrameTooLarge, WireError, pack
from grader.wire.codec import Decoder, Encoder, TooLarge
from grader.wire.messages import CallRequest, Node, ProbeNode, RemoteNode
from grader.wire.values import Call, Effects, Facts, Outcome, Probe, Raised, Remote


class Unrecordable(Exception):
    """A call or an outcome that is not data alone, such as one with a function in it."""


class JudgingData(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What a check sets of `judge`."""

    rtol: float | None = None
    atol: float | None = None
    numpy_scalars: bool = False
    raises: tuple[str, ...] = ()
    max_operations: int | None = None
    parameter_names: tuple[str, ...] = ()


class SealedCall(msgspec.Struct, frozen=True):
    """A `PlannedCall`; the call and the expected outcome are numbers of frames."""

    call: int
    expected: int
    judging: JudgingData
    about: str | None
    tried: bool


class Known(msgspec.Struct, frozen=True, array_like=True):
    """What a call gives with these mistakes, or with none. digest: the call's; outcome: the number of a frame."""

    mistakes: tuple[str, ...]
    digest: bytes
    outcome: int


class SealedMistake(msgspec.Struct, frozen=True):
    """A mistake without its code."""

    name: str
    of: str
    text: Text


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """All that grading with one seed asks of an exercise's reference and its mistakes.

    checks: each check's calls. reach: functions and probes → the functions whose mistakes show in them.
    apart: mistakes that can't be made at once.
    """

    exercise: str
    seed: int
    checks: dict[str, tuple[SealedCall, ...]]
    known: tuple[Known, ...]
    mistakes: tuple[SealedMistake, ...]
    reach: dict[str, tuple[str, ...]]
    apart: tuple[tuple[str, ...], ...]
    frames: tuple[bytes, ...]


class _OutcomeHeader(msgspec.Struct, frozen=True, omit_defaults=True):
    value: Node = None
    gradients: list[Node] | None = None
    facts: list[tuple[tuple[str | int | float | bool | None, ...], Facts]] = []
    modified: tuple[int, ...] = ()
    error: Raised | None = None
    operations: int = 0
    same_as: tuple[int, ...] | None = None
    effects: Effects | None = None


def record_bytes(record: Record) -> bytes:
    """The record's file."""
    return lzma.compress(msgspec.msgpack.encode(record))


def read_record(content: bytes) -> Record:
    """The record in a file. Raises ValueError where it is none."""
    try:
        return msgspec.msgpack.decode(lzma.decompress(content), type=Record)
    except (lzma.LZMAError, EOFError, msgspec.DecodeError) as error:
        raise ValueError(str(error)) from None


class Frames:
    """Collects frames; equal ones are kept once."""

    def __init__(self) -> None:
        self._numbers: dict[bytes, int] = {}

    def number_of(self, frame: bytes) -> int:
        """Where the frame is in `all`."""
        return self._numbers.setdefault(frame, len(self._numbers))

    @property
    def all(self) -> tuple[bytes, ...]:
        """Every frame, in the order of the numbers."""
        return tuple(self._numbers)


def call_frame(encoded: EncodedCall) -> bytes:
    """Raises Unrecordable where the call does not come back from its frame as it was."""
    if encoded.callbacks:
        raise Unrecordable
    frame = _frame(encoded.request(0), encoded.buffers)
    if EncodedCall(call_in(frame)).digest != encoded.digest:
        raise Unrecordable
    return frame


def call_in(frame: bytes) -> Call:
    """The call of a frame."""
    request, payload = _parts(frame, CallRequest)
    decode = Decoder(payload, _resolved).decode
    return Call(
        target=decode(request.target),
        args=tuple(map(decode, request.args)),
        kwargs={name: decode(node) for name, node in request.kwargs.items()},
        requires_grad=tuple(request.requires_grad),
        upstream=None if request.upstream is None else tuple(map(decode, request.upstream)),
        replace={name: decode(node) for name, node in request.replace.items()},
        twin=request.twin,
        counted=request.counted,
        effects=request.effects,
        identity=request.identity,
    )


def outcome_frame(outcome: Outcome) -> bytes:
    """Without the lines on which an exception was raised: they are the solution's. Raises Unrecordable."""
    encoder = Encoder(keep=_refused, strided=True)
    try:
        header = _OutcomeHeader(
            value=encoder.encode(outcome.value),
            gradients=None if outcome.gradients is None else [encoder.encode(g) for g in outcome.gradients],
            facts=list(outcome.facts.items()),
            modified=outcome.modified,
            error=outcome.error and msgspec.structs.replace(outcome.error, frames=()),
            operations=outcome.operations,
            same_as=outcome.same_as,
            effects=outcome.effects,
        )
        frame = _frame(header, encoder.buffers)
        outcome_in(frame)  # raises where a kind of value would not come back
    except (TooLarge, TypeError, msgspec.ValidationError) as error:
        raise Unrecordable from error
    return frame


def outcome_in(frame: bytes) -> Outcome:
    """The outcome of a frame."""
    header, payload = _parts(frame, _OutcomeHeader)
    decode = Decoder(payload, _resolved).decode
    return Outcome(
        value=decode(header.value),
        facts=dict(header.facts),
        gradients=None if header.gradients is None else tuple(map(decode, header.gradients)),
        modified=header.modified,
        error=header.error,
        operations=header.operations,
        same_as=header.same_as,
        effects=header.effects,
    )


def sealed_call(planned: PlannedCall, frames: Frames) -> SealedCall:
    """Raises Unrecordable."""
    try:
        judging = msgspec.convert(planned.judging.keywords, JudgingData)
    except msgspec.ValidationError as error:
        raise Unrecordable from error
    call, expected = call_frame(planned.encoded), outcome_frame(planned.expected)
    return SealedCall(frames.number_of(call), frames.number_of(expected), judging, planned.about, planned.tried)


def planned_call(sealed: SealedCall, frames: tuple[bytes, ...]) -> PlannedCall:
    """The call as a plan has it."""
    encoded = EncodedCall(call_in(frames[sealed.call]))
    encoded.replies = RightReplies()
    judging = partial(judge, **msgspec.structs.asdict(sealed.judging))
    return PlannedCall(encoded, outcome_in(frames[sealed.expected]), judging, sealed.about, sealed.tried)


def _frame(header: Any, buffers: list[memoryview]) -> bytes:
    try:
        return b"".join(pack(header, buffers))
    except FrameTooLarge as error:
        raise Unrecordable from error


def _parts(frame: bytes, kind: type[Any]) -> tuple[Any, memoryview]:
    _, length, _ = PREFIX.unpack_from(frame)
    header = msgspec.json.decode(frame[PREFIX.size : PREFIX.size + length], type=kind)
    return header, memoryview(frame)[PREFIX.size + length :]


def _resolved(node: Node, decoder: Decoder) -> Any:
    if isinstance(node, ProbeNode):
        return Probe(node.name, tuple(map(decoder.decode, node.args)), node.build)
    if isinstance(node, RemoteNode):
        return Remote(node.handle, node.type_name)
    raise WireError("a node that no record has")


def _refused(value: Any) -> Node:
    raise TypeError(type(value).__name__)
