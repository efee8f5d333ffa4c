"""What a check has seen of a submission: the calls that it judged, and how much each says about a mistake."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from grader.boundary.encoded_call import EncodedCall
from grader.checks.findings import value as values
from grader.checks.findings.finding import Finding
from grader.checks.judge import same
from grader.wire.values import Outcome

#: `judge` with what a check sets of it and with a call: what is left to give is an outcome.
Judging = Callable[..., Finding | None]

#: Findings in which the wrong value itself shows, and not only its kind. (`WrongNumbers` may still be NaN alone.)
_SHOW_THE_VALUE = (
    values.WrongNumber,
    values.WrongNumbers,
    values.WrongValue,
    values.WrongShape,
    values.WrongLength,
    values.WrongKeys,
)


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
    def shows_numbers(self) -> bool:
        """Whether finite numbers are wrong: an exception, a dtype or a changed input alone does not tell the cause."""
        return isinstance(self.finding, _SHOW_THE_VALUE) and self.finite > 0

    @property
    def shows_overflow(self) -> bool:
        """Whether the wrong entries are all NaN or infinite and should not be."""
        return isinstance(self.finding, values.WrongNumbers) and self.finite == 0

    @property
    def finite(self) -> int:
        """How many finite entries are wrong; 1 where they are not counted."""
        if isinstance(self.finding, values.WrongNumber):
            return int(not isinstance(self.finding.worst.got, str))
        if not isinstance(self.finding, values.WrongNumbers):
            return 1
        counts = self.finding.difference
        return counts.differing - counts.nan - counts.inf
