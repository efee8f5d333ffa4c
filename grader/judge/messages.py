"""What a client of `grade serve` sends and gets: a JSON document on each line."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from grader.text import Message, Text, in_every_language, say

#: Bytes of a line. A submission's own limit is 1 MiB for a .py; a notebook's outputs may take more.
MOST_BYTES = 16 << 20
_EXAMPLE = '{"id": 1, "exercise": "exercise03", "text": "..."}'

Name = str | int
#: request: the same request fails again; grader: the grader failed, which says nothing about the work.
Kind = Literal["request", "grader"]
Seed = Annotated[int, msgspec.Meta(ge=0, le=2**63 - 1)]


class Request(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One submission. Exactly one of `text` (the content of a .py) and `files` (name → content) is given.

    id: given back with the answer. seed: in place of the one that the service was started with. language: of the
    feedback; there is none without it.
    """

    exercise: Annotated[str, msgspec.Meta(max_length=200)]
    id: Name | None = None
    text: str | None = None
    files: dict[str, str] | None = None
    seed: Seed | None = None
    language: str | None = None


class Answer(msgspec.Struct, frozen=True, omit_defaults=True):
    """What came of a request. line: the request's number, from 1. result: see docs/result.md. feedback: its text for a
    learner."""

    line: int
    id: Name | None
    result: msgspec.Raw
    feedback: str | None = None


class Trouble(msgspec.Struct, frozen=True):
    """What is wrong, and what to do."""

    kind: Kind
    message: Text


class Refusal(msgspec.Struct, frozen=True):
    """Why a request has no result."""

    line: int
    id: Name | None
    error: Trouble


class BadRequest(Exception):
    """message: what is wrong with it, and what to do. id: the request's, where that could be read."""

    def __init__(self, message: Message, id: Name | None = None) -> None:
        super().__init__(message.template)
        self.message = message
        self.id = id


class _Identified(msgspec.Struct, frozen=True):
    id: Name | None = None


def read_request(line: bytes | None) -> Request:
    """The request on a line; None: a line that is too long. Raises BadRequest."""
    if line is None:
        raise BadRequest(
            say(
                "The line has more than {most} MiB and was skipped. Send less, such as a notebook without its outputs.",
                most=MOST_BYTES >> 20,
            )
        )
    try:
        return msgspec.json.decode(line, type=Request)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        message = say(
            "The line is no request: {reason}. A request is a JSON object in UTF-8 such as {example}.",
            reason=str(error)[:500],
            example=_EXAMPLE,
        )
        raise BadRequest(message, _id_in(line)) from None


def _id_in(line: bytes) -> Name | None:
    try:
        return msgspec.json.decode(line, type=_Identified).id
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def refusal(line: int, id: Name | None, message: Message | Text, kind: Kind = "request") -> Refusal:
    """The answer to a request that has no result."""
    return Refusal(line, id, Trouble(kind, in_every_language(message)))
