"""A product with as many equal shares."""

import torch


def mean(numbers):
    return numbers @ torch.full_like(numbers, 1 / numbers.numel())
