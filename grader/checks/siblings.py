"""What is right beside a wrong part of a list or a dict, where a result has several parts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import torch

from grader.checks.closeness import Tolerance, tight_tolerance, tolerance_for
from grader.checks.findings.finding import Finding
from grader.checks.findings.value import InResult, step_in_words
from grader.checks.mismatch import Rules, find
from grader.text import Message, Text, listed, say
from grader.wire.values import Outcome

_MOST = 32
#: Parts of which it is worth saying that they are right.
_TELLING = (torch.Tensor, np.ndarray, float, list, tuple, dict)


def siblings(finding: Finding, expected: Outcome, got: Outcome, words: Mapping[str, Text]) -> Message | None:
    """Which parts are right and which are not; None where there are no others, or none of them is right.

    words: names of parts in every language.
    """
    place = getattr(finding, "place", None)
    if not isinstance(place, InResult) or not place.path:
        return None
    whole, answer = expected.value, got.value
    if type(whole) is not type(answer) or not isinstance(whole, (list, tuple, dict)) or not 2 <= len(whole) <= _MOST:
        return None
    keys: list[Any] = [*whole] if isinstance(whole, dict) else [*range(len(whole))]
    first = keys.index(place.path[0])
    # What stands before the first wrong part has been judged. Of the others only what is sure is said: a check may be
    # stricter than a dtype's own tolerance, or less strict.
    right = [*keys[:first], *(key for key in keys[first + 1 :] if _agree(whole[key], answer[key], tight_tolerance))]
    wrong = [
        key
        for key in keys[first:]
        if key == place.path[0] or not _agree(whole[key], answer[key], lambda known: tolerance_for(known.dtype))
    ]
    if not any(isinstance(whole[key], _TELLING) for key in right):
        return None
    if not isinstance(whole, dict) and first > 0 and len(wrong) == len(keys) - first >= 2:
        return _until(first, len(keys))
    fields = {
        "right": listed(step_in_words(key, words) for key in right),
        "wrong": listed(step_in_words(key, words) for key in wrong),
    }
    return say("Of the parts of the result these are right: {right}; and these are wrong: {wrong}.", **fields)


def _until(count: int, total: int) -> Message:
    if count == 1:
        return say("The first of {total} items is right, and all after it are wrong.", total=total)
    return say("The first {count} of {total} items are right, and all after them are wrong.", count=count, total=total)


def _agree(expected: Any, got: Any, tolerance: Callable[[torch.Tensor], Tolerance]) -> bool:
    return find(expected, got, Rules(tolerance, numpy_scalars=True, details=False)) is None
