"""What a single wrong number has in common with the right one.

One number agrees with others more easily than many do, so it must be a float64 with nearly all of its digits, no short
one such as 7.0, and the agreement must be to within rounding.
"""

from __future__ import annotations

from collections.abc import Iterator

from grader.checks.contrast import Inputs
from grader.checks.sizes import input_sizes, is_samples
from grader.text import Message, listed, say

_ROUNDING = 1e-9
_SIMPLE = {
    -1.0: say("The sign is the opposite of what it should be."),
    2.0: say("This is twice what it should be."),
    0.5: say("This is half of what it should be."),
}


def pattern_of_number(got: float, expected: float, inputs: Inputs) -> Message | None:
    """What explains `got`, a float64 number or a Python float; None where nothing surely does."""
    if expected == 0 or not _has_digits(expected) or abs(got) == float("inf") or got != got:
        return None
    return next(_by_factor(got / expected, inputs), None)


def _has_digits(number: float) -> bool:
    """Whether the number is told from others by more than a few digits."""
    return len(f"{number:.12g}".replace("-", "").replace(".", "").strip("0").partition("e")[0]) >= 9


def _by_factor(factor: float, inputs: Inputs) -> Iterator[Message]:
    def is_near(number: float) -> bool:
        return abs(factor - number) <= _ROUNDING * abs(number)

    yield from (message for size, message in _SIMPLE.items() if is_near(size))
    for size, named in input_sizes(inputs).items():
        if size > 2 and is_near(size):
            yield _multiplied(size, named, inputs)
        if size > 2 and is_near(1 / size):
            yield _divided(size, named, inputs)


def _multiplied(size: int, named: list[Message | str], inputs: Inputs) -> Message:
    if is_samples(size, inputs):
        return say("This is {n} times what it should be. Is a mean over the {n} samples missing?", n=size)
    fields = {"n": size, "sizes": listed(named)}
    return say("This is {n} times what it should be; {n} is {sizes}. Is a mean missing?", **fields)


def _divided(size: int, named: list[Message | str], inputs: Inputs) -> Message:
    if is_samples(size, inputs):
        return say(
            "This is what it should be divided by {n}. Is it averaged over the {n} samples once too often, or where a "
            "sum is asked?",
            n=size,
        )
    return say(
        "This is what it should be divided by {n}; {n} is {sizes}. Is it averaged once too often, or where a sum is "
        "asked?",
        n=size,
        sizes=listed(named),
    )
