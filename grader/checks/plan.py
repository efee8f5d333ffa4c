"""The calls of a check that are the same for every submission: made once in a run, and replayed for each."""

from __future__ import annotations

import msgspec

from grader.boundary.encoded_call import EncodedCall
from grader.checks.evidence import Judging
from grader.wire.values import Outcome


class PlannedCall(msgspec.Struct, frozen=True):
    """One call and how it is judged.

    judging: `judge` with what the check sets of it. about: the function that a scenario is about, None for the called
    one. tried: whether the call is known to work on the reference.
    """

    encoded: EncodedCall
    expected: Outcome
    judging: Judging
    about: str | None
    tried: bool


#: A check's calls in their order.
Plan = tuple[PlannedCall, ...]
