"""Digests of what calls give: equal ones are equal to the last bit."""

from __future__ import annotations

import hashlib
from typing import Any, NoReturn

import msgspec

from grader.wire.codec import Encoder, TooLarge
from grader.wire.values import Outcome


def value_digest(value: Any) -> bytes | None:
    """Equal for values that are equal to the last bit; None for one that is no data, or too large to be sent."""
    encoder = Encoder(keep=_refused, strided=True)
    try:
        state = hashlib.blake2b(msgspec.json.encode(encoder.encode(value)), digest_size=16)
    except (_NoData, TooLarge):
        return None
    for buffer in encoder.buffers:
        state.update(buffer)
    return state.digest()


def outcome_digest(outcome: Outcome) -> bytes | None:
    """As `value_digest`, of all that came of a call."""
    numbers = value_digest([outcome.value, *(outcome.gradients or ())])
    if numbers is None:
        return None
    rest = (outcome.gradients is None, outcome.facts, outcome.modified, outcome.error)
    more = (outcome.operations, outcome.same_as, outcome.effects)
    return hashlib.blake2b(numbers + repr((rest, more)).encode("utf-8", "backslashreplace"), digest_size=16).digest()


class _NoData(Exception):
    """A value holds an object that stays where it was made."""


def _refused(value: Any) -> NoReturn:
    raise _NoData
