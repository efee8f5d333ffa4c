"""Where a whole number may come from by which a result is too large or too small: the inputs' sizes."""

from __future__ import annotations

from grader.checks.contrast import Inputs
from grader.text import Message, say


def is_samples(size: int, inputs: Inputs) -> bool:
    """Whether several inputs, such as x and y, have so many rows, so that these are samples; or the only one has, if
    no other axis of it is as long. Weights inside a tuple or dict are none of them."""
    blocks = [values for name, values in inputs.items() if values.ndim and "[" not in name]
    rows = [values for values in blocks if len(values) == size]
    return len(rows) > 1 or (len(blocks) == len(rows) == 1 and size not in rows[0].shape[1:])


def input_sizes(inputs: Inputs) -> dict[int, list[Message]]:
    """Lengths of the inputs' axes, and numbers of their elements: every input that a number may come of."""
    found: dict[int, list[Message]] = {}
    for name, values in inputs.items():
        for axis, size in enumerate(values.shape):
            found.setdefault(size, []).append(say("the length of axis {axis} of {name}", axis=axis, name=name))
    for name, values in inputs.items():
        if values.ndim > 1:  # a vector's is the length of its only axis
            number = say("the number of elements of {name}", name=name)
            found.setdefault(values.numel(), []).append(number)
    return found
