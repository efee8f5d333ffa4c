"""Python's sum, and the length of the first axis."""


def mean(numbers):
    return sum(numbers) / numbers.shape[0]
