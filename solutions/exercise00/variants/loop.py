"""One number after another."""

import torch


def mean(numbers):
    total, count = torch.zeros((), dtype=numbers.dtype), 0
    for number in numbers:
        total = total + number
        count += 1
    return total / count
