"""What a check has seen of a submission: the calls that it judged, and how much each says about a mistake."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import msgspec
import torch

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
        """How much the call says of a mistake; 0 where it says nothing."""
        return weight([(self.expected, self.got)])


#: What a value that differs says of its cause: chance gives few measured numbers, and 0 and small counts often.
_MEASURED, _SMALL = 2, 1

#: So many entries of a block count.
_OF_A_BLOCK = 3


def weight(outcomes: Iterable[tuple[Outcome, Outcome]]) -> int:
    """How much wrong outcomes, each after the right one, say of their cause.

    The values that differ count, at most three of each block, a small whole number in place of the same other one only
    once. An exception counts nothing: its text does not tell the cause.
    """
    total, known = 0, set()
    for expected, got in outcomes:
        if got.error is None:
            found = [*_differences(expected.value, got.value), *_differences(expected.gradients, got.gradients)]
            total += sum(each for each, pair in found if pair is None)
            if not found:  # NaN and infinity say little, and what only a strict tolerance tells from right says more
                total += _MEASURED if is_finite(got) else _SMALL
            known |= {pair for _, pair in found if pair is not None}
    return total + _SMALL * len(known)


def _differences(expected: Any, got: Any) -> Iterator[tuple[int, tuple[float, float] | None]]:
    """What each difference of two results weighs; of a small whole number both, too. Another kind or shape counts as a
    measured number."""
    if isinstance(expected, dict) and isinstance(got, dict):
        yield from [(_MEASURED, None)] * len(expected.keys() ^ got.keys())
        for key in expected.keys() & got.keys():
            yield from _differences(expected[key], got[key])
    elif isinstance(expected, (list, tuple)) and type(expected) is type(got):
        yield from [(_MEASURED, None)] * abs(len(expected) - len(got))
        for pair in zip(expected, got, strict=False):
            yield from _differences(*pair)
    elif (known := as_tensor(expected)) is not None and (answer := as_tensor(got)) is not None:
        yield from _of_blocks(known, answer)
    elif type(expected) is not type(got) or not isinstance(got, (int, float)):
        if type(expected) is not type(got) or expected != got:
            yield _MEASURED, None
    else:
        yield from _of_blocks(torch.tensor(expected), torch.tensor(got))


def _of_blocks(expected: torch.Tensor, got: torch.Tensor) -> Iterator[tuple[int, tuple[float, float] | None]]:
    if expected.shape != got.shape or expected.dtype != got.dtype:
        yield _MEASURED, None
        return
    places = (~close(got, expected, tight_tolerance(expected)) & got.isfinite()).nonzero()[:_OF_A_BLOCK]
    for place in places:
        right, wrong = expected[tuple(place)].item(), got[tuple(place)].item()
        if isinstance(wrong, (bool, complex)) or wrong != wrong // 1 or abs(wrong) > 16:
            yield _MEASURED, None
        else:  # which of several entries it is says something, too
            yield _SMALL, None if expected.numel() > 1 else (right, wrong)


def is_finite(outcome: Outcome) -> bool:
    return all(bool(numbers.isfinite().all()) for numbers in numbers_in(outcome.value))


def numbers_in(value: Any) -> Iterator[torch.Tensor]:
    """The numbers of a result, block by block."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, (list, tuple)):
        for item in value:
            yield from numbers_in(item)
    elif (block := as_tensor(torch.tensor(value) if isinstance(value, float) else value)) is not None:
        yield block
