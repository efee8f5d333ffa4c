# grade course: deep-learning-by-exercise
"""The mean of some numbers. One of its three lines of code is wrong.

若干个数的平均数。三行计算里有一行写错了。
"""

from __future__ import annotations

import torch


def mean(numbers: torch.Tensor) -> torch.Tensor:
    """The mean of some numbers: their sum, divided by how many there are.

    numbers: a tensor that holds one number or more. Returns: the mean, a tensor too.

    若干个数的平均数：和除以个数。

    numbers：张量，里面有一个或多个数。返回：平均数，也是张量。
    """
    total = numbers.sum()
    count = 2
    return total / count
