"""What of a result may show that two submissions are alike: wrong numbers, and mistakes that were made together."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from grader.likeness.model import Mistakes, Number
from grader.result import CheckResult, Result

#: A number with fewer digits than this, such as 0, 1 or 0.5, comes of many causes.
_LEAST_DIGITS = 3


def numbers_of(result: Result) -> frozenset[Number]:
    """The wrong number furthest off at each check, except where a named mistake explains it: that is told by itself."""
    return frozenset(_numbers(result))


def _numbers(result: Result) -> Iterator[Number]:
    for check in result.checks:
        got = _got(check)
        if sum(digit.isdigit() for digit in got.partition("e")[0].strip("-0.")) >= _LEAST_DIGITS:
            assert check.worst is not None
            yield Number(result.seed, check.id, check.worst.index, got)


def _got(check: CheckResult) -> str:
    if check.passed or check.mistakes or check.worst is None or isinstance(check.worst.got, str):
        return ""
    return f"{check.worst.got:.6g}"


def mistakes_of(result: Result) -> frozenset[Mistakes]:
    """The named mistakes, two by two."""
    named = sorted({name for check in result.checks for name in check.mistakes})
    return frozenset(Mistakes(one, other) for one, other in combinations(named, 2))
