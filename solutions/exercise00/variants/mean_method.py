"""The method of that name."""


def mean(numbers):
    return numbers.mean()
