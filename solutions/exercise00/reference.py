"""The mean of some numbers. One of its three lines of code is wrong."""

from __future__ import annotations

import torch


def mean(numbers: torch.Tensor) -> torch.Tensor:
    """The mean of some numbers: their sum, divided by how many there are.

    numbers: a tensor that holds one number or more. Returns: the mean, a tensor too.
    """
    total = numbers.sum()
    ### BEGIN SOLUTION
    count = len(numbers)
    ### END SOLUTION
    return total / count
