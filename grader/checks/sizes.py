"""Where a whole number may come from by which a result is too large or too small: the inputs' sizes."""

from __future__ import annotations

from grader.checks.advice.quote import MORE
from grader.checks.contrast import Inputs
from grader.text import Message, say

#: So many places that have one size are told.
_SHOWN = 3


def is_samples(size: int, inputs: Inputs) -> bool:
    """Whether several inputs, such as x and y, have so many rows, or the only one has, so that these are samples.

    Not where an axis of features is as long: then it may be that one. Nor where an input that may be samples comes
    before them: with x [N, D], W [K, D], b [K] there are N. Weights inside a tuple or dict are none of them.
    """
    blocks = [values for name, values in inputs.items() if values.ndim and "[" not in name]
    lengths = [len(values) for values in blocks]
    features = {length for values in blocks for length in values.shape[1:]}
    if size in features or size not in lengths:
        return False
    several = lengths.count(size) > 1 or len(blocks) == 1
    return several and features.issuperset(lengths[: lengths.index(size)])


def input_sizes(inputs: Inputs) -> dict[int, list[Message | str]]:
    """Lengths of the inputs' axes, and numbers of their elements: the first few that a number may come of.

    What is inside a tuple or dict, as weights are, comes last: it is no samples.
    """
    found: dict[int, list[Message]] = {}
    for name, values in sorted(inputs.items(), key=lambda item: "[" in item[0]):
        for axis, size in enumerate(values.shape):
            found.setdefault(size, []).append(say("the length of axis {axis} of {name}", axis=axis, name=name))
    for name, values in inputs.items():
        if values.ndim > 1:  # a vector's is the length of its only axis
            number = say("the number of elements of {name}", name=name)
            found.setdefault(values.numel(), []).append(number)
    return {size: [*places[:_SHOWN], *([MORE] if places[_SHOWN:] else [])] for size, places in found.items()}
