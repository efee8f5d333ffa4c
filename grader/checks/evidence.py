"""What a check has seen of a submission: the calls that it judged, and how much each says about a mistake."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import repeat
from typing import Any, Literal

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
Judging = partial[Finding | None]


class JudgedCall(msgspec.Struct, frozen=True):
    """One call and what came of it. function: whose mistakes may show in it. finding: None where it was right.
    of_reference: whether what is expected is what the reference gives; else the check worked it out."""

    function: str
    encoded: EncodedCall
    expected: Outcome
    got: Outcome
    judging: Judging
    finding: Finding | None = None
    of_reference: bool = True

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


#: What a value that differs says of its cause, by its kind: chance gives few measured numbers, and 0, small counts and
#: flags often.
_Difference = Literal["measured", "flag", "small"]
_WEIGHTS: dict[_Difference, int] = {"measured": 2, "flag": 2, "small": 1}
#: Of two causes at once, of which there are many more, only measured numbers tell.
_WEIGHTS_FOR_TWO: dict[_Difference, int] = {"measured": 2, "flag": 0, "small": 0}

#: So many entries of a block count.
_OF_A_BLOCK = 3

#: The right number and the one in its place, where which these are is all that is known.
_Pair = tuple[float, float] | None

#: Another type or shape, or a value more or less.
_OTHER: tuple[_Difference, _Pair] = ("measured", None)


def weight(outcomes: Iterable[tuple[Outcome, Outcome]], *, two: bool = False) -> int:
    """How much wrong outcomes, each after the right one, say of their cause; of two causes at once if `two`.

    The values that differ count, at most three of each block, a small whole number in place of the same other one only
    once. An exception counts nothing: its text does not tell the cause.
    """
    weights = _WEIGHTS_FOR_TWO if two else _WEIGHTS
    total, known = 0, set()
    for expected, got in outcomes:
        if got.error is None:
            found = [*_differences(expected.value, got.value), *_differences(expected.gradients, got.gradients)]
            total += sum(weights[kind] for kind, pair in found if pair is None)
            if not found:  # NaN and infinity say little, and what only a strict tolerance tells from right says more
                total += weights["measured" if is_finite(got) else "small"]
            known |= {pair for _, pair in found if pair is not None}
    return total + weights["small"] * len(known)


def _differences(expected: Any, got: Any) -> Iterator[tuple[_Difference, _Pair]]:
    """The kind of each difference of two results. Another type or shape counts as a measured number."""
    if isinstance(expected, dict) and isinstance(got, dict):
        yield from repeat(_OTHER, len(expected.keys() ^ got.keys()))
        for key in expected.keys() & got.keys():
            yield from _differences(expected[key], got[key])
    elif isinstance(expected, (list, tuple)) and type(expected) is type(got):
        yield from repeat(_OTHER, abs(len(expected) - len(got)))
        for pair in zip(expected, got, strict=False):
            yield from _differences(*pair)
    elif (known := as_tensor(expected)) is not None and (answer := as_tensor(got)) is not None:
        yield from _of_blocks(known, answer)
    elif type(expected) is float and type(got) is float:
        yield from _of_blocks(torch.tensor(expected), torch.tensor(got))
    elif type(expected) is not type(got) or expected != got:
        yield _kind_of(expected, got) if type(expected) is type(got) and isinstance(got, int) else _OTHER


def _of_blocks(expected: torch.Tensor, got: torch.Tensor) -> Iterator[tuple[_Difference, _Pair]]:
    if expected.shape != got.shape or expected.dtype != got.dtype:
        yield _OTHER
        return
    places = (~close(got, expected, tight_tolerance(expected)) & got.isfinite()).nonzero()[:_OF_A_BLOCK]
    for place in places:
        kind, pair = _kind_of(expected[tuple(place)].item(), got[tuple(place)].item())
        yield kind, pair if expected.numel() == 1 else None  # which of several entries it is says something, too


def _kind_of(right: complex, wrong: complex) -> tuple[_Difference, _Pair]:
    if isinstance(wrong, bool):
        return "flag", None
    if isinstance(wrong, complex) or isinstance(right, complex) or wrong != wrong // 1 or abs(wrong) > 16:
        return "measured", None
    return "small", (right, wrong)


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
