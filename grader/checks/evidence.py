"""What a check has seen of a submission: the calls that it judged, and how much each says about a mistake."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from grader.boundary.encoded_call import EncodedCall
from grader.checks.closeness import close, tight_tolerance
from grader.checks.findings import value as values
from grader.checks.findings.finding import Finding
from grader.checks.judge import same
from grader.checks.mismatch import as_tensor
from grader.wire.values import Outcome

#: `judge` with what a check sets of it and with a call: what is left to give is an outcome.
Judging = Callable[..., Finding | None]


class JudgedCall(msgspec.Struct, frozen=True):
    """One call and what came of it. function: whose mistakes may show in it. finding: None where it was right."""

    function: str
    encoded: EncodedCall
    expected: Outcome
    got: Outcome
    judging: Judging
    finding: Finding | None = None

    def reproduced_by(self, outcome: Outcome) -> bool:
        """Whether a wrong outcome is the submission's.

        The check must fail it, too: its tolerance may be stricter than the one by which two are the same.
        """
        return same(outcome, self.got) and self.judging(outcome) is not None

    @property
    def shows_overflow(self) -> bool:
        """Whether the wrong entries are all NaN or infinite and should not be."""
        found = self.finding
        if isinstance(found, values.WrongNumber):
            return isinstance(found.worst.got, str)
        if not isinstance(found, values.WrongNumbers):
            return False
        return found.difference.differing == found.difference.nan + found.difference.inf

    @property
    def telling(self) -> int:
        """How many numbers and other values differ from the right ones, at most two of each block; 0 where nothing came
        but an exception: its text does not tell the cause."""
        if self.got.error is not None or self.expected.error is not None:
            return 0
        both = ((self.expected.value, self.got.value), (self.expected.gradients, self.got.gradients))
        return max(1, sum(_differing(expected, got) for expected, got in both))


def _differing(expected: Any, got: Any) -> int:
    """How many values in two results differ; where kinds or shapes do, that counts as one."""
    if isinstance(expected, dict) and isinstance(got, dict):
        keys = expected.keys() & got.keys()
        return len(expected.keys() ^ got.keys()) + sum(_differing(expected[key], got[key]) for key in keys)
    if isinstance(expected, (list, tuple)) and type(expected) is type(got):
        return abs(len(expected) - len(got)) + sum(map(_differing, expected, got))
    known, answer = as_tensor(expected), as_tensor(got)
    if known is None or answer is None:
        return int(type(expected) is not type(got) or expected != got)
    if known.shape != answer.shape or known.dtype != answer.dtype:
        return 1
    wrong = ~close(answer, known, tight_tolerance(known))
    return min(2, int((wrong & answer.isfinite()).sum()))
