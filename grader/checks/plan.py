"""The calls of a check, worked out once in a run.

Those that are the same for every submission are replayed for each. Those that depend on what the submission gives are
followed as long as it gives what the reference does.
"""

from __future__ import annotations

import msgspec

from grader.boundary.encoded_call import EncodedCall
from grader.boundary.right_replies import RightReplies
from grader.checks.digests import value_digest
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


class Step:
    """One call that a check makes of a right submission.

    value: the digest of what the reference gives; the check goes on with that. about: the function that the call is
    about. judged: whether the check judges the call; else it only has to be of the right form.
    """

    def __init__(self, planned: PlannedCall, value: bytes, *, about: str, judged: bool) -> None:
        self.planned = planned
        self.about = about
        self.judged = judged
        self._value = value
        self._replies = planned.encoded.replies = RightReplies()

    def is_right(self, got: Outcome) -> bool:
        """Whether it is right and of the very value that the reference gives: then the check goes on as planned."""
        if self._replies.is_right(got):
            return True
        planned = self.planned
        finding = planned.judging(planned.encoded.call, planned.expected, got)
        if finding is not None or value_digest(got.value) != self._value:
            return False
        self._replies.keep(got)
        return True


#: The calls that a check makes of a right submission, in their order.
RightPath = tuple[Step, ...]
