"""What the learner's page shows of exercise 07: which place of x's memory each entry of a result reads."""

from __future__ import annotations

import torch

from grader.pictures import picture

ROWS, COLUMNS = 3, 4


def memory():
    """x, whose entries are their places in memory, counted from 1 so that a sign shows: [3, 4]."""
    return torch.arange(1.0, ROWS * COLUMNS + 1).reshape(ROWS, COLUMNS)


def reads(draw, student, probe, function, *rest, part="all"):
    """The result's entries, and how many of them follow when x changes its sign."""
    seen = student(probe("write_through"), function, part, memory(), *rest)
    result, then = seen["returned"], seen["returned, once x is negated"]
    following = int((then == -result).sum())
    says = "Each entry says which number of x it reads. When x changes its sign, {count} of {all} entries change too."
    return draw.frame(draw.heat_map(torch.atleast_2d(result)), says, count=following, all=result.numel())


@picture("transpose of x, which holds 1 to 12 in 3 rows of 4")
def transposed(draw, student, probe):
    return reads(draw, student, probe, "transpose")


@picture("as_view of x, 2 rows of 6")
def viewed(draw, student, probe):
    return reads(draw, student, probe, "as_view", (2, 6))


@picture("as_shape of x, then of its transpose, 2 rows of 6")
def shaped(draw, student, probe):
    return [reads(draw, student, probe, "as_shape", (2, 6), part=part) for part in ("all", "memory.T")]


@picture("column 1 of x")
def column(draw, student, probe):
    return reads(draw, student, probe, "column", 1)
