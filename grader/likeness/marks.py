"""What of a result may show that two submissions are alike: wrong numbers, and pairs of named mistakes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from grader.likeness.model import Mistakes, Number
from grader.report.classpage.findings import is_unexplained
from grader.report.classpage.texts import to_six_digits
from grader.result import Result

#: A number with fewer digits than this, such as 0, 1 or 0.5, comes of many causes.
_LEAST_DIGITS = 3


def numbers_of(result: Result) -> frozenset[Number]:
    """The wrong number furthest off at each check, except where a named mistake explains it: that is told by itself."""
    return frozenset(_numbers(result))


def _numbers(result: Result) -> Iterator[Number]:
    for check in filter(is_unexplained, result.checks):
        if check.worst is None or isinstance(check.worst.got, str):  # what is not finite
            continue
        got = to_six_digits(check.worst.got)
        if sum(digit.isdigit() for digit in got.partition("e")[0].strip("-0.")) >= _LEAST_DIGITS:
            yield Number(result.seed, check.id, check.worst.index, got)


def mistakes_of(result: Result) -> frozenset[Mistakes]:
    """The named mistakes, two by two."""
    named = sorted({name for check in result.checks for name in check.mistakes})
    return frozenset(Mistakes(one, other) for one, other in combinations(named, 2))
