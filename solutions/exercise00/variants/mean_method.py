def mean(numbers):
    return numbers.mean()
