"""What naming tells of a check, and how it got there."""

from __future__ import annotations

import msgspec

from grader.boundary.encoded_call import EncodedCall


class Explanation(msgspec.Struct, frozen=True):
    """The mistakes that together give all wrong outputs of a function in a check; none where that is not known."""

    function: str
    mistakes: tuple[str, ...] = ()


class Naming(msgspec.Struct, frozen=True):
    """What was named, and the further calls that were made for it, each with the digest of what it gave."""

    trials: tuple[tuple[EncodedCall, bytes | None], ...]
    explanations: tuple[Explanation, ...]
