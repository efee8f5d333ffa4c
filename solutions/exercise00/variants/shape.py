def mean(numbers):
    return sum(numbers) / numbers.shape[0]
