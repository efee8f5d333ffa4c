"""A failed call made once more on other inputs, for its report alone: on the reference and on the submission."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from grader.checks.findings.finding import Finding
from grader.wire.values import Call, Outcome


class Again(msgspec.Struct, frozen=True):
    """What a report may ask.

    module: the name under which a learner imports the function.
    expected: what the reference gives; None where it can't be asked. got: what the submission gives; None where it hit
        a limit, or has no time left.
    judge: the finding that the check has on such outcomes.
    """

    module: str
    expected: Callable[[Call], Outcome | None]
    got: Callable[[Call], Outcome | None]
    judge: Callable[[Call, Outcome, Outcome], Finding | None]
